"""The player: one sound at a time, again, slowly, a dialogue from line to line; and what it says when it cannot."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.browser.conftest import Complaints, OpenPage
from tests.browser.test_lessons import LESSONS, LINGER, TELL, expect_heard

DIALOGUE = "/dialogues/fr-dialogue-price"
HURRY = """
const play = HTMLMediaElement.prototype.play;
HTMLMediaElement.prototype.play = function () {
  this.defaultPlaybackRate = this.playbackRate = 16;
  return play.call(this);
};
"""
"""Lets a phrase pass in a blink."""
SAVE_DATA = "Object.defineProperty(navigator, 'connection', { value: { saveData: true } });"
REFUSE_ONCE = """
const play = HTMLMediaElement.prototype.play;
let isFirst = true;
HTMLMediaElement.prototype.play = function () {
  const refused = isFirst;
  isFirst = false;
  return refused ? Promise.reject(new DOMException("not now", "NotAllowedError")) : play.call(this);
};
"""
"""As a phone does that wants another press."""
COUNT_ENDS = """
window.ends = 0;
const Told = window.Audio;
window.Audio = class extends Told {
  constructor(...source) { super(...source); this.addEventListener("ended", () => { ends += 1; }); }
};
"""
NOTE_LINES = """
window.noted = [];
new MutationObserver((changes) => changes.forEach(({ target }) => {
  if (target.hasAttribute("aria-current") && target.hasAttribute("data-turn")) noted.push(target.id);
  document.documentElement.dataset.noted = noted.join(" ");
})).observe(document, { attributes: true, attributeFilter: ["aria-current"], subtree: true });
"""
"""Notes the lines that become the current one."""


@pytest.fixture
def listen(open_page: OpenPage) -> Callable[..., Page]:
    """Opens a page whose player tells what it does."""

    def to(path: str, *scripts: str) -> Page:
        page = open_page("learner")
        page.add_init_script(TELL + "".join(f"(() => {{ {script} }})();" for script in scripts))
        page.goto(path)
        return page

    return to


def buttons(page: Page, name: str = "Play: ") -> Locator:
    return page.get_by_role("button", name=name)


def current(page: Page) -> Locator:
    return page.locator("[data-turn][aria-current=true]")


# A phrase


def test_a_phrase_is_played_three_times_if_asked(listen: Callable[..., Page]) -> None:
    page = listen(LESSONS["fr"], HURRY, COUNT_ENDS)
    page.get_by_label("Play each").select_option("three times")
    buttons(page).first.click()

    expect(page.locator(".is-playing")).to_have_count(1)
    expect(page.locator(".is-playing")).to_have_count(0)
    assert page.evaluate("ends") == 3


def test_keys_play_on_again_and_slowly(listen: Callable[..., Page]) -> None:
    page = listen(LESSONS["fr"], LINGER)
    page.keyboard.press("p")
    page.keyboard.press("p")
    expect(buttons(page).nth(1)).to_contain_class("is-playing")

    page.keyboard.press("s")
    expect(buttons(page, "Play slowly: ").nth(1)).to_contain_class("is-playing")
    page.keyboard.press("r")
    expect(buttons(page).nth(1)).to_contain_class("is-playing")
    page.keyboard.press("l")

    expect(page.get_by_label("Play each")).to_have_value("always")


def test_the_keys_are_listed(listen: Callable[..., Page]) -> None:
    page = listen(DIALOGUE)
    page.keyboard.press("?")

    keys = page.get_by_role("dialog", name="Keys")
    for words in ("play the next phrase", "play the same phrase again", "play the same phrase slowly", "repeat until"):
        expect(keys).to_contain_text(words)


def test_the_next_phrase_is_fetched_while_one_plays(listen: Callable[..., Page]) -> None:
    page = listen(LESSONS["fr"], LINGER)
    address = buttons(page).nth(1).get_attribute("data-audio")
    with page.expect_request(f"**{address}") as asked:
        buttons(page).first.click()

    assert asked.value.resource_type == "fetch"


def test_nothing_is_fetched_ahead_for_those_who_save_data(listen: Callable[..., Page]) -> None:
    page = listen(LESSONS["fr"], HURRY, SAVE_DATA)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if request.url.endswith(".mp3") else None)
    buttons(page).first.click()

    expect_heard(page, "ended$")
    assert len(set(asked)) == 1


def test_nothing_plays_by_itself(listen: Callable[..., Page]) -> None:
    page = listen(DIALOGUE)

    assert page.evaluate("players.length") == 0
    expect(page.locator("audio")).to_have_count(0)


# What cannot be played


def test_a_sound_that_is_being_made_is_waited_for_and_played(listen: Callable[..., Page]) -> None:
    page = listen(LESSONS["fr"], HURRY)
    answers = iter(range(3))

    def answer(route: Route) -> None:
        if next(answers, None) is None:
            route.continue_()
        else:
            route.fulfill(status=202, headers={"Retry-After": "1"}, body="")

    page.route(f"**{buttons(page).first.get_attribute('data-audio')}", answer)
    buttons(page).first.click()

    status = page.locator(".phrase-audio [role=status]").first
    expect(status).to_have_text("Being prepared…")
    expect_heard(page, "ended$")
    expect(status).to_have_text("")
    assert page.evaluate("players.length") == 1


def test_waiting_for_a_sound_ends_with_another_press(listen: Callable[..., Page]) -> None:
    page = listen(LESSONS["fr"])
    page.route("**/*.mp3", lambda route: route.fulfill(status=202, headers={"Retry-After": "1"}, body=""))
    buttons(page).first.click()
    expect(page.get_by_text("Being prepared…")).to_be_visible()
    buttons(page).first.click()

    expect(page.locator(".is-playing")).to_have_count(0)


@pytest.mark.parametrize(
    ("kind", "body", "words"),
    [
        ("text/plain", "This cannot be spoken: it has a rare character.\n", "This cannot be spoken: it has a rare"),
        ("text/html", "<h1>There is no such page</h1>", "This cannot be spoken."),
    ],
)
def test_what_nobody_can_say_is_told_in_the_words_of_the_answer(
    listen: Callable[..., Page], complaints: Complaints, kind: str, body: str, words: str
) -> None:
    complaints.expect("404")
    page = listen(LESSONS["fr"])
    page.route("**/*.mp3", lambda route: route.fulfill(status=404, content_type=kind, body=body))
    buttons(page).first.click()

    expect(page.get_by_text(words)).to_be_visible()
    expect(page.locator(".is-playing")).to_have_count(0)


def test_a_phone_that_wants_another_press_is_told_so(listen: Callable[..., Page]) -> None:
    page = listen(LESSONS["fr"], HURRY, REFUSE_ONCE)
    buttons(page).first.click()
    expect(page.get_by_text("Ready: press play.")).to_be_visible()
    buttons(page).first.click()

    expect_heard(page, "ended$")
    expect(page.get_by_text("Ready: press play.")).to_have_count(0)


# A dialogue


def test_a_dialogue_is_played_to_its_end_line_by_line(listen: Callable[..., Page]) -> None:
    page = listen(DIALOGUE, HURRY, NOTE_LINES)
    page.get_by_role("button", name="Play all").click()
    expect(page.get_by_role("button", name="Pause")).to_be_focused()

    expect(page.get_by_role("button", name="Play all")).to_be_visible()
    lines = page.locator("[data-turn]").evaluate_all("lines => lines.map((line) => line.id)")
    assert page.evaluate("noted") == lines
    assert len(lines) == 12
    expect(current(page)).to_have_count(0)
    assert page.evaluate("players.length") == 1


def test_a_dialogue_pauses_and_goes_on_where_it_was(listen: Callable[..., Page]) -> None:
    page = listen(DIALOGUE, LINGER)
    page.get_by_role("button", name="Play all").click()
    expect_heard(page, "goes on")
    page.keyboard.press("Space")

    expect(page.get_by_role("button", name="Go on")).to_be_focused()
    expect(current(page)).to_have_id("fr-dialogue-price-01")
    at = page.evaluate("players[0].currentTime")
    assert page.evaluate("players[0].paused")
    page.keyboard.press("Space")
    expect(page.get_by_role("button", name="Pause")).to_be_visible()
    expect_heard(page, "paused started goes on|paused goes on|started$|goes on$")
    assert page.evaluate("players[0].currentTime") >= at


def test_a_dialogue_begins_anew_in_a_loop(listen: Callable[..., Page]) -> None:
    page = listen(DIALOGUE, HURRY, NOTE_LINES)
    page.get_by_role("button", name="Loop").click()
    page.get_by_role("button", name="Play all").click()

    expect(page.locator("html")).to_have_attribute("data-noted", re.compile("price-12 fr-dialogue-price-01 fr-.*-02"))
    page.get_by_role("button", name="Loop").click()
    expect(page.get_by_role("button", name="Play all")).to_be_visible()


def test_a_dialogue_is_played_slowly(listen: Callable[..., Page]) -> None:
    page = listen(DIALOGUE, LINGER)
    page.get_by_role("button", name="Slowly", exact=True).click()
    with page.expect_request("**/slow-*.mp3"):
        page.get_by_role("button", name="Play all").click()

    expect(buttons(page, "Play slowly: ").first).to_contain_class("is-playing")


def test_one_line_ends_the_whole_dialogue(listen: Callable[..., Page]) -> None:
    page = listen(DIALOGUE, LINGER)
    page.get_by_role("button", name="Play all").click()
    expect(current(page)).to_have_id("fr-dialogue-price-01")
    buttons(page).nth(2).click()

    expect(page.get_by_role("button", name="Play all")).to_be_visible()
    expect(current(page)).to_have_id("fr-dialogue-price-03")


def test_a_line_that_fails_ends_the_dialogue_and_says_so(listen: Callable[..., Page], complaints: Complaints) -> None:
    complaints.expect("ERR_FAILED")
    page = listen(DIALOGUE)
    page.route("**/*.mp3", lambda route: route.abort())
    page.get_by_role("button", name="Play all").click()

    expect(page.get_by_text("This cannot be played now. Check your connection and try again.")).to_be_visible()
    expect(page.get_by_role("button", name="Play all")).to_be_visible()


def test_the_words_stay_when_the_readings_are_hidden(listen: Callable[..., Page]) -> None:
    page = listen("/dialogues/ja-dialogue-clarifying")
    page.get_by_role("button", name="Hide readings").click()

    expect(page.locator(".phrase-reading").first).to_be_hidden()
    expect(page.locator(".turn-text")).to_have_count(12)
    expect(page.locator(".turn-natural").first).to_be_visible()


def test_without_scripts_each_line_has_the_player_of_the_browser(open_page: OpenPage) -> None:
    page = open_page("learner", java_script_enabled=False)
    page.goto(DIALOGUE)

    expect(page.locator("audio[controls][preload=none]")).to_have_count(12)
    expect(page.get_by_role("button", name=re.compile("Play"))).to_have_count(0)
