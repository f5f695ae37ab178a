"""What holds on every page: no finding of axe, nothing wider than a phone, large targets, the demo strip."""

import re

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from tests.browser.axe import COLOUR_RULES, ask_axe
from tests.browser.conftest import PHONE, WIDE, Complaints, OpenPage, Visit
from tests.browser.pages import NOT_PAGES, SIGHTS, Sight
from tests.browser.world import World
from trainer.web.blueprints import BLUEPRINTS

UNFOLD = """() => document.querySelectorAll("details:not(.masthead .menu)").forEach((each) => { each.open = true; })"""
SMALL_TARGETS = """
() => {
  const touched = (element) => element.matches("[type=checkbox], [type=radio]") ? element.labels[0] : element;
  return [...document.querySelectorAll("button, .btn, .tool, nav a, form a, form input, form select, form textarea")]
    .filter((element) => element.type !== "hidden" && element.checkVisibility({ visibilityProperty: true }))
    .map((element) => [touched(element), touched(element).getBoundingClientRect().height])
    .filter(([, height]) => height < 43.9)
    .map(([element, height]) => `${height.toFixed(1)} px high: ${element.outerHTML.slice(0, 120)}`);
}
"""
TOO_WIDE = """
() => document.documentElement.scrollWidth <= innerWidth ? [] : [...document.querySelectorAll("body *")]
  .filter((element) => element.getBoundingClientRect().right > innerWidth + 0.5 && !element.closest(".table-scroll"))
  .map((element) => `wider than the phone: ${element.outerHTML.slice(0, 120)}`)
  .slice(0, 5)
"""


def look_at(page: Page, sight: Sight, world: World) -> None:
    """Open the page, with all of it unfolded."""
    answer = page.goto(sight.path.format_map(world))
    assert answer is not None
    assert answer.status == sight.status
    for name, value in sight.fill.items():
        page.locator(f"[name={name}]").fill(value)
    if sight.press:
        page.get_by_role("button", name=sight.press, exact=True).first.click()
        expect(page).to_have_title(re.compile(f"^{sight.title}"))
    page.evaluate(UNFOLD)


def show(page: Page, scheme: str, size: dict[str, int]) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.set_viewport_size({"width": size["width"], "height": size["height"]})
    expect(page.locator("html")).to_have_attribute("data-bs-theme", scheme)


@pytest.mark.parametrize("sight", SIGHTS, ids=lambda sight: sight.name)
def test_a_page_is_accessible_in_light_and_dark_and_fits_a_phone(sight: Sight, world: World, visit: Visit) -> None:
    page = visit(sight.who)
    look_at(page, sight, world)
    problems = ask_axe(page)
    show(page, "dark", WIDE)
    problems += ask_axe(page, COLOUR_RULES)
    show(page, "dark", PHONE)
    problems += ask_axe(page, COLOUR_RULES)
    show(page, "light", PHONE)
    problems += ask_axe(page)
    problems += page.evaluate(TOO_WIDE)
    problems += page.evaluate(SMALL_TARGETS)

    assert not problems, "\n".join(problems)
    expect(page.get_by_role("complementary", name="Demo")).to_have_text(re.compile("Demo.*not for real data"))


def test_a_visit_finds_nothing_of_the_one_before(visit: Visit) -> None:
    before = visit("learner")
    before.goto("/courses")
    before.evaluate("() => { localStorage.left = sessionStorage.left = 'behind'; document.cookie = 'left=behind'; }")
    before.evaluate("() => new Promise((done) => { indexedDB.open('left', 1).onsuccess = done; }).then(() => {})")
    show(before, "dark", PHONE)
    before.close()

    page = visit("learner")
    page.goto("/courses")

    expect(page.locator("html")).to_have_attribute("data-bs-theme", "light")
    assert page.viewport_size == WIDE
    assert "left" not in {cookie["name"] for cookie in page.context.cookies()}
    assert page.evaluate("[localStorage.left, sessionStorage.left]") == [None, None]
    assert "left" not in page.evaluate("indexedDB.databases().then((all) => all.map(({ name }) => name))")


def test_what_a_page_complains_about_is_told_to_who_listens(visit: Visit, complaints: Complaints) -> None:
    page = visit("learner")
    page.goto("/courses")
    complaints.leave(page.context)
    next_one = Complaints()
    next_one.listen_to(page.context)
    with page.expect_console_message():
        page.evaluate("console.error('for who listens now')")
    complaints.listen_to(page.context)

    assert "for who listens now" in "".join(next_one.heard)
    assert complaints.heard == []


def test_the_open_menu_and_the_open_keys_are_accessible(open_page: OpenPage) -> None:
    page = open_page("learner", viewport=PHONE)
    page.goto("/courses")
    page.get_by_label("Colours").click()
    expect(page.get_by_role("button", name="Dark")).to_be_visible()

    problems = ask_axe(page) + page.evaluate(SMALL_TARGETS)
    page.get_by_role("button", name="Keys").click()
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
    problems += ask_axe(page) + page.evaluate(SMALL_TARGETS)

    assert not problems, "\n".join(problems)


@pytest.mark.parametrize("who", sorted({sight.who for sight in SIGHTS if isinstance(sight.who, str)}))
def test_a_fragment_for_htmx_is_the_main_part_with_a_title(who: str, world: World, open_page: OpenPage) -> None:
    page = open_page(who)

    for sight in SIGHTS:
        if sight.who == who and sight.status == 200:
            answer = page.request.get(sight.path.format_map(world), headers={"HX-Request": "true"})
            assert re.match(r"<title>[^<]+ · Entente</title>", answer.text()), sight.name
            assert "<html" not in answer.text(), sight.name
            assert "HX-Request" in answer.headers["vary"], sight.name


def test_every_route_that_shows_a_page_is_looked_at() -> None:
    app = Flask("pages", static_folder=None)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    pages = {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())} - set(NOT_PAGES)
    adapter = app.url_map.bind("127.0.0.1")
    paths = [re.sub(r"\{(\w+)\}", _example, sight.path.split("?")[0]) for sight in SIGHTS if sight.status == 200]

    looked_at = {adapter.match(path)[0] for path in paths}

    assert looked_at == pages, "put each new page into SIGHTS of tests/browser/pages.py, or say in NOT_PAGES why not"


def _example(name: re.Match[str]) -> str:
    """Something of the shape that the route takes."""
    if name[1] in ("story_end", "replay_end"):
        return "3"
    is_uuid = name[1] in {
        "agenda_item",
        "attempt",
        "bare",
        "closed",
        "finished",
        "imported",
        "just_over",
        "learner",
        "lost",
        "lost_take",
        "mail",
        "mixed",
        "new_partner",
        "of_partner",
        "open_promise",
        "over",
        "partner",
        "promise",
        "ready",
        "replay",
        "refused",
        "replay_over",
        "research",
        "reviewed",
        "sitting",
        "take",
        "taken_in",
        "team",
        "told",
        "unready",
        "upload",
        "writing",
        "wrong",
    }
    return "0197c0de-0000-7000-8000-000000000000" if is_uuid else name[1]
