"""Clock changes: when the time between two zones is another one, and where "same time as usual" goes wrong."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import pairwise
from zoneinfo import ZoneInfo

from trainer.domain.calendar.moments import in_zone
from trainer.domain.calendar.places import Place

SECOND = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Spread:
    """So far is the second zone ahead of the first, in minutes, from a moment until the next change of either."""

    starts_at: datetime
    ends_at: datetime
    minutes: int


@dataclass(frozen=True, slots=True)
class Trap:
    """A date of a series on which a place finds it at another local time than the time before."""

    starts_at: datetime
    place: Place
    before: time
    local: datetime

    @property
    def minutes(self) -> int:
        """How much later it is than before, on the clock there; negative for earlier."""
        moved = (self.local.hour - self.before.hour) * 60 + self.local.minute - self.before.minute
        return (moved + 720) % 1440 - 720

    @property
    def words(self) -> str:
        return (
            f"{self.place.name}: {self.local:%H:%M} instead of {self.before:%H:%M} "
            f"from {self.local:%A} {self.local.day} {self.local:%B %Y} on."
        )


def spreads(first_zone: str, second_zone: str, starts_at: datetime, ends_at: datetime) -> tuple[Spread, ...]:
    """The time between two zones from a moment until another, a part for each value that it has in turn."""
    marks = sorted({*changes_of(first_zone, starts_at, ends_at), *changes_of(second_zone, starts_at, ends_at)})
    parts = [
        Spread(begin, end, ahead(first_zone, second_zone, begin))
        for begin, end in pairwise([starts_at, *marks, ends_at])
    ]
    merged: list[Spread] = []
    for part in parts:
        if merged and merged[-1].minutes == part.minutes:  # both changed at one moment, as in Paris and Madrid
            merged[-1] = Spread(merged[-1].starts_at, part.ends_at, part.minutes)
        else:
            merged.append(part)
    return tuple(merged)


def ahead(first_zone: str, second_zone: str, at: datetime) -> int:
    """Minutes that the second zone is ahead of the first."""
    return int((_offset(second_zone, at) - _offset(first_zone, at)).total_seconds() // 60)


@lru_cache(maxsize=512)
def changes_of(zone: str, starts_at: datetime, ends_at: datetime) -> tuple[datetime, ...]:
    """Moments after a start and before an end at which the clocks of a zone are changed."""
    return tuple(_changes(zone, starts_at.astimezone(UTC), ends_at.astimezone(UTC)))


def series_traps(local: datetime, zone: str, times: int, places: Sequence[Place]) -> tuple[Trap, ...]:
    """Dates of a weekly series, held at one zone's local time, on which others find it at another time than before.

    `local` is the naive first time; what stays the same on the clock in `zone` jumps where clocks change otherwise.
    """
    starts = [
        (local + timedelta(weeks=number)).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC) for number in range(times)
    ]
    traps = []
    for place in places:
        for before, at in pairwise(starts):
            usual, there = in_zone(before, place.zone).time(), in_zone(at, place.zone)
            if there.time() != usual:
                traps.append(Trap(at, place, usual, there))
    return tuple(sorted(traps, key=lambda trap: trap.starts_at))


def changes_near(place: Place, on: date, days: int = 14) -> tuple[datetime, ...]:
    """Moments within so many days of a date at which the clocks of a place are changed."""
    noon = datetime.combine(on, time(12), UTC)
    return changes_of(place.zone, noon - timedelta(days=days), noon + timedelta(days=days))


def _changes(zone: str, starts_at: datetime, ends_at: datetime) -> Iterator[datetime]:
    day = timedelta(days=1)
    at = starts_at
    while at < ends_at:
        until = min(at + day, ends_at)
        if _offset(zone, at) != _offset(zone, until - SECOND):
            yield _narrowed(zone, at, until)
        at = until
        # a change at the border itself: the day before ends by the old clock and this one begins by the new
        if at < ends_at and _offset(zone, at - SECOND) != _offset(zone, at):
            yield at


def _narrowed(zone: str, before: datetime, after: datetime) -> datetime:
    """The moment of the change between two, to the second."""
    old = _offset(zone, before)
    while after - before > SECOND:
        middle = before + (after - before) // 2
        middle = middle.replace(microsecond=0)
        if _offset(zone, middle) == old:
            before = middle
        else:
            after = middle
    return after


def _offset(zone: str, at: datetime) -> timedelta:
    return in_zone(at, zone).utcoffset() or timedelta()
