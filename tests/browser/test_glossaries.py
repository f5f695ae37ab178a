"""A glossary in a real browser: looked up and practised without scripts, kept with the keyboard alone."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewPerson, OpenPage
from tests.browser.player import Player
from tests.browser.server import Server
from trainer.domain.content import Content

SUPPORT = "/glossaries/technical-support"
QUIZ = "drill-technical-support-fr-1"


@pytest.mark.parametrize("has_scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_term_is_looked_up_and_practised(
    open_page: OpenPage, newcomer: NewPerson, content: Content, *, has_scripts: bool
) -> None:
    page = open_page(newcomer(), java_script_enabled=has_scripts)
    page.goto("/courses")
    page.get_by_role("link", name="Glossaries").click()
    page.get_by_role("link", name=re.compile("French ?: Technical support")).click()

    page.get_by_label("Find a term").fill("panne")
    page.get_by_role("button", name="Find").click()
    expect(page.get_by_text("1 of 40 terms mention “panne”.")).to_be_visible()
    expect(page.get_by_text("la panne", exact=True)).to_be_visible()

    page.get_by_role("link", name="Show all").click()
    page.get_by_role("link", name="Practise these terms").click()
    player = Player(page, content, QUIZ)
    player.begin()
    player.answer()
    expect(page.get_by_text("Example:")).to_be_visible()


def test_a_term_is_kept_with_the_keyboard_alone(open_page: OpenPage, changing_server: Server) -> None:
    page = open_page("manager", server=changing_server)
    page.goto(f"{SUPPORT}/terms/new")

    page.get_by_label("Term in English").focus()
    page.keyboard.type("fuse")
    type_into(page, "fr-text", "le fusible")
    type_into(page, "fr-false_friends", "la fusée: a rocket")
    press(page, "Preview")
    expect(page.get_by_role("heading", name="Preview")).to_be_focused()
    expect(page.get_by_text("le fusible", exact=True)).to_be_visible()
    press(page, "Save")

    expect(page.get_by_text("“fuse” is saved and in force.")).to_be_visible()
    page.goto(f"{SUPPORT}?lang=fr&q=fus%C3%A9e")
    expect(page.get_by_text("a rocket")).to_be_visible()
    page.close()


@pytest.mark.parametrize("has_scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_table_is_tried_and_brought_in(
    open_page: OpenPage, changing_server: Server, tmp_path: Path, *, has_scripts: bool
) -> None:
    word = "relais" if has_scripts else "relai"
    table = tmp_path / "terms.csv"
    table.write_text(f"term;language;meaning\n{word};fr;{word} (switch)\n;fr;nothing\n", encoding="utf-8-sig")
    page = open_page("trainer", server=changing_server, java_script_enabled=has_scripts)
    page.goto(f"{SUPPORT}/import")

    page.get_by_label("Table (CSV)").set_input_files(table)
    page.get_by_role("button", name="See what it would do").click()
    expect(page.get_by_text("It would add 1 term")).to_be_visible()
    expect(page.get_by_text("term should not be empty")).to_be_visible()
    page.get_by_role("button", name="Bring it in").click()

    expect(page.get_by_text(re.compile("Brought in: 1 added"))).to_be_visible()
    page.close()


def type_into(page: Page, name: str, words: str) -> None:
    """Go on with Tab until the field is reached, and type."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == name:
            page.keyboard.type(words)
            return
    pytest.fail(f"{name} is not reached with Tab")


def press(page: Page, words: str) -> None:
    """Go on with Tab until the button is reached, and press it."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.innerText") == words:
            page.keyboard.press("Enter")
            return
    pytest.fail(f"{words} is not reached with Tab")
