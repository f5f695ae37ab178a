"""The review: with the keyboard alone, without scripts, with one thumb."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Complaints, NewPerson, OpenPage
from tests.browser.server import Server
from tests.browser.test_offline import AWAY
from trainer.domain.content import Content, OneOf

LESSON = "japan-greeting"


def begin(page: Page) -> None:
    """Do a lesson with phrases, and come to the review from the first page."""
    page.goto(f"/lessons/{LESSON}")
    page.get_by_role("button", name=re.compile("^Done")).click()
    page.goto("/")
    page.get_by_role("link", name="10 to review, about 4 minutes").click()
    expect(page.get_by_text("10 left", exact=True)).to_be_visible()


def option(page: Page, content: Content, *, is_right: bool) -> Locator:
    """A right or a wrong option of the card that is shown."""
    action = page.locator("[data-question]").get_attribute("action") or ""
    interaction = content.items[action.rpartition("/")[2]].interaction
    assert isinstance(interaction, OneOf)
    name = next(each.id for each in interaction.options if each.is_right is is_right)
    return page.locator(f"[value={name}]")


def test_the_review_is_done_with_the_keyboard_alone(
    open_page: OpenPage, newcomer: NewPerson, content: Content, server: Server
) -> None:
    person = newcomer()
    page = open_page(person)
    begin(page)
    for left in (10, 9, 8):
        expect(page.get_by_text(f"{left} left", exact=True)).to_be_visible()
        right = option(page, content, is_right=True)
        number = page.locator("[data-question] input[name=options]").evaluate_all(
            "(inputs, name) => inputs.findIndex((input) => input.value === name) + 1", right.get_attribute("value")
        )
        page.keyboard.press(str(number))
        expect(right).to_be_checked()
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", name=re.compile("Right"))).to_be_focused()
        expect(page.get_by_text(re.compile(r"It comes back (tomorrow|in \d days)"))).to_be_visible()
        page.keyboard.press("Enter")

    expect(page.get_by_text("7 left", exact=True)).to_be_visible()
    page.keyboard.press("z")
    expect(page.get_by_text("Your last answer was taken back")).to_be_visible()
    expect(page.get_by_text("8 left", exact=True)).to_be_visible()
    assert server.count_responses(person) == 3


@pytest.mark.parametrize("has_scripts", [True, False], ids=["with scripts", "without scripts"])
def test_an_answer_is_put_right_and_taken_back(
    open_page: OpenPage, newcomer: NewPerson, content: Content, *, has_scripts: bool
) -> None:
    page = open_page(newcomer(), java_script_enabled=has_scripts)
    begin(page)
    option(page, content, is_right=False).check()
    page.get_by_role("button", name="Check").click()
    expect(page.get_by_text("It comes back in 10 minutes.")).to_be_visible()

    page.get_by_role("button", name="I knew it").click()
    expect(page.get_by_text("You said it was remembered.")).to_be_visible()
    page.get_by_role("button", name="Leave it as it was").click()
    expect(page.get_by_text("It comes back in 10 minutes.")).to_be_visible()
    page.get_by_role("link", name="Next").click()
    page.get_by_role("button", name="Undo the last answer").click()

    expect(page.get_by_text("Your last answer was taken back")).to_be_visible()
    expect(page.get_by_text("10 left", exact=True)).to_be_visible()


def test_the_settings_are_changed_without_scripts(open_page: OpenPage, newcomer: NewPerson) -> None:
    page = open_page(newcomer(), java_script_enabled=False)
    begin(page)
    page.goto("/review/settings")
    page.get_by_label("New ones a day").fill("3")
    page.get_by_role("button", name="Save").click()

    expect(page.get_by_text("3 left", exact=True)).to_be_visible()


def test_the_button_is_under_the_thumb_and_hides_nothing(
    open_page: OpenPage, newcomer: NewPerson, content: Content
) -> None:
    page = open_page(newcomer(), viewport={"width": 360, "height": 640}, has_touch=True)
    begin(page)
    for name, role in (("Check", "button"), ("Next", "link")):
        box = page.get_by_role(role, name=name).bounding_box()  # type: ignore[arg-type]
        assert box is not None
        assert box["y"] > 640 * 0.75
        assert box["height"] >= 48
        assert box["width"] > 300
        if name == "Check":
            last = page.locator("[data-question] .option").last
            last.scroll_into_view_if_needed()
            last.click()
            expect(last.get_by_role("radio")).to_be_checked()
            page.get_by_role("button", name="Check").click()
            expect(page.get_by_role("link", name="Next")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_an_answer_given_without_a_connection_is_sent_when_it_is_back(
    open_page: OpenPage, newcomer: NewPerson, content: Content, server: Server, complaints: Complaints
) -> None:
    complaints.expect(AWAY)
    person = newcomer()
    page = open_page(person)
    begin(page)
    state = page.get_by_role("complementary", name="Answers on this device").get_by_role("status")
    page.context.set_offline(True)
    expect(state).to_contain_text("No connection.")

    option(page, content, is_right=True).check()
    page.get_by_role("button", name="Check").click()
    expect(state).to_have_text("◇ No connection. 1 answer waits to be sent.")
    assert server.count_responses(person) == 0
    page.context.set_offline(False)

    expect(page.get_by_role("heading", name=re.compile("Right"))).to_be_visible()
    assert server.count_responses(person) == 1
