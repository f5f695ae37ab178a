"""Arriving in time: by the hours between the zones and the night in the air."""

from datetime import UTC, date, datetime

import pytest

from tests.domain.calendar.shipped import place
from trainer.domain.calendar import arrival, days_advised, hours_apart, latest_arrival

SUMMER = datetime(2027, 6, 2, 12, tzinfo=UTC)
MEETING = datetime(2027, 6, 2, 1, tzinfo=UTC)
"""10:00 on Wednesday 2 June in Tokyo."""


@pytest.mark.parametrize(
    ("hours", "by_day", "by_night"),
    [(0, 0, 1), (3, 0, 1), (4, 1, 1), (8.5, 1, 1), (9, 2, 2), (12, 2, 2)],
)
def test_the_buffer_grows_with_the_hours_and_a_night_flight_needs_a_day(
    hours: float, by_day: int, by_night: int
) -> None:
    assert (days_advised(hours, False), days_advised(hours, True)) == (by_day, by_night)


@pytest.mark.parametrize(
    ("first", "second", "hours"),
    [
        ("Europe/Oslo", "Asia/Tokyo", 7),
        ("Asia/Tokyo", "Europe/Oslo", 7),
        ("America/New_York", "Asia/Tokyo", 11),
        ("Europe/London", "Asia/Kolkata", 4.5),
        ("Pacific/Kiritimati", "Pacific/Pago_Pago", 1),
        ("Europe/Paris", "Europe/Madrid", 0),
    ],
)
def test_hours_apart_are_those_of_the_body_clock(first: str, second: str, hours: float) -> None:
    assert hours_apart(first, second, SUMMER) == hours


def test_an_arrival_is_held_against_the_advice_and_the_day_of_landing() -> None:
    landed = arrival(
        "Europe/Oslo", place("Tokyo"), datetime(2027, 5, 31, 23, tzinfo=UTC), MEETING, is_night_flight=True
    )

    assert (landed.lands.on, landed.days_before, landed.days_advised) == (date(2027, 6, 1), 1, 1)
    assert landed.is_enough
    assert not landed.lands_on_a_day_off


def test_too_short_and_on_a_day_off() -> None:
    monday = datetime(2027, 6, 7, 1, tzinfo=UTC)
    landed = arrival(
        "America/New_York", place("Tokyo"), datetime(2027, 6, 6, 3, tzinfo=UTC), monday, is_night_flight=True
    )

    assert (landed.days_before, landed.days_advised, landed.is_enough) == (1, 2, False)
    assert landed.lands_on_a_day_off


def test_the_last_day_to_land_is_named() -> None:
    assert latest_arrival("America/New_York", place("Tokyo"), MEETING, is_night_flight=False).on == date(2027, 5, 31)
    assert latest_arrival("Asia/Seoul", place("Tokyo"), MEETING, is_night_flight=False).on == date(2027, 6, 2)
