"""Saying a phrase with a real microphone that Chromium plays a file into: recorded, heard, told, kept, explained."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import pytest
from playwright.sync_api import Browser, BrowserType, Page, expect

from tests.browser.conftest import PATIENCE, Complaints, NewPerson
from tests.browser.server import Person, Server
from tests.browser.test_player import HURRY
from tests.speaking import said, wav_of, write
from trainer.domain.content import Content
from trainer.speech import line_of

PHRASE, OTHER = "fr-greeting-introduction-03", "fr-greeting-introduction-05"
PAGE = f"/speaking/lines/{PHRASE}"
DIALOGUE = "partnering-dialogue-backup-channel"
RATE = 48_000
"""Of microphones."""
FAKE = "--use-fake-device-for-media-stream"
ALLOWED = "--use-fake-ui-for-media-stream"
UNTIL = """
([loud, quiet]) => new Promise((resolve, reject) => {
  const level = document.querySelector("[data-level]");
  const heard = { loud: 0, quiet: 0 };
  let left = 400;
  const timer = setInterval(() => {
    left -= 1;
    if (level.value > 0.05) { heard.loud += 1; heard.quiet = 0; } else { heard.quiet += 1; }
    const isOver = heard.loud >= loud && heard.quiet >= quiet;
    if (isOver || !left) clearInterval(timer);
    if (isOver) resolve();
    else if (!left) reject(new Error(`heard ${JSON.stringify(heard)}`));
  }, 50);
})
"""
"""Until the microphone was loud so many times, and then quiet so many times on end; twenty seconds at most."""
HESITATE = """
() => {
  const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
  window.tracks = [];
  const allowed = new Promise((resolve) => { window.allow = resolve; });
  navigator.mediaDevices.getUserMedia = async (wanted) => {
    await allowed;
    const stream = await ask(wanted);
    tracks.push(...stream.getTracks());
    return stream;
  };
}
"""
"""Lets a page wait for its microphone until it is allowed."""
UNTIL_CLOSED = """
async () => {
  const isClosed = () => tracks.length > 0 && tracks.every((track) => track.readyState === "ended");
  const rest = () => new Promise((resolve) => { setTimeout(resolve, 50); });
  for (let tries = 0; tries < 100 && !isClosed(); tries += 1) await rest();
  return isClosed();
}
"""
"""Whether every microphone that was opened is closed again, within five seconds."""
A_PHRASE, TWO_SECONDS, A_SECOND_OF_NOTHING, AT_ONCE = (3, 14), (40, 0), (0, 20), (0, 0)


class WithMicrophone(Protocol):
    """Opens a page in a browser of its own, whose microphone hears a file; without one there is no microphone."""

    @property
    def person(self) -> Person: ...

    def __call__(self, sound: bytes | None, *flags: str, loops: bool = False, at: str = PAGE) -> Page: ...


@pytest.fixture
def with_microphone(
    browser_type: BrowserType,
    browser_type_launch_args: dict[str, Any],
    browser_context_args: dict[str, Any],
    complaints: Complaints,
    server: Server,
    newcomer: NewPerson,
    playwright: Any,
    tmp_path: Path,
) -> Iterator[WithMicrophone]:
    person = newcomer()

    class Opener:
        """A browser for each page, all of one person."""

        def __init__(self) -> None:
            self.person = person
            self.opened: list[Browser] = []

        def __call__(self, sound: bytes | None, *flags: str, loops: bool = False, at: str = PAGE) -> Page:
            given = list(flags)
            if sound is not None:
                file = write(tmp_path / "microphone.wav", sound)
                given += [FAKE, f"--use-file-for-fake-audio-capture={file}{'' if loops else '%noloop'}"]
            launch = {**browser_type_launch_args, "args": [*browser_type_launch_args["args"], *given]}
            browser = browser_type.launch(**launch)
            self.opened.append(browser)
            state = server.state_of(self.person, playwright)
            context = browser.new_context(**{**browser_context_args, "base_url": server.url, "storage_state": state})
            context.set_default_timeout(PATIENCE)
            complaints.watch(context)
            page = context.new_page()
            page.goto(at)
            return page

    opener = Opener()
    yield opener
    for browser in opener.opened:
        browser.close()


@pytest.fixture
def voice(content: Content) -> Callable[[str], bytes]:
    """A phrase by another voice than the model's, as a microphone hears it."""
    return lambda phrase: said(line_of(content.phrases[phrase]), rate=RATE)


def record(page: Page, until: tuple[int, int] = A_PHRASE) -> None:
    """Say what the microphone hears, by keys alone."""
    page.keyboard.press("m")
    expect(page.get_by_role("button", name="Stop")).to_be_visible()
    page.evaluate(UNTIL, until)
    page.keyboard.press("m")


def expect_told(page: Page, words: str) -> None:
    expect(page.locator("#take").get_by_role("heading", name=words)).to_be_visible()


def test_the_phrase_by_another_voice_is_recognised(
    with_microphone: WithMicrophone, voice: Callable[[str], bytes]
) -> None:
    page = with_microphone(voice(PHRASE), ALLOWED)

    record(page)

    expect_told(page, "We recognised this phrase")
    expect(page.get_by_role("img", name=re.compile("The melody of your voice"))).to_be_visible()


def test_another_phrase_is_told_to_be_one(with_microphone: WithMicrophone, voice: Callable[[str], bytes]) -> None:
    page = with_microphone(voice(OTHER), ALLOWED, at="/speaking/lines/fr-greeting-introduction-01")

    record(page)

    expect_told(page, "That sounded like another phrase")


def test_noise_is_refused_with_what_to_do(with_microphone: WithMicrophone) -> None:
    page = with_microphone(wav_of(np.random.default_rng(1).normal(0, 0.1, 3 * RATE), rate=RATE), ALLOWED, loops=True)

    record(page, TWO_SECONDS)

    expect_told(page, "There is too much noise around you")
    expect(page.locator("#take")).to_contain_text("Find a quieter place")


def test_a_microphone_that_is_switched_off_is_explained(with_microphone: WithMicrophone) -> None:
    page = with_microphone(wav_of(np.zeros(3 * RATE), rate=RATE), ALLOWED)

    record(page, A_SECOND_OF_NOTHING)

    expect(page.get_by_role("status").filter(has_text="The microphone gave silence.")).to_be_visible()


def test_a_key_that_was_pressed_twice_is_explained(
    with_microphone: WithMicrophone, voice: Callable[[str], bytes]
) -> None:
    page = with_microphone(voice(PHRASE), ALLOWED)

    record(page, AT_ONCE)

    expect(page.get_by_role("status").filter(has_text="That was too short.")).to_be_visible()


def test_a_microphone_that_is_not_allowed_is_explained(
    with_microphone: WithMicrophone, voice: Callable[[str], bytes]
) -> None:
    page = with_microphone(voice(PHRASE), "--deny-permission-prompts")

    page.get_by_role("button", name="Record").click()

    expect(page.get_by_role("status").filter(has_text="The microphone is not allowed.")).to_be_visible()
    expect(page.get_by_role("button", name="Record")).to_be_enabled()


def test_a_device_without_a_microphone_is_explained(with_microphone: WithMicrophone) -> None:
    page = with_microphone(None, ALLOWED)

    page.get_by_role("button", name="Record").click()

    expect(page.get_by_role("status").filter(has_text="There is no microphone.")).to_be_visible()


def test_a_page_that_is_not_secure_says_what_to_ask_for(
    with_microphone: WithMicrophone, server: Server, newcomer: NewPerson, complaints: Complaints
) -> None:
    complaints.expect("Cross-Origin-Opener-Policy header has been ignored")
    page = with_microphone(None, "--host-resolver-rules=MAP entente.example 127.0.0.1")
    person = newcomer()
    page.goto(f"http://entente.example:{server.port}/sign-in?next={PAGE}")
    page.get_by_label("E-mail").fill(person.email)
    page.get_by_label("Password", exact=True).fill(person.password)
    page.get_by_role("button", name="Sign in").click()

    expect(page.get_by_role("status").filter(has_text="an address that begins with https")).to_be_visible()
    expect(page.get_by_role("button", name="Record")).to_be_disabled()


def test_a_take_is_heard_again_rated_kept_and_deleted(
    with_microphone: WithMicrophone, voice: Callable[[str], bytes]
) -> None:
    page = with_microphone(voice(PHRASE), ALLOWED)
    record(page)
    expect_told(page, "We recognised this phrase")

    for words in ("Yourself", "Both at once", "Model and you in turn"):
        page.get_by_role("button", name=words).click()
        expect(page.get_by_role("button", name=words)).to_have_class(re.compile("is-playing"))
    page.get_by_role("button", name="Yourself").click()
    expect(page.locator("[data-hear].is-playing")).to_have_count(1)
    expect(page.locator("[data-hear].is-playing")).to_have_count(0)

    page.get_by_role("button", name="Close", exact=True).click()
    expect(page.locator("#take")).to_contain_text("You can change your word.")
    page.get_by_role("button", name="Keep this recording").click()
    expect(page.locator("#take audio")).to_be_visible()
    page.goto("/speaking")
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Delete the recording").click()

    expect(page.get_by_text("The recording is deleted.")).to_be_visible()
    expect(page.locator("audio")).to_have_count(0)


def test_a_take_that_cannot_be_sent_waits_on_the_page(
    with_microphone: WithMicrophone, voice: Callable[[str], bytes], complaints: Complaints
) -> None:
    complaints.expect("ERR_INTERNET_DISCONNECTED")
    page = with_microphone(voice(PHRASE), ALLOWED)
    page.context.set_offline(True)
    record(page)
    expect(page.get_by_role("status").filter(has_text="The recording is still here.")).to_be_visible()

    page.context.set_offline(False)
    page.get_by_role("button", name="Send it again").click()

    expect_told(page, "We recognised this phrase")


def test_one_side_of_a_dialogue_is_practised_without_hands(
    with_microphone: WithMicrophone, voice: Callable[[str], bytes], content: Content
) -> None:
    dialogue = content.dialogues[DIALOGUE]
    page = with_microphone(
        voice(OTHER), ALLOWED, loops=True, at=f"/speaking/dialogues/{DIALOGUE}/{dialogue.learner.id}"
    )

    page.evaluate(f"() => {{ {HURRY} }}")
    page.get_by_role("button", name="Start").click()

    expect(page.get_by_role("status").filter(has_text="That was the whole dialogue.")).to_be_visible(timeout=120_000)
    own = sum(line.party == dialogue.learner for line in dialogue.lines)
    expect(page.locator("[data-take] .closeness")).to_have_count(own)
    ids = page.locator("[id]").evaluate_all("all => all.map((each) => each.id)")
    assert len(ids) == len(set(ids))


def test_stopping_while_the_browser_asks_leaves_no_microphone_open(
    with_microphone: WithMicrophone, voice: Callable[[str], bytes], content: Content
) -> None:
    party = content.dialogues[DIALOGUE].learner
    page = with_microphone(voice(OTHER), ALLOWED, at=f"/speaking/dialogues/{DIALOGUE}/{party.id}")
    page.evaluate(HESITATE)

    page.get_by_role("button", name="Start").click()
    page.get_by_role("button", name="Stop").click()
    page.evaluate("allow()")

    assert page.evaluate(UNTIL_CLOSED)


def test_a_take_is_sent_after_signing_in_again_in_another_tab(
    with_microphone: WithMicrophone, voice: Callable[[str], bytes], server: Server, complaints: Complaints
) -> None:
    complaints.expect("status of 40[01]")
    page = with_microphone(voice(PHRASE), ALLOWED)
    person = with_microphone.person
    server.end_sessions(person)
    record(page)
    expect(page.get_by_role("status").filter(has_text="You are signed out.")).to_be_visible()

    tab = page.context.new_page()
    tab.goto("/sign-in")
    tab.get_by_label("E-mail").fill(person.email)
    tab.get_by_label("Password", exact=True).fill(person.password)
    tab.get_by_role("button", name="Sign in").click()
    expect(tab).to_have_url(re.compile("/$"))
    page.get_by_role("button", name="Send it again").click()

    expect_told(page, "We recognised this phrase")


def test_the_model_is_not_played_into_an_open_microphone(
    with_microphone: WithMicrophone, voice: Callable[[str], bytes]
) -> None:
    page = with_microphone(voice(PHRASE), ALLOWED)
    page.keyboard.press("m")
    expect(page.get_by_role("button", name="Stop")).to_be_visible()

    page.get_by_role("button", name=re.compile("^Play:")).click()

    expect(page.get_by_role("status").filter(has_text="Stop the recording first")).to_be_visible()
    expect(page.locator(".is-playing")).to_have_count(0)
