"""Calendar files, read back by two other libraries: the moments are right in the zones of both sides."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from typing import Any
from zoneinfo import ZoneInfo

import ics
import pytest
import vobject
from dateutil.tz import tzical
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.domain.calendar.shipped import PLACES
from trainer.domain.calendar import Place, changes_of
from trainer.interchange.icalendar import DueDay, Meeting, write_calendar

CHANGED = datetime(2027, 2, 1, 12, tzinfo=UTC)
TALK = Meeting(
    uid="talk@entente",
    title="Kobe Seiki: talk; prices, “all” of them",
    starts_at=datetime(2027, 6, 2, 7, 30, tzinfo=UTC),
    minutes=60,
    zone="Asia/Tokyo",
    place="Video call",
    words="16:30 in Kobe\n09:30 in Oslo\n\nAgenda: prices, service; \\ and more\n" + "A long line. " * 20,
    sequence=3,
    changed_at=CHANGED,
)
DUE = DueDay("check@entente", "Try the connection", date(2027, 5, 31), "Sound, screen.", 3, CHANGED)


def by_vobject(data: bytes) -> dict[str, tuple[Any, Any, str]]:
    events = vobject.readOne(data.decode()).vevent_list
    return {each.uid.value: (each.dtstart.value, each.dtend.value, each.description.value) for each in events}


def by_ics(data: bytes) -> dict[str, tuple[Any, Any, str]]:
    events = ics.Calendar(data.decode()).events
    return {each.uid: (each.begin.datetime, each.end.datetime, each.description) for each in events}


readers = pytest.mark.parametrize("read", [by_vobject, by_ics])
Read = Callable[[bytes], dict[str, tuple[Any, Any, str]]]


@readers
def test_a_meeting_is_read_back_as_it_was_written(read: Read) -> None:
    begins, ends, words = read(write_calendar("Ours", [TALK]))[TALK.uid]

    assert (begins, ends) == (TALK.starts_at, TALK.starts_at + timedelta(hours=1))
    assert [begins.astimezone(ZoneInfo(zone)).strftime("%H:%M") for zone in ("Asia/Tokyo", "Europe/Oslo")] == [
        "16:30",
        "09:30",
    ]
    assert words == TALK.words


@readers
@settings(max_examples=30, deadline=None)
@given(st.sampled_from(PLACES), st.sampled_from(PLACES), st.integers(0, 5 * 365 * 24 * 4), st.integers(5, 600))
def test_at_any_time_both_sides_read_the_clock_that_they_have(
    read: Read, ours: Place, theirs: Place, quarter: int, minutes: int
) -> None:
    starts_at = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=15 * quarter)
    meeting = replace(TALK, uid=f"{theirs.zone}{quarter}@x", starts_at=starts_at, zone=theirs.zone, minutes=minutes)

    begins, ends, _ = read(write_calendar("Ours", [meeting]))[meeting.uid]

    for place in (ours, theirs):
        zone = ZoneInfo(place.zone)
        assert begins.astimezone(zone).replace(tzinfo=None) == starts_at.astimezone(zone).replace(tzinfo=None)
    assert ends - begins == timedelta(minutes=minutes) or ends == starts_at + timedelta(minutes=minutes)


@readers
@pytest.mark.parametrize("zone", ["Europe/London", "America/New_York", "Atlantic/Canary"])
def test_around_a_clock_change_the_moment_is_right(read: Read, zone: str) -> None:
    for change in changes_of(zone, datetime(2027, 1, 1, tzinfo=UTC), datetime(2028, 1, 1, tzinfo=UTC)):
        for minutes in (-60, -30, 30, 90, 150):
            starts_at = change + timedelta(minutes=minutes)
            there = starts_at.astimezone(ZoneInfo(zone))
            if there.replace(fold=0).utcoffset() != there.replace(fold=1).utcoffset():
                continue  # the hour that stands twice: a local time cannot tell which
            data = write_calendar("Ours", [replace(TALK, starts_at=starts_at, zone=zone)])

            assert read(data)[TALK.uid][0] == starts_at


@settings(max_examples=60)
@given(st.sampled_from(PLACES), st.integers(0, 700 * 24 * 4))
def test_a_reader_that_knows_no_zone_finds_its_clock_changes_in_the_file(place: Place, quarter: int) -> None:
    data = write_calendar("Ours", [replace(TALK, zone=place.zone)]).decode()
    written = tzical(StringIO(data[data.index("BEGIN:VTIMEZONE") : data.index("BEGIN:VEVENT")])).get()
    zone = ZoneInfo(place.zone)
    at = TALK.starts_at + timedelta(minutes=15 * (quarter - 350 * 24 * 4))
    there = at.astimezone(zone)
    assume(there.replace(fold=0).utcoffset() == there.replace(fold=1).utcoffset())

    assert there.replace(tzinfo=written).utcoffset() == there.utcoffset()


def test_a_due_day_is_all_day_and_blocks_nobody() -> None:
    (event,) = ics.Calendar(write_calendar("Ours", [], [DUE]).decode()).events
    (raw,) = vobject.readOne(write_calendar("Ours", [], [DUE]).decode()).vevent_list

    assert event.all_day
    assert (raw.dtstart.value, raw.dtend.value, raw.transp.value) == (
        date(2027, 5, 31),
        date(2027, 6, 1),
        "TRANSPARENT",
    )


def test_a_meeting_reminds_a_quarter_of_an_hour_before_a_cancelled_one_does_not() -> None:
    kept, cancelled = (
        vobject.readOne(write_calendar("Ours", [replace(TALK, is_cancelled=off)]).decode()).vevent
        for off in (False, True)
    )

    assert kept.valarm.trigger.value == timedelta(minutes=-15)
    assert (kept.status.value, cancelled.status.value) == ("CONFIRMED", "CANCELLED")
    assert not hasattr(cancelled, "valarm")
    assert kept.uid.value == cancelled.uid.value
    assert kept.sequence.value == "3"


def test_the_same_content_is_the_same_file_in_lines_of_75_octets() -> None:
    data = write_calendar("Ours", [TALK], [DUE])

    assert data == write_calendar("Ours", [TALK], [DUE])
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    assert data.count(b"BEGIN:VTIMEZONE") == 1
    assert b"DTSTART;TZID=Asia/Tokyo:20270602T163000" in data


def test_what_people_write_cannot_add_a_line_of_its_own() -> None:
    evil = replace(TALK, title="x\r\nATTENDEE:mailto:eve@example.org", place="y\nBEGIN:VALARM", words="z\r\nEND:VEVENT")
    event = vobject.readOne(write_calendar("x", [evil]).decode()).vevent

    assert not hasattr(event, "attendee")
    assert event.location.value == "y\nBEGIN:VALARM"


@readers
def test_a_name_with_line_breaks_is_one_line(read: Read) -> None:
    data = write_calendar("Line\r\nX-EVIL:1\rmore", [TALK])

    assert b"X-WR-CALNAME:Line X-EVIL:1 more" in data
    assert read(data)
