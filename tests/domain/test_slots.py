"""Slots of a call for two sides, from holidays and time zones."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.domain.content import Side, SlotSearch
from trainer.domain.slots import (
    Clash,
    NoSlotFits,
    begins_on,
    find_slot,
    offered_slots,
    problems_of,
    slot_option,
)

OSLO = Side("Oslo", "NO", "Europe/Oslo", time(8), time(16))
TOKYO = Side("Tokyo", "JP", "Asia/Tokyo", time(9), time(18))
GOLDEN_WEEK = SlotSearch(OSLO, TOKYO, month=4, day=28, days=10, minutes=60)


def tokyo(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), ZoneInfo("Asia/Tokyo")).astimezone(UTC)


def test_a_slot_fits_when_both_sides_are_at_work() -> None:
    assert problems_of(GOLDEN_WEEK, tokyo(date(2027, 4, 28), 16)) == ()


@pytest.mark.parametrize(
    ("start", "country", "clash", "name"),
    [
        (tokyo(date(2027, 4, 29), 16), "JP", Clash.HOLIDAY, "Showa Day"),
        (tokyo(date(2027, 5, 1), 16), "NO", Clash.HOLIDAY, "Labor Day"),
        (tokyo(date(2027, 5, 8), 16), "NO", Clash.WEEKEND, ""),
        (tokyo(date(2027, 4, 28), 14), "NO", Clash.EARLY, ""),
        (tokyo(date(2027, 4, 28), 17, 30), "JP", Clash.LATE, ""),
    ],
)
def test_what_keeps_a_side_from_a_slot_is_named(start: datetime, country: str, clash: Clash, name: str) -> None:
    problem = problems_of(GOLDEN_WEEK, start)[0]

    assert (problem.side.country, problem.clash, problem.name) == (country, clash, name)


def test_a_day_off_that_is_worked_to_make_up_for_a_holiday_is_a_working_day() -> None:
    shanghai = Side("Shanghai", "CN", "Asia/Shanghai", time(9), time(18))
    search = replace(GOLDEN_WEEK, ours=shanghai, theirs=shanghai)
    sunday_before_new_year = datetime(2025, 1, 26, 3, 0, tzinfo=UTC)

    assert problems_of(search, sunday_before_new_year) == ()


@given(st.integers(2026, 2031), st.uuids())
def test_one_slot_that_is_offered_fits_and_the_others_do_not(year: int, seed: object) -> None:
    options = offered_slots(GOLDEN_WEEK, date(year, 1, 1), str(seed))

    assert [option.score for option in options].count(1.0) == 1
    assert len(options) == 4
    assert all(option.explanation.source for option in options)
    assert [find_slot(GOLDEN_WEEK, option.id) for option in options] == list(options)


def test_the_same_attempt_is_offered_the_same_slots_and_another_one_others() -> None:
    first, again, other = (offered_slots(GOLDEN_WEEK, date(2027, 1, 1), seed) for seed in ("a", "a", "b"))

    assert first == again
    assert first != other


def test_the_wrong_slots_are_wrong_for_different_reasons() -> None:
    options = offered_slots(GOLDEN_WEEK, date(2027, 1, 1), "a")

    kinds = set()
    for option in options:
        start = datetime.strptime(option.id, "%Y-%m-%dT%H:%MZ").replace(tzinfo=UTC)
        kinds |= {(problem.side.country, problem.clash) for problem in problems_of(GOLDEN_WEEK, start)[:1]}
    assert len(kinds) == 3


def test_the_words_of_a_slot_tell_both_local_times_and_the_reason() -> None:
    option = slot_option(GOLDEN_WEEK, tokyo(date(2027, 4, 29), 16))

    assert option.text.source == "Thursday 29 April: 09:00 in Oslo, 16:00 in Tokyo"
    assert option.explanation.source == "In Tokyo it is Showa Day."


def test_the_search_begins_on_the_next_such_day() -> None:
    assert begins_on(GOLDEN_WEEK, date(2027, 4, 28)) == date(2027, 4, 28)
    assert begins_on(GOLDEN_WEEK, date(2027, 4, 29)) == date(2028, 4, 28)


def test_sides_that_never_work_at_the_same_time_have_no_slot() -> None:
    auckland = Side("Auckland", "NZ", "Pacific/Auckland", time(9), time(17))

    with pytest.raises(NoSlotFits, match="Oslo and Auckland"):
        offered_slots(replace(GOLDEN_WEEK, theirs=auckland), date(2027, 1, 1), "a")


@pytest.mark.parametrize("name", ["", "tomorrow", "2027-04-28", "2027-13-01T07:00Z"])
def test_what_is_no_slot_is_not_found(name: str) -> None:
    assert find_slot(GOLDEN_WEEK, name) is None


@pytest.mark.parametrize(
    ("hour", "minute", "words"),
    [
        (17, 30, "In Tokyo it starts at 17:30 and ends after 18:00."),
        (18, 0, "In Tokyo it is 18:00: after work ends at 18:00."),
        (19, 30, "In Tokyo it is 19:30: after work ends at 18:00."),
    ],
)
def test_what_is_too_late_says_whether_it_begins_or_ends_so(hour: int, minute: int, words: str) -> None:
    option = slot_option(GOLDEN_WEEK, tokyo(date(2027, 4, 28), hour, minute))

    assert option.explanation.plain == words


def test_a_call_may_not_outlast_the_working_day() -> None:
    long_call = replace(GOLDEN_WEEK, minutes=120)
    start = tokyo(date(2027, 4, 28), 16, 30)

    assert problems_of(GOLDEN_WEEK, start - timedelta(minutes=30)) == ()
    assert problems_of(long_call, start)[0].clash is Clash.LATE
