"""A learner who is another voice than the model is heard: the phrase, another one, or why nothing is said."""

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tests.speech.hearing.conftest import RATE, Samples, Say, hiss, in_room, silence, voice
from trainer.speech.hearing import VERSION, Detector, Hearing, Listener, Reference, Refusal, Verdict, choose_decoys
from trainer.speech.hearing.embedding import MODEL
from trainer.speech.hearing.references import PERSON
from trainer.speech.sound import Sound


@pytest.fixture
def model(french: Sequence[Reference]) -> Reference:
    return next(each for each in french if each.text == "Auriez-vous une carte de visite ?")


@pytest.fixture
def decoys(model: Reference, french: Sequence[Reference]) -> Sequence[Reference]:
    return choose_decoys(model, french)


def test_the_phrase_is_recognised(listener: Listener, model: Reference, decoys: Sequence[Reference], say: Say) -> None:
    heard = listener.hear(say(model.text), model, decoys)

    assert heard.verdict is Verdict.RECOGNISED
    assert (heard.refusal, heard.other) == (None, None)
    assert heard.timing is not None
    assert heard.timing.length_ratio == pytest.approx(1, abs=0.3)
    assert heard.pitch is not None
    assert len(heard.pitch.model) == len(heard.pitch.take) > 20


def test_another_phrase_is_told(listener: Listener, model: Reference, decoys: Sequence[Reference], say: Say) -> None:
    heard = listener.hear(say(decoys[0].text), model, decoys)

    assert heard.verdict is Verdict.ANOTHER
    assert heard.other in (decoys[0].line_id, None)
    assert (heard.timing, heard.pitch) == (None, None)


@pytest.mark.skipif(MODEL is None, reason="the speech embedding is not installed")
def test_another_phrase_that_stands_out_is_named(
    computed: Path, model: Reference, decoys: Sequence[Reference], say: Say
) -> None:
    listener = Listener(computed)

    named = [listener.hear(say(each.text), model, decoys).other for each in decoys[:4]]

    assert {None, *named} <= {None, *(each.line_id for each in decoys)}
    assert sum(name == each.line_id for name, each in zip(named, decoys, strict=False)) >= 2


def test_without_enough_other_phrases_it_is_never_sure(
    listener: Listener, model: Reference, decoys: Sequence[Reference], say: Say
) -> None:
    heard = listener.hear(say(model.text), model, decoys[:4])

    assert heard.verdict is Verdict.NOT_SURE
    assert heard.timing is not None


def test_each_hearing_says_what_heard_it(
    listener: Listener, model: Reference, decoys: Sequence[Reference], say: Say
) -> None:
    heard = listener.hear(say(model.text), model, decoys)

    assert heard.detector is (Detector.EMBEDDING if listener.has_embedding else Detector.MFCC)
    assert heard.version == VERSION


def test_it_is_kept_and_read_again(listener: Listener, model: Reference, decoys: Sequence[Reference], say: Say) -> None:
    row = listener.hear(say(model.text), model, decoys).to_json()

    kept = Hearing.from_json(json.loads(json.dumps(row)))

    assert kept.to_json() == row
    assert len(json.dumps(row)) < 4000


def sound(*parts: Samples) -> Sound:
    return Sound(np.concatenate(parts), RATE)


REFUSED = {
    "nothing at all": (sound(silence(0)), Refusal.SILENT),
    "a microphone that is off": (sound(silence(2)), Refusal.SILENT),
    "a room and nobody in it": (sound(hiss(2, 0.0005)), Refusal.TOO_QUIET),
    "a voice from far away": (Sound(in_room(voice(150)).samples * 0.005, RATE), Refusal.TOO_QUIET),
    "noise": (sound(hiss(2)), Refusal.NOISY),
    "a steady hum": (sound(voice(100, 2)), Refusal.NOISY),
    "a voice in much noise": (in_room(voice(150, 1.5), 8), Refusal.NOISY),
    "far too loud": (Sound(np.clip(in_room(voice(150, 1.5)).samples * 20, -1, 1), RATE), Refusal.CLIPPED),
    "a moment": (sound(voice(150, 0.2)), Refusal.TOO_SHORT),
    "a click in a quiet room": (in_room(voice(150, 0.03)), Refusal.TOO_QUIET),
    "one syllable": (in_room(voice(150, 0.4)), Refusal.TOO_SHORT),
    "a long story": (in_room(voice([120, 180, 130], 6)), Refusal.TOO_LONG),
    "rustling": (in_room(np.concatenate([hiss(0.5), silence(0.2)] * 2)), Refusal.NO_SPEECH),
}


@pytest.mark.parametrize(("take", "refusal"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_judged_is_refused_with_its_reason(
    take: Sound, refusal: Refusal, listener: Listener, model: Reference, decoys: Sequence[Reference]
) -> None:
    heard = listener.hear(take, model, decoys)

    assert (heard.verdict, heard.refusal) == (Verdict.REFUSED, refusal)
    assert (heard.other, heard.timing, heard.pitch) == (None, None, None)
    assert Hearing.from_json(heard.to_json()).refusal is refusal


def test_a_model_voice_is_computed_once(
    new_listener: Listener, model: Reference, decoys: Sequence[Reference], say: Say, tmp_path: Path
) -> None:
    first = new_listener.hear(say(model.text), model, decoys)
    away = tmp_path / "away.mp3"

    again = new_listener.hear(say(model.text), replace(model, path=away), [replace(each, path=away) for each in decoys])

    assert again == first
    assert all(path.stat().st_size < 60_000 for path in tmp_path.rglob("*.npz"))


def test_a_broken_file_of_what_was_computed_is_made_again(
    new_listener: Listener, model: Reference, decoys: Sequence[Reference], say: Say, tmp_path: Path
) -> None:
    first = new_listener.hear(say(model.text), model, decoys)
    for number, path in enumerate(sorted(tmp_path.rglob("*.npz"))):
        path.write_bytes((b"", b"half of it", path.read_bytes()[:500])[number % 3])

    assert new_listener.hear(say(model.text), model, decoys) == first


def test_noise_makes_the_phrase_farther(
    listener: Listener, model: Reference, decoys: Sequence[Reference], say: Say
) -> None:
    heard = listener.hear(say(model.text), model, decoys)
    worse = listener.hear(in_room(say(model.text).samples, 15), model, decoys)

    assert heard.measures["target_cost"] < worse.measures["target_cost"]


def test_a_flat_voice_is_told_and_its_tones_are_not_judged_in_french(
    listener: Listener, model: Reference, decoys: Sequence[Reference]
) -> None:
    heard = listener.hear(in_room(voice(150, 1.5)), model, decoys[:3])

    assert heard.pitch is not None
    assert heard.pitch.is_flat
    assert heard.pitch.tone is None


@pytest.mark.parametrize(
    ("lang", "engine", "is_judged"), [("zh", PERSON, True), ("zh", "espeak", False), ("fr", PERSON, False)]
)
def test_tones_are_judged_where_the_voice_can_be_trusted(
    lang: str, engine: str, is_judged: bool, model: Reference, decoys: Sequence[Reference], say: Say, computed: Path
) -> None:
    """French stands in for Chinese: what counts is what the reference says of itself."""
    spoken, *others = (replace(each, lang=lang, engine=engine) for each in (model, *decoys))

    heard = Listener(computed, model=None).hear(say(model.text), spoken, others)

    assert heard.verdict is Verdict.RECOGNISED
    assert heard.pitch is not None
    assert (heard.pitch.tone is not None) is is_judged
