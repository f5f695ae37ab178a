"""The chance that each seat has somebody who meets its must-haves, people who hold several seats taken into account."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from math import prod
from uuid import UUID

from trainer.domain.readiness.team import Requirement, SeatReadiness

MAX_LINKED = 10
"""Seats linked by people who hold several of them are taken together up to this many; more are taken as independent."""
AllReached = Callable[[UUID, Iterable[Requirement]], float]
"""P(a person meets every one of these requirements)."""
_Seats = frozenset[int]


def all_covered(seats: Sequence[SeatReadiness], all_reached: AllReached) -> float:
    """P(the must-haves of each seat are met by somebody in it). People are taken as independent of one another."""
    return prod(_covered(group, seats, all_reached) for group in _linked(seats))


def _linked(seats: Sequence[SeatReadiness]) -> list[set[int]]:
    """The positions of the seats, in groups that share no person with another group."""
    groups: list[tuple[set[int], set[UUID]]] = []
    for number, seat in enumerate(seats):
        people = {each.person.id for each in seat.people}
        touching = [group for group in groups if group[1] & people]
        groups = [group for group in groups if not group[1] & people]
        groups.append(
            ({number}.union(*(group[0] for group in touching)), people.union(*(group[1] for group in touching)))
        )
    return [group for group, _ in groups]


def _covered(group: set[int], seats: Sequence[SeatReadiness], all_reached: AllReached) -> float:
    if len(group) == 1 or len(group) > MAX_LINKED:
        return prod(seats[number].coverage for number in group)
    covered: dict[_Seats, float] = {frozenset(): 1.0}
    holds: dict[UUID, list[int]] = {}
    for number in sorted(group):
        for each in seats[number].people:
            holds.setdefault(each.person.id, []).append(number)
    for person, held in holds.items():
        outcomes = _outcomes(person, held, seats, all_reached)
        after: dict[_Seats, float] = {}
        for before, chance in covered.items():
            for reached, share in outcomes.items():
                after[before | reached] = after.get(before | reached, 0.0) + chance * share
        covered = after
    return covered.get(frozenset(group), 0.0)


def _outcomes(
    person: UUID, held: Sequence[int], seats: Sequence[SeatReadiness], all_reached: AllReached
) -> Mapping[_Seats, float]:
    """P(a person meets the must-haves of exactly these of the seats that they hold)."""
    at_least = {each: all_reached(person, _together(each, seats)) for each in _subsets(held)}
    exactly: dict[_Seats, float] = {}
    for each in sorted(at_least, key=len, reverse=True):
        exactly[each] = at_least[each] - sum(share for more, share in exactly.items() if each < more)
    return {each: max(0.0, share) for each, share in exactly.items()}


def _subsets(held: Sequence[int]) -> Iterator[_Seats]:
    for size in range(len(held) + 1):
        yield from map(frozenset, combinations(held, size))


def _together(numbers: _Seats, seats: Sequence[SeatReadiness]) -> list[Requirement]:
    """The must-haves of several seats; of one competency the highest target."""
    highest: dict[str, Requirement] = {}
    for number in sorted(numbers):
        for each in seats[number].seat.must_haves:
            if each.competency not in highest or each.target > highest[each.competency].target:
                highest[each.competency] = each
    return list(highest.values())
