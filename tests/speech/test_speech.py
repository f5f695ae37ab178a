"""Hearing a phrase: the chain of voices, the key of a file, one rendering for all."""

import unicodedata
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
import soundfile

from tests.speech.conftest import Clock, FakeGoogle
from trainer.speech import CannotSpeak, Speech

FRENCH = ("Bonjour Madame, merci de nous recevoir.", None, "fr")
JAPANESE = ("よろしくお願いいたします", "よろしくおねがいいたします。", "ja")


@pytest.fixture
def speech(tmp_path: Path) -> Speech:
    """Without a network."""
    return Speech(tmp_path, is_online=False)


@pytest.fixture
def online(tmp_path: Path, google: FakeGoogle, clock: Clock) -> Speech:
    return Speech(tmp_path, is_online=True, now=clock)


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def seconds(path: Path) -> float:
    return float(soundfile.info(path).duration)


@pytest.mark.parametrize("phrase", [FRENCH, JAPANESE, ("Good morning", None, "en-GB"), ("Guten Tag", None, "de")])
def test_a_phrase_is_heard_without_a_network(speech: Speech, phrase: tuple[str, str | None, str]) -> None:
    path = speech.render(*phrase)

    samples, rate = soundfile.read(path)
    assert soundfile.info(path).format == "MP3"
    assert 0.6 < samples.size / rate < 6
    assert np.abs(samples).max() == pytest.approx(0.708, rel=0.1)
    assert np.sqrt((samples**2).mean()) > 0.05


@pytest.mark.parametrize("phrase", [FRENCH, JAPANESE])
def test_the_slow_version_is_a_longer_file_of_its_own(speech: Speech, phrase: tuple[str, str | None, str]) -> None:
    normal, slow = speech.render(*phrase), speech.render(*phrase, slow=True)

    assert seconds(slow) > 1.15 * seconds(normal)
    assert slow.stem == speech.version(*phrase, slow=True) != speech.version(*phrase)


def test_the_version_names_the_file(speech: Speech, tmp_path: Path) -> None:
    version = speech.version(*FRENCH)

    assert speech.render(*FRENCH) == tmp_path / version[:2] / f"{version}.mp3"


def test_a_phrase_is_rendered_once(speech: Speech) -> None:
    first = speech.render(*FRENCH)
    written = first.stat().st_mtime_ns

    assert speech.render(*FRENCH) == first
    assert first.stat().st_mtime_ns == written


def test_those_who_want_a_phrase_at_the_same_time_share_one_rendering(
    online: Speech, google: FakeGoogle, tmp_path: Path
) -> None:
    with ThreadPoolExecutor(8) as pool:
        paths = set(pool.map(lambda _: online.render(*FRENCH), range(16)))

    assert len(google.asked) == 1
    assert files(tmp_path) == [*paths]


def test_the_embedded_voices_may_be_asked_by_many_at_once(speech: Speech, tmp_path: Path) -> None:
    phrases = [JAPANESE, FRENCH, *[(f"はい、{number}番です", None, "ja") for number in range(6)]] * 2

    with ThreadPoolExecutor(8) as pool:
        paths = set(pool.map(lambda phrase: speech.render(*phrase), phrases))

    assert sorted(files(tmp_path)) == sorted(paths)
    assert len(paths) == 8
    assert all(seconds(path) > 0.5 for path in paths)


def test_texts_that_look_the_same_share_a_key(speech: Speech) -> None:
    version = speech.version("Très bien, à 15 h ?", None, "fr")

    assert speech.version(unicodedata.normalize("NFD", "Très bien, à 15 h ?"), None, "fr") == version
    assert speech.version("Très bien,  à 15\u00a0h\u202f?\n", "", "fr") == version


@pytest.mark.parametrize(
    "other",
    [
        ("Bonjour Monsieur, merci de nous recevoir.", None, "fr"),
        ("Bonjour Madame, merci de nous recevoir.", None, "en"),
        ("Bonjour Madame, merci de nous recevoir.", "ボンジュール", "fr"),
    ],
)
def test_each_part_of_a_phrase_counts_in_its_key(speech: Speech, other: tuple[str, str | None, str]) -> None:
    assert speech.version(*other) != speech.version(*FRENCH)


def test_a_language_without_a_voice_cannot_be_spoken(speech: Speech, tmp_path: Path) -> None:
    assert speech.can_speak("ja")
    assert speech.can_speak("fr-CA")
    assert not speech.can_speak("ko")
    with pytest.raises(CannotSpeak, match="no voice for this language \\(ko\\)"):
        speech.render("안녕하세요", None, "ko")
    with pytest.raises(CannotSpeak, match="no voice"):
        speech.version("안녕하세요", None, "ko")
    assert files(tmp_path) == []


@pytest.mark.parametrize("text", ["", "  ", "…", "?!", "\x00", "\ud800", "a" * 501])
def test_a_text_without_words_or_without_end_is_refused(speech: Speech, text: str) -> None:
    with pytest.raises(CannotSpeak):
        speech.render(text, None, "fr")


def test_signs_that_no_program_takes_are_left_out(speech: Speech) -> None:
    assert speech.version("Bon\x00jour\ud800", None, "fr") == speech.version("Bonjour", None, "fr")


def test_an_engine_that_says_nothing_leaves_no_file(speech: Speech, tmp_path: Path) -> None:
    with pytest.raises(CannotSpeak, match="stayed silent"):
        speech.render("日本語", None, "fr")

    assert files(tmp_path) == []


def test_google_speaks_first_when_that_is_wanted(online: Speech, speech: Speech, google: FakeGoogle) -> None:
    path = online.render(*FRENCH)

    assert google.asked == [("Bonjour Madame, merci de nous recevoir.", "fr", False)]
    assert path.stem == online.version(*FRENCH) != speech.version(*FRENCH)


def test_google_is_never_asked_when_that_is_not_wanted(speech: Speech, google: FakeGoogle) -> None:
    speech.render(*FRENCH)

    assert google.asked == []


@pytest.mark.parametrize("answer", ["429", "captcha", "empty"])
def test_an_embedded_voice_stands_in_at_once_and_under_its_own_key(
    online: Speech, speech: Speech, google: FakeGoogle, tmp_path: Path, answer: str
) -> None:
    google.answers = [answer]

    path = online.render(*FRENCH)

    assert path.stem == speech.version(*FRENCH)
    assert files(tmp_path) == [path]


def test_the_version_is_of_the_voice_that_would_speak_now(
    online: Speech, speech: Speech, google: FakeGoogle, clock: Clock
) -> None:
    heard = online.version("Merci", None, "fr")
    online.render("Merci", None, "fr")
    google.answers = ["429"]
    clock.seconds += 1
    online.render(*FRENCH)

    assert online.version(*FRENCH) == speech.version(*FRENCH)
    assert online.version("Merci", None, "fr") == heard
    clock.seconds += 600
    assert online.version(*FRENCH) != speech.version(*FRENCH)


def test_a_language_that_only_google_speaks_fails_with_its_reason(
    online: Speech, google: FakeGoogle, tmp_path: Path
) -> None:
    google.answers = ["429"]

    assert online.can_speak("ko")
    with pytest.raises(CannotSpeak, match="429"):
        online.render("안녕하세요", None, "ko")
    with pytest.raises(CannotSpeak, match="rest after failures"):
        online.version("안녕하세요", None, "ko")
    assert files(tmp_path) == []
