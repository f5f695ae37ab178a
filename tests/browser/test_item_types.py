"""Items of every type: answered with the keyboard alone, and without scripts."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.answering import KINDS, right_entries
from tests.browser.conftest import NewPerson, OpenPage
from trainer.domain.content import Content, Item, ItemType, OneOf, SomeOf

MOST_TABS = 60


def item_of(content: Content, kind: ItemType) -> Item:
    """An item of the type that no pool leaves out."""
    pooled = {name for quiz in content.quizzes.values() for pool in quiz.pools for name in pool.items}
    unpooled = (item for item in content.items.values() if item.id not in pooled)
    return next((item for item in unpooled if item.type is kind), content.items["fr-language-writing-07"])


def open_item(page: Page, item: Item) -> None:
    """Go to the item in a new attempt; where a pool has left it out, to another one that it draws."""
    page.goto(f"/quizzes/{item.quiz_id}")
    page.get_by_role("button", name=re.compile("^Start")).click()
    expect(page.locator("[data-question]")).to_be_visible()
    attempt = page.url.split("/items/")[0]
    page.goto(f"{attempt}/items/{item.id}")
    expect(page.locator("[data-question]")).to_be_visible()


def shown_item(page: Page, content: Content) -> Item:
    found = re.search(r"/items/([\w-]+)", page.url)
    assert found is not None
    return content.items[found[1]]


def controls(page: Page, item: Item) -> list[tuple[Locator, str]]:
    """What to put where: each control with its value, in the order of the page."""
    question = page.locator("[data-question]")
    match item.interaction:
        case OneOf(options) | SomeOf(options):
            return [(question.locator(f'[value="{option.id}"]'), "") for option in options if option.is_right]
        case _ if item.type is ItemType.CALENDAR:
            return [(question.locator("[name=options]").first, "")]
    found = []
    for slot, value in right_entries(item.interaction).items():
        fields = question.locator(f'[name="entry-{slot}"]')
        is_radio = fields.first.get_attribute("type") == "radio"
        found.append((question.locator(f'[name="entry-{slot}"][value="{value}"]') if is_radio else fields, value))
    return found


def tab_to(page: Page, target: Locator) -> None:
    """Press the key that moves on until the control is reached; of a group of radios, then an arrow until the one."""
    handle = target.element_handle()
    for _ in range(MOST_TABS):
        if page.evaluate("(one) => document.activeElement === one", handle):
            return
        is_in_group = page.evaluate("(one) => one.type === 'radio' && document.activeElement.name === one.name", handle)
        page.keyboard.press("ArrowDown" if is_in_group else "Tab")
    raise AssertionError("the keyboard does not reach it")


@pytest.mark.parametrize("kind", KINDS)
def test_an_item_is_answered_with_the_keyboard_alone(
    kind: ItemType, open_page: OpenPage, newcomer: NewPerson, content: Content
) -> None:
    page = open_page(newcomer())
    open_item(page, item_of(content, kind))

    for control, value in controls(page, shown_item(page, content)):
        tab_to(page, control)
        tag = control.evaluate("(one) => one.tagName + (one.type || '')")
        if tag in ("INPUTradio", "INPUTcheckbox"):
            page.keyboard.press("Space")
            expect(control).to_be_checked()
        elif tag.startswith("SELECT"):
            position = control.evaluate("(one, value) => [...one.options].findIndex((o) => o.value === value)", value)
            for _ in range(position):
                page.keyboard.press("ArrowDown")
            expect(control).to_have_value(value)
        else:
            page.keyboard.insert_text(value)
    tab_to(page, page.get_by_role("button", name="Check"))
    page.keyboard.press("Enter")

    verdict = page.get_by_role("heading", level=1, name=re.compile("Saved"))
    expect(verdict).to_be_focused()
    expect(verdict).to_have_text(re.compile(r"Right|Not quite" if kind is ItemType.CALENDAR else "Right"))


@pytest.mark.parametrize("kind", KINDS)
def test_an_item_is_answered_without_scripts(
    kind: ItemType, open_page: OpenPage, newcomer: NewPerson, content: Content
) -> None:
    page = open_page(newcomer(), java_script_enabled=False)
    open_item(page, item_of(content, kind))

    for control, value in controls(page, shown_item(page, content)):
        if control.get_attribute("type") in ("radio", "checkbox"):
            control.check()
        elif control.locator("option").count():
            control.select_option(value)
        else:
            control.fill(value)
    page.get_by_role("button", name="Check").click()

    verdict = page.get_by_role("heading", level=1, name=re.compile("Saved"))
    expect(verdict).to_be_visible()
    expect(verdict).to_have_text(re.compile(r"Right|Not quite" if kind is ItemType.CALENDAR else "Right"))


def test_a_letter_that_is_pressed_stands_where_one_was_typing(
    open_page: OpenPage, newcomer: NewPerson, content: Content
) -> None:
    page = open_page(newcomer())
    open_item(page, content.items["fr-language-writing-02"])
    field = page.get_by_role("textbox", name="Your answer")
    field.fill("trs bien")
    field.evaluate("(one) => one.setSelectionRange(2, 2)")

    page.get_by_role("button", name="è", exact=True).click()

    expect(field).to_have_value("très bien")
    expect(field).to_be_focused()
