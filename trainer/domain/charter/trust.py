"""What trust rests on: promises and what became of them, and the health check of the quarter."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from trainer.domain.charter.health import QUESTIONS, Health, compare, quarter_of, quarter_words
from trainer.domain.charter.lacks import Found, risks
from trainer.domain.charter.values import Commitment, Section
from trainer.domain.gaps import Weight
from trainer.domain.parties import Party

PROMISE, NO_CHECK, APART = "promise", "no health check", "apart"
KINDS = (PROMISE, NO_CHECK, APART)
"""Kinds of gaps that are about trust."""
REMEMBERED = timedelta(days=90)
"""For so long after its day a promise that was not kept is a risk for the next meeting."""
QUARTER = timedelta(days=91)
"""A charter of this age is due for a health check each quarter."""


class Fate(StrEnum):
    """What has become of a promise."""

    LATE = "late"
    OPEN = "open"
    BROKEN = "broken"
    KEPT = "kept"


@dataclass(frozen=True, slots=True)
class HealthState:
    """The health check of a quarter, when each side last answered in any, and since when there is a charter."""

    quarter: date
    health: Health = field(default_factory=lambda: compare(()))
    last: Mapping[Party, date] = field(default_factory=dict)
    begun_on: date | None = None


def fates_of(commitments: Iterable[Commitment], today: date) -> tuple[tuple[Fate, Commitment], ...]:
    """Promises that are open and those that ended lately, what is late first, then what is due next."""
    found = [(_fate(each, today), each) for each in commitments]
    shown = [
        (fate, each)
        for fate, each in found
        if fate in (Fate.LATE, Fate.OPEN) or today - (each.closed_on or each.due_on or date.min) <= REMEMBERED
    ]
    order = list(Fate)
    return tuple(sorted(shown, key=lambda pair: (order.index(pair[0]), pair[1].due_on or date.max)))


def lacks_of_commitments(commitments: Iterable[Commitment], today: date) -> Iterator[Found]:
    """The partner's that are late, and of both sides what was not kept lately. Ours that are late stand in the partner
    file, where they block.
    """
    for each in commitments:
        if each.due_on is None or today - each.due_on > REMEMBERED:
            continue
        is_late = each.side is Party.THEIRS and each.is_kept is None and each.due_on < today
        if not is_late and each.is_kept is not False:
            continue
        whose = "We promised" if each.side is Party.OURS else "The partner promised"
        state = "it was not kept" if each.is_kept is False else "the day has passed"
        todo = (
            "Keep it, or take it back in words, before the meeting."
            if each.side is Party.OURS
            else "Ask what is in the way before the meeting, not in it."
        )
        yield Found(
            kind=PROMISE,
            weight=Weight.RISKS,
            section=Section.AGREEMENT,
            about=each.what,
            missing=f"{whose} “{each.what.rstrip('.')}”, and {state}.",
            todo=todo,
            owner=each.owner,
            due_on=each.due_on,
        )


def lacks_of_health(state: HealthState, today: date) -> Iterator[Found]:
    is_of_age = state.begun_on is not None and today - state.begun_on >= QUARTER
    if is_of_age and not any(state.health.answered.values()):
        yield Found(
            kind=NO_CHECK,
            weight=Weight.NOTES,
            section=Section.AGREEMENT,
            about="",
            missing=f"Nobody of either side has answered the health check of the {quarter_words(state.quarter)}.",
            todo="Answer the six questions, and send the partner a link to theirs.",
            due_on=quarter_of(state.quarter + QUARTER + timedelta(days=2)) - timedelta(days=1),
        )
    for each in state.health.gaps:
        yield risks(
            Section.AGREEMENT,
            APART,
            f"In the health check two points or more lie between the sides in “{QUESTIONS[each.question][0]}”.",
            "Talk about it before the meeting: ask for one example from each side, and agree what changes.",
            each.question,
        )


def _fate(commitment: Commitment, today: date) -> Fate:
    if commitment.is_kept is not None:
        return Fate.KEPT if commitment.is_kept else Fate.BROKEN
    return Fate.LATE if commitment.due_on is not None and commitment.due_on < today else Fate.OPEN
