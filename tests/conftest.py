"""What tests share: the application on a database of either kind, a clock that stands still, builders, browsers."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from hypothesis import settings
from sqlalchemy.orm import Session

from app import ROOT, create_app
from tests import postgres
from tests.browsing import Browser
from tests.builders import NOW
from tests.company import Clock, Make, Somebody
from trainer.catalog import Shelf, load_catalog
from trainer.database import Database
from trainer.domain.content import Content
from trainer.jobs import AtOnce
from trainer.migrations.schema import migrate
from trainer.models import Base
from trainer.parts import Jobs, Services
from trainer.settings import Mode, Settings
from trainer.web.throttle import Throttle

MakeJobs = Callable[[Settings, Callable[[], Services]], Jobs]
SHELF = Shelf()
"""What was read of the shipped content: an application of a test reads only what a test changes."""
SECRET_KEY = "a key for tests: it signs nothing of worth"

settings.register_profile("same each time", derandomize=True, database=None, deadline=None, max_examples=60)
settings.load_profile("same each time")


@pytest.fixture(scope="session")
def content() -> Content:
    """The content that is shipped."""
    return load_catalog(ROOT, shelf=SHELF)


@pytest.fixture(scope="session")
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="session")
def sqlite_app(content: Content, clock: Clock, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    folder = tmp_path_factory.mktemp("sqlite")
    yield from running(settings_for(folder, f"sqlite:///{folder / 'entente.sqlite3'}"), content, clock)


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[postgres.Server]:
    """One for each worker; without any server the tests that ask for it fail, with what to do."""
    with postgres.running_server() as server:
        yield server


@pytest.fixture(scope="session")
def postgresql_app(
    content: Content, clock: Clock, tmp_path_factory: pytest.TempPathFactory, postgresql_server: postgres.Server
) -> Iterator[Flask]:
    url = postgresql_server.make_database("entente")
    yield from running(settings_for(tmp_path_factory.mktemp("postgresql"), url), content, clock)


@pytest.fixture(params=["sqlite", "postgresql"])
def app(request: pytest.FixtureRequest, clock: Clock) -> Flask:
    """The application on an empty database of either kind, at nine on the third of December 2026."""
    return empty_app(request, clock)


@pytest.fixture
def database(app: Flask) -> Database:
    return services_of(app).database


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    """For arranging and for asking use cases directly. It holds no transaction after a builder."""
    with Session(database.reader, expire_on_commit=False) as session:
        yield session


@pytest.fixture
def make(session: Session, content: Content, clock: Clock) -> Make:
    return Make(session, content, clock)


@pytest.fixture
def client(app: Flask) -> Browser:
    """A browser that is signed out."""
    return Browser(app)


@pytest.fixture
def sign_in(app: Flask) -> Callable[[Somebody], Browser]:
    """A new browser of a person who is signed in."""

    def browser_of(person: Somebody) -> Browser:
        browser = Browser(app)
        browser.sign_in(person)
        return browser

    return browser_of


@pytest.fixture
def build_app(content: Content, clock: Clock, tmp_path: Path) -> Iterator[Callable[..., Flask]]:
    """Makes an application with other settings or content, on a SQLite database of its own."""
    built: list[Flask] = []

    def build(own: Content = content, *, make_jobs: MakeJobs = AtOnce, **settings: object) -> Flask:
        url = f"sqlite:///{tmp_path / 'own.sqlite3'}"
        clock.at = NOW
        built.append(_start(settings_for(tmp_path, url, **settings), own, clock, make_jobs))
        return built[-1]

    yield build
    for each in built:
        services_of(each).database.dispose()


@pytest.fixture(autouse=True)
def _push_request_context() -> None:
    """Instead of pytest-flask's: one request around the whole test would lend its `g` to all the others."""


def services_of(app: Flask) -> Services:
    services: Services = app.extensions["entente"]
    return services


def settings_for(folder: Path, url: str, **changes: object) -> Settings:
    values = {"mode": Mode.PRODUCTION, "secret_key": SECRET_KEY, "data_dir": folder, "database_url": url}
    return Settings(**{**values, **changes})  # type: ignore[arg-type]


def empty_app(request: pytest.FixtureRequest, clock: Clock) -> Flask:
    """The running application on the kind of database that a fixture's parameter names, as on its first day."""
    return emptied(request.getfixturevalue(f"{request.param}_app"), clock)


def emptied(app: Flask, clock: Clock) -> Flask:
    """A running application as on its first day: nothing is in its database, and nothing of before is remembered."""
    services = services_of(app)
    empty(services.database)
    throttle_of(app).reset()
    services.models.forget()
    services.paces.forget()
    services.library.forget()
    services.recordings.forget()
    app.extensions.pop("entente_kept_pages", None)
    clock.at = NOW
    return app


def throttle_of(app: Flask) -> Throttle:
    found: Throttle = app.extensions["entente_throttle"]
    return found


def empty(database: Database) -> None:
    """Delete every row, children first; PostgreSQL takes all of it at once."""
    deletes = [f'DELETE FROM "{table.name}"' for table in reversed(Base.metadata.sorted_tables)]  # noqa: S608 - our own names
    with database.write_session() as session:
        connection = session.connection()
        for words in ["; ".join(deletes)] if connection.dialect.name == "postgresql" else deletes:
            connection.exec_driver_sql(words)
        session.commit()


def running(settings: Settings, content: Content, clock: Clock) -> Iterator[Flask]:
    app = _start(settings, content, clock)
    yield app
    services_of(app).database.dispose()


def _start(settings: Settings, content: Content, clock: Clock, make_jobs: MakeJobs = AtOnce) -> Flask:
    """Jobs are done at once in the caller, unless a test wants them to wait for somebody."""
    app = create_app(settings, content=content, clock=clock, make_jobs=make_jobs)
    app.testing = True
    library = services_of(app).library
    library.shelf.courses.update(SHELF.courses)
    library.shelf.glossaries.update(SHELF.glossaries)
    migrate(services_of(app).database.writer)
    return app
