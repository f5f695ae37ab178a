"""The team's page of an engagement: what is to be done, and nothing of how anybody learns."""

import re
from collections.abc import Callable
from datetime import date
from uuid import UUID

import pytest
from sqlalchemy.orm import Session

from tests.browsing import Browser, text_of
from tests.builders import NOW
from tests.company import Make, Somebody, make_draft
from trainer.domain.documents import Document, DocumentKind
from trainer.engagements import plan_engagement
from trainer.workspace import change_document

SignIn = Callable[[Somebody], Browser]


@pytest.fixture
def team(make: Make) -> UUID:
    return make.team()


@pytest.fixture
def lena(make: Make, team: UUID) -> Somebody:
    return make.learner("Lena", team)


@pytest.fixture
def engagement(make: Make, team: UUID, lena: Somebody) -> UUID:
    return make.engagement(team, [[lena]])


def brief(browser: Browser, engagement: UUID) -> str:
    return text_of(browser.get(f"/engagements/{engagement}/brief").text)


def plan(session: Session, engagement: UUID, by: Somebody, document: Document) -> None:
    change_document(session, engagement, DocumentKind.MEETING, lambda _: document, seen=0, by=by.id, at=NOW)
    session.commit()


def test_what_is_with_oneself_stands_before_what_is_with_others(
    sign_in: SignIn, make: Make, engagement: UUID, lena: Somebody
) -> None:
    make.promise(make.partner_of(engagement), lena, "Send the drawings", due_on=date(2026, 12, 1))

    page = brief(sign_in(lena), engagement)

    yours, the_teams = page.split("The team’s")
    assert "We promised “Send the drawings” and are late." in yours.split("Yours")[1]
    assert "It is not said on which channel the call is held." in the_teams


def test_nothing_is_told_of_how_anybody_learns(sign_in: SignIn, make: Make, engagement: UUID, team: UUID) -> None:
    page = brief(sign_in(make.learner("Omar", team)), engagement)

    assert "study" not in page.lower()
    assert "Chair of the call" not in page
    assert "Lena" not in page


def test_the_meeting_is_told_by_the_clock_of_each_place(
    sign_in: SignIn, session: Session, engagement: UUID, lena: Somebody
) -> None:
    places = [
        {"id": name, "name": name, "party": party, "country": country, "subdivision": "", "zone": zone,
         "opens": "09:00", "closes": "18:00"}
        for name, party, country, zone in (
            ("Oslo", "ours", "NO", "Europe/Oslo"), ("Kobe", "theirs", "JP", "Asia/Tokyo"),
        )
    ]  # fmt: skip
    plan(session, engagement, lena, {"places": places})

    page = brief(sign_in(lena), engagement)

    assert "01:00 on Thursday 24 December in Oslo (UTC+1)" in page
    assert "09:00 on Thursday 24 December in Kobe (UTC+9)" in page


def test_the_line_the_backup_and_who_calls_are_told_for_a_call(
    sign_in: SignIn, session: Session, engagement: UUID, lena: Somebody
) -> None:
    plan(session, engagement, lena, {"channels": {"primary": "Teams, link in the invitation", "backup": "By phone"}})

    page = brief(sign_in(lena), engagement)

    assert "Teams, link in the invitation" in page
    assert "Backup By phone" in page
    assert "If it breaks not said yet" in page


def test_people_of_the_partner_stand_with_how_to_address_them(
    sign_in: SignIn, make: Make, engagement: UUID, lena: Somebody
) -> None:
    make.partner_person(make.partner_of(engagement), "Kazuo Tanabe", address_as="Tanabe-bucho")

    assert "Kazuo Tanabe" in brief(sign_in(lena), engagement)
    assert "say “Tanabe-bucho”" in brief(sign_in(lena), engagement)


def test_ones_own_seat_is_named(sign_in: SignIn, make: Make, engagement: UUID, team: UUID, lena: Somebody) -> None:
    assert "Your seat: Chair of the call" in brief(sign_in(lena), engagement)
    assert "Your seat" not in brief(sign_in(make.learner("Omar", team)), engagement)


def test_who_is_seated_from_the_first_page_comes_to_the_team_page(
    sign_in: SignIn, engagement: UUID, lena: Somebody
) -> None:
    assert f'href="/engagements/{engagement}/brief"' in sign_in(lena).get("/").text


def test_what_nobody_was_named_for_is_with_the_manager(
    sign_in: SignIn, make: Make, engagement: UUID, team: UUID, lena: Somebody
) -> None:
    words = "It is not said on which channel the call is held."

    as_manager, as_lena = brief(sign_in(make.manager(team)), engagement), brief(sign_in(lena), engagement)

    assert words in as_manager.split("Yours")[1].split("Nothing is with you")[0]
    assert words in as_lena.split("The team’s")[1]
    assert "the team’s manager, " in as_lena


def test_a_visit_is_rehearsed_by_the_clock_of_its_place(
    sign_in: SignIn, make: Make, team: UUID, lena: Somebody, session: Session
) -> None:
    visit = plan_engagement(session, team, make_draft(is_call=False, place="Kobe"), make.template(), at=NOW)
    session.commit()

    page = brief(sign_in(lena), visit)

    assert "Before it begins" not in page
    assert re.search(r"(\d\d:45) Be at the place.*(\d\d:55) Have yourselves announced.*(\d\d:00) Begin\.", page)
