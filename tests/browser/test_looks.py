"""Colours, paper: light and dark by the device and by choice, and what a printed page leaves out."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import COLOUR_RULES, ask_axe
from tests.browser.conftest import OpenPage
from tests.browser.world import World


def is_dark(page: Page, selector: str = "body", name: str = "backgroundColor") -> bool:
    colour = page.evaluate(
        "([selector, name]) => getComputedStyle(document.querySelector(selector))[name]", [selector, name]
    )
    red, green, blue = (int(each) for each in re.findall(r"\d+", colour)[:3])
    return 0.21 * red + 0.72 * green + 0.07 * blue < 100


@pytest.mark.parametrize("has_scripts", [True, False], ids=["with scripts", "without scripts"])
@pytest.mark.parametrize("scheme", ["dark", "light"])
def test_the_colours_are_those_of_the_device(scheme: str, has_scripts: bool, open_page: OpenPage) -> None:
    page = open_page(color_scheme=scheme, java_script_enabled=has_scripts)
    page.goto("/sign-in")

    assert is_dark(page) == (scheme == "dark")
    assert is_dark(page, "h1", "color") == (scheme == "light")


@pytest.mark.parametrize("has_scripts", [True, False], ids=["with scripts", "without scripts"])
def test_chosen_colours_stay_whatever_the_device_says(has_scripts: bool, open_page: OpenPage) -> None:
    page = open_page("learner", color_scheme="light", java_script_enabled=has_scripts)
    page.goto("/courses")

    choose(page, "Dark")
    assert is_dark(page)
    page.goto("/progress")
    assert is_dark(page)
    choose(page, "Light")
    page.emulate_media(color_scheme="dark")
    page.reload()
    assert not is_dark(page)
    choose(page, "As the device")
    assert is_dark(page)
    expect(page).to_have_url("/progress")


def choose(page: Page, colours: str) -> None:
    page.get_by_label("Colours").click()
    with page.expect_navigation():
        page.get_by_role("button", name=colours, exact=True).click()


def test_the_colours_follow_when_the_device_changes(open_page: OpenPage) -> None:
    page = open_page(color_scheme="light")
    page.goto("/sign-in")
    page.emulate_media(color_scheme="dark")

    expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")
    assert is_dark(page)


@pytest.mark.parametrize("path", ["/engagements/{ready}", "/progress", "/lessons/japan-greeting"])
@pytest.mark.parametrize("scheme", ["dark", "light"])
def test_paper_is_white_with_dark_ink_and_leaves_out_what_can_only_be_pressed(
    scheme: str, path: str, open_page: OpenPage, world: World
) -> None:
    page = open_page("manager", color_scheme=scheme)
    page.goto(path.format_map(world))
    page.emulate_media(media="print", color_scheme="dark" if scheme == "dark" else "light")

    for pressed in (".rail", ".masthead-tools", ".row-acts", ".phrase-audio", ".tabs"):
        for each in page.locator(pressed).all():
            expect(each).to_be_hidden()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_text("invented people, not for real data")).to_be_visible()
    assert not is_dark(page)
    assert is_dark(page, "h1", "color")
    assert ask_axe(page, COLOUR_RULES) == []


def test_paper_unfolds_what_is_folded_and_shows_whole_tables(open_page: OpenPage, world: World) -> None:
    page = open_page("manager")
    page.goto("/engagements/{ready}".format_map(world))
    method = page.locator("details.method > p")
    expect(method).to_be_hidden()
    page.emulate_media(media="print")

    expect(method).to_be_visible()
    assert page.locator(".table-scroll").first.evaluate("each => getComputedStyle(each).overflowX") == "visible"
