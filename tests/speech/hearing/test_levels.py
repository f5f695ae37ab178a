"""Where there is speech, how it stands out, and where it pauses."""

import numpy as np
import pytest

from tests.speech.hearing.conftest import RATE, hiss, in_room, silence, voice
from trainer.speech.hearing.levels import levels_of
from trainer.speech.sound import Sound


def test_speech_is_found_between_silences() -> None:
    found = levels_of(in_room(voice(150, 1.0)))

    assert found.start == pytest.approx(0.5, abs=0.03)
    assert found.end == pytest.approx(1.5, abs=0.03)
    assert found.pauses == ()


def test_a_click_is_no_speech() -> None:
    click = np.concatenate([voice(150, 0.01), silence(0.6), voice(150, 1.0), silence(0.6), voice(150, 0.02)])

    found = levels_of(Sound(click, RATE))

    assert found.speech_seconds == pytest.approx(1.0, abs=0.03)


@pytest.mark.parametrize(("seconds", "count"), [(0.15, 0), (0.4, 1)])
def test_a_silence_within_the_speech_is_a_pause_once_it_is_longer_than_a_stop(seconds: float, count: int) -> None:
    found = levels_of(in_room(np.concatenate([voice(150), silence(seconds), voice(150)])))

    assert len(found.pauses) == count
    assert [end - start for start, end in found.pauses] == pytest.approx([seconds] * count, abs=0.03)


@pytest.mark.parametrize("below", [10, 20, 30])
def test_noise_below_the_speech_is_measured(below: float) -> None:
    assert levels_of(in_room(voice(150), below)).snr == pytest.approx(below, abs=3)


def test_steady_noise_has_nothing_that_stands_out() -> None:
    assert levels_of(Sound(hiss(2), RATE)).snr < 3


@pytest.mark.parametrize("samples", [0, 1, 159, 160])
def test_what_is_hardly_a_sound_is_measured_too(samples: int) -> None:
    found = levels_of(Sound(np.zeros(samples, np.float32), RATE))

    assert found.speech_seconds == 0
    assert found.peak == 0


def test_a_short_word_in_a_long_recording_is_speech() -> None:
    word = in_room(np.concatenate([silence(5), voice(150, 0.4), silence(8)]))

    found = levels_of(word)

    assert found.speech_seconds == pytest.approx(0.4, abs=0.03)
    assert found.snr > 30
