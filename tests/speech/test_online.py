"""gTTS, the real one, against a server of ours: no bad answer is heard, and Google is left alone after it."""

import time

import numpy as np
import pytest

from tests.speech.conftest import Clock, FakeGoogle
from trainer.speech.engines import Utterance
from trainer.speech.online import Google
from trainer.speech.sound import CannotSpeak, Sound

LONG = "Nous avons bien reçu votre offre. " * 3
"""More than the 100 characters of a request: gTTS then sends each sentence by itself."""


def say(engine: Google, text: str = "Merci", lang: str = "fr", *, is_slow: bool = False) -> Sound:
    voice = engine.voice(lang)
    assert voice is not None
    return engine.say(Utterance(text, None, lang, is_slow), voice)


def fail(engine: Google) -> None:
    with pytest.raises(CannotSpeak):
        say(engine)


@pytest.fixture
def engine(google: FakeGoogle, clock: Clock) -> Google:
    return Google(clock, sleep=clock.sleep, timeout=(0.5, 0.5))


def test_an_answer_with_speech_is_heard(engine: Google) -> None:
    sound = say(engine)

    assert sound.rate == 24000
    assert np.abs(sound.samples).max() > 0.1


def test_slow_is_asked_for(engine: Google, google: FakeGoogle) -> None:
    say(engine, "Danke", "de", is_slow=True)

    assert google.asked == [("Danke", "de", True)]


@pytest.mark.parametrize(
    ("lang", "asked"),
    [
        ("pt-PT", "pt-PT"),
        ("fr-CA", "fr-CA"),
        ("pt-BR", "pt"),
        ("es-MX", "es"),
        ("zh-Hans", "zh-CN"),
        ("zh-Hant-TW", "zh-TW"),
        ("zh", "zh-CN"),
        ("he", "iw"),
        ("nb-NO", "no"),
        ("ko", "ko"),
        ("en-GB", "en"),
    ],
)
def test_google_is_asked_for_the_language_by_its_own_code(
    engine: Google, google: FakeGoogle, lang: str, asked: str
) -> None:
    say(engine, lang=lang)

    assert google.asked[0][1] == asked


def test_british_english_comes_from_the_british_host(engine: Google, google: FakeGoogle) -> None:
    say(engine, lang="en-GB")

    assert set(google.hosts) == {"co.uk"}


def test_google_has_no_voice_for_an_unknown_language(engine: Google) -> None:
    assert engine.voice("tlh") is None


def test_a_long_text_is_put_together_from_its_pieces(engine: Google, google: FakeGoogle) -> None:
    sound = say(engine, LONG)

    assert len(google.asked) == 3
    assert sound.samples.size == 3 * say(engine).samples.size


def test_a_long_text_of_which_a_piece_is_missing_is_refused(engine: Google, google: FakeGoogle) -> None:
    google.answers = ["speech", "captcha"]

    with pytest.raises(CannotSpeak, match="something else than speech"):
        say(engine, LONG)


@pytest.mark.parametrize("answer", ["captcha", "empty", "null", "a bit", "404", "429", "500"])
def test_an_answer_without_speech_is_refused(engine: Google, google: FakeGoogle, answer: str) -> None:
    google.answers = [answer]

    fail(engine)


def test_a_server_that_does_not_answer_is_given_up_soon(engine: Google, google: FakeGoogle) -> None:
    google.answers = ["black hole"]
    started = time.monotonic()

    fail(engine)

    assert time.monotonic() - started < 3
    assert len(google.asked) == 1


def test_an_error_of_the_server_is_tried_once_more(engine: Google, google: FakeGoogle) -> None:
    google.answers = ["503", "speech"]

    say(engine)

    assert len(google.asked) == 2


def test_after_three_failures_google_is_left_alone_for_ten_minutes(
    engine: Google, google: FakeGoogle, clock: Clock
) -> None:
    google.answers = ["captcha", "captcha", "captcha", "speech"]
    for _ in range(3):
        assert engine.is_up()
        fail(engine)

    assert not engine.is_up()
    clock.seconds += 599
    fail(engine)
    assert len(google.asked) == 3

    clock.seconds += 1
    assert engine.is_up()
    say(engine)
    assert len(google.asked) == 4


def test_a_failure_after_the_pause_starts_the_next_pause(engine: Google, google: FakeGoogle, clock: Clock) -> None:
    google.answers = ["captcha"]
    for _ in range(3):
        fail(engine)
    clock.seconds += 600

    fail(engine)

    assert not engine.is_up()


def test_failures_count_only_in_a_row(engine: Google, google: FakeGoogle) -> None:
    google.answers = ["captcha", "captcha", "speech", "captcha", "captcha", "speech"]

    fail(engine)
    fail(engine)
    say(engine)
    fail(engine)
    fail(engine)

    assert engine.is_up()


def test_google_is_left_alone_at_once_when_it_says_too_many(engine: Google, google: FakeGoogle) -> None:
    google.answers = ["429", "speech"]

    fail(engine)

    assert not engine.is_up()
    fail(engine)
    assert len(google.asked) == 1


def test_requests_are_half_a_second_apart(engine: Google, clock: Clock) -> None:
    started = clock()

    for _ in range(4):
        say(engine)

    assert clock() - started == pytest.approx(1.5)


def test_nobody_queues_long_for_google(google: FakeGoogle, clock: Clock) -> None:
    engine = Google(clock, sleep=lambda _: None)
    for _ in range(5):
        say(engine)

    fail(engine)

    assert len(google.asked) == 5
    assert engine.is_up()


@pytest.mark.parametrize(
    ("text", "reading", "lang", "asked"),
    [("御社", "おんしゃ", "ja", "おんしゃ"), ("您好", "nin2 hao3", "zh", "您好"), ("Merci", None, "fr", "Merci")],
)
def test_the_authors_reading_is_what_google_reads_unless_it_is_pinyin(
    engine: Google, google: FakeGoogle, text: str, reading: str | None, lang: str, asked: str
) -> None:
    voice = engine.voice(lang)
    assert voice is not None

    engine.say(Utterance(text, reading, lang, is_slow=False), voice)

    assert google.asked[0][0] == asked
