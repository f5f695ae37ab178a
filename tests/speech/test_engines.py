"""The embedded voices: which languages, how slow, what they read, and that a bad text harms nobody."""

import time

import numpy as np
import pytest

from trainer.speech.engines import Utterance, match
from trainer.speech.openjtalk import OpenJTalk
from trainer.speech.pico import Pico
from trainer.speech.sound import CannotSpeak, Sound


def said(text: str, lang: str, *, reading: str | None = None, is_slow: bool = False) -> Sound:
    engine = OpenJTalk() if lang == "ja" else Pico()
    voice = engine.voice(lang)
    assert voice is not None
    return engine.say(Utterance(text, reading, lang, is_slow), voice)


@pytest.mark.parametrize(
    ("lang", "voice"),
    [
        ("fr", "fr-FR"),
        ("fr-CH", "fr-FR"),
        ("de-AT", "de-DE"),
        ("en", "en-US"),
        ("en-GB", "en-GB"),
        ("EN-gb", "en-GB"),
        ("es-419", "es-ES"),
        ("it", "it-IT"),
        ("ja", None),
        ("fro", None),
        ("", None),
    ],
)
def test_pico_speaks_the_language_of_a_tag_whatever_the_region(lang: str, voice: str | None) -> None:
    assert Pico().voice(lang) == voice


def test_the_longest_tag_wins() -> None:
    voices = {"zh": "mainland", "zh-hant": "Taiwan"}

    assert match("zh-Hant-TW", voices) == "Taiwan"
    assert match("zh-Hans-CN", voices) == "mainland"


@pytest.mark.parametrize("text", ["- Bonjour", "--help", "<speed level='20'>Bonjour", "5 > 3, non ?", "L’été"])
def test_pico_reads_signs_that_are_not_meant_for_it(text: str) -> None:
    sound = said(text, "fr")

    assert sound.rate == 16000
    assert np.abs(sound.samples).max() > 0.1


def test_markup_in_a_text_does_not_change_how_it_is_spoken() -> None:
    marked = said('<speed level="20">Bonjour</speed>', "fr")

    assert marked.samples.size == said(' speed level="20" Bonjour /speed ', "fr").samples.size


def test_pico_does_not_clip() -> None:
    sound = said("Bonjour Madame, merci de nous recevoir aujourd'hui.", "fr")

    assert np.abs(sound.samples).max() < 0.99


def test_a_text_that_makes_pico_run_for_ever_is_given_up() -> None:
    started = time.monotonic()

    with pytest.raises(CannotSpeak, match="TimeoutExpired"):
        Pico(patience=0.01).say(Utterance("Bonjour", None, "fr", is_slow=False), "fr-FR")

    assert time.monotonic() - started < 5


@pytest.mark.parametrize(
    ("text", "lang"), [("Merci de nous recevoir aujourd'hui", "fr"), ("よろしくお願いします", "ja")]
)
def test_slow_speech_is_longer(text: str, lang: str) -> None:
    normal = said(text, lang)
    slow = said(text, lang, is_slow=True)

    assert 1.15 < slow.samples.size / normal.samples.size < 1.6


def test_a_text_that_is_read_as_its_author_says_keeps_its_pitch_accents() -> None:
    text, reading = "橋を渡ります", "はしをわたります。"

    assert np.array_equal(said(text, "ja", reading=reading).samples, said(text, "ja").samples)
    assert not np.array_equal(said(text, "ja").samples, said(reading, "ja").samples)


def test_a_text_that_would_be_read_wrongly_is_spoken_by_its_reading() -> None:
    text, reading = "明日お電話します", "あすおでんわします。"

    assert np.array_equal(said(text, "ja", reading=reading).samples, said(reading, "ja").samples)
    assert not np.array_equal(said(text, "ja", reading=reading).samples, said(text, "ja").samples)


def test_a_kanji_outside_the_dictionary_needs_a_reading() -> None:
    with pytest.raises(CannotSpeak, match="give the phrase a reading"):
        said("龗様", "ja")

    assert np.abs(said("龗様", "ja", reading="りゅうさま").samples).max() > 0.1


def test_japanese_comes_at_a_rate_that_mp3_knows() -> None:
    assert said("はい", "ja").rate == 24000
