"""A forecast whose outcome is known, and the plain forecasts that it is held against."""

from bisect import bisect_left
from collections.abc import Hashable
from datetime import datetime
from enum import StrEnum
from math import sqrt
from typing import NamedTuple
from uuid import UUID

from trainer.domain.content import CompetencyKind
from trainer.domain.mastery import INTERVAL_Z


class LeadTime(StrEnum):
    """How long before its outcome a forecast was made."""

    SAME_DAY = "same_day"
    WEEK = "week"
    MONTH = "month"
    LATER = "later"


LAST_DAYS = {LeadTime.SAME_DAY: 0, LeadTime.WEEK: 7, LeadTime.MONTH: 30}
"""The longest lead of each group but the last."""


class Resolved(NamedTuple):
    """A forecast whose outcome is known: the chance that was given, and the share (0 to 1) that was handled well.

    `usual` is what people got of the same before, `so_far` the person's own share handled well before; None where
    nothing came before. `reach` is how far from `p` the outcome lies 8 times of 10, None where no range was told.
    """

    p: float
    outcome: float
    lead_days: int
    kinds: tuple[CompetencyKind, ...]
    learner: UUID
    usual: float | None = None
    so_far: float | None = None
    reach: float | None = None


def lead_time(days: int) -> LeadTime:
    return next((group for group, last in LAST_DAYS.items() if days <= last), LeadTime.LATER)


def reach_of(p: float, low: float, high: float, answers: int) -> float:
    """How far the share of so many answers lies from a forecast 8 times of 10: its range, and the luck of the few."""
    luck = p * (1.0 - p) / answers
    return sqrt(((high - low) / 2.0) ** 2 + INTERVAL_Z**2 * luck)


class Shares:
    """The share handled well of each thing, as it was known at any moment: what a plain report would have said."""

    def __init__(self) -> None:
        self._of: dict[Hashable, tuple[list[datetime], list[float]]] = {}

    def add(self, thing: Hashable, score: float, at: datetime) -> None:
        """To be called in order of time."""
        times, sums = self._of.setdefault(thing, ([], [0.0]))
        times.append(at)
        sums.append(sums[-1] + score)

    def before(self, thing: Hashable, at: datetime, *, drawn_to: float = 0.5) -> float | None:
        """The mean of what came before a moment, with one more answer of the share `drawn_to`, so that the first few do
        not say 0 or 1; None when nothing came before."""
        times, sums = self._of.get(thing, ((), ()))
        count = bisect_left(times, at)
        return (sums[count] + drawn_to) / (count + 1) if count else None
