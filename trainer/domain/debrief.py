"""The debrief of a meeting: what people say, by their own word, of what their seat needed and how it went."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

SHARES = (0.1, 0.3, 0.5, 0.7, 0.9)
"""The shares of situations handled well that one can say: hardly any, some, half, most, nearly all."""
STEP = 0.1
"""What was meant by a step may lie so far on either side of it."""
OPEN_FOR = timedelta(days=14)
"""From the start of the meeting on; then a debrief is fixed."""


@dataclass(frozen=True, slots=True)
class Told:
    """One competency in someone's debrief. `share` is one of `SHARES`, None when it was not needed."""

    competency: str
    share: float | None

    @property
    def was_needed(self) -> bool:
        return self.share is not None


@dataclass(frozen=True, slots=True)
class GroupFigure:
    """A competency in the debriefs of a group. `share` is the mean of those who needed it, None of too few."""

    competency: str
    people: int
    needed: int
    share: float | None


def is_open(starts_at: datetime, at: datetime) -> bool:
    return starts_at <= at < starts_at + OPEN_FOR


def is_fixed(starts_at: datetime, at: datetime) -> bool:
    return at >= starts_at + OPEN_FOR


def group_figures(told: Iterable[Told], order: Sequence[str], min_people: int) -> tuple[GroupFigure, ...]:
    """The figures of each competency that at least so many people speak of; each speaks of it once."""
    of: dict[str, list[Told]] = {}
    for each in told:
        of.setdefault(each.competency, []).append(each)
    return tuple(_figure(name, of[name], min_people) for name in order if len(of.get(name, ())) >= min_people)


def _figure(competency: str, told: Sequence[Told], min_people: int) -> GroupFigure:
    shares = [each.share for each in told if each.share is not None]
    mean = sum(shares) / len(shares) if len(shares) >= min_people else None
    return GroupFigure(competency, len(told), len(shares), mean)
