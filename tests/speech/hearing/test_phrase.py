"""What is said of a margin."""

import pytest

from trainer.speech.hearing.phrase import (
    SHORT,
    THRESHOLDS,
    Costs,
    Detector,
    Thresholds,
    Verdict,
    judge,
    recognised_decoy,
    thresholds_for,
)
from trainer.speech.hearing.references import FEWEST_DECOYS, Kind

AT = Thresholds(recognised=1.3, another=0.9)
FAR = [0.5] * FEWEST_DECOYS


@pytest.mark.parametrize(
    ("target", "verdict"),
    [(0.2, Verdict.RECOGNISED), (0.4, Verdict.NOT_SURE), (0.5, Verdict.NOT_SURE), (0.6, Verdict.ANOTHER)],
)
def test_a_phrase_is_recognised_if_all_others_are_much_farther(target: float, verdict: Verdict) -> None:
    assert judge(Costs(target, FAR), AT) is verdict


@pytest.mark.parametrize("target", [0.01, 5.0])
def test_beside_too_few_others_nothing_is_sure(target: float) -> None:
    assert judge(Costs(target, FAR[1:]), AT) is Verdict.NOT_SURE
    assert judge(Costs(target, []), AT) is Verdict.NOT_SURE


def test_another_phrase_is_named_only_if_it_stands_out() -> None:
    assert recognised_decoy(Costs(0.5, [0.5, 0.2, 0.6]), AT) == 1
    assert recognised_decoy(Costs(0.5, [0.5, 0.2, 0.22]), AT) is None
    assert recognised_decoy(Costs(0.5, []), AT) is None


def test_a_short_phrase_must_stand_out_more() -> None:
    usual = thresholds_for(Detector.EMBEDDING, Kind.NATURAL, SHORT)
    short = thresholds_for(Detector.EMBEDDING, Kind.NATURAL, SHORT - 0.1)

    assert usual == THRESHOLDS[Detector.EMBEDDING, Kind.NATURAL]
    assert short.recognised > usual.recognised
    assert short.another == usual.another


def test_every_threshold_leaves_room_for_not_sure() -> None:
    assert all(at.another < 1 < at.recognised for at in THRESHOLDS.values())
