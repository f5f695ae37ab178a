"""espeak-ng: a program beside the application, that speaks what nothing else does and harms nobody."""

import sys
import time

import numpy as np
import pytest

from trainer.speech.arabic import with_vowels
from trainer.speech.engines import Utterance
from trainer.speech.espeak import Espeak
from trainer.speech.sound import CannotSpeak, Sound


def said(text: str, lang: str, *, reading: str | None = None, is_slow: bool = False) -> Sound:
    engine = Espeak()
    voice = engine.voice(lang)
    assert voice is not None
    return engine.say(Utterance(text, reading, lang, is_slow), voice)


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("감사합니다", "ko"),
        ("يسعدنا أن نتعاون معكم", "ar"),
        ("很高兴认识您", "zh-Hans"),
        ("Xin chào", "vi"),
        ("Muito prazer", "pt-BR"),
        ("はじめまして", "ja"),
        ("Good morning", "en"),
    ],
)
def test_it_speaks_and_does_not_clip(text: str, lang: str) -> None:
    sound = said(text, lang)

    assert sound.rate == 22050
    assert 0.5 < sound.samples.size / sound.rate < 4
    assert 0.1 < np.abs(sound.samples).max() < 0.999


def test_slow_speech_is_longer() -> None:
    assert 1.2 < said("감사합니다", "ko", is_slow=True).samples.size / said("감사합니다", "ko").samples.size < 1.7


def test_korean_is_spoken_as_it_sounds() -> None:
    assert np.array_equal(said("협력", "ko").samples, said("혐녁", "ko").samples)


def test_a_reading_decides() -> None:
    assert np.array_equal(said("협력", "ko", reading="협녁").samples, said("무엇", "ko", reading="협녁").samples)
    assert np.array_equal(said("東京", "ja", reading="とうきょう").samples, said("とうきょう", "ja").samples)


def test_kanji_without_a_reading_are_refused_rather_than_spelt_out() -> None:
    with pytest.raises(CannotSpeak, match="give the phrase a reading in kana"):
        said("東京", "ja")


def test_pinyin_is_spoken_where_it_has_numbers_and_else_the_characters_are() -> None:
    plain = said("您好", "zh")

    assert np.array_equal(said("您好", "zh", reading="nín hǎo").samples, plain.samples)
    assert not np.array_equal(said("您好", "zh", reading="nin2 hao4").samples, plain.samples)


def test_arabic_that_has_vowels_is_left_alone() -> None:
    assert with_vowels("يُسْعِدُنَا") == "يُسْعِدُنَا"


@pytest.mark.parametrize("text", ["- --help", "[[a]]", "<speak>hallo</speak>", "'; ls", "a" * 500])
def test_signs_that_are_not_meant_for_it_do_no_harm(text: str) -> None:
    assert np.abs(said(text, "sv").samples).max() > 0.05


def test_the_tag_of_a_language_finds_its_voice() -> None:
    engine = Espeak()

    assert engine.voice("zh-Hans-CN") == "cmn"
    assert engine.voice("en-GB") == "en"
    assert engine.voice("ko-KR") == "ko"
    assert engine.voice("tlh") is None


def test_a_program_that_takes_too_long_is_given_up() -> None:
    started = time.monotonic()

    with pytest.raises(CannotSpeak, match="TimeoutExpired"):
        Espeak(patience=0.001).say(Utterance("Hej", None, "sv", is_slow=False), "sv")

    assert time.monotonic() - started < 5


def test_a_program_that_fails_is_told_and_the_application_goes_on() -> None:
    with pytest.raises(CannotSpeak, match="CalledProcessError"):
        Espeak().say(Utterance("Hej", None, "sv", is_slow=False), "no such voice")


def test_phonemes_come_by_clause_with_the_sign_that_ends_it() -> None:
    found = Espeak().phonemes("Bonjour Madame, merci. Ça va ?", "fr")

    assert [tuple(clause) for clause in found] == [("bɔ̃ʒˈuʁ madˈam", ","), ("mɛʁsˈi", "."), ("sa vˈa", "?")]


def test_the_library_is_never_loaded_into_the_application() -> None:
    said("Hej", "sv")

    assert "trainer.speech.espeak_program" not in sys.modules
    assert "espeakng_loader" not in sys.modules
