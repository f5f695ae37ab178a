"""Two melodies on one axis: the same way or another, flat or not, and where they part."""

import numpy as np
import numpy.typing as npt
import pytest

from trainer.speech.hearing.alignment import Path
from trainer.speech.hearing.melody import (
    MOST_POINTS,
    Melodies,
    ToneBand,
    agreement,
    correlation,
    disagreements,
    melodies,
    overlay,
    tone_of,
)

STRAIGHT = Path(np.arange(100), np.arange(100))
WAVE = 4 * np.sin(np.linspace(0, 6 * np.pi, 200)).astype(np.float32)
"""Two seconds at 10 ms."""


def of(take: npt.NDArray[np.float32], model: npt.NDArray[np.float32] = WAVE) -> Melodies:
    found = melodies(take + 90, model + 80, STRAIGHT)
    assert found is not None
    return found


def test_the_same_melody_by_a_higher_voice_goes_the_same_ways() -> None:
    found = of(WAVE)

    assert agreement(found) == 1
    assert correlation(found) == pytest.approx(1)
    assert disagreements(found) == ()
    assert not found.is_flat


def test_the_melody_upside_down_goes_other_ways_everywhere() -> None:
    found = of(-WAVE)

    assert agreement(found) == 0
    assert correlation(found) == pytest.approx(-1)
    assert sum(end - start for start, end in disagreements(found)) > 1


def test_a_stretch_that_goes_another_way_is_named() -> None:
    bent = WAVE.copy()
    bent[100:133] *= -1

    found = disagreements(of(bent))

    assert found
    assert all(0.9 < start < end < 1.5 for start, end in found)
    assert sum(end - start for start, end in found) > 0.2


@pytest.mark.parametrize(("share", "is_flat"), [(0.0, True), (0.3, True), (0.5, False), (1.0, False)])
def test_a_take_that_moves_much_less_is_flatter_than_the_model(share: float, is_flat: bool) -> None:
    assert of(share * WAVE).is_flat is is_flat


def test_nobody_is_flatter_than_a_model_that_does_not_move() -> None:
    assert not of(0 * WAVE, 0.1 * WAVE).is_flat


def test_what_has_no_voice_has_no_melody() -> None:
    assert melodies(np.full(200, np.nan, np.float32), WAVE, STRAIGHT) is None
    assert melodies(WAVE, np.full(200, np.nan, np.float32), STRAIGHT) is None


def test_too_few_moves_are_not_judged() -> None:
    assert agreement(of(WAVE, 0 * WAVE)) is None
    assert tone_of(None, is_provisional=False) is None


@pytest.mark.parametrize(
    ("share", "band"),
    [
        (0.9, ToneBand.CLOSE),
        (0.7, ToneBand.CLOSE),
        (0.6, ToneBand.PARTLY),
        (0.5, ToneBand.PARTLY),
        (0.4, ToneBand.DIFFERENT),
    ],
)
def test_the_share_falls_into_one_of_three_bands(share: float, band: ToneBand) -> None:
    found = tone_of(share, is_provisional=True)

    assert found is not None
    assert (found.band, found.is_provisional) == (band, True)


def test_stretches_are_marked_only_with_a_verdict() -> None:
    found = of(-WAVE)

    assert overlay(found, None).disagreements == ()
    assert overlay(found, tone_of(0.0, is_provisional=False)).disagreements != ()


def test_an_overlay_is_short_enough_to_be_kept() -> None:
    long = np.tile(WAVE, 8)
    found = melodies(long, long, Path(np.arange(800), np.arange(800)))

    assert found is not None
    kept = overlay(found, None)
    assert len(kept.model) == len(kept.take) <= MOST_POINTS
    assert kept.step * len(kept.model) == pytest.approx(16, rel=0.05)


def test_a_moment_without_voice_is_a_gap() -> None:
    broken = WAVE.copy()
    broken[50:60] = np.nan

    kept = overlay(of(broken), None)

    assert kept.take[26] is None
    assert kept.model[26] is not None
