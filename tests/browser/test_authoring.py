"""Writing with a keyboard, with the preview beside it, without scripts, and with somebody else at the same page."""

from playwright.sync_api import Dialog, Page, expect

from tests.browser.conftest import OpenPage

ITEM = "/content/entries/items:{0}/quizzes/japan/jp-first-meeting.yaml"
VERSIONS = "/content/versions/quizzes/japan/jp-first-meeting.yaml"


def item(name: str) -> str:
    return ITEM.format(f"jp-first-meeting-{name}")


def press_until(page: Page, key: str, focused: str, most: int = 80) -> None:
    """Press a key until something has the focus."""
    for _ in range(most):
        page.keyboard.press(key)
        if page.evaluate("selector => document.activeElement.matches(selector)", focused):
            return
    raise AssertionError(f"{key} never leads to {focused}")


def test_an_item_is_written_with_the_keyboard_alone_and_previewed_as_it_is_typed(open_page: OpenPage) -> None:
    page = open_page("trainer")
    page.goto(item("03"))
    page.locator("#main").focus()

    press_until(page, "Tab", "#f-ask")
    page.keyboard.press("Control+A")
    page.keyboard.type("What do you say *now*?")

    expect(page.locator("#preview legend em")).to_have_text("now")
    assert page.evaluate("document.activeElement.id") == "f-ask"
    expect(page.locator("[data-guard-state]")).to_have_text("Not saved yet.")
    press_until(page, "Tab", "button[value=save]", 120)
    page.keyboard.press("Enter")
    expect(page.locator(".said")).to_contain_text("Saved as a draft, version")
    expect(page.locator("#f-ask")).to_have_value("What do you say *now*?")


def test_what_is_typed_and_not_saved_is_asked_for_before_it_is_left(open_page: OpenPage) -> None:
    page = open_page("trainer")
    page.goto(item("04"))
    asked: list[str] = []

    def leave(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", leave)
    page.locator("#f-ask").fill("Not to be lost?")
    page.get_by_role("link", name="Write").first.click()
    page.wait_for_url("**/content")

    assert asked == ["beforeunload"]


def test_options_are_added_and_moved_without_scripts(open_page: OpenPage) -> None:
    page = open_page("trainer", java_script_enabled=False)
    page.goto(item("02"))
    rows = page.locator("fieldset.entry-row")
    count = rows.count()

    page.locator("#f-ask").fill("Typed before the buttons?")
    page.get_by_role("button", name="Add an option").click()
    expect(rows).to_have_count(count + 1)
    page.locator(f"#f-options-{count}-text").fill("One more.")
    page.get_by_role("button", name="Preview", exact=True).click()

    expect(page.locator("#preview .option-text").last).to_have_text("One more.")
    expect(page.locator("#f-ask")).to_have_value("Typed before the buttons?")
    page.get_by_role("button", name="Move option e up").click()
    expect(page.locator(f"#f-options-{count - 1}-text")).to_have_value("One more.")


def test_the_second_of_two_is_told_and_keeps_what_was_typed(open_page: OpenPage) -> None:
    first, second = open_page("trainer"), open_page("trainer")
    for page, words in ((first, "First?"), (second, "Second?")):
        page.goto(item("06"))
        page.locator("#f-ask").fill(words)

    first.get_by_role("button", name="Save the draft").last.click()
    expect(first.locator(".said")).to_contain_text("Saved as a draft")
    second.get_by_role("button", name="Save the draft").last.click()

    expect(second.get_by_role("heading", level=1)).to_contain_text("changed this while you wrote")
    expect(second.locator("table.lines").first).to_contain_text("First?")
    expect(second.locator("table.lines").last).to_contain_text("Second?")
    second.get_by_role("button", name="Keep mine on top").click()
    expect(second.locator("#f-ask")).to_have_value("Second?")
    second.goto(VERSIONS)
    second.get_by_role("button", name="Compare").click()
    expect(second.locator("table.lines del")).to_contain_text("First")
    expect(second.locator("table.lines ins")).to_contain_text("Second")
