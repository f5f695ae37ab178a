"""Two people who save the same thing at the same moment: one is kept, the other is told; nobody meets an error."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from sqlalchemy import func, select, text, update
from sqlalchemy.orm import Session

from tests.browsing import Browser, text_of
from tests.builders import NOW
from tests.company import CALL, PASSWORD, PASSWORD_HASH, Make, Somebody, make_draft
from tests.conftest import services_of
from trainer import accounts, company, engagements
from trainer.database import Database
from trainer.domain.access import Action
from trainer.domain.company import Visibility
from trainer.domain.readiness import Rules
from trainer.models import Engagement, Invitation, Membership, Partner, Team, User
from trainer.web import authorize, db, say

only_postgresql = pytest.mark.parametrize("app", ["postgresql"], indirect=True)
"""On SQLite writers take turns: the second sees what the first has saved."""

TOLD = "Someone else saved this at the same moment What you sent was not kept. Load the page again and look."


def post_while(
    browser: Browser, database: Database, path: str, data: dict[str, str], other: Callable[[Session], object]
) -> str:
    """What a browser is told whose form is on its way while `other` has saved and not yet committed."""
    browser.token()
    with ThreadPoolExecutor(1) as pool:
        with database.write_session() as session:
            other(session)
            session.flush()
            sent = pool.submit(browser.submit, path, data)
            wait_for_waiting(session)
            session.commit()
        answer = sent.result(10)
    assert answer.status_code == 409
    return text_of(answer.text)


def wait_for_waiting(session: Session) -> None:
    """Until another connection waits for a lock."""
    waiting = text("SELECT count(*) FROM pg_locks WHERE NOT granted")
    for _ in range(500):
        if session.scalar(waiting):
            return
        time.sleep(0.02)
    pytest.fail("the other request does not wait for this one")


def count(session: Session, table: type) -> int:
    found = session.scalar(select(func.count()).select_from(table)) or 0
    session.commit()
    return found


@only_postgresql
def test_two_teams_of_one_name(
    sign_in: Callable[[Somebody], Browser], make: Make, database: Database, session: Session
) -> None:
    admin = sign_in(make.admin())

    words = post_while(
        admin, database, "/people/teams", {"name": "Lab"}, lambda other: accounts.create_team(other, "Lab", at=NOW)
    )

    assert TOLD in words
    assert count(session, Team) == 1
    assert "Lab is made" not in text_of(admin.get("/people").text)


@only_postgresql
def test_two_changes_of_the_companys_rules(
    sign_in: Callable[[Somebody], Browser], make: Make, database: Database, session: Session
) -> None:
    ada, bo = make.admin("Ada"), make.admin("Bo")
    form = {
        "min_answers": "8", "max_width": "4", "ready_margin": "1", "interpreter_target": "6", "visibility": "bands",
        "reason": "Mine.", "seen": "0",
    }  # fmt: skip

    words = post_while(
        sign_in(ada),
        database,
        "/company",
        form,
        lambda other: company.change_rules(other, Rules(), Visibility.FORECAST, "Theirs.", seen=0, by=bo.id, at=NOW),
    )

    assert TOLD in words
    assert [change.made_by for change in company.rule_changes(session)] == ["Bo"]


@only_postgresql
def test_two_engagements_with_one_new_partner(
    sign_in: Callable[[Somebody], Browser], make: Make, database: Database, session: Session
) -> None:
    team = make.team()
    manager = sign_in(make.manager(team))
    form = {
        "partner": "Kobe Seiki",
        "country": "JP",
        "language": "ja",
        "title": "Yearly talk",
        "is_call": "call",
        "day": "2027-01-14",
        "time": "09:30",
        "zone": "Asia/Tokyo",
        "agenda_minutes": "45",
        "template": CALL,
    }

    words = post_while(
        manager,
        database,
        f"/teams/{team}/engagements/new",
        form,
        lambda other: engagements.plan_engagement(other, team, make_draft(), make.template(), at=NOW),
    )

    assert TOLD in words
    assert (count(session, Partner), count(session, Engagement)) == (1, 1)


@only_postgresql
def test_two_links_for_one_address(client: Browser, make: Make, database: Database, session: Session) -> None:
    first, second = make.invitation(), make.invitation()
    session.execute(update(Invitation).values(used_at=None))
    session.commit()

    words = post_while(
        client,
        database,
        f"/invitations/{second}",
        {"name": "Nora", "password": PASSWORD, "again": PASSWORD},
        lambda other: accounts.accept_invitation(other, first, "Nora", PASSWORD_HASH, at=NOW),
    )

    assert TOLD in words
    assert count(session, User) == 1


@only_postgresql
def test_one_person_put_into_a_team_twice(
    sign_in: Callable[[Somebody], Browser], make: Make, database: Database, session: Session
) -> None:
    team, lena = make.team(), make.learner("Lena")
    admin = sign_in(make.admin())

    words = post_while(
        admin,
        database,
        f"/people/teams/{team}/members",
        {"user": str(lena.id)},
        lambda other: accounts.set_membership(other, team, lena.id, is_manager=False, at=NOW),
    )

    assert TOLD in words
    assert count(session, Membership) == 1


@pytest.mark.parametrize("when", ["in the view", "with the commit"])
def test_a_clash_keeps_nothing_of_its_request_and_says_nothing_of_success(
    build_app: Callable[..., Flask], when: str
) -> None:
    def clash() -> str:
        authorize(Action.VISIT)
        accounts.create_team(db(), "Kept by nobody", at=NOW)
        say("The team is made.")
        db().add(Team(name="Kept by nobody", created_at=NOW))
        if when == "in the view":
            db().flush()
        return "fine"

    app = build_app()
    app.add_url_rule("/planted", view_func=clash, methods=["POST"])
    browser = Browser(app)

    answer = browser.submit("/planted")

    assert answer.status_code == 409
    assert TOLD in text_of(answer.text)
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert "The team is made" not in answer.text + browser.get("/sign-in").text
    with services_of(app).database.read_session() as session:
        assert count(session, Team) == 0
