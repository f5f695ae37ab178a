"""The application on a database of its own in this process, with a crowd in it and the manager's browser."""

import secrets
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from flask import Flask
from sqlalchemy import event

from app import create_app
from tests.bench.crowd import AT, Crowd, make_crowd
from tests.browsing import Browser
from trainer import learning, reporting
from trainer.database import Database
from trainer.domain.content import Content
from trainer.domain.mastery import SHIPPED, LearnerTerms, Model
from trainer.domain.planning import DAILY_MINUTES
from trainer.domain.readiness import Band, Readiness
from trainer.migrations.schema import migrate
from trainer.pace import Pace
from trainer.parts import Services
from trainer.reporting import EngagementHead, TeamStudy
from trainer.settings import Mode, Settings
from trainer.terms import load_terms
from trainer.versions import load_history, load_model


@dataclass(frozen=True)
class Shown:
    """One engagement as its page shows it, with the statements of the page made anew and of the page kept."""

    name: str
    people: int
    answers: int
    statements: int
    kept_statements: int
    bytes: int
    head: EngagementHead
    readiness: Readiness
    terms: Mapping[UUID, LearnerTerms]

    @property
    def known(self) -> int:
        """The people of whom enough is known for a plan."""
        unknown = (Band.NOT_STARTED, Band.NO_EVIDENCE)
        return sum(seat.people[0].band not in unknown for seat in self.readiness.seats)


@dataclass(frozen=True)
class Stage:
    """`answers` are those of each person."""

    app: Flask
    services: Services
    crowd: Crowd
    browser: Browser
    model: Model
    answers: int

    def get_anew(self, people: int) -> str:
        """The page, made again as after an answer."""
        self.app.extensions.pop("entente_kept_pages", None)
        return self.get(people)

    def get(self, people: int) -> str:
        answer = self.browser.get(f"/engagements/{self.crowd.engagement_ids[people]}")
        check(answer.status_code == 200, f"the page answers {answer.status_code}")
        return answer.text

    def assess(self, people: int) -> tuple[EngagementHead, Readiness, Mapping[UUID, LearnerTerms]]:
        """The readiness that the page shows, with the queries for what it is made from."""
        with self.services.database.read_connection() as store:
            head = reporting.find_engagement(store, self.crowd.engagement_ids[people])
            assert head is not None
            readiness, terms = reporting.assess_with_terms(
                store, self.services.library.last_known(), self.model, [head]
            )
        return head, readiness[head.id], terms

    def plan(self, shown: Shown) -> TeamStudy | None:
        services = self.services
        with services.database.read_connection() as store:
            return reporting.team_study(
                store,
                services.library.last_known(),
                self.model,
                Pace(),
                shown.head,
                shown.readiness,
                shown.terms,
                at=AT,
            )

    def look(self, people: int) -> Shown:
        """Ask for the page twice and check that it is whole: everybody is on it, and nobody's plan is overfull."""
        database = self.services.database
        self.get(people)
        with counted(database) as anew:
            first = self.get_anew(people)
        with counted(database) as kept:
            check(self.get(people) == first, "the kept page is another one")
        head, readiness, terms = self.assess(people)
        check(len(terms) == people, "not everybody's terms were read")
        check(all(seat.people[0].person.name in first for seat in readiness.seats), "somebody is not on the page")
        sizes = len(anew), len(kept), len(first.encode())
        shown = Shown(f"{people} with {self.answers}", people, self.answers, *sizes, head, readiness, terms)
        study = self.plan(shown)
        check(study is None or is_possible(study), "somebody's plan does not fit their days")
        return shown


def is_possible(study: TeamStudy) -> bool:
    """Whether each day of each plan has its time, and nobody is left out."""
    days = [day for plan in study.plan.plans.values() for day in plan.days]
    return all(sum(activity.minutes for activity in day.activities) <= DAILY_MINUTES for day in days)


@contextmanager
def open_stage(folder: Path, content: Content, people: Sequence[int], answers: int) -> Iterator[Stage]:
    """Engagements of so many people, with so many answers of each."""
    folder.mkdir()
    settings = Settings(
        mode=Mode.PRODUCTION,
        secret_key=secrets.token_urlsafe(48),
        data_dir=folder,
        database_url=f"sqlite:///{folder / 'bench.sqlite3'}",
    )
    app = create_app(settings, content=content, clock=lambda: AT)
    services: Services = app.extensions["entente"]
    migrate(services.database.writer)
    with services.database.write_session() as session:
        crowd = make_crowd(session, content, people, answers)
        session.commit()
        model = load_model(session)
    browser = Browser(app)
    browser.sign_in(crowd.manager)
    stage = Stage(app, services, crowd, browser, model, answers)
    check_terms(stage)
    yield stage
    services.database.dispose()


def check_terms(stage: Stage) -> None:
    """What was filled in for a person is what a replay of their answers makes."""
    person = stage.crowd.people[0]
    with stage.services.database.write_session() as session:
        kept = load_terms(session, SHIPPED, [person])
        learning.rebuild_mastery(session, load_history(session), person)
        check(load_terms(session, SHIPPED, [person]) == kept, "the terms are not those of the answers")


@contextmanager
def counted(database: Database) -> Iterator[list[str]]:
    """The statements that run meanwhile, without those that only begin a transaction."""
    statements: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if not statement.startswith("BEGIN"):
            statements.append(statement)

    for engine in database.engines:
        event.listen(engine, "before_cursor_execute", note)
    yield statements
    for engine in database.engines:
        event.remove(engine, "before_cursor_execute", note)


def check(is_right: bool, words: str) -> None:
    if not is_right:
        raise RuntimeError(words)
