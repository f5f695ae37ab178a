"""Turns forecasts into what a manager asks: which seats are ready on the date, who covers them, what is weak."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from math import erf, prod, sqrt
from uuid import UUID

import numpy as np

from trainer.domain.content import Competency, CompetencyKind
from trainer.domain.mastery import NODES, WEIGHTS, Array, Cell, Forecast, Outlook, SharedTerms, gather, outlook

MIN_ANSWERS = 5
"""Fewer answers than this in a competency are not enough evidence."""
MAX_WIDTH = 0.40
"""Nor is an 80 % interval wider than this share."""
READY_MARGIN = 0.10
"""Ready: the mean reaches the target and the interval starts no further than this below it."""
INTERPRETER_TARGET = 0.60
"""Advise an interpreter when no one in a speaking seat is expected to handle this share of its language needs.
There is no citable CEFR cut-off: this is a setting, not a law."""
MIN_GROUP = 5
"""Figures about a group are shown for this many people or more."""

_erf = np.frompyfunc(erf, 1, 1)


class Band(StrEnum):
    """Where a person stands in a competency on the date; in ascending order."""

    NOT_STARTED = "not_started"
    NO_EVIDENCE = "no_evidence"
    NOT_READY = "not_ready"
    BORDERLINE = "borderline"
    READY = "ready"


class SeatState(StrEnum):
    """Where a seat stands on the date; in ascending order. `open`: nobody is assigned."""

    OPEN = "open"
    NOT_STARTED = "not_started"
    NO_EVIDENCE = "no_evidence"
    NOT_READY = "not_ready"
    BORDERLINE = "borderline"
    READY = "ready"


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
    """The state of an engagement's team on its date."""

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


def band_of(forecast: Forecast, target: float, person_started: bool = True) -> Band:
    """The band of a forecast against a target. Too little evidence is a state of its own, never "not ready"."""
    if forecast.answers == 0 and not person_started:
        return Band.NOT_STARTED
    if forecast.answers < MIN_ANSWERS or forecast.high - forecast.low > MAX_WIDTH:
        return Band.NO_EVIDENCE
    if forecast.mean >= target and forecast.low >= target - READY_MARGIN:
        return Band.READY
    return Band.NOT_READY if forecast.high < target else Band.BORDERLINE


def assess(
    seats: Sequence[Seat],
    evidence: Mapping[tuple[UUID, str], Evidence],
    competencies: Mapping[str, Competency],
    on: datetime,
    shared: SharedTerms,
    *,
    is_high_stakes: bool = False,
) -> Readiness:
    """Readiness of the seats on a date; `evidence` holds each pair of assigned person and competency."""
    chances = _Chances(seats, evidence, on, shared)
    assessed = tuple(_assess_seat(seat, chances, evidence) for seat in seats)
    by_person: dict[UUID, float] = {}
    for seat in assessed:
        for person in seat.people:
            by_person[person.person.id] = max(person.chance, by_person.get(person.person.id, 0.0))
    values = list(by_person.values())
    return Readiness(
        seats=assessed,
        weakest=_weakest_link(assessed),
        interpreter=_interpreter_advice(assessed, competencies, is_high_stakes),
        expected_ready=sum(values),
        expected_spread=sqrt(sum(p * (1.0 - p) for p in values)),
        all_covered=prod(seat.coverage for seat in assessed),
    )


class _Chances:
    """Forecasts and probabilities of every assigned person and requirement, computed in one pass."""

    def __init__(
        self, seats: Sequence[Seat], evidence: Mapping[tuple[UUID, str], Evidence], on: datetime, shared: SharedTerms
    ) -> None:
        keys = [
            (person.id, requirement.competency, requirement.target)
            for seat in seats
            for person in seat.people
            for requirement in seat.requirements
        ]
        self.index = {key: position for position, key in enumerate(dict.fromkeys(keys))}
        self.started = {
            person for (person, _), known in evidence.items() if known.cell.state and known.cell.state.answers
        }
        if self.index:
            cells = gather([evidence[person, name].cell for person, name, _ in self.index], shared.constants)
            self.outlook: Outlook = outlook(cells, on, shared)
            self.at_nodes = _reached_at_nodes(self.outlook, np.array([target for _, _, target in self.index]))

    def forecast(self, person: UUID, requirement: Requirement) -> Forecast:
        return self.outlook.forecast(self.index[person, requirement.competency, requirement.target])

    def all_reached(self, person: UUID, requirements: Iterable[Requirement]) -> float:
        """P(every one of these is met), the shared ability of the person taken into account."""
        rows = [self.index[person, each.competency, each.target] for each in requirements]
        return float(WEIGHTS @ self.at_nodes[rows].prod(axis=0)) if rows else 1.0


def _reached_at_nodes(all_cells: Outlook, targets: Array) -> Array:
    """P(share >= target) of each cell (rows) at each node of the person's ability (columns)."""
    needed = all_cells.needed(targets)
    at = all_cells.ability[:, None] + np.sqrt(all_cells.ability_variance)[:, None] * NODES
    spread = np.sqrt(all_cells.state_variance + all_cells.noise)
    z = (at + (all_cells.state - needed)[:, None]) / spread[:, None]
    result: Array = 0.5 * (1.0 + _erf(z / np.sqrt(2.0)).astype(np.float64))
    return result


def _assess_seat(seat: Seat, chances: _Chances, evidence: Mapping[tuple[UUID, str], Evidence]) -> SeatReadiness:
    people = tuple(_assess_person(seat, person, chances, evidence) for person in seat.people)
    best = max((person.band for person in people), key=list(Band).index, default=None)
    return SeatReadiness(
        seat=seat,
        state=SeatState.OPEN if best is None else SeatState(best.value),
        people=people,
        coverage=1.0 - prod(1.0 - person.chance for person in people),
    )


def _assess_person(
    seat: Seat, person: Person, chances: _Chances, evidence: Mapping[tuple[UUID, str], Evidence]
) -> PersonReadiness:
    has_started = person.id in chances.started
    standings = []
    for requirement in seat.requirements:
        forecast = chances.forecast(person.id, requirement)
        band = band_of(forecast, requirement.target, has_started)
        standings.append(Standing(requirement, band, forecast, evidence[person.id, requirement.competency].last_at))
    must = [each for each in standings if each.requirement.is_must] or standings
    return PersonReadiness(
        person=person,
        band=min((each.band for each in must), key=_severity, default=Band.READY),
        standings=tuple(standings),
        chance=chances.all_reached(person.id, (each.requirement for each in must)),
    )


def _severity(band: Band) -> int:
    """A known gap says more about a person than missing evidence."""
    return (Band.NOT_STARTED, Band.NOT_READY, Band.NO_EVIDENCE, Band.BORDERLINE, Band.READY).index(band)


def _margin(standing: Standing) -> float:
    return standing.forecast.mean - standing.requirement.target


def _weakest_link(seats: Sequence[SeatReadiness]) -> WeakestLink | None:
    """The seat of least coverage; in it the person closest to ready and what holds them back most."""
    unready = [seat for seat in seats if seat.state is not SeatState.READY]
    if not unready:
        return None
    weakest = min(unready, key=lambda seat: seat.coverage)
    if not weakest.people:
        return WeakestLink(weakest.seat, None, None)
    person = max(weakest.people, key=lambda each: each.chance)
    missing = person.missing
    return WeakestLink(weakest.seat, person.person, missing[0].requirement.competency if missing else None)


def _interpreter_advice(
    seats: Sequence[SeatReadiness], competencies: Mapping[str, Competency], is_high_stakes: bool
) -> InterpreterAdvice:
    """Compare each speaking seat's best person with the threshold: the mean, or at high stakes the lower bound."""
    short = []
    for seat in seats:
        language = {
            each.competency
            for each in seat.seat.requirements
            if each.is_must and competencies[each.competency].kind is CompetencyKind.LANGUAGE
        }
        if seat.seat.is_speaking and language:
            best = max((_language_level(person, language, is_high_stakes) for person in seat.people), default=0.0)
            if best < INTERPRETER_TARGET:
                short.append(seat.seat.title)
    return InterpreterAdvice(bool(short), tuple(short), is_high_stakes)


def _language_level(person: PersonReadiness, language: set[str], is_high_stakes: bool) -> float:
    levels = [
        (each.forecast.low if is_high_stakes else each.forecast.mean) if each.forecast.answers >= MIN_ANSWERS else 0.0
        for each in person.standings
        if each.requirement.competency in language
    ]
    return min(levels, default=0.0)
