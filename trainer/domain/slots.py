"""Slots for a call of two sides: which fit both, and why the others do not, by holidays and time zones."""

import hashlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from html import escape

from trainer.domain.calendar import ImpossibleTime, holidays_of, in_zone, moment
from trainer.domain.content import Option, Prose, Side, SlotSearch

STEP = timedelta(minutes=30)
OFFERED = 4
"""So many slots are offered: one that fits, the others each for another reason not, as far as there are."""


class Clash(StrEnum):
    """Why a side cannot take a slot, the first that applies."""

    HOLIDAY = "holiday"
    WEEKEND = "weekend"
    EARLY = "early"
    LATE = "late"


TEACHES = (Clash.HOLIDAY, Clash.EARLY, Clash.LATE, Clash.WEEKEND)
"""Reasons in the order in which they are worth asking about."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What keeps a side from a slot; `name` is that of the holiday."""

    side: Side
    clash: Clash
    name: str = ""


class NoSlotFits(ValueError):
    """No slot of a search fits both sides."""


@lru_cache(maxsize=1_000)
def offered_slots(search: SlotSearch, today: date, seed: str) -> tuple[Option, ...]:
    """Options to choose from: one slot that fits both sides and some that do not, each with its reason.

    The same for the same day and seed. Raises `NoSlotFits`.
    """
    fitting: list[datetime] = []
    clashing: dict[tuple[str, Clash], list[datetime]] = {}
    for start in _starts(search, begins_on(search, today)):
        problems = problems_of(search, start)
        if problems:
            clashing.setdefault((problems[0].side.country, problems[0].clash), []).append(start)
        else:
            fitting.append(start)
    if not fitting:
        raise NoSlotFits(f"no slot fits both {search.ours.name} and {search.theirs.name}")
    kinds = sorted(clashing, key=lambda kind: (TEACHES.index(kind[1]), _order(seed, *kind)))
    picked = [_pick(fitting, seed), *(_pick(clashing[kind], seed) for kind in kinds[: OFFERED - 1])]
    return tuple(slot_option(search, start) for start in sorted(picked))


def slot_option(search: SlotSearch, start: datetime) -> Option:
    """A slot as an option: its id is the moment in UTC, its score and explanation are worked out."""
    problems = problems_of(search, start)
    if problems:
        why = " ".join(_words(problem, start) for problem in problems)
    else:
        why = "Both sides are at work, and neither has a holiday."
    return Option(
        id=start.astimezone(UTC).strftime("%Y-%m-%dT%H:%MZ"),
        text=_prose(_when(search, start)),
        score=0.0 if problems else 1.0,
        explanation=_prose(why),
    )


def find_slot(search: SlotSearch, option_id: str) -> Option | None:
    """The option of an id, or None for what is no slot."""
    try:
        start = datetime.strptime(option_id, "%Y-%m-%dT%H:%MZ").replace(tzinfo=UTC)
    except ValueError:
        return None
    return slot_option(search, start)


def problems_of(search: SlotSearch, start: datetime) -> tuple[Problem, ...]:
    """What keeps either side from a slot, ours first; empty where it fits."""
    found = (_problem(side, start, timedelta(minutes=search.minutes)) for side in (search.ours, search.theirs))
    return tuple(problem for problem in found if problem is not None)


def begins_on(search: SlotSearch, today: date) -> date:
    """The next day of the search's month and day, today included."""
    this_year = date(today.year, search.month, search.day)
    return this_year if this_year >= today else date(today.year + 1, search.month, search.day)


def _problem(side: Side, start: datetime, length: timedelta) -> Problem | None:
    local = in_zone(start, side.zone)
    ends = in_zone(start + length, side.zone)
    known = holidays_of(side.country, local.year)
    if local.date() in known:
        return Problem(side, Clash.HOLIDAY, known[local.date()])
    if not known.is_working_day(local.date()):
        return Problem(side, Clash.WEEKEND)
    if local.time() < side.opens:
        return Problem(side, Clash.EARLY)
    if ends.date() != local.date() or ends.time() > side.closes:
        return Problem(side, Clash.LATE)
    return None


def _starts(search: SlotSearch, first: date) -> Iterator[datetime]:
    """Every half hour of our working days and of theirs, from the first day on."""
    for number in range(search.days):
        for side in (search.ours, search.theirs):
            at = datetime.combine(first + timedelta(days=number), side.opens)
            closes = datetime.combine(at.date(), side.closes)
            while at + timedelta(minutes=search.minutes) <= closes:
                with suppress(ImpossibleTime):  # where the clocks skip a time, nobody can meet then
                    yield moment(at, side.zone)
                at += STEP


def _words(problem: Problem, start: datetime) -> str:
    local = in_zone(start, problem.side.zone)
    match problem.clash:
        case Clash.HOLIDAY:
            return f"In {problem.side.name} it is {problem.name}."
        case Clash.WEEKEND:
            return f"In {problem.side.name} {local:%A} is a day off."
        case Clash.EARLY:
            return f"In {problem.side.name} it is {local:%H:%M}: before work begins at {problem.side.opens:%H:%M}."
        case Clash.LATE if problem.side.closes <= local.time():
            return f"In {problem.side.name} it is {local:%H:%M}: after work ends at {problem.side.closes:%H:%M}."
        case Clash.LATE:
            return f"In {problem.side.name} it starts at {local:%H:%M} and ends after {problem.side.closes:%H:%M}."


def _when(search: SlotSearch, start: datetime) -> str:
    """Both local times; the day twice only where it is another one there."""
    here, there = in_zone(start, search.ours.zone), in_zone(start, search.theirs.zone)
    ours, theirs = f"{here:%H:%M} in {search.ours.name}", f"{there:%H:%M} in {search.theirs.name}"
    if here.date() == there.date():
        return f"{_day(here)}: {ours}, {theirs}"
    return f"{_day(here)}, {ours}; {_day(there)}, {theirs}"


def _day(local: datetime) -> str:
    return f"{local:%A} {local.day} {local:%B}"


def _pick(starts: list[datetime], seed: str) -> datetime:
    return min(starts, key=lambda start: _order(seed, start.isoformat()))


def _order(*words: str) -> bytes:
    return hashlib.sha256("|".join(words).encode()).digest()


def _prose(words: str) -> Prose:
    return Prose(words, escape(words))
