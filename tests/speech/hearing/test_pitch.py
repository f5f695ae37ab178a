"""How high a voice is, and that noise has no pitch."""

import numpy as np
import pytest

from tests.speech.hearing.conftest import RATE, Samples, hiss, in_room, voice
from trainer.speech.hearing.levels import levels_of
from trainer.speech.hearing.pitch import semitones
from trainer.speech.sound import Sound


def pitch_of(samples: Samples, noise_below: float = 45) -> "np.ndarray[tuple[int, ...], np.dtype[np.float64]]":
    sound = in_room(samples, noise_below)
    return semitones(sound, levels_of(sound))


@pytest.mark.parametrize("hertz", [75, 110, 200, 330, 450])
def test_a_steady_voice_is_as_high_as_it_is(hertz: float) -> None:
    found = pitch_of(voice(hertz))

    assert np.nanmedian(found) == pytest.approx(12 * np.log2(hertz), abs=0.1)
    assert (~np.isnan(found)).sum() == pytest.approx(100, abs=6)


def test_a_rising_voice_rises() -> None:
    found = pitch_of(voice([120, 240]))

    voiced = found[~np.isnan(found)]
    assert voiced[-5:].mean() - voiced[:5].mean() == pytest.approx(12, abs=1.5)


def test_it_is_heard_through_noise() -> None:
    assert np.nanmedian(pitch_of(voice(150), 15)) == pytest.approx(12 * np.log2(150), abs=0.2)


def test_hiss_has_no_pitch() -> None:
    found = pitch_of(hiss(1.0))

    assert np.isnan(found).mean() > 0.95


def test_no_sound_has_no_pitch() -> None:
    sound = Sound(np.zeros(10, np.float32), RATE)

    assert semitones(sound, levels_of(sound)).size == 0
