"""Replacing a voice by a recording: the form, what learners then hear and read, the list, and taking it back."""

import re
from collections.abc import Callable
from io import BytesIO

import pytest
from flask import Flask
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse, encode_multipart

from tests.browsing import Browser, text_of
from tests.company import LESSON, Make, Somebody
from tests.conftest import services_of
from tests.speech.test_uploads import REFUSED, file_of, speech
from trainer.domain.content import Content, Phrase, Sayable
from trainer.speech import line_of
from trainer.speech.sound import decode_mp3
from trainer.speech.uploads import MAX_BYTES

RECORDING = file_of(speech(2.0))


@pytest.fixture
def phrase(content: Content) -> Phrase:
    return content.lessons[LESSON].phrases[0]


@pytest.fixture
def as_tina(sign_in: Callable[[Somebody], Browser], make: Make) -> Browser:
    return sign_in(make.trainer("Tina"))


@pytest.fixture
def as_lena(sign_in: Callable[[Somebody], Browser], make: Make) -> Browser:
    return sign_in(make.learner("Lena"))


def send(browser: Browser, phrase: Sayable, data: bytes = RECORDING, **fields: str) -> TestResponse:
    sent = {
        "csrf_token": browser.token(),
        "file": FileStorage(BytesIO(data), "me.wav"),
        "speed": "normal",
        "speaker": "Marc  Dupont",
        "licence": "company",
        "has_agreed": "y",
        **fields,
    }
    boundary, body = encode_multipart({name: value for name, value in sent.items() if value != ""})
    return browser.post(
        f"/phrases/{phrase.id}/recording", data=body, content_type=f"multipart/form-data; boundary={boundary}"
    )


def address_of(page: str, phrase: Phrase, speed: str = "normal") -> str:
    found = re.search(f'data-audio="(/phrases/{re.escape(phrase.id)}/{speed}-[0-9a-f]+[.]mp3)"', page)
    assert found is not None
    return found[1]


def lesson_of(browser: Browser) -> str:
    return browser.get(f"/lessons/{LESSON}").text


def test_learners_hear_the_recording_and_read_whose_it_is(as_tina: Browser, as_lena: Browser, phrase: Phrase) -> None:
    before = lesson_of(as_lena)

    answer = send(as_tina, phrase)

    after = lesson_of(as_lena)
    sound = decode_mp3(as_lena.get(address_of(after, phrase)).data)
    assert answer.status_code == 303
    assert "Japanese, synthetic voice" in text_of(before)
    assert "Japanese, recorded by a speaker: Marc Dupont; slowly by a synthetic voice" in text_of(after)
    assert address_of(before, phrase) != address_of(after, phrase)
    assert sound.samples.size / sound.rate == pytest.approx(2.2, abs=0.1)


def test_an_old_address_plays_the_recording_too_but_is_not_kept(
    as_tina: Browser, as_lena: Browser, phrase: Phrase
) -> None:
    old = address_of(lesson_of(as_lena), phrase)
    before = as_lena.get(old)
    send(as_tina, phrase)

    after = as_lena.get(old)

    assert before.cache_control.immutable
    assert not after.cache_control.immutable
    assert after.data != before.data


def test_both_speeds_may_be_recorded_by_different_people(as_tina: Browser, as_lena: Browser, phrase: Phrase) -> None:
    send(as_tina, phrase, speed="slow", speaker="Anne")
    assert "Japanese, synthetic voice; slowly recorded by a speaker: Anne" in text_of(lesson_of(as_lena))

    send(as_tina, phrase)
    assert "Japanese, recorded by a speaker: Marc Dupont; slowly by Anne" in text_of(lesson_of(as_lena))

    send(as_tina, phrase, speed="slow")
    assert "recorded by a speaker: Marc Dupont " in f"{text_of(lesson_of(as_lena))} "


def test_the_list_names_speaker_use_and_who_kept_it(as_tina: Browser, phrase: Phrase) -> None:
    send(as_tina, phrase, licence="CC-BY-4.0")

    page = text_of(as_tina.get("/recordings").text)

    assert phrase.text in page
    assert "Marc Dupont" in page
    assert "CC BY 4.0: passed on with the speaker’s name" in page
    assert "by Tina" in page


def test_a_recording_is_taken_back(as_tina: Browser, as_lena: Browser, phrase: Phrase) -> None:
    send(as_tina, phrase)
    found = re.search(r'action="(/recordings/[^"]+/remove)"', as_tina.get("/recordings").text)
    assert found is not None

    answer = as_tina.submit(found[1])

    assert answer.status_code == 303
    assert "None yet." in text_of(as_tina.get("/recordings").text)
    assert "Japanese, synthetic voice" in text_of(lesson_of(as_lena))
    assert "Marc" not in lesson_of(as_lena)


def test_a_trainer_finds_the_form_under_the_phrase_and_a_learner_does_not(
    as_tina: Browser, as_lena: Browser, phrase: Phrase
) -> None:
    address = f"/phrases/{phrase.id}/recording"

    assert f'href="{address}"' in lesson_of(as_tina)
    assert f'href="{address}"' not in lesson_of(as_lena)
    assert phrase.audio_text in as_tina.get(address).text


@pytest.mark.parametrize(
    ("missing", "words"),
    [
        ("file", "Choose the file with the recording."),
        ("speaker", "Name the speaker as they want to be named."),
        ("has_agreed", "Ask the speaker first"),
    ],
)
def test_a_form_that_lacks_something_says_what(as_tina: Browser, phrase: Phrase, missing: str, words: str) -> None:
    answer = send(as_tina, phrase, RECORDING, **{missing: ""})

    assert answer.status_code == 422
    assert words in text_of(answer.text)
    assert "None yet." in text_of(as_tina.get("/recordings").text)


@pytest.mark.parametrize("name", ["zero bytes", "random bytes", "a header of three hours", "a picture", "silence"])
def test_a_file_that_cannot_be_used_is_refused_and_what_was_there_stays(
    as_tina: Browser, as_lena: Browser, phrase: Phrase, name: str
) -> None:
    send(as_tina, phrase)
    data, words = REFUSED[name]

    answer = send(as_tina, phrase, data, speaker="Anne")

    assert answer.status_code == 422
    assert words in text_of(answer.text)
    assert 'value="Anne"' in answer.text
    assert "recorded by a speaker: Marc Dupont" in text_of(lesson_of(as_lena))


def test_a_file_that_is_far_too_large_is_not_even_read(as_tina: Browser, phrase: Phrase) -> None:
    answer = send(as_tina, phrase, bytes(MAX_BYTES + 200_000))

    assert answer.status_code == 413
    assert "Send less than 5 megabytes" in text_of(answer.text)


def test_a_phrase_that_is_worded_anew_plays_the_recording_no_more(app: Flask, as_tina: Browser, phrase: Phrase) -> None:
    send(as_tina, phrase)
    services = services_of(app)

    with services.database.read_connection() as connection:
        words = line_of(phrase).spoken
        assert services.recordings.find(connection, 1, phrase.id, "normal", words)
        assert services.recordings.find(connection, 1, phrase.id, "normal", "other words") is None


def test_there_is_no_form_for_what_is_no_phrase(as_tina: Browser) -> None:
    assert as_tina.get("/phrases/nothing/recording").status_code == 404


def test_a_line_of_a_dialogue_is_recorded_like_a_phrase(as_tina: Browser, content: Content) -> None:
    line = content.dialogues["fr-dialogue-introduction"].own_lines[0]

    assert send(as_tina, line).status_code == 303

    assert "recorded by a speaker: Marc Dupont" in text_of(as_tina.get(f"/speaking/lines/{line.id}").text)
    assert line.text in text_of(as_tina.get("/recordings").text)
