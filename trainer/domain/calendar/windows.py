"""Meeting windows for several places: when all are at work, and if never, what is least bad and for whom."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from trainer.domain.calendar.days import day_at
from trainer.domain.calendar.hours import Attendance, Fit, attend, closes_at, moment_of, opens_at
from trainer.domain.calendar.moments import in_zone
from trainer.domain.calendar.places import Place

MIN_PLACES, MAX_PLACES = 2, 5
MAX_DAYS = 92
STEP = timedelta(minutes=30)
ONE_DAY = timedelta(days=1)
LONGEST_DAY = timedelta(hours=26)
"""Clocks that go back lengthen a day."""
Spell = tuple[datetime, datetime]


class SearchTooWide(ValueError):
    """Windows cannot be looked for so; the text says what can."""


@dataclass(frozen=True, slots=True)
class Window:
    """From and until when all places are at work, long enough for the meeting."""

    opens_at: datetime
    closes_at: datetime


@dataclass(frozen=True, slots=True)
class Slot:
    """A time for the meeting, and how each place lives it, in the order of the places."""

    starts_at: datetime
    attendances: tuple[Attendance, ...]

    @property
    def worst(self) -> int:
        """Minutes outside of hours for the place that bears most."""
        return max(each.outside for each in self.attendances)

    @property
    def total(self) -> int:
        return sum(each.outside for each in self.attendances)

    @property
    def is_worked(self) -> bool:
        """Whether it is a working day everywhere."""
        return not any(each.fit is Fit.OFF for each in self.attendances)

    @property
    def bearers(self) -> tuple[str, ...]:
        """Names of the places that are out of their hours."""
        return tuple(each.place.name for each in self.attendances if each.outside)


def find_windows(places: Sequence[Place], minutes: int, first: date, last: date) -> tuple[Window, ...]:
    """When all places are at work for that long, on dates of the first place; empty when they never are.

    Raises `SearchTooWide`.
    """
    _check(places, minutes, first, last)
    needed = timedelta(minutes=minutes)
    common = list(_worked(places[0], first, last))
    for place in places[1:]:
        common = list(_both(common, list(_worked(place, first - ONE_DAY, last + ONE_DAY))))
    return tuple(Window(opens, closes) for opens, closes in common if closes - opens >= needed)


def least_bad(places: Sequence[Place], minutes: int, first: date, last: date, most: int = 5) -> tuple[Slot, ...]:
    """The best slot of each day on which all places work, the least bad first, by dates of the first place.

    Least bad is what is least bad for whoever bears most, then for all together. Raises `SearchTooWide`.
    """
    _check(places, minutes, first, last)
    days = (first + number * ONE_DAY for number in range((last - first).days + 1))
    best = (min(slots_on(places, minutes, day), key=_badness, default=None) for day in days)
    return tuple(sorted((slot for slot in best if slot), key=_badness)[:most])


def slots_on(places: Sequence[Place], minutes: int, on: date) -> Iterator[Slot]:
    """Every half hour of a date of the first place that belongs to a working day everywhere."""
    midnight = moment_of(on, time(), places[0].zone)
    starts = (midnight + number * STEP for number in range(LONGEST_DAY // STEP))
    for start in starts:
        if in_zone(start, places[0].zone).date() == on:
            slot = Slot(start, tuple(attend(place, start, minutes) for place in places))
            if slot.is_worked:
                yield slot


def _badness(slot: Slot) -> tuple[int, int, datetime]:
    return slot.worst, slot.total, slot.starts_at


def _worked(place: Place, first: date, last: date) -> Iterator[Spell]:
    for number in range((last - first).days + 1):
        on = first + number * ONE_DAY
        if not day_at(place, on).is_off:
            yield opens_at(place, on), closes_at(place, on)


def _both(mine: Sequence[Spell], theirs: Sequence[Spell]) -> Iterator[Spell]:
    """What two series of spells, each in order and apart, have in common."""
    left = right = 0
    while left < len(mine) and right < len(theirs):
        opens, closes = max(mine[left][0], theirs[right][0]), min(mine[left][1], theirs[right][1])
        if opens < closes:
            yield opens, closes
        if mine[left][1] <= theirs[right][1]:
            left += 1
        else:
            right += 1


def _check(places: Sequence[Place], minutes: int, first: date, last: date) -> None:
    if not MIN_PLACES <= len(places) <= MAX_PLACES:
        raise SearchTooWide(f"Windows are worked out for {MIN_PLACES} to {MAX_PLACES} places.")
    if not 0 < minutes <= 24 * 60:
        raise SearchTooWide("A meeting takes from 1 minute to 24 hours.")
    if not 0 <= (last - first).days < MAX_DAYS:
        raise SearchTooWide(f"Choose a last day that is up to {MAX_DAYS - 1} days after the first.")
