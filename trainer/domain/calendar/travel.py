"""How long before a meeting to arrive: by the hours between the zones and whether one flies through the night."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from trainer.domain.calendar.changes import ahead
from trainer.domain.calendar.days import Day, day_at
from trainer.domain.calendar.moments import in_zone
from trainer.domain.calendar.places import Place

STEPS = ((9, 2), (4, 1))
"""From so many hours between the zones on, arrive so many days before."""
FULL_DAY = 1440


@dataclass(frozen=True, slots=True)
class Arrival:
    """Days that a journey leaves before the meeting against those that are advised, and the day of landing."""

    lands: Day
    hours_apart: float
    days_before: int
    days_advised: int

    @property
    def is_enough(self) -> bool:
        return self.days_before >= self.days_advised

    @property
    def lands_on_a_day_off(self) -> bool:
        """Shops, offices and hosts may be closed."""
        return self.lands.is_off


def days_advised(hours_apart: float, is_night_flight: bool) -> int:
    """Days to arrive before a meeting.

    A rule of thumb of this house, no medical rule and taken from no source: nothing for up to 3 hours between the
    zones, 1 day from 4 hours on, 2 days from 9 hours on, and 1 day where there would be none after a night flight.
    Whoever knows that they need longer should take longer.
    """
    advised = next((days for hours, days in STEPS if hours_apart >= hours), 0)
    return max(advised, 1) if is_night_flight else advised


def arrival(from_zone: str, to: Place, lands_at: datetime, starts_at: datetime, *, is_night_flight: bool) -> Arrival:
    """How a landing at a place lies before a meeting there; days are calendar days of that place."""
    lands_on = in_zone(lands_at, to.zone).date()
    meets_on: date = in_zone(starts_at, to.zone).date()
    hours = hours_apart(from_zone, to.zone, lands_at)
    return Arrival(day_at(to, lands_on), hours, (meets_on - lands_on).days, days_advised(hours, is_night_flight))


def hours_apart(first_zone: str, second_zone: str, at: datetime) -> float:
    """Hours by which a body clock is off, at most 12: the date line does not tire anybody."""
    minutes = abs(ahead(first_zone, second_zone, at)) % FULL_DAY
    return min(minutes, FULL_DAY - minutes) / 60


def latest_arrival(from_zone: str, to: Place, starts_at: datetime, *, is_night_flight: bool) -> Day:
    """The last day on which to land, by the advice."""
    advised = days_advised(hours_apart(from_zone, to.zone, starts_at), is_night_flight)
    return day_at(to, in_zone(starts_at, to.zone).date() - timedelta(days=advised))
