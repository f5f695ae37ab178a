"""The seats of an engagement, and how ready their people are on its date."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from trainer.domain.mastery import Cell, Forecast
from trainer.domain.readiness.bands import Band, Rules, SeatState


@dataclass(frozen=True, slots=True)
class Requirement:
    competency: str
    target: float
    is_must: bool


@dataclass(frozen=True, slots=True)
class Person:
    id: UUID
    name: str


@dataclass(frozen=True, slots=True)
class Seat:
    id: UUID
    title: str
    is_speaking: bool
    requirements: tuple[Requirement, ...]
    people: tuple[Person, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """A person's forecast for one requirement of a seat; `last_at` is when the last answer was given."""

    requirement: Requirement
    band: Band
    forecast: Forecast
    last_at: datetime | None


@dataclass(frozen=True, slots=True)
class PersonReadiness:
    """One person in one seat. `chance` is the probability that all must-haves are met, for the team's figures."""

    person: Person
    band: Band
    standings: tuple[Standing, ...]
    chance: float

    @property
    def missing(self) -> tuple[Standing, ...]:
        """Requirements that are not ready yet: must-haves first, then the furthest from their target."""
        unmet = [each for each in self.standings if each.band is not Band.READY]
        return tuple(sorted(unmet, key=lambda each: (not each.requirement.is_must, _margin(each))))


@dataclass(frozen=True, slots=True)
class SeatReadiness:
    """`qualified` counts its ready people: two are good, one is a risk, none is a gap."""

    seat: Seat
    state: SeatState
    people: tuple[PersonReadiness, ...]
    coverage: float

    @property
    def qualified(self) -> int:
        return sum(person.band is Band.READY for person in self.people)


@dataclass(frozen=True, slots=True)
class WeakestLink:
    """The seat of least coverage and what would raise it most; `competency` is None when nobody is assigned."""

    seat: Seat
    person: Person | None
    competency: str | None


@dataclass(frozen=True, slots=True)
class InterpreterAdvice:
    """`seats` are the speaking seats whose language must-haves no one is expected to meet well enough."""

    is_advised: bool
    seats: tuple[str, ...]
    is_high_stakes: bool


@dataclass(frozen=True, slots=True)
class Readiness:
    """The state of an engagement's team on its date, and the rules by which it was judged."""

    rules: Rules
    seats: tuple[SeatReadiness, ...]
    weakest: WeakestLink | None
    interpreter: InterpreterAdvice
    expected_ready: float
    expected_spread: float
    all_covered: float

    @property
    def people(self) -> int:
        """How many different people are assigned."""
        return len({person.person.id for seat in self.seats for person in seat.people})

    @property
    def ready_seats(self) -> int:
        return sum(seat.state is SeatState.READY for seat in self.seats)

    @property
    def state(self) -> SeatState:
        """The state of the weakest seat; an engagement without seats is open."""
        return min((seat.state for seat in self.seats), key=list(SeatState).index, default=SeatState.OPEN)


@dataclass(frozen=True, slots=True)
class Evidence:
    """A cell of the model, and when its competency was last answered."""

    cell: Cell
    last_at: datetime | None

    @property
    def has_answers(self) -> bool:
        return self.cell.state is not None and self.cell.state.answers > 0


def _margin(standing: Standing) -> float:
    return standing.forecast.mean - standing.requirement.target
