"""Clock changes against `zoneinfo` itself: every pair of zones of the shipped countries, over five years."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import combinations, pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.calendar.shipped import PLACES, place
from trainer.domain.calendar import Place, ahead, changes_near, changes_of, moment, series_traps, spreads

FIRST, LAST = datetime(2026, 1, 1, tzinfo=UTC), datetime(2031, 1, 1, tzinfo=UTC)
ZONES = tuple(dict.fromkeys(place.zone for place in PLACES))
PAIRS = tuple(combinations(ZONES, 2))
HOUR = timedelta(hours=1)
SECOND = timedelta(seconds=1)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def gap(first: str, second: str, at: datetime) -> int:
    """Minutes between the clocks on two walls, without our code."""
    walls = (at.astimezone(ZoneInfo(zone)).replace(tzinfo=None) for zone in (second, first))
    return int((next(walls) - next(walls)).total_seconds() // 60)


@pytest.mark.parametrize("pair", PAIRS, ids="-".join)
def test_the_time_between_two_zones_is_that_of_the_clocks_at_each_end_of_each_part(pair: tuple[str, str]) -> None:
    parts = spreads(*pair, FIRST, LAST)

    assert (parts[0].starts_at, parts[-1].ends_at) == (FIRST, LAST)
    for part, following in zip(parts, (*parts[1:], None), strict=True):
        assert gap(*pair, part.starts_at) == gap(*pair, part.ends_at - SECOND) == part.minutes
        assert following is None or (following.starts_at == part.ends_at and following.minutes != part.minutes)


@given(st.sampled_from(PAIRS), st.integers(0, int((LAST - FIRST) / HOUR) - 1))
def test_at_any_hour_the_time_between_two_zones_is_that_of_the_clocks(pair: tuple[str, str], hour: int) -> None:
    at = FIRST + hour * HOUR
    part = next(each for each in spreads(*pair, FIRST, LAST) if each.starts_at <= at < each.ends_at)

    assert part.minutes == gap(*pair, at) == ahead(*pair, at)


@pytest.mark.parametrize("zone", ZONES)
def test_clock_changes_are_all_found_and_nothing_else(zone: str) -> None:
    hours = int((LAST - FIRST) / HOUR)
    offsets = [(FIRST + number * HOUR).astimezone(ZoneInfo(zone)).utcoffset() for number in range(hours)]
    expected = [FIRST + number * HOUR for number in range(1, hours) if offsets[number] != offsets[number - 1]]

    assert list(changes_of(zone, FIRST, LAST)) == expected


def test_a_change_at_the_border_of_two_days_of_the_search_is_found() -> None:
    change = utc("2027-03-14T07:00")

    assert changes_of("America/New_York", change - timedelta(days=3), change + timedelta(days=3)) == (change,)
    assert changes_of("America/New_York", change, change + timedelta(days=3)) == ()


def test_in_2027_new_york_and_london_are_four_hours_apart_for_two_weeks_in_spring_and_one_in_autumn() -> None:
    parts = spreads("America/New_York", "Europe/London", utc("2027-01-01"), utc("2028-01-01"))

    assert [(each.starts_at, each.ends_at) for each in parts if each.minutes == 4 * 60] == [
        (utc("2027-03-14T07:00"), utc("2027-03-28T01:00")),
        (utc("2027-10-31T01:00"), utc("2027-11-07T06:00")),
    ]
    assert {each.minutes for each in parts} == {4 * 60, 5 * 60}


def test_two_zones_that_change_at_one_moment_stay_as_far_apart() -> None:
    (whole,) = spreads("Europe/Paris", "Europe/London", utc("2027-01-01"), utc("2028-01-01"))

    assert whole.minutes == -60


def test_the_same_time_as_usual_in_new_york_is_another_time_in_london_twice_a_spring() -> None:
    traps = series_traps(
        datetime.combine(date(2027, 3, 3), time(10)), "America/New_York", 8, [place("London"), place("New York")]
    )

    assert [trap.words for trap in traps] == [
        "London: 14:00 instead of 15:00 from Wednesday 17 March 2027 on.",
        "London: 15:00 instead of 14:00 from Wednesday 31 March 2027 on.",
    ]
    assert [trap.minutes for trap in traps] == [-60, 60]


def test_a_jump_over_midnight_is_one_hour_too() -> None:
    traps = series_traps(datetime.combine(date(2027, 3, 2), time(15)), "Europe/London", 6, [place("Tokyo")])

    assert [(trap.local.hour, trap.before.hour, trap.minutes) for trap in traps] == [(23, 0, -60)]


@given(
    st.sampled_from(PLACES),
    st.sampled_from(PLACES),
    st.dates(date(2026, 1, 1), date(2029, 12, 31)),
    st.integers(6, 20),
)
def test_a_series_jumps_where_the_time_between_the_zones_changes(
    here: Place, there: Place, first: date, hour: int
) -> None:
    local = datetime.combine(first, time(hour))
    starts = [moment(local + timedelta(weeks=number), here.zone) for number in range(52)]
    jumps = [
        at for before, at in pairwise(starts) if gap(here.zone, there.zone, before) != gap(here.zone, there.zone, at)
    ]

    assert [trap.starts_at for trap in series_traps(local, here.zone, 52, [there])] == jumps


def test_changes_near_a_date_are_named() -> None:
    assert changes_near(place("London"), date(2027, 3, 20)) == (utc("2027-03-28T01:00"),)
    assert changes_near(place("Tokyo"), date(2027, 3, 20)) == ()
