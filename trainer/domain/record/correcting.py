"""Finds out whether forecasts were off in two quarters, and which two-parameter correction would have helped.

The correction is fitted on earlier quarters and judged on the last one, which the fit never saw. It is advice: a person
puts it in force.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import NamedTuple

import numpy as np

from trainer.domain.mastery import Correction, logit, sigmoid
from trainer.domain.record.cases import Resolved
from trainer.domain.record.measures import log_loss
from trainer.domain.record.scoring import Score, is_enough, score

SLOPES = (0.2, 5.0)
"""A fit outside of these says that the forecasts are worth nothing, or that the outcomes are no outcomes."""
STEPS = 50
SMALL = 1e-10
PRIOR_PRECISION = 1.0
"""Of intercept and slope around no correction: the weight of one forecast or so, against none of hundreds."""


class Quarter(NamedTuple):
    year: int
    number: int


class Dated(NamedTuple):
    """A case with the day it was about; its `p` is from before any correction."""

    on: date
    case: Resolved


@dataclass(frozen=True, slots=True)
class Period:
    """How the forecasts for the days of one quarter held, as the correction in force would have told them."""

    quarter: Quarter
    score: Score

    @property
    def is_off(self) -> bool:
        return self.score.quality is not None and self.score.quality.is_off


@dataclass(frozen=True, slots=True)
class Fitted:
    """A correction fitted on `n` cases before the quarter that it is judged on. Losses are log losses of that one."""

    correction: Correction
    n: int
    judged_on: Quarter
    loss_before: float
    loss_after: float

    @property
    def is_better(self) -> bool:
        return self.loss_after < self.loss_before


@dataclass(frozen=True, slots=True)
class Advice:
    """What the record says about a correction. `fitted` is there once two quarters in turn were off."""

    in_force: Correction
    periods: tuple[Period, ...]
    fitted: Fitted | None

    @property
    def is_flagged(self) -> bool:
        return is_flagged(self.periods)

    @property
    def advised(self) -> Correction | None:
        return self.fitted.correction if self.fitted is not None and self.fitted.is_better else None


def quarter_of(on: date) -> Quarter:
    return Quarter(on.year, (on.month + 2) // 3)


def is_flagged(periods: Sequence[Period]) -> bool:
    """Whether the last two quarters of which enough is known were off by more than chance explains."""
    known = [each for each in periods if each.score.quality is not None]
    return len(known) >= 2 and all(each.is_off for each in known[-2:])


def advise(cases: Iterable[Dated], in_force: Correction, *, min_people: int) -> Advice:
    """Judge the correction in force (which may be none) by quarters, and look for a better one where it is off."""
    dated = sorted(cases, key=lambda each: each.on)
    groups = {quarter: [each.case for each in found] for quarter, found in groupby(dated, lambda d: quarter_of(d.on))}
    periods = tuple(
        Period(quarter, score(_told(group, in_force), min_people=min_people)) for quarter, group in groups.items()
    )
    if not is_flagged(periods):
        return Advice(in_force, periods, None)
    last = [each.quarter for each in periods if each.score.quality is not None][-1]
    earlier = [case for quarter, group in groups.items() if quarter < last for case in group]
    correction = fit_correction(earlier, min_people=min_people)
    if correction is None:
        return Advice(in_force, periods, None)
    before, after = (log_loss(_told(groups[last], each)) for each in (in_force, correction))
    return Advice(in_force, periods, Fitted(correction, len(earlier), last, before, after))


def fit_correction(cases: Sequence[Resolved], *, min_people: int) -> Correction | None:
    """The intercept and slope that make the outcomes likeliest; None of too few cases, or where no sound line fits.

    Logistic regression on the log-odds of the forecast by Newton's steps, held lightly to no correction.
    """
    if not is_enough(cases, min_people):
        return None
    x = np.column_stack((np.ones(len(cases)), logit(np.array([case.p for case in cases]))))
    y = np.array([case.outcome for case in cases])
    none = np.array(Correction())
    line = none
    for _ in range(STEPS):
        expected = sigmoid(x @ line)
        slope = x.T @ (y - expected) - PRIOR_PRECISION * (line - none)
        bend = (x.T * (expected * (1.0 - expected))) @ x + PRIOR_PRECISION * np.eye(2)
        step = np.linalg.solve(bend, slope)
        line = line + step / max(1.0, float(np.abs(step).max()))
        if float(np.abs(step).max()) < SMALL:
            break
    found = Correction(float(line[0]), float(line[1]))
    return found if SLOPES[0] <= found.slope <= SLOPES[1] else None


def _told(cases: Sequence[Resolved], correction: Correction) -> list[Resolved]:
    told = correction.told(np.array([case.p for case in cases]))
    return [case._replace(p=float(p)) for case, p in zip(cases, told, strict=True)]
