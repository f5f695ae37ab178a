"""Bad hours go round: nobody bears them twice in a row where that can be avoided, and turns are counted."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import pairwise, product

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.domain.calendar.shipped import PLACES, place
from trainer.domain.calendar import Attendance, Day, DayKind, Place, rotate, weekly
from trainer.domain.calendar.rotation import LATITUDE, _go_round
from trainer.domain.calendar.windows import Slot, least_bad

TUESDAY = date(2027, 6, 1)


def test_two_places_far_apart_take_turns() -> None:
    rotation = rotate([place("New York"), place("Tokyo")], 60, weekly(TUESDAY, 10))

    assert rotation.repeats == 0
    assert rotation.turns == {"New York": 5, "Tokyo": 5}
    assert all(len(slot.bearers) == 1 for slot in rotation.slots)
    assert sum(rotation.minutes.values()) == sum(slot.total for slot in rotation.slots)


def test_where_all_are_in_hours_nobody_bears_anything() -> None:
    rotation = rotate([place("London"), place("Paris")], 60, weekly(TUESDAY, 5))

    assert rotation.turns == {"London": 0, "Paris": 0}
    assert rotation.repeats == 0


def test_a_date_on_which_one_is_off_is_named_and_left_out() -> None:
    rotation = rotate([place("London"), place("Tokyo")], 60, weekly(date(2027, 4, 20), 4))

    assert rotation.without == (date(2027, 5, 4),)
    assert len(rotation.slots) == 3


@settings(max_examples=15)
@given(
    st.lists(st.sampled_from(PLACES), min_size=2, max_size=4, unique=True), st.dates(date(2026, 1, 1), date(2029, 1, 1))
)
def test_a_turn_is_never_much_worse_than_the_least_bad_of_its_day(places: list[Place], first: date) -> None:
    dates = weekly(first, 4)
    rotation = rotate(places, 60, dates)
    least = [best[0].worst for on in dates if (best := least_bad(places, 60, on, on))]

    assert len(rotation.slots) == len(least)
    assert all(slot.worst <= worst + LATITUDE for slot, worst in zip(rotation.slots, least, strict=True))


bearers = st.frozensets(st.sampled_from("ABC"))


@given(st.lists(st.sets(bearers, min_size=1, max_size=4), min_size=1, max_size=4))
def test_no_other_choice_repeats_less(series: list[set[frozenset[str]]]) -> None:
    at = datetime(2027, 6, 1, tzinfo=UTC)
    choices = [{each: Slot(at, _attended(each)) for each in sorted(options, key=sorted)} for options in series]

    chosen = [frozenset(slot.bearers) for slot in _go_round(choices)]

    assert _repeats(chosen) == min(_repeats(each) for each in product(*choices))


def _repeats(series: Sequence[frozenset[str]]) -> int:
    return sum(len(before & after) for before, after in pairwise(series))


def _attended(names: frozenset[str]) -> tuple[Attendance, ...]:
    at = datetime(2027, 6, 1, tzinfo=UTC)
    day = Day(at.date(), DayKind.WORKING)
    return tuple(Attendance(replace(PLACES[0], name=name), at, at, day, 60 * (name in names), 0) for name in "ABC")
