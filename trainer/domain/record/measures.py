"""Measures of forecasts against outcomes that may lie between 0 and 1."""

from collections.abc import Callable, Sequence
from itertools import groupby
from math import log
from typing import NamedTuple

from trainer.domain.record.cases import Resolved

EDGE = 1e-6
"""A forecast nearer to 0 or 1 than this counts as that near: the log of 0 is no loss."""


class Skill(NamedTuple):
    """By how much of its own Brier score a plain forecast is beaten, on the `n` cases that it could be made for.

    1 is perfect, 0 no better, below 0 worse.
    """

    value: float
    n: int


def brier(cases: Sequence[Resolved]) -> float:
    return sum((case.p - case.outcome) ** 2 for case in cases) / len(cases)


def log_loss(cases: Sequence[Resolved]) -> float:
    """The mean; 0.69 is what always saying a half gets."""
    loss = 0.0
    for case in cases:
        p = min(1.0 - EDGE, max(EDGE, case.p))
        loss -= case.outcome * log(p) + (1.0 - case.outcome) * log(1.0 - p)
    return loss / len(cases)


def auc(cases: Sequence[Resolved]) -> float | None:
    """How often what was handled well had a higher forecast than what was not, equal ones counting half.

    An outcome between 0 and 1 counts as that much of the one and the rest of the other. None when all went alike.
    """
    well = badly = won = 0.0
    for _, group in groupby(sorted(cases, key=lambda case: case.p), key=lambda case: case.p):
        outcomes = [case.outcome for case in group]
        good = sum(outcomes)
        bad = len(outcomes) - good
        won += good * (badly + bad / 2.0)
        well, badly = well + good, badly + bad
    return won / (well * badly) if well > 0.0 and badly > 0.0 else None


def coverage(cases: Sequence[Resolved]) -> float | None:
    """How often the outcome lay in the range told for 8 times of 10; None when no range was told."""
    inside = [abs(case.outcome - case.p) <= case.reach for case in cases if case.reach is not None]
    return sum(inside) / len(inside) if inside else None


def skill(
    cases: Sequence[Resolved], plain: Callable[[Resolved], float | None], at_least: Callable[[Sequence[Resolved]], bool]
) -> Skill | None:
    """Against a plain forecast, on the cases that it could be made for; None when those are too few."""
    both = [case for case in cases if plain(case) is not None]
    if not at_least(both):
        return None
    loss = sum(((plain(case) or 0.0) - case.outcome) ** 2 for case in both) / len(both)
    return Skill(1.0 - brier(both) / loss, len(both)) if loss else None
