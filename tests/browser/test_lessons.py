"""A lesson: its phrases are heard, and say which language they are in."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Complaints, NewPerson, OpenPage
from tests.browser.server import Server

TELL = """
window.players = [];
window.Audio = class extends Audio {
  constructor(...source) {
    super(...source);
    players.push(this);
    const told = document.documentElement.dataset;
    this.addEventListener("play", () => { told.heard = "started"; });
    this.addEventListener("timeupdate", () => {
      if (this.currentTime > 0.1 && !this.paused) told.heard += " goes on";
    });
    this.addEventListener("pause", () => { told.heard += " paused"; });
    this.addEventListener("ended", () => { told.heard += " ended"; });
  }
};
"""
"""Lets the page tell in `data-heard` what its player does."""
LINGER = """
const play = HTMLMediaElement.prototype.play;
HTMLMediaElement.prototype.play = function () {
  this.defaultPlaybackRate = this.playbackRate = 0.25;
  return play.call(this);
};
"""
"""Lets a phrase last, so that it still plays when a busy machine looks."""
LESSONS = {"ja": "/lessons/japan-greeting", "fr": "/lessons/france-greeting"}


def expect_heard(page: Page, what: str) -> None:
    expect(page.locator("html")).to_have_attribute("data-heard", re.compile(what))


def play(page: Page, name: str) -> float:
    """Play the first phrase to its end; how many seconds it lasts."""
    with page.expect_response("**/*.mp3") as sent:
        page.get_by_role("button", name=f"{name}: ").first.click()
    assert sent.value.ok
    assert sent.value.headers["content-type"] == "audio/mpeg"
    expect_heard(page, "^started( goes on)+.* ended$")
    expect(page.locator(".is-playing")).to_have_count(0)
    duration: float = page.evaluate("players[0].duration")
    assert page.evaluate("players[0].currentTime") == pytest.approx(duration, abs=0.1)
    return duration


@pytest.mark.parametrize("lang", LESSONS)
def test_a_phrase_is_heard_normally_and_slowly(lang: str, open_page: OpenPage) -> None:
    page = open_page("learner")
    page.add_init_script(TELL)
    page.goto(LESSONS[lang])

    normal, slow = play(page, "Play"), play(page, "Play slowly")

    assert 0.3 < normal < 20
    assert slow > 1.2 * normal
    assert page.evaluate("players.length") == 1


def test_a_phrase_that_plays_stops_when_another_one_or_itself_is_pressed(open_page: OpenPage) -> None:
    page = open_page("learner")
    page.add_init_script(TELL + LINGER)
    page.goto(LESSONS["fr"])
    buttons = page.get_by_role("button", name="Play: ")
    buttons.nth(0).click()
    expect_heard(page, "goes on")
    buttons.nth(1).click()

    expect_heard(page, "^started goes on")
    expect(buttons.nth(0)).not_to_contain_class("is-playing")
    expect(buttons.nth(1)).to_contain_class("is-playing")
    buttons.nth(1).click()
    expect_heard(page, "paused$")
    expect(page.locator(".is-playing")).to_have_count(0)


def test_p_plays_the_phrases_one_after_the_other(open_page: OpenPage) -> None:
    page = open_page("learner")
    page.add_init_script(LINGER)
    page.goto("/lessons/france-greeting")
    buttons = page.get_by_role("button", name="Play: ")
    page.keyboard.press("p")
    expect(buttons.nth(0)).to_be_focused()
    expect(buttons.nth(0)).to_contain_class("is-playing")
    page.keyboard.press("p")

    expect(buttons.nth(1)).to_be_focused()


def test_a_phrase_that_cannot_be_loaded_says_so(open_page: OpenPage, complaints: Complaints) -> None:
    complaints.expect("net::ERR_INTERNET_DISCONNECTED")
    page = open_page("learner")
    page.goto(LESSONS["fr"])
    page.context.set_offline(True)
    page.get_by_role("button", name="Play: ").nth(2).click()

    expect(page.get_by_text("This cannot be played now. Check your connection and try again.")).to_be_visible()
    expect(page.locator(".is-playing")).to_have_count(0)


def test_without_scripts_a_phrase_has_the_player_of_the_browser(open_page: OpenPage) -> None:
    page = open_page("learner", java_script_enabled=False)
    page.goto(LESSONS["ja"])

    expect(page.get_by_role("button", name="Play: ")).to_have_count(0)
    address = page.locator("audio[controls]").first.get_attribute("src")
    assert address is not None
    assert page.request.get(address).headers["content-type"] == "audio/mpeg"


def test_a_machine_without_voices_plays_what_came_with_the_lessons(silent_server: Server, open_page: OpenPage) -> None:
    page = open_page("learner", server=silent_server)
    page.goto(LESSONS["ja"])
    button = page.get_by_role("button", name="Play: ").first
    button.click()

    expect(button).to_have_class(re.compile("is-playing"))
    expect(button).not_to_have_class(re.compile("is-playing"), timeout=15_000)
    expect(page.locator(".phrase-audio [role=status]").first).to_have_text("")
    expect(page.locator(".voice").first).to_have_text("Japanese, synthetic voice")


@pytest.mark.parametrize("lang", LESSONS)
def test_a_phrase_carries_its_language_and_direction(lang: str, open_page: OpenPage) -> None:
    page = open_page("learner")
    page.goto(LESSONS[lang])

    phrases = page.locator(".phrase")
    assert phrases.count() > 5
    expect(page.locator(f".phrase > .phrase-text[lang={lang}][dir=ltr]")).to_have_count(phrases.count())


def test_the_readings_of_japanese_can_be_hidden(open_page: OpenPage) -> None:
    page = open_page("learner")
    page.goto(LESSONS["ja"])
    reading = page.locator(".phrase-reading").first
    expect(reading).to_be_visible()
    page.get_by_role("button", name="Hide readings").click()

    expect(reading).to_be_hidden()
    expect(page.get_by_role("button", name="Show readings")).to_have_attribute("aria-pressed", "true")


def test_a_lesson_that_is_done_leads_to_the_next_one(open_page: OpenPage, newcomer: NewPerson) -> None:
    page = open_page(newcomer())
    page.goto("/lessons/partnering-escalation")
    page.get_by_role("region", name="Can you?").get_by_role("checkbox").first.check()
    page.get_by_role("button", name="Done, next lesson").click()

    expect(page).to_have_url("/lessons/partnering-sharing-information")
    expect(page.get_by_role("status").first).to_contain_text("Done: ")
    page.goto("/lessons/partnering-escalation")
    expect(page.get_by_role("region", name="Can you?").get_by_role("checkbox").first).to_be_checked()
