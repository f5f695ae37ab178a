"""An assessment: sat with the keyboard alone, and without scripts; a clock that tells and sends what is filled in."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.answering import right_entries
from tests.browser.conftest import NewPerson, OpenPage
from tests.browser.test_item_types import controls, shown_item, tab_to
from trainer.domain.content import Content

QUIZ = "pt-times-and-invitations"


def begin(page: Page) -> None:
    page.goto(f"/quizzes/{QUIZ}")
    button = page.get_by_role("button", name="Begin the assessment")
    button.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("0 of 7 answered")


def fill(page: Page, content: Content) -> None:
    """Put the best answer into the item on the page, by the keyboard."""
    for control, value in controls(page, shown_item(page, content)):
        tab_to(page, control)
        tag = control.evaluate("(one) => one.tagName + (one.type || '')")
        if tag in ("INPUTradio", "INPUTcheckbox"):
            page.keyboard.press("Space")
        elif tag.startswith("SELECT"):
            control.select_option(value)
        else:
            page.keyboard.insert_text(value)


def press(page: Page, name: str) -> None:
    tab_to(page, page.get_by_role("button", name=name))
    page.keyboard.press("Enter")


def test_an_assessment_is_sat_with_the_keyboard_alone(
    open_page: OpenPage, newcomer: NewPerson, content: Content
) -> None:
    page = open_page(newcomer())
    begin(page)
    tab_to(page, page.get_by_role("link", name=re.compile("^1\\.")))
    page.keyboard.press("Enter")
    expect(page.locator("[data-question]")).to_be_visible()

    fill(page, content)
    first = page.url
    press(page, "Save and go on")
    page.wait_for_url(lambda url: url != first)
    press(page, "Leave it for later")
    expect(page.locator("h1")).to_have_text(re.compile("3 of 7"))
    tab_to(page, page.get_by_role("link", name="Overview"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("1 of 7 answered")
    expect(page.get_by_role("listitem").filter(has_text="Flagged for later")).to_have_count(1)
    press(page, "Hand in")

    expect(page.get_by_role("heading", level=1)).to_have_text("Not passed this time")
    expect(page.get_by_role("main")).to_contain_text("You answered 1 of 7 items.")


def test_an_assessment_is_sat_without_scripts(open_page: OpenPage, newcomer: NewPerson, content: Content) -> None:
    page = open_page(newcomer(), java_script_enabled=False)
    page.goto(f"/quizzes/{QUIZ}")
    page.get_by_role("button", name="Begin the assessment").click()
    expect(page.get_by_role("main")).to_contain_text(re.compile(r"You have until \d\d:\d\d UTC: 1[12] minutes left"))
    page.get_by_role("link", name=re.compile("^1\\.")).click()

    for _ in range(7):
        for control, value in controls(page, shown_item(page, content)):
            if control.get_attribute("type") in ("radio", "checkbox"):
                control.check()
            elif control.locator("option").count():
                control.select_option(value)
            else:
                control.fill(value)
        page.get_by_role("button", name="Save and go on").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("7 of 7 answered")
    page.get_by_role("button", name="Hand in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Passed")


def test_a_saved_answer_is_there_after_a_reload_and_may_be_changed(
    open_page: OpenPage, newcomer: NewPerson, content: Content
) -> None:
    page = open_page(newcomer())
    begin(page)
    number = next(item for item in content.quizzes[QUIZ].items if item.type == "numeric")
    page.goto(f"{page.url}/items/{number.id}")
    address, (value,) = page.url, right_entries(number.interaction).values()

    for words in ("17", value):
        page.get_by_role("textbox").fill(words)
        page.get_by_role("button", name="Save and go on").click()
        page.wait_for_url(lambda url: url != address)
        page.goto(address)
        page.reload()
        expect(page.get_by_role("textbox")).to_have_value(words)


def test_the_clock_shows_the_local_time_and_tells_five_minutes_and_one_once_each(
    open_page: OpenPage, newcomer: NewPerson
) -> None:
    page = open_page(newcomer())
    page.clock.install()
    begin(page)
    clock, status = page.locator(".clock-words"), page.locator("[data-clock-status]")
    expect(clock).to_contain_text(re.compile(r"You have until \d\d:\d\d: 1[12] minutes left"))
    expect(status).to_be_empty()

    page.clock.run_for("07:10")
    expect(status).to_have_text("Five minutes left.")
    expect(clock).to_contain_text(re.compile(r": 4:\d\d left"))
    page.clock.run_for("03:55")
    expect(status).to_have_text("One minute left.")

    assert page.locator(".clock").evaluate("(one) => getComputedStyle(one).animationName") == "none"


@pytest.mark.parametrize("is_filled", [True, False])
def test_when_the_time_is_up_what_is_filled_in_is_sent_and_nothing_else(
    open_page: OpenPage, newcomer: NewPerson, content: Content, *, is_filled: bool
) -> None:
    page = open_page(newcomer())
    page.clock.install()
    begin(page)
    overview = page.url
    number = next(item for item in content.quizzes[QUIZ].items if item.type == "numeric")
    page.goto(f"{overview}/items/{number.id}")
    address = page.url
    if is_filled:
        page.get_by_role("textbox").fill("17")

    page.clock.run_for("12:05")

    if is_filled:
        page.wait_for_url(lambda url: url != address)
        page.goto(overview)
        expect(page.get_by_role("heading", level=1)).to_have_text("1 of 7 answered")
    else:
        expect(page.locator(".clock-words")).to_contain_text("the time is up")
        assert page.url == address
