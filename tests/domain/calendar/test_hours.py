"""How a meeting lies in the day of a place: who gets up early, who stays late, where nobody works."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.calendar.shipped import PLACES, place
from trainer.domain.calendar import DayKind, Fit, Place, attend, closes_at, day_at, in_zone, length, opens_at

FIRST = datetime(2026, 1, 1, tzinfo=UTC)


def tokyo(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+09:00").astimezone(UTC)


@pytest.mark.parametrize(
    ("starts", "fit", "outside", "words"),
    [
        ("2027-06-02T09:00", Fit.IN_HOURS, 0, "Tokyo: in working hours, 09:00 to 10:00."),
        ("2027-06-02T17:00", Fit.IN_HOURS, 0, "Tokyo: in working hours, 17:00 to 18:00."),
        ("2027-06-02T07:30", Fit.EARLY, 90, "Tokyo gets up early: 07:30, 1 h 30 min before work begins."),
        ("2027-06-02T17:15", Fit.LATE, 15, "Tokyo stays late: until 18:15, 15 min after work ends."),
        ("2027-06-02T23:30", Fit.LATE, 390, "Tokyo stays late: until 00:30, 6 h 30 min after work ends."),
        ("2027-06-05T10:00", Fit.OFF, 0, "Tokyo: nobody works that day (Saturday is a day off)."),
        ("2027-05-03T10:00", Fit.OFF, 0, "Tokyo: nobody works that day (Constitution Day)."),
    ],
)
def test_how_a_meeting_lies_in_the_day_is_said(starts: str, fit: Fit, outside: int, words: str) -> None:
    attendance = attend(place("Tokyo"), tokyo(starts), 60)

    assert (attendance.fit, attendance.outside, attendance.words) == (fit, outside, words)


def test_a_meeting_late_on_friday_belongs_to_friday_past_midnight_too() -> None:
    attendance = attend(place("Tokyo"), tokyo("2027-06-05T00:30"), 60)

    assert attendance.day.on == date(2027, 6, 4)
    assert attendance.fit is Fit.LATE


def test_a_meeting_early_on_monday_belongs_to_monday() -> None:
    attendance = attend(place("Tokyo"), tokyo("2027-06-07T04:00"), 60)

    assert (attendance.day.on, attendance.day.kind, attendance.early) == (date(2027, 6, 7), DayKind.WORKING, 300)


@pytest.mark.parametrize(("minutes", "words"), [(0, "0 min"), (15, "15 min"), (60, "1 h"), (135, "2 h 15 min")])
def test_a_length_is_said_in_hours_and_minutes(minutes: int, words: str) -> None:
    assert length(minutes) == words


@given(
    st.sampled_from(PLACES),
    st.integers(0, 5 * 365 * 24 * 60).map(lambda minutes: FIRST + timedelta(minutes=minutes)),
    st.integers(5, 240),
)
def test_minutes_outside_are_those_of_the_clock(where: Place, starts_at: datetime, minutes: int) -> None:
    attendance = attend(where, starts_at, minutes)
    ends_at = starts_at + timedelta(minutes=minutes)
    day = attendance.day.on

    assert attendance.starts == starts_at
    assert attendance.day == day_at(where, day)
    assert attendance.outside == 0 or starts_at < opens_at(where, day) or ends_at > closes_at(where, day)
    assert abs((in_zone(starts_at, where.zone).date() - day).days) <= 1
    if attendance.outside == 0:
        assert opens_at(where, day) <= starts_at < ends_at <= closes_at(where, day)
