"""The seats of an engagement, and how ready their people are on its date."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from trainer.domain.mastery import Cell, Forecast
from trainer.domain.readiness.bands import Band, Rules, SeatState

MAX_WEIGHT = 3


@dataclass(frozen=True, slots=True)
class Requirement:
    """A competency that a seat needs. `weight` says how much it matters beside the others, from 1 to `MAX_WEIGHT`."""

    competency: str
    target: float
    is_must: bool
    weight: int = 1


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

    @property
    def must_haves(self) -> tuple[Requirement, ...]:
        """What the seat must have: where nothing is called a must, all that it requires."""
        return tuple(each for each in self.requirements if each.is_must) or self.requirements


@dataclass(frozen=True, slots=True)
class Standing:
    """A person's forecast for one requirement of a seat; `last_at` is when the last answer was given.

    `chance` is the probability that the target is met.
    """

    requirement: Requirement
    band: Band
    forecast: Forecast
    last_at: datetime | None
    chance: float


@dataclass(frozen=True, slots=True)
class PersonReadiness:
    """One person in one seat.

    `chance` is the probability that all must-haves are met, for the team's figures; `if_met` holds for each standing
    what it would be if that requirement surely was.
    """

    person: Person
    band: Band
    standings: tuple[Standing, ...]
    chance: float
    if_met: tuple[float, ...]

    @property
    def missing(self) -> tuple[Standing, ...]:
        """Requirements that are not ready yet: must-haves first, then by what meeting them would bring."""
        unmet = [
            (each.requirement.is_must, self.gain(number), each)
            for number, each in enumerate(self.standings)
            if each.band is not Band.READY
        ]
        return tuple(each for *_, each in sorted(unmet, key=lambda found: (not found[0], -found[1])))

    def gain(self, number: int) -> float:
        """What meeting a requirement would bring, times its weight: to the chance of all must-haves, or by itself."""
        standing, requirement = self.standings[number], self.standings[number].requirement
        met = self.if_met[number] - self.chance if requirement.is_must else 1.0 - standing.chance
        return met * requirement.weight


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
class Driver:
    """What would help the team: a competency that nobody in a seat has for sure, or somebody for an empty seat.

    `gain` is how much more likely the seat's must-haves were covered if everybody in it surely met this one, times its
    weight; of what is no must it is the chance that nobody meets it, times its weight. `competency` is None for an
    empty seat.
    """

    seat: Seat
    competency: str | None
    is_must: bool
    gain: float


@dataclass(frozen=True, slots=True)
class WeakestLink:
    """The seat of least coverage, and the person and competency whose improvement would raise it most.

    Both are None when nobody is assigned.
    """

    seat: Seat
    person: Person | None
    competency: str | None


class Shortfall(StrEnum):
    """Why a language need of a speaking seat calls for an interpreter."""

    NOBODY = "nobody"
    EVIDENCE = "evidence"
    MEAN = "mean"
    LOW_END = "low_end"


@dataclass(frozen=True, slots=True)
class InterpreterReason:
    """A language must-have of a speaking seat that its best person for the language does not meet well enough."""

    seat: str
    competency: str
    why: Shortfall


@dataclass(frozen=True, slots=True)
class InterpreterAdvice:
    """With a reason or more an interpreter is advised."""

    reasons: tuple[InterpreterReason, ...]
    is_high_stakes: bool

    @property
    def is_advised(self) -> bool:
        return bool(self.reasons)

    @property
    def seats(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(reason.seat for reason in self.reasons))


@dataclass(frozen=True, slots=True)
class Readiness:
    """The state of an engagement's team on its date, and the rules by which it was judged.

    `drivers` come in the order of their effect, must-haves first; `all_covered` is the probability that the must-haves
    of each seat are met by somebody in it.
    """

    rules: Rules
    seats: tuple[SeatReadiness, ...]
    weakest: WeakestLink | None
    drivers: tuple[Driver, ...]
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
