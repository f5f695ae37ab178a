"""Working hours as moments: how far a meeting lies outside of the hours of a place."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from zoneinfo import ZoneInfo

from trainer.domain.calendar.days import Day, day_at
from trainer.domain.calendar.moments import in_zone
from trainer.domain.calendar.places import Place

MINUTE = timedelta(minutes=1)


class Fit(StrEnum):
    """How a meeting lies in the day of a place."""

    IN_HOURS = "in_hours"
    EARLY = "early"
    LATE = "late"
    OFF = "off"
    """Nobody works there on that day."""


@dataclass(frozen=True, slots=True)
class Attendance:
    """A meeting as one place lives it: local times, the working day that it belongs to, minutes before and after it.

    A meeting before work belongs to the day that begins, one after work to the day that ends, past midnight too.
    """

    place: Place
    starts: datetime
    ends: datetime
    day: Day
    early: int
    late: int

    @property
    def outside(self) -> int:
        """Minutes outside of working hours."""
        return self.early + self.late

    @property
    def fit(self) -> Fit:
        if self.day.is_off:
            return Fit.OFF
        if self.early:
            return Fit.EARLY
        return Fit.LATE if self.late else Fit.IN_HOURS

    @property
    def words(self) -> str:
        """Whether it suits the place, and if not, who bears what."""
        name, starts, ends = self.place.name, f"{self.starts:%H:%M}", f"{self.ends:%H:%M}"
        match self.fit:
            case Fit.OFF:
                return f"{name}: nobody works that day ({self.day.words})."
            case Fit.EARLY:
                return f"{name} gets up early: {starts}, {length(self.early)} before work begins."
            case Fit.LATE:
                return f"{name} stays late: until {ends}, {length(self.late)} after work ends."
            case Fit.IN_HOURS:
                return f"{name}: in working hours, {starts} to {ends}."


def attend(place: Place, starts_at: datetime, minutes: int) -> Attendance:
    """A meeting of so many minutes as one place lives it, by the working day that it is nearest to."""
    ends_at = starts_at + minutes * MINUTE
    starts = in_zone(starts_at, place.zone)
    near = (starts.date() + timedelta(days=number) for number in (0, -1, 1))
    nearest = min(near, key=lambda day: sum(_outside(place, day, starts_at, ends_at)))
    early, late = _outside(place, nearest, starts_at, ends_at)
    return Attendance(place, starts, in_zone(ends_at, place.zone), day_at(place, nearest), early, late)


def length(minutes: int) -> str:
    """A number of minutes in words, such as 1 h 30 min."""
    hours, rest = divmod(minutes, 60)
    return " ".join([*([f"{hours} h"] if hours else []), *([f"{rest} min"] if rest or not hours else [])])


def opens_at(place: Place, on: date) -> datetime:
    return moment_of(on, place.opens, place.zone)


def closes_at(place: Place, on: date) -> datetime:
    return moment_of(on, place.closes, place.zone)


def _outside(place: Place, on: date, starts_at: datetime, ends_at: datetime) -> tuple[int, int]:
    """Minutes before the working hours of a date and after them."""
    none = timedelta()
    early = max(none, opens_at(place, on) - starts_at)
    late = max(none, ends_at - closes_at(place, on))
    return early // MINUTE, late // MINUTE


@lru_cache(maxsize=20_000)
def moment_of(on: date, local: time, zone: str) -> datetime:
    """The moment of a time on the clock; of one that the clocks skip, as much later."""
    return datetime.combine(on, local, ZoneInfo(zone)).astimezone(UTC)
