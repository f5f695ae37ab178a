"""Calendar files (RFC 5545): meetings with their time zone, days on which something is due, each under a stable id."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from icalendar import Alarm, Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard

from trainer.domain.calendar import changes_of, in_zone

TYPE = "text/calendar; charset=utf-8"
MAKER = "-//Entente//Engagements//EN"
ALARM_BEFORE = timedelta(minutes=15)
MARGIN = timedelta(days=400)
"""A zone is written out for so long before the first meeting in it and after the last."""


@dataclass(frozen=True, slots=True)
class Meeting:
    """`sequence` grows with each change, and `changed_at` says when that was. `zone` is the meeting's own."""

    uid: str
    title: str
    starts_at: datetime
    minutes: int
    zone: str
    place: str
    words: str
    sequence: int
    changed_at: datetime
    is_cancelled: bool = False


@dataclass(frozen=True, slots=True)
class DueDay:
    """A day on which something is due: all day, and nobody is busy for it."""

    uid: str
    title: str
    on: date
    words: str
    sequence: int
    changed_at: datetime


def write_calendar(name: str, meetings: Iterable[Meeting], due_days: Iterable[DueDay] = ()) -> bytes:
    """A calendar of this name. The same for the same content: no clock is read.

    The zones of all meetings are written out with their clock changes, so that a reader needs no list of its own.
    """
    calendar = Calendar()
    calendar.add("prodid", MAKER)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", " ".join(name.split()))  # the library escapes no line break here
    meetings = tuple(meetings)
    for zone in sorted({each.zone for each in meetings}):
        there = [each.starts_at for each in meetings if each.zone == zone]
        calendar.add_component(_zone(zone, min(there) - MARGIN, max(there) + MARGIN))
    for meeting in meetings:
        calendar.add_component(_event(meeting))
    for due in due_days:
        calendar.add_component(_day(due))
    return bytes(calendar.to_ical())


def _zone(zone: str, first: datetime, last: datetime) -> Timezone:
    """A zone between two moments, a part for each time that its clocks are changed.

    The library's own writing puts the change of spring an hour late: a part begins by the clock that it ends.
    """
    written = Timezone()
    written.add("tzid", zone)
    first = first.replace(microsecond=0)
    for at in (first, *changes_of(zone, first, last)):
        before, after = in_zone(at - timedelta(seconds=at != first), zone), in_zone(at, zone)
        part = TimezoneDaylight() if after.dst() else TimezoneStandard()
        offset = before.utcoffset() or timedelta()
        part.add("dtstart", (at + offset).replace(tzinfo=None))
        part.add("tzoffsetfrom", offset)
        part.add("tzoffsetto", after.utcoffset() or timedelta())
        part.add("tzname", after.tzname())
        written.add_component(part)
    return written


def _event(meeting: Meeting) -> Event:
    event = Event()
    starts = in_zone(meeting.starts_at, meeting.zone)
    event.add("uid", meeting.uid)
    event.add("dtstamp", meeting.changed_at)
    event.add("last-modified", meeting.changed_at)
    event.add("sequence", meeting.sequence)
    event.add("summary", meeting.title)
    event.add("dtstart", starts)
    event.add("dtend", in_zone(meeting.starts_at + timedelta(minutes=meeting.minutes), meeting.zone))
    if meeting.place:
        event.add("location", meeting.place)
    event.add("description", meeting.words)
    event.add("status", "CANCELLED" if meeting.is_cancelled else "CONFIRMED")
    if not meeting.is_cancelled:
        event.add_component(_alarm(meeting.title))
    return event


def _day(due: DueDay) -> Event:
    event = Event()
    event.add("uid", due.uid)
    event.add("dtstamp", due.changed_at)
    event.add("sequence", due.sequence)
    event.add("summary", due.title)
    event.add("dtstart", due.on)
    event.add("dtend", due.on + timedelta(days=1))
    event.add("description", due.words)
    event.add("transp", "TRANSPARENT")
    return event


def _alarm(title: str) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", -ALARM_BEFORE)
    alarm.add("description", title)
    return alarm
