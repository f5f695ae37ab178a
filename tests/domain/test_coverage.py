"""The chance that every seat is covered, against all outcomes written out."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import product
from math import prod
from uuid import NAMESPACE_OID, UUID, uuid5

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.domain.readiness import Band, Person, PersonReadiness, Requirement, Seat, SeatReadiness, SeatState
from trainer.domain.readiness.coverage import MAX_LINKED, all_covered

PEOPLE = tuple(Person(UUID(int=number), f"Person {number}") for number in range(3))
NEEDS = tuple(Requirement(name, 0.7, is_must=True) for name in ("greeting", "deciding", "speaking"))
Chances = Mapping[UUID, Mapping[str, float]]

chances_of_all = st.fixed_dictionaries(
    {person.id: st.fixed_dictionaries({each.competency: st.floats(0.0, 1.0) for each in NEEDS}) for person in PEOPLE}
)
plans = st.lists(
    st.tuples(st.sets(st.sampled_from(NEEDS), min_size=1), st.sets(st.sampled_from(PEOPLE))), min_size=1, max_size=3
)


def reached(chances: Chances, person: UUID, needs: Iterable[Requirement]) -> float:
    return prod(chances[person][each.competency] for each in needs)


def seats_of(plan: Sequence[tuple[Iterable[Requirement], Iterable[Person]]], chances: Chances) -> list[SeatReadiness]:
    seats = []
    for number, (needs, people) in enumerate(plan):
        seat = Seat(uuid5(NAMESPACE_OID, str(number)), f"Seat {number}", False, tuple(needs), tuple(people))
        assessed = tuple(
            PersonReadiness(person, Band.BORDERLINE, (), reached(chances, person.id, needs), ()) for person in people
        )
        coverage = 1.0 - prod(1.0 - person.chance for person in assessed)
        seats.append(SeatReadiness(seat, SeatState.BORDERLINE, assessed, coverage))
    return seats


def by_all_outcomes(seats: Sequence[SeatReadiness], chances: Chances) -> float:
    """Every combination of what each person has and has not."""
    facts = [(person.id, each.competency) for person in PEOPLE for each in NEEDS]
    total = 0.0
    for outcome in product((False, True), repeat=len(facts)):
        has = dict(zip(facts, outcome, strict=True))
        if all(
            any(all(has[each.person.id, need.competency] for need in seat.seat.must_haves) for each in seat.people)
            for seat in seats
        ):
            total += prod(
                chances[person][name] if has[person, name] else 1.0 - chances[person][name] for person, name in facts
            )
    return total


@given(plans, chances_of_all)
def test_every_seat_is_covered_as_often_as_among_all_outcomes(
    plan: list[tuple[set[Requirement], set[Person]]], chances: Chances
) -> None:
    seats = seats_of(plan, chances)

    covered = all_covered(seats, lambda person, needs: reached(chances, person, needs))

    assert covered == pytest.approx(by_all_outcomes(seats, chances), abs=1e-9)


def test_one_person_in_two_seats_with_the_same_needs_covers_both_or_neither() -> None:
    chances = {person.id: dict.fromkeys(("greeting", "deciding", "speaking"), 0.6) for person in PEOPLE}
    twice = seats_of([(NEEDS[:1], PEOPLE[:1]), (NEEDS[:1], PEOPLE[:1])], chances)

    assert all_covered(twice, lambda person, needs: reached(chances, person, needs)) == pytest.approx(0.6)


def test_more_seats_than_can_be_taken_together_are_taken_as_independent() -> None:
    chances = {person.id: dict.fromkeys(("greeting", "deciding", "speaking"), 0.6) for person in PEOPLE}
    many = seats_of([(NEEDS[:1], PEOPLE[:1])] * (MAX_LINKED + 1), chances)

    covered = all_covered(many, lambda person, needs: reached(chances, person, needs))

    assert covered == pytest.approx(0.6 ** (MAX_LINKED + 1))
