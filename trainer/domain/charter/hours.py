"""When the contacts of a charter are at work: in both zones, on a day, and together."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from zoneinfo import ZoneInfo

from trainer.domain.calendar import Day
from trainer.domain.charter.values import Charter, Contact, Home
from trainer.domain.parties import Party

SpecialDay = Callable[[str, str, date], Day | None]
"""The holiday or make-up day of a country and its part, None on other days."""
DAY = timedelta(days=1)
ENOUGH_OVERLAP = timedelta(hours=1)
MAX_DAYS_AHEAD = 120
"""Nobody waits longer for a contact; the search ends there."""


class Presence(StrEnum):
    """Whether a contact can be reached at a moment, and what keeps them: the first that applies."""

    IN_HOURS = "in hours"
    AWAY = "away"
    HOLIDAY = "holiday"
    DAY_OFF = "day off"
    OUT_OF_HOURS = "out of hours"
    UNKNOWN = "hours unknown"


@dataclass(frozen=True, slots=True)
class Standing:
    """A contact at a moment: their local time, and whether they are there; `name` is that of a holiday."""

    presence: Presence
    local: datetime | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class HoursSeen:
    """The hours of a contact as the clocks of a zone show them; `shift` is 1 where it is the day after there."""

    zone: str
    opens: datetime
    closes: datetime
    shift: int


def standing_of(contact: Contact, home: Home, at: datetime, special_day: SpecialDay) -> Standing:
    if not contact.zone:
        return Standing(Presence.UNKNOWN)
    local = at.astimezone(_zone(contact.zone))
    if contact.is_away(local.date()):
        return Standing(Presence.AWAY, local)
    special = special_day(home.country, home.subdivision, local.date()) if home.country else None
    if special is not None and special.is_off:
        return Standing(Presence.HOLIDAY, local, special.words)
    if not contact.has_hours:
        return Standing(Presence.UNKNOWN, local)
    if special is None and local.weekday() not in contact.workdays:
        return Standing(Presence.DAY_OFF, local)
    begins, ends = _span(contact, local.date())
    return Standing(Presence.IN_HOURS if begins <= at < ends else Presence.OUT_OF_HOURS, local)


def reachable_from(
    contact: Contact, home: Home, at: datetime, until: datetime, special_day: SpecialDay
) -> datetime | None:
    """The first moment from `at` to before `until` at which a contact is at work; None where there is none."""
    if not contact.has_hours:
        return None
    for begins, ends in _work_times(contact, home, at, until, special_day):
        if ends > at and begins < until:
            return max(begins, at)
    return None


def hours_seen(contact: Contact, zone: str, day: date) -> HoursSeen | None:
    """Their hours of a day of theirs in another zone; None where they are not known."""
    if not contact.has_hours or not zone:
        return None
    begins, ends = (each.astimezone(_zone(zone)) for each in _span(contact, day))
    return HoursSeen(zone, begins, ends, (begins.date() - day).days)


def overlap(ours: Contact, theirs: Contact, week_of: date) -> timedelta | None:
    """The longest time of a day of ours, in the week from a day on, at which both work; None where hours are unknown.

    Holidays and absences are left out of account: it is about an ordinary week.
    """
    if not (ours.has_hours and theirs.has_hours):
        return None
    longest = timedelta()
    for number in range(7):
        day = week_of + number * DAY
        if day.weekday() not in ours.workdays:
            continue
        begins, ends = _span(ours, day)
        together = timedelta()
        for other in (day - DAY, day, day + DAY):
            if other.weekday() in theirs.workdays:
                other_begins, other_ends = _span(theirs, other)
                together += max(min(ends, other_ends) - max(begins, other_begins), timedelta())
        longest = max(longest, together)
    return longest


def zone_of(charter: Charter, side: Party) -> str:
    """The zone of most of a side's contacts, the first named of several; empty where none is known."""
    zones = [each.zone for each in charter.contacts if each.side is side and each.zone]
    return max(zones, key=zones.count, default="")


def _work_times(
    contact: Contact, home: Home, at: datetime, until: datetime, special_day: SpecialDay
) -> Iterator[tuple[datetime, datetime]]:
    first, last = at.astimezone(_zone(contact.zone)).date(), until.astimezone(_zone(contact.zone)).date()
    for number in range(min((last - first).days, MAX_DAYS_AHEAD) + 1):
        day = first + number * DAY
        if contact.is_away(day):
            continue
        special = special_day(home.country, home.subdivision, day) if home.country else None
        if special.is_off if special else day.weekday() not in contact.workdays:
            continue
        yield _span(contact, day)


def _span(contact: Contact, day: date) -> tuple[datetime, datetime]:
    """Begin and end of a contact's day in UTC."""
    assert contact.opens is not None
    assert contact.closes is not None
    zone = _zone(contact.zone)
    begins, ends = (datetime.combine(day, clock, zone) for clock in (contact.opens, contact.closes))
    return begins.astimezone(UTC), ends.astimezone(UTC)


@lru_cache(maxsize=256)
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)
