"""The rules of a company: what may be chosen, that stricter is stricter, and what policy a row of changes comes to."""

from dataclasses import fields, replace
from datetime import timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import LEARNT, NOW, competency, known_cell
from trainer.domain.company import LIMITS, SHIPPED_RULES, CompanyRules, Policy, Visibility, policy_of, problems_of
from trainer.domain.content import CompetencyKind
from trainer.domain.mastery import Forecast
from trainer.domain.readiness import (
    Band,
    Evidence,
    Person,
    Readiness,
    Requirement,
    Rules,
    Seat,
    SeatState,
    assess,
    band_of,
)

COMPETENCIES = {
    "greeting": competency("greeting"),
    "speaking": competency("speaking", CompetencyKind.LANGUAGE),
}
valid_rules = st.builds(
    Rules,
    min_answers=st.integers(int(LIMITS["min_answers"].low), int(LIMITS["min_answers"].high)),
    max_width=st.floats(LIMITS["max_width"].low, LIMITS["max_width"].high),
    ready_margin=st.floats(LIMITS["ready_margin"].low, LIMITS["ready_margin"].high),
    interpreter_target=st.floats(LIMITS["interpreter_target"].low, LIMITS["interpreter_target"].high),
)
forecasts = st.builds(
    lambda shares, answers: Forecast(shares[1], shares[0], shares[2], answers),
    st.tuples(st.floats(0.0, 1.0), st.floats(0.0, 1.0), st.floats(0.0, 1.0)).map(sorted),
    st.integers(0, 40),
)
targets = st.floats(0.1, 0.95)
knowledge = st.lists(st.tuples(st.floats(-3.0, 3.0), st.floats(-3.0, 3.0), st.integers(0, 30)), min_size=1, max_size=4)
"""Of each person the level in both competencies, and the number of answers."""


@st.composite
def stricter_pairs(draw: st.DrawFn) -> tuple[Rules, Rules]:
    """Valid rules, and some that ask no less in anything."""
    one, other = draw(valid_rules), draw(valid_rules)
    return tuple(  # type: ignore[return-value]
        Rules(
            min_answers=strict(one.min_answers, other.min_answers),
            max_width=mild(one.max_width, other.max_width),
            ready_margin=mild(one.ready_margin, other.ready_margin),
            interpreter_target=strict(one.interpreter_target, other.interpreter_target),
        )
        for strict, mild in ((min, max), (max, min))
    )


def team_of(people: list[tuple[float, float, int]], target: float, rules: Rules, better: float = 0.0) -> Readiness:
    """Everybody in a speaking seat, and the first alone in another; `better` raises each level."""
    evidence, persons = {}, []
    for number, (greeting, speaking, answers) in enumerate(people):
        person = Person(UUID(int=number), f"Person {number}")
        persons.append(person)
        for name, level in (("greeting", greeting), ("speaking", speaking)):
            evidence[person.id, name] = Evidence(known_cell(level + better, answers=answers), NOW)
    musts = (Requirement("greeting", target, is_must=True), Requirement("speaking", target, is_must=True))
    seats = [
        Seat(UUID(int=1), "Lead", True, musts, tuple(persons)),
        Seat(UUID(int=2), "Expert", False, musts[:1], (persons[0],)),
    ]
    return assess(seats, evidence, COMPETENCIES, NOW, LEARNT, rules)


def places(readiness: Readiness) -> list[int]:
    """Where each band of each person stands, and each seat and the whole, from the lowest up."""
    bands, states = list(Band), list(SeatState)
    return [
        *(bands.index(each.band) for seat in readiness.seats for person in seat.people for each in person.standings),
        *(bands.index(person.band) for seat in readiness.seats for person in seat.people),
        *(states.index(seat.state) for seat in readiness.seats),
        states.index(readiness.state),
    ]


# What may be chosen


def test_every_rule_has_its_limits_and_the_shipped_ones_keep_them() -> None:
    assert set(LIMITS) == {field.name for field in fields(Rules)}
    assert problems_of(Rules()) == ()


@pytest.mark.parametrize("name", LIMITS)
def test_a_rule_may_be_as_little_and_as_much_as_its_limits_and_no_more(name: str) -> None:
    limit = LIMITS[name]

    for value, is_allowed in (
        (limit.low, True), (limit.high, True), (limit.low - 0.01, False), (limit.high + 0.01, False),
        (float("nan"), False), (float("inf"), False),
    ):  # fmt: skip
        rules = replace(Rules(), **{name: value})  # type: ignore[arg-type]
        assert problems_of(rules) == (() if is_allowed else (limit.words,))


# Stricter is stricter, better is better


@given(forecasts, targets, stricter_pairs(), st.booleans())
def test_stricter_rules_never_raise_a_band(
    expected: Forecast, target: float, pair: tuple[Rules, Rules], started: bool
) -> None:
    mild, strict = (list(Band).index(band_of(expected, target, rules, person_started=started)) for rules in pair)

    assert strict <= mild


@given(knowledge, targets, stricter_pairs())
def test_stricter_rules_never_raise_a_person_a_seat_or_a_team_and_never_spare_the_interpreter(
    people: list[tuple[float, float, int]], target: float, pair: tuple[Rules, Rules]
) -> None:
    mild, strict = (team_of(people, target, rules) for rules in pair)

    assert all(low <= high for low, high in zip(places(strict), places(mild), strict=True))
    assert set(mild.interpreter.seats) <= set(strict.interpreter.seats)


@given(forecasts, targets, valid_rules, st.floats(0.0, 1.0), st.integers(0, 10))
def test_a_better_forecast_from_as_many_answers_never_lowers_a_band_by_any_rules(
    expected: Forecast, target: float, rules: Rules, more: float, answers: int
) -> None:
    """Better: the middle and both ends are no lower, the range is no wider."""
    rise = more * (1.0 - expected.high)
    better = Forecast(
        expected.mean + rise, expected.low + rise, min(1.0, expected.high + rise), expected.answers + answers
    )

    before, after = (list(Band).index(band_of(each, target, rules)) for each in (expected, better))

    is_wider_by_rounding = better.high - better.low > rules.max_width >= expected.high - expected.low
    assert after >= before or is_wider_by_rounding


@given(knowledge, targets, valid_rules, st.floats(0.0, 2.0))
def test_who_knows_more_is_never_less_likely_to_be_ready_by_any_rules(
    people: list[tuple[float, float, int]], target: float, rules: Rules, more: float
) -> None:
    before, after = (team_of(people, target, rules, better) for better in (0.0, more))

    assert all(
        better.coverage >= worse.coverage - 1e-9 for worse, better in zip(before.seats, after.seats, strict=True)
    )
    assert after.all_covered >= before.all_covered - 1e-9
    assert set(after.interpreter.seats) <= set(before.interpreter.seats)


@given(knowledge, targets, valid_rules)
def test_rules_say_what_a_chance_is_called_and_never_change_it(
    people: list[tuple[float, float, int]], target: float, rules: Rules
) -> None:
    shipped, own = (team_of(people, target, each) for each in (Rules(), rules))

    assert [seat.coverage for seat in own.seats] == [seat.coverage for seat in shipped.seats]
    assert own.expected_ready == shipped.expected_ready
    assert own.rules == rules


# What managers see


def version(number: int, visibility: Visibility) -> CompanyRules:
    return CompanyRules(number, Rules(), visibility, f"reason {number}", NOW + timedelta(days=number))


def test_managers_see_bands_where_nobody_has_decided_anything() -> None:
    assert policy_of([]) == Policy(Visibility.BANDS) == Policy(SHIPPED_RULES.visibility)


def test_a_policy_stands_since_it_began_and_not_since_other_rules_changed() -> None:
    bands, numbers = Visibility.BANDS, Visibility.FORECAST

    assert policy_of([version(1, bands)]) == Policy(bands)
    assert policy_of([version(1, bands), version(2, numbers), version(3, numbers)]) == Policy(
        numbers, NOW + timedelta(days=2), "reason 2"
    )
    assert policy_of([version(1, numbers), version(2, bands), version(3, bands)]) == Policy(
        bands, NOW + timedelta(days=2), "reason 2"
    )
