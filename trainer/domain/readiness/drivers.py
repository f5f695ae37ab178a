"""What would help a team most, and its weakest link."""

from collections.abc import Iterator, Sequence
from math import prod

from trainer.domain.readiness.bands import Band, SeatState
from trainer.domain.readiness.team import Driver, SeatReadiness, WeakestLink


def drivers_of(seats: Sequence[SeatReadiness]) -> tuple[Driver, ...]:
    """All that would help, in the order of its effect: empty seats, must-haves, then the rest."""
    found = [driver for seat in seats for driver in _drivers_of_seat(seat)]
    return tuple(sorted(found, key=lambda driver: (driver.competency is not None, not driver.is_must, -driver.gain)))


def weakest_link(seats: Sequence[SeatReadiness]) -> WeakestLink | None:
    """The seat of least coverage that is not ready, and in it who and what would raise that most."""
    unready = [seat for seat in seats if seat.state is not SeatState.READY]
    if not unready:
        return None
    weakest = min(unready, key=lambda seat: seat.coverage)
    links = [
        (_without(weakest, number) * person.gain(row), person.person, standing.requirement.competency)
        for number, person in enumerate(weakest.people)
        for row, standing in enumerate(person.standings)
        if standing.requirement in weakest.seat.must_haves and standing.band is not Band.READY
    ]
    if not links:
        return WeakestLink(weakest.seat, None, None)
    _, person, competency = max(links, key=lambda link: link[0])
    return WeakestLink(weakest.seat, person, competency)


def _drivers_of_seat(seat: SeatReadiness) -> Iterator[Driver]:
    if not seat.people:
        yield Driver(seat.seat, None, is_must=True, gain=1.0)
        return
    musts = seat.seat.must_haves
    for number, requirement in enumerate(seat.seat.requirements):
        is_met = [person.standings[number].band is Band.READY for person in seat.people]
        if requirement in musts:
            if seat.state is not SeatState.READY and not all(is_met):
                gain = _coverage_if_met(seat, number) - seat.coverage
                yield Driver(seat.seat, requirement.competency, is_must=True, gain=gain * requirement.weight)
        elif not any(is_met):
            gain = _missed(seat, number) * requirement.weight
            yield Driver(seat.seat, requirement.competency, is_must=False, gain=gain)


def _coverage_if_met(seat: SeatReadiness, number: int) -> float:
    """P(somebody meets all must-haves) if everybody in the seat surely met this requirement."""
    return 1.0 - prod(1.0 - person.if_met[number] for person in seat.people)


def _missed(seat: SeatReadiness, number: int) -> float:
    """P(nobody in the seat meets this requirement)."""
    return prod(1.0 - person.standings[number].chance for person in seat.people)


def _without(seat: SeatReadiness, left_out: int) -> float:
    """P(nobody else in the seat meets all must-haves): what a person's gain is worth to the seat."""
    return prod(1.0 - person.chance for number, person in enumerate(seat.people) if number != left_out)
