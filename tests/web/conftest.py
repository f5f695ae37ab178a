"""The pages are tried on SQLite; what differs between the databases is below them and tested there, on both."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from tests.browsing import Browser
from tests.company import Clock, Make, Somebody
from tests.conftest import empty_app, services_of
from tests.templates import without_templates
from trainer.domain.content import Content


@dataclass
class Bare:
    """A server whose lessons have no templates, as those of a company that took them all away."""

    app: Flask
    make: Make

    def browser_of(self, person: Somebody) -> Browser:
        browser = Browser(self.app)
        browser.sign_in(person)
        return browser


@pytest.fixture(params=["sqlite"])
def app(request: pytest.FixtureRequest, clock: Clock) -> Flask:
    return empty_app(request, clock)


@pytest.fixture
def bare(build_app: Callable[..., Flask], content: Content, clock: Clock) -> Iterator[Bare]:
    own = without_templates(content)
    app = build_app(own)
    with Session(services_of(app).database.reader, expire_on_commit=False) as store:
        yield Bare(app, Make(store, own, clock))
