"""With the keyboard alone: where the focus goes, and that it is seen."""

import re
from typing import Any

import pytest
from playwright.sync_api import ElementHandle, Locator, Page, expect

from tests.browser.conftest import PHONE, WIDE, NewPerson, OpenPage
from tests.browser.world import World

FOCUS = """
(target) => {
  const element = document.activeElement;
  if (element === document.body) return null;
  const box = element.closest(".option") ?? element;
  const style = getComputedStyle(box);
  const place = box.getBoundingClientRect();
  const near = [place.left + Math.min(place.width, 40) / 2, Math.min(place.top + 12, place.bottom - 1)];
  const top = document.elementFromPoint(...near);
  return {
    isTarget: element === target,
    words: element.outerHTML.slice(0, 160),
    order: [...document.querySelectorAll("*")].indexOf(element),
    outlined: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
    seen: top !== null && (box.contains(top) || top.contains(box)),
  };
}
"""


def press_tab(page: Page, target: ElementHandle | None = None) -> dict[str, Any] | None:
    """The next stop of the focus, which must be seen; None after the last."""
    page.keyboard.press("Tab")
    stop: dict[str, Any] | None = page.evaluate(FOCUS, target)
    if stop is not None:
        assert stop["outlined"], f"the focus is not visible: {stop['words']}"
        assert stop["seen"], f"the focus is hidden: {stop['words']}"
    return stop


def tab_to(page: Page, target: Locator) -> None:
    element = target.element_handle()
    while True:
        stop = press_tab(page, element)
        assert stop is not None, f"the focus never came to {target}"
        if stop["isTarget"]:
            return


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
@pytest.mark.parametrize(
    "path",
    [
        "/lessons/japan-cards",
        "/attempts/{attempt}/items/{choice}",
        "/attempts/{attempt}/items/{several}",
        "/attempts/{attempt}/items/{harmful}/0",
        "/progress",
        "/engagements/{ready}",
        "/teams/{team}/engagements/new?country=JP",
    ],
)
def test_the_focus_goes_through_the_page_in_its_order_and_is_seen(
    path: str, size: dict[str, int], open_page: OpenPage, world: World
) -> None:
    who = "manager" if "team" in path or "engagement" in path else "learner"
    page = open_page(who, viewport=size)
    page.goto(path.format_map(world))
    stops: list[int] = []
    while (stop := press_tab(page)) is not None:
        if stop["order"] not in stops[-1:]:  # a date has several stops in it
            stops.append(stop["order"])

    assert len(stops) >= 3
    assert stops == sorted(set(stops))


def test_the_first_stop_skips_to_the_content(open_page: OpenPage) -> None:
    page = open_page("learner")
    page.goto("/courses")
    skip = page.get_by_role("link", name="Skip to the content")
    expect(skip).not_to_be_in_viewport()
    page.keyboard.press("Tab")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")

    expect(page.locator("main")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator("main").get_by_role("link").first).to_be_focused()


def test_somebody_signs_in_reads_a_lesson_and_answers_with_the_keyboard_alone(
    open_page: OpenPage, newcomer: NewPerson
) -> None:
    person = newcomer()
    page = open_page()
    keys = page.keyboard
    page.goto("/sign-in")
    expect(page.get_by_label("E-mail address")).to_be_focused()
    keys.type(person.email)
    tab_to(page, page.get_by_label("Password"))
    keys.type(person.password)
    keys.press("Enter")
    expect(page.get_by_role("heading", name="Your next step")).to_be_visible()
    follow(page, page.get_by_role("navigation", name="Main").get_by_role("link", name="Courses"), "/courses")
    follow(page, page.get_by_role("link", name=re.compile("Japan")), "/courses/japan")
    follow(page, page.locator('a[href="/lessons/japan-cards"]'), "/lessons/japan-cards")
    tab_to(page, page.get_by_role("button", name="Play: ").first)
    with page.expect_response("**/*.mp3"):
        keys.press("Enter")
    tab_to(page, page.get_by_role("region", name="Can you?").get_by_role("checkbox").first)
    keys.press("Space")
    follow(page, page.get_by_role("button", name="Done, next lesson"), "/lessons/japan-punctuality")
    follow(page, page.locator("main").get_by_role("link", name="Before"), "/lessons/japan-cards")
    expect(page.get_by_role("region", name="Can you?").get_by_role("checkbox").first).to_be_checked()
    follow(page, page.get_by_role("region", name="Practise this").get_by_role("link").first, re.compile("/quizzes/"))
    tab_to(page, page.get_by_role("button", name="Start"))
    keys.press("Enter")
    expect(page.get_by_role("radio").first).to_be_visible()
    tab_to(page, page.get_by_role("radio").first)
    keys.press("ArrowDown")
    expect(page.get_by_role("radio").nth(1)).to_be_checked()
    tab_to(page, page.get_by_role("button", name="Check"))
    keys.press("Enter")

    expect(page.get_by_role("heading", level=1, name=re.compile("Saved"))).to_be_focused()


def follow(page: Page, target: Locator, address: str | re.Pattern[str]) -> None:
    tab_to(page, target)
    page.keyboard.press("Enter")
    expect(page).to_have_url(address)


def test_escape_closes_the_menu_of_colours(open_page: OpenPage) -> None:
    page = open_page("learner")
    page.goto("/courses")
    tab_to(page, page.get_by_label("Colours"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Dark")).to_be_visible()
    page.keyboard.press("Escape")

    expect(page.get_by_role("button", name="Dark")).to_be_hidden()
