"""The sound of a phrase: played when it is there, else prepared by somebody else, and a request never waits for it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from tests.browsing import Browser
from tests.company import Clock, Make
from tests.conftest import services_of
from trainer.domain.content import Content, Phrase
from trainer.jobs import Queue
from trainer.speech import CannotSpeak, Speech, line_of
from trainer.speech.engines import Utterance
from trainer.speech.sound import Sound

NAVIGATION = (
    "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/apng,*/*;q=0.8,"
    "application/signed-exchange;v=b3;q=0.7"
)
PLAYER = "audio/webm,audio/ogg,audio/wav,audio/*;q=0.9,application/ogg;q=0.7,*/*;q=0.5"


class Counting:
    """A voice that counts what it is asked to say, and may be hoarse."""

    name = "counting"
    version = "1"
    licence = "none"
    is_approximate = False

    def __init__(self, inner: Any) -> None:
        self.inner = inner
        self.said: list[str] = []
        self.is_hoarse = False

    def voice(self, lang: str) -> str | None:
        found: str | None = self.inner.voice(lang)
        return found

    def is_up(self) -> bool:
        return True

    def say(self, utterance: Utterance, voice: str) -> Sound:
        self.said.append(utterance.text)
        if self.is_hoarse:
            raise CannotSpeak("it is hoarse")
        sound: Sound = self.inner.say(utterance, voice)
        return sound


@dataclass
class Room:
    """Where one new phrase may be heard, by one engine, once the worker has been here."""

    app: Flask
    browser: Browser
    phrase: Phrase
    engine: Counting

    @property
    def speech(self) -> Speech:
        return services_of(self.app).speech

    def ask(self, accept: str = PLAYER, speed: str = "normal") -> TestResponse:
        version = self.speech.version(line_of(self.phrase), is_slow=speed == "slow")[:12]
        return self.browser.get(f"/phrases/{self.phrase.id}/{speed}-{version}.mp3", headers={"Accept": accept})

    def work_off(self) -> int:
        services = services_of(self.app)
        return Queue(services.settings, lambda: services).work_off()


@pytest.fixture
def room(build_app: Callable[..., Flask], content: Content, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> Room:
    course = content.courses["france"]
    phrase = replace(course.phrases[0], audio_text="Une phrase toute neuve.")
    own = Content(content.competencies, {"france": replace(course, phrases=(phrase, *course.phrases[1:]))})
    app = build_app(own, make_jobs=Queue, voices={"fr": ("pico",)})
    speech = services_of(app).speech
    engine = Counting(speech.engines["pico"])
    engines: Mapping[str, Any] = {"pico": engine}
    monkeypatch.setattr(speech, "engines", engines)
    with services_of(app).database.read_session() as session:
        lena = Make(session, own, clock).learner()
    browser = Browser(app)
    browser.sign_in(lena)
    return Room(app, browser, phrase, engine)


def test_a_request_for_what_is_not_there_asks_no_engine_and_is_told_to_come_again(room: Room) -> None:
    answer = room.ask()

    assert answer.status_code == 202
    assert room.engine.said == []
    assert answer.headers["Retry-After"] == "1"
    assert answer.cache_control.no_store
    assert answer.mimetype == "text/plain"
    assert answer.text == "This phrase is being prepared. Ask again in a second.\n"


def test_it_is_heard_after_the_worker_was_here_however_many_asked(room: Room) -> None:
    room.ask()
    room.ask()

    done = room.work_off()

    assert done == 1
    answer = room.ask()
    assert (answer.status_code, answer.mimetype) == (200, "audio/mpeg")
    assert answer.cache_control.immutable
    assert room.engine.said == ["Une phrase toute neuve."]
    assert room.work_off() == 0


def test_slow_is_prepared_by_itself(room: Room) -> None:
    room.ask(speed="slow")
    room.work_off()

    assert room.ask(speed="slow").status_code == 200
    assert room.ask().status_code == 202


def test_whoever_follows_the_link_sees_a_page_that_loads_itself_anew(room: Room) -> None:
    answer = room.ask(NAVIGATION)

    assert (answer.status_code, answer.mimetype) == (202, "text/html")
    assert "This is being prepared" in answer.text
    assert answer.headers["Refresh"] == "1"
    assert answer.cache_control.no_store
    room.work_off()
    assert room.ask(NAVIGATION).mimetype == "audio/mpeg"


def test_what_could_not_be_spoken_is_said_with_the_reason_and_not_tried_at_once_again(room: Room) -> None:
    room.engine.is_hoarse = True
    room.ask()
    room.work_off()

    answer = room.ask()

    assert answer.status_code == 404
    assert answer.text == "This cannot be spoken (fr): it is hoarse.\n"
    assert answer.cache_control.no_store
    assert "Refresh" not in answer.headers
    page = room.ask(NAVIGATION)
    assert page.status_code == 404
    assert "This cannot be heard now" in page.text
    assert "it is hoarse" in page.text
    assert room.work_off() == 0


def test_after_some_minutes_it_is_tried_again(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    room.engine.is_hoarse = True
    room.ask()
    room.work_off()
    monkeypatch.setattr("trainer.speech.cache.FAILED", 0.0)
    room.engine.is_hoarse = False

    assert room.ask().status_code == 202

    room.work_off()
    assert room.ask().status_code == 200
