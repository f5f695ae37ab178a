"""Saying a phrase: what a page sends is heard and told of, refused in words, and nobody else's business."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from io import BytesIO

import numpy as np
import pytest
from flask import Flask
from sqlalchemy import update
from sqlalchemy.orm import Session

from tests.browsing import HTMX, Browser, text_of
from tests.company import Clock, Make, Somebody
from tests.conftest import services_of
from tests.doubts import settled, with_course, with_doubt, with_doubtful_dialogue
from tests.speaking import HEARD, RATE, noise, said, silence, wav_of
from tests.speech.test_uploads import wav_header
from trainer.domain.content import Content
from trainer.jobs import Queue
from trainer.models import TakeRow, new_id
from trainer.speech import line_of
from trainer.speech.hearing import Verdict

SignIn = Callable[[Somebody], Browser]
PHRASE = "fr-greeting-introduction-03"
OTHER = "fr-clarify-01"
PATH = f"/speaking/lines/{PHRASE}"


@pytest.fixture
def own(content: Content) -> bytes:
    """The phrase, said by another voice than the model's."""
    return said(line_of(content.phrases[PHRASE]))


@pytest.fixture
def lena(make: Make) -> Somebody:
    return make.learner("Lena")


@pytest.fixture
def browser(sign_in: SignIn, lena: Somebody) -> Browser:
    return sign_in(lena)


def learner_of(app: Flask, own: Content, clock: Clock) -> Browser:
    with services_of(app).database.read_session() as session:
        lena = Make(session, own, clock).learner("Lena")
    browser = Browser(app)
    browser.sign_in(lena)
    return browser


def send(browser: Browser, data: bytes, take_id: object = None, path: str = PATH) -> tuple[int, str]:
    """Status and words of the answer to a take, as the page sends it."""
    fields = {"take_id": str(take_id or new_id()), "file": (BytesIO(data), "take.wav")}
    answer = browser.submit(f"{path}/takes", fields, headers=HTMX)
    return answer.status_code, text_of(answer.text)


def test_a_phrase_that_nobody_settled_says_so_where_it_is_to_be_said(
    build_app: Callable[..., Flask], content: Content, clock: Clock
) -> None:
    own = with_doubt(content, "france", PHRASE)
    browser = learner_of(build_app(own), own, clock)

    assert "Not settled: ask a speaker" in text_of(browser.get(PATH).text)
    assert "Not settled" not in text_of(browser.get(f"/speaking/lines/{OTHER}").text)


def test_a_line_of_a_dialogue_that_nobody_settled_says_so_on_both_sides(
    build_app: Callable[..., Flask], content: Content, clock: Clock
) -> None:
    dialogue = with_doubtful_dialogue(content.dialogues["fr-dialogue-price"], 1)
    own = with_course(content, replace(settled(content.courses["france"]), dialogues=(dialogue,)))
    browser = learner_of(build_app(own), own, clock)

    for party in dialogue.parties:
        page = browser.get(f"/speaking/dialogues/{dialogue.id}/{party.id}").text
        assert page.count("Not settled") == 1
        assert "Not settled" in page[page.index(f'id="{dialogue.lines[1].id}"') : page.index(dialogue.lines[2].id)]


def test_a_take_is_taken_to_be_heard(browser: Browser, own: bytes) -> None:
    take_id = new_id()

    status, words = send(browser, own, take_id)

    assert status == 202
    assert "Listening to your recording" in words
    told = text_of(browser.get(f"/speaking/takes/{take_id}", headers=HTMX).text)
    assert "We recognised this phrase" in told
    assert "How close did it feel?" in told


def test_what_is_told_holds_no_percentage_and_says_what_cannot_be_heard(browser: Browser, own: bytes) -> None:
    take_id = new_id()
    send(browser, own, take_id)

    told = text_of(browser.get(f"/speaking/takes/{take_id}").text)

    assert "%" not in told
    assert "It does not hear single wrong sounds, one wrong word in a sentence, a part that was left out" in told


@pytest.mark.parametrize(
    ("other", "is_named"), [("fr-greeting-introduction-10", True), ("fr-clarify-01", False)], ids=["here", "elsewhere"]
)
def test_another_phrase_is_named_if_it_is_of_the_lesson(
    session: Session, browser: Browser, own: bytes, content: Content, lena: Somebody, other: str, is_named: bool
) -> None:
    take_id = new_id()
    send(browser, own, take_id)
    heard = replace(HEARD, verdict=Verdict.ANOTHER, other=other)
    session.execute(update(TakeRow).where(TakeRow.id == take_id).values(hearing=heard.to_json()))
    session.commit()

    told = text_of(browser.get(f"/speaking/takes/{take_id}").text)

    assert "That sounded like another phrase" in told
    assert (f"of this lesson: {content.phrases[other].text}" in told) is is_named
    assert (content.phrases[other].text in told) is is_named


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (silence(), "The microphone gave silence"),
        (noise(), "There is too much noise around you"),
        (wav_of(np.full(1600, 0.5)), "That was too short"),
        (wav_of(np.sign(np.sin(np.arange(2 * RATE) / 20))), "That was too loud"),
    ],
)
def test_what_cannot_be_compared_is_told_with_what_to_do(browser: Browser, data: bytes, words: str) -> None:
    take_id = new_id()
    send(browser, data, take_id)

    assert words in text_of(browser.get(f"/speaking/takes/{take_id}").text)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x00" * 1000,
        b"RIFF",
        bytes(range(256)) * 40,
        wav_header(RATE, 3 * 3600 * RATE * 2),
        b"ID3" + b"\x00" * 500,
    ],
    ids=["nothing", "zeros", "a beginning", "anything", "three hours", "an MP3"],
)
def test_what_is_no_recording_is_refused_in_words(browser: Browser, data: bytes) -> None:
    status, words = send(browser, data)

    assert status == 422
    assert "Record" in words


def test_more_than_a_recording_can_be_is_refused(browser: Browser) -> None:
    answer = browser.post(f"{PATH}/takes", data=bytes(2_000_000), content_type="multipart/form-data; boundary=end")

    assert answer.status_code == 413


def test_a_take_without_a_name_is_refused(browser: Browser, own: bytes) -> None:
    assert send(browser, own, "one")[0] == 400


def test_a_line_that_is_not_there_is_not_found(browser: Browser, own: bytes) -> None:
    assert send(browser, own, path="/speaking/lines/fr-none-99")[0] == 404


def test_more_takes_than_a_person_can_say_are_refused_for_a_while(browser: Browser) -> None:
    statuses = [send(browser, b"RIFF")[0] for _ in range(61)]

    assert statuses[-2:] == [422, 429]


def test_the_same_take_sent_again_is_told_again(browser: Browser, own: bytes) -> None:
    take_id = new_id()
    send(browser, own, take_id)

    status, words = send(browser, own, take_id)

    assert status == 202
    assert "We recognised this phrase" in words


def test_a_take_waits_with_its_sound_until_a_worker_has_heard_it(
    build_app: Callable[..., Flask], content: Content, clock: Clock, own: bytes
) -> None:
    current = build_app(make_jobs=Queue)
    with services_of(current).database.read_session() as session:
        lena = Make(session, content, clock).learner()
    browser = Browser(current)
    browser.sign_in(lena)
    take_id = new_id()
    send(browser, own, take_id)
    files, page = services_of(current).take_files, f"/speaking/takes/{take_id}"
    assert files.read(lena.id, take_id) == own
    assert browser.get(page, headers=HTMX).status_code == 204

    queue = services_of(current).jobs
    assert isinstance(queue, Queue)
    assert queue.work_off() == 1

    assert files.read(lena.id, take_id) is None
    assert "We recognised this phrase" in text_of(browser.get(page, headers=HTMX).text)


def test_a_recording_is_kept_played_and_deleted(browser: Browser, own: bytes) -> None:
    take_id = new_id()
    send(browser, own, take_id)
    assert browser.get(f"/speaking/takes/{take_id}.mp3").status_code == 404

    kept = browser.submit(f"/speaking/takes/{take_id}/sound", {"file": (BytesIO(own), "take.wav")})
    played = browser.get(f"/speaking/takes/{take_id}.mp3")

    assert kept.status_code == 303
    assert (played.status_code, played.mimetype, played.headers["Cache-Control"]) == (200, "audio/mpeg", "no-store")
    assert "Recordings that you keep" in text_of(browser.get("/speaking").text)
    assert browser.submit(f"/speaking/takes/{take_id}/sound/delete").status_code == 303
    assert browser.get(f"/speaking/takes/{take_id}.mp3").status_code == 404


def test_another_recording_is_not_kept_for_a_take(browser: Browser, own: bytes) -> None:
    take_id = new_id()
    send(browser, own, take_id)

    answer = browser.submit(f"/speaking/takes/{take_id}/sound", {"file": (BytesIO(noise()), "take.wav")})

    assert answer.status_code == 422
    assert "not the recording of that take" in text_of(answer.text)


def test_nobody_else_sees_or_hears_a_take(browser: Browser, own: bytes, make: Make, sign_in: SignIn) -> None:
    take_id = new_id()
    send(browser, own, take_id)
    browser.submit(f"/speaking/takes/{take_id}/sound", {"file": (BytesIO(own), "take.wav")})
    team = make.team()

    for other in (make.manager(team), make.trainer(), make.admin(), make.learner()):
        nosy = sign_in(other)
        assert nosy.get(f"/speaking/takes/{take_id}").status_code == 404
        assert nosy.get(f"/speaking/takes/{take_id}.mp3").status_code == 404
        assert nosy.submit(f"/speaking/takes/{take_id}/delete").status_code == 404


def test_how_close_it_felt_is_kept_and_shown(browser: Browser, own: bytes) -> None:
    take_id = new_id()
    send(browser, own, take_id)

    answer = browser.submit(f"/speaking/takes/{take_id}/closeness", {"closeness": "3"}, follow_redirects=True)

    assert "You can change your word." in text_of(answer.text)
    assert "close" in text_of(browser.get(PATH).text)


def test_another_word_than_the_four_is_refused(browser: Browser, own: bytes) -> None:
    take_id = new_id()
    send(browser, own, take_id)

    assert browser.submit(f"/speaking/takes/{take_id}/closeness", {"closeness": "5"}).status_code == 400


def test_a_take_is_deleted_with_all_that_was_measured(browser: Browser, own: bytes) -> None:
    take_id = new_id()
    send(browser, own, take_id)

    browser.submit(f"/speaking/takes/{take_id}/delete")

    assert browser.get(f"/speaking/takes/{take_id}").status_code == 404
    assert "Your takes so far" not in text_of(browser.get(PATH).text)


def test_what_was_far_off_is_to_be_said_again(app: Flask, browser: Browser, own: bytes, clock: Clock) -> None:
    take_id = new_id()
    send(browser, own, take_id)
    browser.submit(f"/speaking/takes/{take_id}/closeness", {"closeness": "1"})
    clock.turn(timedelta(minutes=11))

    assert PATH in browser.get("/speaking").text.partition("What you have said")[0]
