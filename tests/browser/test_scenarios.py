"""Playing a scenario again from a decision: by the keyboard, and without scripts; the author's map on a phone."""

import re
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from tests.browser.conftest import PHONE, NewPerson, OpenPage
from tests.browser.server import Person, Server
from tests.browser.world import World, lose_scenario
from trainer.domain.content import Content
from trainer.models import Replay, User


@pytest.fixture
def lost(newcomer: NewPerson, server: Server, content: Content) -> tuple[Person, str]:
    """Somebody whose scenario ended badly, and the path of its summary."""
    person = newcomer()
    with server.writing() as session:
        learner = session.scalars(select(User.id).where(User.email == person.email)).one()
        attempt_id, _ = lose_scenario(session, content, learner, datetime.now(UTC))
    return person, f"/attempts/{attempt_id}/summary"


def told(page: Page, words: str) -> None:
    expect(page.get_by_role("heading", level=1, name=re.compile("Saved"))).to_contain_text(words)


def test_a_decision_is_taken_again_without_scripts(
    open_page: OpenPage, lost: tuple[Person, str], server: Server
) -> None:
    person, summary = lost
    page = open_page(person, java_script_enabled=False)
    page.goto(summary)
    expect(page.get_by_role("img", name="Your way through The page for Ms Morvan")).to_be_visible()

    page.get_by_role("button", name="Play again from this decision").click()
    page.get_by_label("I did not answer you, Ms Benali").check()
    page.get_by_role("button", name="Check").click()

    told(page, "Best next step")
    page.get_by_role("link", name="Go on").click()
    expect(page.locator("legend")).to_have_text("What do you say?")
    expect(page.get_by_text("The page for Ms Morvan · The nod")).to_be_visible()
    with server.writing() as session:
        assert session.scalars(select(Replay.taken).order_by(Replay.id)).all()[-1] == [["n1", "a"]]


def test_a_decision_is_taken_again_with_the_keyboard_alone(open_page: OpenPage, lost: tuple[Person, str]) -> None:
    person, summary = lost
    page = open_page(person)
    page.goto(summary)
    page.get_by_role("button", name="Play again from this decision").focus()
    page.keyboard.press("Enter")
    expect(page.locator("legend")).to_be_visible()
    values = page.locator("[name=options]").evaluate_all("boxes => boxes.map((box) => box.value)")

    page.keyboard.press(str(values.index("c") + 1))
    expect(page.locator("[value=c]")).to_be_checked()
    page.keyboard.press("Enter")
    told(page, "Best next step")
    page.keyboard.press("Enter")

    expect(page.get_by_text("The page for Ms Morvan · The nod")).to_be_visible()


def test_a_replay_to_its_end_tells_both_endings(open_page: OpenPage, lost: tuple[Person, str]) -> None:
    person, summary = lost
    page = open_page(person)
    page.goto(summary)
    page.get_by_role("button", name="Play again from this decision").click()
    for value in ("c", "b", "d", "a"):
        page.locator(f".option:has([value={value}])").click()
        page.get_by_role("button", name="Check").click()
        told(page, "Best next step")
        onward = page.get_by_role("link", name=re.compile("^(Go on|Back to how it went)"))
        if value != "a":
            onward.click()

    expect(page.get_by_text("This time: Signed before the summer.")).to_be_visible()
    expect(page.get_by_text("What would have changed it: at “The objection”")).to_be_visible()
    onward.click()
    expect(page.get_by_role("heading", name="Played again")).to_be_visible()


def test_on_a_phone_the_map_scrolls_in_its_box_by_keyboard(open_page: OpenPage, world: World) -> None:
    page = open_page("trainer", viewport=PHONE)
    page.goto(f"/content/scenarios/{world['timed_story']}")
    box = page.get_by_role("region", name=re.compile("^Map of"))

    box.focus()
    page.keyboard.press("End")
    page.keyboard.press("ArrowRight")

    expect(box).to_be_focused()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    page.wait_for_function("(box) => box.scrollLeft > 0", arg=box.element_handle())
