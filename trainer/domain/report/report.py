"""Judges an engagement by all that is missing: its state, and the reasons in the order of their effect."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from trainer.domain.gaps import Area, Gap, Weight


class Overall(StrEnum):
    """How ready a team is for its meeting, all in all; in ascending order."""

    NOT_READY = "not_ready"
    AT_RISK = "at_risk"
    READY = "ready"


@dataclass(frozen=True, slots=True)
class Reason:
    """A gap, and what closing it alone would make of the whole."""

    gap: Gap
    if_closed: Overall


@dataclass(frozen=True, slots=True)
class Report:
    """`reasons` come in the order of their effect: what blocks, what risks, what would be good to have."""

    state: Overall
    reasons: tuple[Reason, ...]

    @property
    def blocking(self) -> int:
        return self.count(Weight.BLOCKS)

    @property
    def risking(self) -> int:
        return self.count(Weight.RISKS)

    def count(self, weight: Weight) -> int:
        return sum(reason.gap.weight is weight for reason in self.reasons)

    def areas(self) -> dict[Area, Weight | None]:
        """The gravest gap of each area, None where nothing is missing."""
        gravest: dict[Area, Weight | None] = dict.fromkeys(Area)
        for reason in reversed(self.reasons):
            gravest[reason.gap.area] = reason.gap.weight
        return gravest


@dataclass(frozen=True, slots=True)
class PastGap:
    """A gap as it was told on another day."""

    key: str
    weight: Weight
    what: str


@dataclass(frozen=True, slots=True)
class PastReport:
    """What a report said at a moment."""

    taken_at: datetime
    state: Overall
    gaps: tuple[PastGap, ...]


@dataclass(frozen=True, slots=True)
class ReportChanges:
    """What differs from a report of before: gaps that were closed, that came up, and that weigh otherwise."""

    since: datetime
    before: Overall
    closed: tuple[PastGap, ...]
    opened: tuple[Gap, ...]
    reweighed: tuple[Gap, ...]

    def __bool__(self) -> bool:
        return bool(self.closed or self.opened or self.reweighed)


def judge(gaps: Iterable[Gap]) -> Report:
    """The report of these gaps. It depends on nothing else: who mends one can see what for."""
    ordered = sorted(gaps, key=lambda gap: (list(Weight).index(gap.weight), -gap.effect, gap.key))
    counts = {weight: sum(gap.weight is weight for gap in ordered) for weight in Weight}
    return Report(
        state=_state(counts[Weight.BLOCKS], counts[Weight.RISKS]),
        reasons=tuple(
            Reason(
                gap,
                _state(
                    counts[Weight.BLOCKS] - (gap.weight is Weight.BLOCKS),
                    counts[Weight.RISKS] - (gap.weight is Weight.RISKS),
                ),
            )
            for gap in ordered
        ),
    )


def changes_of_report(then: PastReport, report: Report) -> ReportChanges:
    before = {gap.key: gap for gap in then.gaps}
    now = {reason.gap.key: reason.gap for reason in report.reasons}
    return ReportChanges(
        since=then.taken_at,
        before=then.state,
        closed=tuple(gap for key, gap in before.items() if key not in now),
        opened=tuple(gap for key, gap in now.items() if key not in before),
        reweighed=tuple(gap for key, gap in now.items() if key in before and before[key].weight is not gap.weight),
    )


def gravest(reasons: Sequence[Reason], number: int) -> tuple[Reason, ...]:
    """The first reasons, without what would only be good to have."""
    return tuple(reason for reason in reasons[:number] if reason.gap.weight is not Weight.NOTES)


def _state(blocking: int, risking: int) -> Overall:
    if blocking:
        return Overall.NOT_READY
    return Overall.AT_RISK if risking else Overall.READY
