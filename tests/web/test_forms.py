"""The summary above a form: its problems stand in the order of the page, and each leads to its field."""

import re
from collections.abc import Callable
from uuid import UUID

import pytest

from tests.browsing import Browser
from tests.company import LESSON, Make, Somebody
from trainer.domain.content import Content


@pytest.fixture
def team(make: Make) -> UUID:
    return make.team("Support")


@pytest.fixture
def as_manager(sign_in: Callable[[Somebody], Browser], make: Make, team: UUID) -> Browser:
    return sign_in(make.manager(team, "Mara"))


def fields_told(page: str) -> list[str]:
    """The ids of the fields that the summary leads to, each of which must stand once on the page below it."""
    summary, below = re.split(r"</ul>", page[page.index('id="problem-title"') :], maxsplit=1)
    told = re.findall(r'href="#([^"]+)"', summary)
    assert [below.count(f'id="{field}"') for field in told] == [1] * len(told)
    assert told == sorted(told, key=lambda field: below.index(f'id="{field}"'))
    return told


def test_a_plan_tells_its_kind_of_meeting_first_as_the_page_asks_for_it_first(as_manager: Browser, team: UUID) -> None:
    form = {"country": "Atlantis", "zone": "CST", "language": "tlh", "is_call": "perhaps", "agenda_minutes": "0"}

    page = as_manager.submit(f"/teams/{team}/engagements/new", form).text

    assert fields_told(page) == [
        "template-0",
        "partner",
        "title",
        "country",
        "language",
        "is_call-0",
        "day",
        "time",
        "zone",
        "agenda_minutes",
    ]


def test_a_change_tells_its_problems_in_the_order_of_the_page(as_manager: Browser, make: Make, team: UUID) -> None:
    page = as_manager.submit(f"/engagements/{make.engagement(team)}/edit", {"country": "Atlantis"}).text

    assert fields_told(page)[:3] == ["partner", "title", "country"]


def test_who_joins_is_asked_for_the_name_first(client: Browser, make: Make) -> None:
    page = client.submit(f"/invitations/{make.invitation()}", {"again": "x"}).text

    assert fields_told(page) == ["name", "password", "again"]


def test_other_forms_lead_to_their_fields(
    sign_in: Callable[[Somebody], Browser],
    as_manager: Browser,
    client: Browser,
    make: Make,
    team: UUID,
    content: Content,
) -> None:
    lena, engagement_id = make.learner("Lena"), make.engagement(team)
    fact = content.lessons[LESSON].facts[0].id
    make.report(lena)
    report_id = make.report(lena)

    told = [
        fields_told(browser.submit(path).text)
        for browser, path in (
            (client, "/sign-in"),
            (sign_in(make.admin()), "/people/invite"),
            (as_manager, f"/engagements/{engagement_id}/seats"),
            (sign_in(lena), f"/facts/{fact}/report"),
            (sign_in(make.trainer()), f"/desk/reports/{report_id}/close"),
        )
    ]

    assert told == [["email", "password"], ["name", "email", "team"], ["title"], ["problem"], ["decision"]]


def test_a_form_without_a_problem_has_no_summary(client: Browser) -> None:
    assert "There is a problem" not in client.get("/sign-in").text
