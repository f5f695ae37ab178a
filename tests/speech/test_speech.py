"""Hearing a phrase: the chain of voices, the key of a file, one rendering for all."""

import unicodedata
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import soundfile

from tests.speech.conftest import Clock, FakeGoogle
from trainer.speech import CannotSpeak, Line, Speech, Spoken
from trainer.speech.rendering import Renderer
from trainer.speech.speech import Ready

FRENCH = Line("bonjour", "Bonjour Madame, merci de nous recevoir.", None, "fr")
JAPANESE = Line("yoroshiku", "よろしくお願いいたします", "よろしくおねがいいたします。", "ja")


@pytest.fixture
def speech(tmp_path: Path) -> Speech:
    """Without a network."""
    return Speech(tmp_path, is_online=False)


@pytest.fixture
def online(tmp_path: Path, google: FakeGoogle, clock: Clock) -> Speech:
    return Speech(tmp_path, is_online=True, now=clock)


def line(text: str, lang: str = "fr", reading: str | None = None) -> Line:
    return Line("line", text, reading, lang)


def files(folder: Path) -> list[Path]:
    """The sounds; beside them stand locks, and notes of what failed."""
    return [path for path in folder.rglob("*") if path.suffix in (".mp3", ".part")]


def seconds(path: Path) -> float:
    return float(soundfile.info(path).duration)


@pytest.mark.parametrize("phrase", [FRENCH, JAPANESE, line("Good morning", "en-GB"), line("안녕하세요", "ko")])
def test_a_phrase_is_heard_without_a_network(speech: Speech, phrase: Line) -> None:
    path = speech.render(phrase).path

    samples, rate = soundfile.read(path)
    assert soundfile.info(path).format == "MP3"
    assert 0.6 < samples.size / rate < 6
    assert np.abs(samples).max() == pytest.approx(0.708, rel=0.1)
    assert np.sqrt((samples**2).mean()) > 0.05


@pytest.mark.parametrize("phrase", [FRENCH, JAPANESE])
def test_the_slow_version_is_a_longer_file_of_its_own(speech: Speech, phrase: Line) -> None:
    normal, slow = speech.render(phrase), speech.render(phrase, is_slow=True)

    assert seconds(slow.path) > 1.15 * seconds(normal.path)
    assert slow.version == speech.version(phrase, is_slow=True) != speech.version(phrase)


def test_the_version_names_the_file(speech: Speech, tmp_path: Path) -> None:
    version = speech.version(FRENCH)

    assert speech.render(FRENCH) == Spoken(tmp_path / version[:2] / f"{version}.mp3", version, "pico")


def test_a_phrase_is_rendered_once(speech: Speech) -> None:
    first = speech.render(FRENCH)
    written = first.path.stat().st_mtime_ns

    assert speech.render(FRENCH) == first
    assert first.path.stat().st_mtime_ns == written


def test_those_who_want_a_phrase_at_the_same_time_share_one_rendering(
    online: Speech, google: FakeGoogle, tmp_path: Path
) -> None:
    with ThreadPoolExecutor(8) as pool:
        paths = set(pool.map(lambda _: online.render(FRENCH).path, range(16)))

    assert len(google.asked) == 1
    assert files(tmp_path) == [*paths]


def test_the_embedded_voices_may_be_asked_by_many_at_once(speech: Speech, tmp_path: Path) -> None:
    phrases = [JAPANESE, FRENCH, *[line(f"はい、{number}番です", "ja") for number in range(6)]] * 2

    with ThreadPoolExecutor(8) as pool:
        paths = set(pool.map(lambda phrase: speech.render(phrase).path, phrases))

    assert sorted(files(tmp_path)) == sorted(paths)
    assert len(paths) == 8
    assert all(seconds(path) > 0.5 for path in paths)


def test_texts_that_look_the_same_share_a_key(speech: Speech) -> None:
    version = speech.version(line("Très bien, à 15 h ?"))

    assert speech.version(line(unicodedata.normalize("NFD", "Très bien, à 15 h ?"))) == version
    assert speech.version(line("Très bien,  à 15\u00a0h\u202f?\n", reading="")) == version


@pytest.mark.parametrize(
    "other",
    [
        line("Bonjour Monsieur, merci de nous recevoir."),
        line("Bonjour Madame, merci de nous recevoir.", "en"),
        line("Bonjour Madame, merci de nous recevoir.", reading="Bon jour"),
    ],
)
def test_each_part_of_a_phrase_counts_in_its_key(speech: Speech, other: Line) -> None:
    assert speech.version(other) != speech.version(FRENCH)


def test_a_language_without_a_voice_cannot_be_spoken(speech: Speech, tmp_path: Path) -> None:
    klingon = line("nuqneH", "tlh")

    assert speech.can_speak(line("はい", "ja"))
    assert speech.can_speak(line("Oui", "fr-CA"))
    assert not speech.can_speak(klingon)
    with pytest.raises(CannotSpeak, match="no voice for this language \\(tlh\\)"):
        speech.render(klingon)
    with pytest.raises(CannotSpeak, match="no voice"):
        speech.version(klingon)
    assert files(tmp_path) == []


def test_settings_say_which_engines_speak_a_language_and_in_which_order(tmp_path: Path) -> None:
    usual = Speech(tmp_path, is_online=False)
    chosen = Speech(tmp_path, is_online=False, chain={"fr": ("espeak", "pico"), "JA": ("pico",)})

    assert chosen.version(FRENCH) != usual.version(FRENCH)
    assert chosen.is_approximate(FRENCH)
    assert not chosen.can_speak(JAPANESE)
    assert chosen.version(line("Guten Tag", "de")) == usual.version(line("Guten Tag", "de"))


def test_a_voice_that_is_only_near_its_language_is_told(speech: Speech) -> None:
    assert speech.is_approximate(line("안녕하세요", "ko"))
    assert not speech.is_approximate(FRENCH)
    assert not speech.is_approximate(JAPANESE)


@pytest.mark.parametrize("text", ["", "  ", "…", "?!", "\x00", "\ud800", "a" * 501])
def test_a_text_without_words_or_without_end_is_refused(speech: Speech, text: str) -> None:
    with pytest.raises(CannotSpeak):
        speech.render(line(text))


def test_signs_that_no_program_takes_are_left_out(speech: Speech) -> None:
    assert speech.version(line("Bon\x00jour\ud800")) == speech.version(line("Bonjour"))


def test_an_engine_that_says_nothing_leaves_no_file(tmp_path: Path) -> None:
    with pytest.raises(CannotSpeak, match="stayed silent"):
        Speech(tmp_path, is_online=False, chain={"fr": ("pico",)}).render(line("日本語"))

    assert files(tmp_path) == []


def test_google_speaks_first_when_that_is_wanted(online: Speech, speech: Speech, google: FakeGoogle) -> None:
    spoken = online.render(FRENCH)

    assert google.asked == [("Bonjour Madame, merci de nous recevoir.", "fr", False)]
    assert spoken.version == online.version(FRENCH) != speech.version(FRENCH)


def test_google_is_never_asked_when_that_is_not_wanted(speech: Speech, google: FakeGoogle) -> None:
    speech.render(FRENCH)

    assert google.asked == []


@pytest.mark.parametrize("answer", ["429", "captcha", "empty"])
def test_an_embedded_voice_stands_in_at_once_and_under_its_own_key(
    online: Speech, speech: Speech, google: FakeGoogle, tmp_path: Path, answer: str
) -> None:
    google.answers = [answer]

    spoken = online.render(FRENCH)

    assert spoken.version == speech.version(FRENCH)
    assert files(tmp_path) == [spoken.path]


def test_the_version_is_of_the_voice_that_would_speak_now(
    online: Speech, speech: Speech, google: FakeGoogle, clock: Clock
) -> None:
    heard = online.version(line("Merci"))
    online.render(line("Merci"))
    google.answers = ["429"]
    clock.seconds += 1
    online.render(FRENCH)

    assert online.version(FRENCH) == speech.version(FRENCH)
    assert online.version(line("Merci")) == heard
    clock.seconds += 600
    assert online.version(FRENCH) != speech.version(FRENCH)


def test_a_language_that_only_google_speaks_fails_with_its_reason(
    online: Speech, google: FakeGoogle, tmp_path: Path
) -> None:
    google.answers = ["429"]

    catalan = line("Bon dia", "ca")

    assert online.can_speak(catalan)
    with pytest.raises(CannotSpeak, match="429"):
        online.render(catalan)
    with pytest.raises(CannotSpeak, match="rest after failures"):
        online.version(catalan)
    assert files(tmp_path) == []


def test_a_text_that_one_voice_does_not_manage_is_spoken_by_the_next(tmp_path: Path) -> None:
    thai = line("สวัสดี", "fr")

    spoken = Speech(tmp_path, is_online=False).render(thai)

    assert spoken.version == Speech(tmp_path, is_online=False, chain={"fr": ("espeak",)}).version(thai)


# What is ready, without asking anybody


def test_what_was_spoken_is_ready_and_nothing_better_is_to_come(speech: Speech) -> None:
    spoken = speech.render(FRENCH)

    assert speech.ready(FRENCH) == Ready(spoken, is_best=True)


def test_what_was_not_spoken_yet_may_be_rendered(speech: Speech, tmp_path: Path) -> None:
    assert speech.ready(FRENCH) == Ready(None, is_best=False)
    assert files(tmp_path) == []


def test_a_lesser_voice_is_ready_while_a_better_one_may_be_asked(online: Speech, speech: Speech) -> None:
    embedded = speech.render(FRENCH)

    assert online.ready(FRENCH) == Ready(embedded, is_best=False)


def test_a_voice_that_just_failed_is_not_asked_again_by_anybody(
    online: Speech, speech: Speech, google: FakeGoogle, tmp_path: Path
) -> None:
    google.answers = ["captcha"]
    embedded = online.render(FRENCH)
    google.answers = ["speech"]

    assert Speech(tmp_path, is_online=True).render(FRENCH) == embedded
    assert online.ready(FRENCH) == Ready(embedded, is_best=True)
    assert len(google.asked) == 1


def test_what_every_voice_failed_to_say_is_not_ready_and_says_why(speech: Speech, tmp_path: Path) -> None:
    pico = Speech(tmp_path, is_online=False, chain={"fr": ("pico",)})
    with pytest.raises(CannotSpeak):
        pico.render(line("日本語"))

    with pytest.raises(CannotSpeak, match="stayed silent"):
        pico.ready(line("日本語"))


def test_what_was_given_up_is_not_tried_for_a_while(speech: Speech) -> None:
    speech.give_up(FRENCH, "the rendering failed")

    with pytest.raises(CannotSpeak, match="the rendering failed"):
        speech.ready(FRENCH)
    assert speech.ready(FRENCH, is_slow=True).spoken is None


# What came with the lessons


@pytest.fixture
def lessons(tmp_path: Path, speech: Speech) -> Path:
    """With one phrase rendered ahead of time."""
    renderer = Renderer(tmp_path / "lessons", speech.engines)
    assert len(list(renderer.render(renderer.plan({"france": [FRENCH]}).tasks))) == 2
    return tmp_path / "lessons"


def test_a_shipped_file_is_played_before_all_voices(lessons: Path, tmp_path: Path, google: FakeGoogle) -> None:
    speech = Speech(tmp_path / "cache", is_online=True, lessons=lessons)

    spoken = speech.render(FRENCH)

    assert spoken.path == lessons / "france" / "audio" / "bonjour.normal.mp3"
    assert spoken.version == speech.version(FRENCH)
    assert speech.render(FRENCH, is_slow=True).path.name == "bonjour.slow.mp3"
    assert google.asked == []
    assert not speech.is_approximate(FRENCH)


def test_a_shipped_file_needs_no_voice(lessons: Path, tmp_path: Path) -> None:
    mute = Speech(tmp_path / "cache", is_online=False, lessons=lessons, chain={"fr": ("openjtalk",)})

    assert mute.can_speak(FRENCH)
    assert not mute.can_speak(replace(FRENCH, text="Bonsoir."))


@pytest.mark.parametrize("change", [{"text": "Bonsoir Madame."}, {"reading": "Bon jour Madame"}, {"lang": "fr-CA"}])
def test_a_phrase_with_other_words_never_plays_the_old_ones(
    lessons: Path, tmp_path: Path, change: dict[str, str]
) -> None:
    speech = Speech(tmp_path / "cache", is_online=False, lessons=lessons)

    spoken = speech.render(replace(FRENCH, **change))

    assert spoken.path.is_relative_to(tmp_path / "cache")
    assert spoken.version == speech.version(replace(FRENCH, **change)) != speech.version(FRENCH)


def test_a_shipped_file_that_is_gone_is_passed_over(lessons: Path, tmp_path: Path) -> None:
    speech = Speech(tmp_path / "cache", is_online=False, lessons=lessons)
    (lessons / "france" / "audio" / "bonjour.normal.mp3").unlink()

    assert speech.render(FRENCH).path.is_relative_to(tmp_path / "cache")
