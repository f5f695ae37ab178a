"""Where a forecast stands against a target, by the rules of the company."""

from dataclasses import dataclass
from enum import StrEnum

from trainer.domain.mastery import Forecast

MIN_GROUP = 5
"""Figures about a group are shown for this many people or more."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What a company calls ready. The shipped values are assumptions, a company sets its own.

    Fewer than `min_answers` in a competency, or an 80 % interval wider than `max_width`, are not enough evidence.
    Ready: the mean reaches the target and the interval starts no further than `ready_margin` below it. An interpreter
    is advised when nobody in a speaking seat is expected to handle `interpreter_target` of its language needs: there
    is no citable CEFR cut-off for that.
    """

    min_answers: int = 5
    max_width: float = 0.40
    ready_margin: float = 0.10
    interpreter_target: float = 0.60


class Band(StrEnum):
    """Where a person stands in a competency on the date; in ascending order."""

    NOT_STARTED = "not_started"
    NO_EVIDENCE = "no_evidence"
    NOT_READY = "not_ready"
    BORDERLINE = "borderline"
    READY = "ready"


class SeatState(StrEnum):
    """Where a seat stands on the date; in ascending order. `open`: nobody is assigned."""

    OPEN = "open"
    NOT_STARTED = "not_started"
    NO_EVIDENCE = "no_evidence"
    NOT_READY = "not_ready"
    BORDERLINE = "borderline"
    READY = "ready"


def band_of(forecast: Forecast, target: float, rules: Rules, *, person_started: bool = True) -> Band:
    """The band of a forecast against a target. Too little evidence is a state of its own, never "not ready"."""
    if forecast.answers == 0 and not person_started:
        return Band.NOT_STARTED
    if forecast.answers < rules.min_answers or forecast.high - forecast.low > rules.max_width:
        return Band.NO_EVIDENCE
    if forecast.mean >= target and forecast.low >= target - rules.ready_margin:
        return Band.READY
    return Band.NOT_READY if forecast.high < target else Band.BORDERLINE
