"""The demo company: who is in it, that it is the same each time, and that production wants nothing of it."""

import fcntl
import os
import shutil
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app import check_start, create_app
from tests.browsing import Browser, text_of
from tests.builders import NOW
from tests.company import Clock, Make, Somebody
from tests.conftest import empty, services_of, settings_for
from trainer import accounts, cli, demo, reporting
from trainer.database import Database
from trainer.domain.content import Content, TemplateUse
from trainer.domain.partners import gaps_of_partner
from trainer.domain.readiness import SeatState
from trainer.migrations.schema import migrate
from trainer.models import (
    Attempt,
    LessonDone,
    MasteryRow,
    Membership,
    Partner,
    ReadinessSnapshot,
    Response,
    Team,
    User,
    new_id,
)
from trainer.reporting import EngagementHead
from trainer.settings import Mode
from trainer.versions import load_model

PASSWORD = "the-password-of-the-demo"


@pytest.fixture(scope="session")
def seeded(content: Content, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a database that `flask seed-demo` filled: once for all workers, for it takes its time."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    folder = shared / "demo"
    with (shared / "demo.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            making = shared / "demo.making"
            making.mkdir()
            (making / "said").write_text(_seed(making, content), encoding="utf-8")
            making.rename(folder)
    return folder


def _seed(folder: Path, content: Content) -> str:
    app = _demo_app(folder, content)
    migrate(services_of(app).database.writer)
    with app.app_context():
        done = app.test_cli_runner().invoke(args=["seed-demo"], catch_exceptions=False)
    services_of(app).database.dispose()
    assert done.exit_code == 0, done.output
    return done.output


def _demo_app(folder: Path, content: Content) -> Flask:
    url = f"sqlite:///{folder / 'demo.sqlite3'}"
    settings = settings_for(folder, url, mode=Mode.DEMO, demo_password=PASSWORD)
    app = create_app(settings, content=content, clock=Clock())
    app.testing = True
    return app


@pytest.fixture
def demo_app(seeded: Path, content: Content, tmp_path: Path) -> Iterator[Flask]:
    """The application on a copy of the demo company."""
    shutil.copy(seeded / "demo.sqlite3", tmp_path)
    app = _demo_app(tmp_path, content)
    yield app
    services_of(app).database.dispose()


@pytest.fixture
def demo_session(demo_app: Flask) -> Iterator[Session]:
    with services_of(demo_app).database.read_session() as session:
        yield session


def number_of(session: Session, table: Any) -> int:
    return session.scalar(select(func.count()).select_from(table)) or 0


def run(app: Flask, command: str) -> tuple[int, str]:
    with app.app_context():
        done = app.test_cli_runner().invoke(args=[command])
    return done.exit_code, done.output


def ahead(heads: Iterable[EngagementHead]) -> list[EngagementHead]:
    return [head for head in heads if head.starts_at > NOW]


def test_the_company_has_forty_people_in_four_teams_and_two_partners(demo_session: Session) -> None:
    sizes = Counter(
        demo_session.scalars(
            select(Team.name)
            .join(Membership)
            .join(User, User.id == Membership.user_id)
            .where(User.name != demo.MANAGER)
        )
    )

    assert number_of(demo_session, User) == 40
    assert sizes == {"Asia Sales": 9, "Europe Sales": 10, "Supply": 10, "Support": 10}
    assert set(demo_session.scalars(select(Partner.name))) == {"Kobe Seiki", "Ateliers Morvan"}
    assert demo_session.scalars(select(User.is_demo).distinct()).all() == [True]


def test_one_partner_has_a_rich_file(demo_session: Session, content: Content) -> None:
    partner = demo_session.scalars(select(Partner.id).where(Partner.name == "Kobe Seiki")).one()
    checklist = content.lines_for(TemplateUse.RESEARCH)
    file = reporting.partner_file(demo_session, partner, checklist)

    assert file is not None
    assert {person.name for person in file.people} == {"Kazuo Tanabe", "Michiko Ōnishi", "Ren Fujita"}
    assert all(person.email.endswith(".example") for person in file.people if person.email)
    assert {promise.state.value for promise in file.promises} == {"open", "kept", "broken"}
    assert all((file.languages, file.news, file.questions, file.attachments, file.company.people_differ))
    gaps = {gap.key.split(":")[1] for gap in gaps_of_partner(file, NOW.date())}
    assert gaps == {"address", "research"}
    assert [item.words for item in file.research] == list(checklist.values())
    assert all(item.owner for item in file.research)


def test_one_engagement_is_ready_one_borderline_and_one_not(demo_session: Session, content: Content) -> None:
    teams = demo_session.scalars(select(Team.id)).all()
    heads = ahead(reporting.list_engagements(demo_session, teams))

    states = [
        each.state
        for each in reporting.assess_engagements(demo_session, content, load_model(demo_session), heads).values()
    ]

    assert states[:2] == [SeatState.READY, SeatState.BORDERLINE]
    assert states[2] in (SeatState.NOT_READY, SeatState.NOT_STARTED)
    assert len(states) == 3


def test_two_reports_are_at_risk_one_of_them_for_little_and_one_is_not_ready(
    demo_session: Session, content: Content
) -> None:
    heads = ahead(reporting.list_engagements(demo_session, demo_session.scalars(select(Team.id)).all()))
    readiness = reporting.assess_engagements(demo_session, content, load_model(demo_session), heads)

    found = reporting.reports_of(demo_session, content, heads, readiness, at=NOW)

    negotiation, first_meeting, service_call = (found[head.id] for head in heads)
    assert [each.state.value for each in found.values()] == ["at_risk", "at_risk", "not_ready"]
    assert negotiation.risking <= 6 < first_meeting.risking
    assert service_call.blocking >= 5


def test_the_states_hold_on_whatever_weekday_the_demo_is_made(demo_session: Session, content: Content) -> None:
    """Meetings fall from Monday to Thursday, so their days vary by up to three; the first is made for Thursday."""
    teams = demo_session.scalars(select(Team.id)).all()
    heads = ahead(reporting.list_engagements(demo_session, teams))
    expected = [
        each.state
        for each in reporting.assess_engagements(demo_session, content, load_model(demo_session), heads).values()
    ]

    for days in (-2, -1, 1):
        moved = [replace(head, starts_at=head.starts_at + timedelta(days=days)) for head in heads]
        states = [
            each.state
            for each in reporting.assess_engagements(demo_session, content, load_model(demo_session), moved).values()
        ]
        assert states == expected


def test_ninety_days_are_told_through_the_real_use_cases(demo_session: Session, content: Content) -> None:
    times = demo_session.scalars(select(Response.answered_at).order_by(Response.answered_at)).all()

    assert NOW - timedelta(days=90) <= times[0] <= NOW - timedelta(days=75)
    assert NOW - timedelta(days=4) <= times[-1] <= NOW
    assert number_of(demo_session, Response) > 1500
    assert number_of(demo_session, LessonDone) > 200
    assert number_of(demo_session, ReadinessSnapshot) >= 3 * 12
    assert demo_session.scalars(select(Attempt.id).where(Attempt.finished_at.is_(None))).all() == []
    assert set(demo_session.scalars(select(Response.item_id))) <= set(content.items)


def test_some_have_not_started(demo_session: Session) -> None:
    started = demo_session.scalar(select(func.count(Response.learner_id.distinct()))) or 0

    assert started == len(demo.STUDIES)
    assert 40 - started >= 10


def test_one_meeting_is_over_with_forecasts_answers_and_debriefs_and_one_waits_for_its_debriefs(
    demo_session: Session, content: Content
) -> None:
    everyone = reporting.load_everyone(demo_session)
    teams = demo_session.scalars(select(Team.id)).all()
    over = [head for head in reporting.list_engagements(demo_session, teams) if head.starts_at <= NOW]
    record = reporting.teams_record(demo_session, content, everyone, teams, at=NOW)
    lena = demo_session.scalars(select(User.id).where(User.name == demo.LEARNER)).one()

    first, follow_up = (reporting.team_debrief(demo_session, content, head, at=NOW) for head in over)
    due = reporting.debriefs_due(demo_session, lena, at=NOW)

    assert record.forecasts.score.n >= 8
    assert record.debriefs.score.n >= 15
    assert record.debriefs.not_needed > 0
    assert len(first.surprises) == 2
    assert first.figures
    assert (len(follow_up.surprises), follow_up.figures) == (1, None)
    assert [(each.engagement.id, each.has_told) for each in due] == [(over[1].id, False)]


def test_what_is_rebuilt_equals_what_was_kept(demo_app: Flask, demo_session: Session) -> None:
    def kept() -> list[tuple[Any, ...]]:
        rows = demo_session.execute(select(MasteryRow.__table__).order_by(*MasteryRow.__table__.primary_key)).all()
        demo_session.rollback()
        return [tuple(row) for row in rows]

    before = kept()

    code, words = run(demo_app, "rebuild-mastery")

    assert (code, words) == (0, "Rebuilt 40 learners.\n")
    assert len(before) > 1500
    assert kept() == before


def test_two_seeds_on_the_same_day_give_the_same_scores(
    demo_session: Session, postgresql_app: Flask, content: Content
) -> None:
    """The second one is made on PostgreSQL, so that it is tried there too."""
    database = services_of(postgresql_app).database
    empty(database)
    with database.write_session() as session:
        demo.seed(session, content, PASSWORD, at=NOW)
        session.commit()

    with database.read_session() as session:
        assert story_of(session) == story_of(demo_session)
    empty(database)


def story_of(session: Session) -> list[tuple[Any, ...]]:
    """Every response and snapshot, without the ids that each database makes."""
    responses = session.execute(
        select(
            User.name,
            Attempt.number,
            Response.item_key,
            Response.step,
            Response.score,
            Response.expected,
            Response.answered_at,
            Response.given,
        )
        .join(User, User.id == Response.learner_id)
        .join(Attempt, (Attempt.id == Response.attempt_id) & (Attempt.learner_id == Response.learner_id))
        .order_by(Response.answered_at, User.name, Response.item_key)
    )
    snapshots = session.execute(
        select(
            ReadinessSnapshot.taken_on,
            ReadinessSnapshot.state,
            ReadinessSnapshot.ready_seats,
            func.round(ReadinessSnapshot.expected_ready * 1e6),
        ).order_by(ReadinessSnapshot.taken_on, ReadinessSnapshot.expected_ready)
    )
    return [*(tuple(row) for row in responses), *(tuple(row) for row in snapshots)]


def test_the_command_says_how_to_sign_in_and_it_works(seeded: Path, demo_app: Flask) -> None:
    said = (seeded / "said").read_text(encoding="utf-8")
    seen = {}

    for role, name in demo.SIGN_INS.items():
        email = demo.email_of(name)
        assert f"{role:<8} {email}" in said
        browser = Browser(demo_app)
        assert browser.sign_in(Somebody(new_id(), name, email), PASSWORD).status_code == 303
        seen[role] = [browser.get(path).status_code for path in ("/teams", "/desk", "/people")]

    assert f"password {PASSWORD}" in said
    assert seen == {
        "learner": [403, 403, 403],
        "manager": [200, 403, 403],
        "trainer": [403, 200, 403],
        "admin": [403, 200, 200],
    }


def test_nobody_else_of_the_demo_can_sign_in(demo_app: Flask) -> None:
    others = [name for names in demo.TEAMS.values() for name in names if name not in demo.SIGN_INS.values()]

    for name in others[:3]:
        person = Somebody(new_id(), name, demo.email_of(name))
        assert Browser(demo_app).sign_in(person, PASSWORD).status_code == 422


def test_the_manager_reads_the_three_engagements(demo_app: Flask) -> None:
    browser = Browser(demo_app)
    browser.sign_in(Somebody(new_id(), demo.MANAGER, demo.email_of(demo.MANAGER)), PASSWORD)

    page = text_of(browser.get("/teams").text)

    assert "Supply agreement for pressure sensors" in page
    assert "First meeting about calibration benches" in page
    assert "Monthly service call" in page
    assert "weakest: ready" in page


@pytest.mark.parametrize("path", ["/sign-in", "/nowhere", "/invitations/none"])
def test_a_demo_says_so_on_every_page_and_production_on_none(demo_app: Flask, sqlite_app: Flask, path: str) -> None:
    mark = 'class="demo-strip"'

    assert mark in Browser(demo_app).get(path).text
    assert mark not in Browser(sqlite_app).get(path).text


def test_production_does_not_start_on_demo_accounts(demo_app: Flask, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'demo.sqlite3'}"

    assert check_start(settings_for(tmp_path, url)) == (
        "This database holds demo accounts: production does not start on it. Use another database."
    )
    assert check_start(settings_for(tmp_path, url, mode=Mode.DEMO)) is None


def test_the_demo_is_not_made_where_people_are(demo_app: Flask, demo_session: Session) -> None:
    code, words = run(demo_app, "seed-demo")

    assert code == 1
    assert "This database has people already" in words
    assert number_of(demo_session, User) == 40


def test_the_demo_is_not_made_in_production(app: Flask, database: Database, session: Session) -> None:
    code, words = run(app, "seed-demo")

    assert code == 1
    assert "set ENTENTE_MODE=demo" in words
    assert not accounts.has_users(session)


def test_another_start_keeps_the_company_and_takes_a_new_password(demo_app: Flask, demo_session: Session) -> None:
    services = services_of(demo_app)
    changed = replace(services, settings=replace(services.settings, demo_password="another-password"))
    before = number_of(demo_session, Response)
    demo_session.rollback()

    words = cli.prepare_demo(changed)

    assert words is not None
    assert "another-password" in words
    assert number_of(demo_session, Response) == before
    learner = Somebody(new_id(), demo.LEARNER, demo.email_of(demo.LEARNER))
    assert Browser(demo_app).sign_in(learner, PASSWORD).status_code == 422
    assert Browser(demo_app).sign_in(learner, "another-password").status_code == 303


def test_the_password_is_kept_beside_the_database_for_its_owner_only(demo_app: Flask) -> None:
    services = services_of(demo_app)
    cli.keep_demo_password(services.settings, "made-for-this-one")
    unset = replace(services, settings=replace(services.settings, demo_password=None))

    words = cli.prepare_demo(unset)

    kept = services.settings.data_dir / cli.DEMO_PASSWORD_FILE
    assert words is not None
    assert "made-for-this-one" in words
    assert kept.stat().st_mode & 0o077 == 0


def test_a_demo_start_leaves_real_people_alone(app: Flask, make: Make, session: Session, tmp_path: Path) -> None:
    lena = make.learner("Lena")
    services = services_of(app)
    settings = replace(services.settings, mode=Mode.DEMO, data_dir=tmp_path, demo_password=PASSWORD)

    words = cli.prepare_demo(replace(services, settings=settings))

    assert words is None
    assert accounts.check_password(session, lena.email, PASSWORD) is None
    assert not accounts.has_demo_users(session)
