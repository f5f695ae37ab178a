"""Meeting windows for two to five places, against a search minute by minute; and what is least bad if there is none."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.domain.calendar.shipped import PLACES, place
from trainer.domain.calendar import (
    Fit,
    Place,
    SearchTooWide,
    attend,
    find_windows,
    in_zone,
    least_bad,
    slots_on,
)

QUARTER = timedelta(minutes=15)
WEDNESDAY = date(2027, 6, 2)
some_places = st.lists(st.sampled_from(PLACES), min_size=2, max_size=5, unique=True)
some_days = st.dates(date(2026, 1, 5), date(2030, 12, 20))


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_a_window_is_when_all_are_at_work() -> None:
    (window,) = find_windows([place("London"), place("New York")], 60, WEDNESDAY, WEDNESDAY)

    assert (window.opens_at, window.closes_at) == (utc("2027-06-02T13:00"), utc("2027-06-02T17:00"))


def test_what_is_shorter_than_the_meeting_is_no_window() -> None:
    places = [place("London"), place("New York")]

    assert find_windows(places, 240, WEDNESDAY, WEDNESDAY)
    assert not find_windows(places, 241, WEDNESDAY, WEDNESDAY)


def test_on_a_holiday_of_one_there_is_no_window() -> None:
    monday = date(2027, 5, 31)

    assert not find_windows([place("London"), place("Paris")], 60, monday, monday)


@settings(max_examples=40)
@given(some_places, some_days, st.sampled_from((30, 60, 90)))
def test_a_time_lies_in_a_window_just_when_every_place_is_in_hours(
    places: list[Place], first: date, minutes: int
) -> None:
    last = first + timedelta(days=3)
    windows = find_windows(places, minutes, first, last)
    noon = datetime.combine(first, datetime.min.time(), UTC) + timedelta(hours=12)

    for number in range(3 * 24 * 4):
        at = noon + number * QUARTER
        if not first < in_zone(at, places[0].zone).date() < last:
            continue
        suits = all(attend(each, at, minutes).fit is Fit.IN_HOURS for each in places)
        assert suits == any(
            each.opens_at <= at and at + timedelta(minutes=minutes) <= each.closes_at for each in windows
        )


def test_the_least_bad_slot_says_who_gets_up_early_and_who_stays_late() -> None:
    slot, *_ = least_bad([place("New York"), place("Tokyo")], 60, WEDNESDAY, WEDNESDAY)

    assert [each.words for each in slot.attendances] == [
        "New York stays late: until 19:30, 1 h 30 min after work ends.",
        "Tokyo gets up early: 07:30, 1 h 30 min before work begins.",
    ]
    assert (slot.worst, slot.total, slot.bearers) == (90, 180, ("New York", "Tokyo"))


@settings(max_examples=40)
@given(some_places, some_days)
def test_no_slot_of_the_day_is_better_than_the_least_bad(places: list[Place], on: date) -> None:
    slots = list(slots_on(places, 60, on))
    best = least_bad(places, 60, on, on)

    assert all(in_zone(slot.starts_at, places[0].zone).date() == on for slot in slots)
    assert bool(best) == bool(slots)
    if best:
        assert best[0].worst == min(slot.worst for slot in slots)
    if find_windows(places, 90, on, on):
        assert best[0].worst == 0


def test_one_slot_a_day_is_named_the_least_bad_days_first_and_no_more_than_asked_for() -> None:
    slots = least_bad([place("New York"), place("Tokyo")], 60, date(2027, 6, 1), date(2027, 6, 14), most=3)

    assert len({slot.starts_at.date() for slot in slots}) == 3
    assert [slot.worst for slot in slots] == sorted(slot.worst for slot in slots)


def test_a_week_that_is_off_for_one_has_no_slot_at_all() -> None:
    assert least_bad([place("Shanghai"), place("Paris")], 60, date(2027, 2, 6), date(2027, 2, 10)) == ()


@pytest.mark.parametrize(
    ("places", "minutes", "days"),
    [
        (PLACES[:1], 60, 1),
        (PLACES[:6], 60, 1),
        (PLACES[:2], 0, 1),
        (PLACES[:2], 1441, 1),
        (PLACES[:2], 60, -1),
        (PLACES[:2], 60, 92),
    ],
)
def test_a_search_that_is_too_wide_or_empty_is_refused(places: tuple[Place, ...], minutes: int, days: int) -> None:
    for search in (find_windows, least_bad):
        with pytest.raises(SearchTooWide):
            search(places, minutes, WEDNESDAY, WEDNESDAY + timedelta(days=days))
