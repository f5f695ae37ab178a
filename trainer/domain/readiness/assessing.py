"""Assesses a team: the forecast of each person and requirement, and the chance that all must-haves are met."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from math import erf, prod, sqrt
from uuid import UUID

import numpy as np

from trainer.domain.content import Competency
from trainer.domain.mastery import NODES, WEIGHTS, Array, Forecast, Outlook, SharedTerms, gather, outlook
from trainer.domain.readiness.bands import Band, Rules, SeatState, band_of
from trainer.domain.readiness.coverage import all_covered
from trainer.domain.readiness.drivers import drivers_of, weakest_link
from trainer.domain.readiness.interpreter import advise_interpreter
from trainer.domain.readiness.team import (
    Evidence,
    Person,
    PersonReadiness,
    Readiness,
    Requirement,
    Seat,
    SeatReadiness,
    Standing,
)

_erf = np.frompyfunc(erf, 1, 1)


def assess(
    seats: Sequence[Seat],
    evidence: Mapping[tuple[UUID, str], Evidence],
    competencies: Mapping[str, Competency],
    on: datetime,
    shared: SharedTerms,
    rules: Rules,
    *,
    is_high_stakes: bool = False,
) -> Readiness:
    """Readiness of the seats on a date; `evidence` holds each pair of assigned person and competency."""
    chances = _Chances(seats, evidence, on, shared)
    assessed = tuple(_assess_seat(seat, chances, evidence, rules) for seat in seats)
    by_person: dict[UUID, float] = {}
    for seat in assessed:
        for person in seat.people:
            by_person[person.person.id] = max(person.chance, by_person.get(person.person.id, 0.0))
    values = list(by_person.values())
    return Readiness(
        rules=rules,
        seats=assessed,
        weakest=weakest_link(assessed),
        drivers=drivers_of(assessed),
        interpreter=advise_interpreter(assessed, competencies, rules, is_high_stakes=is_high_stakes),
        expected_ready=sum(values),
        expected_spread=sqrt(sum(p * (1.0 - p) for p in values)),
        all_covered=all_covered(assessed, chances.all_reached),
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

    def each_reached(self, person: UUID, requirements: Sequence[Requirement]) -> Array:
        """P(it is met) of each requirement alone."""
        rows = [self.index[person, each.competency, each.target] for each in requirements]
        result: Array = self.at_nodes[rows] @ WEIGHTS if rows else np.empty(0)
        return result

    def others_reached(self, person: UUID, requirements: Sequence[Requirement]) -> Array:
        """P(all the others are met) for each requirement."""
        rows = [self.index[person, each.competency, each.target] for each in requirements]
        one = np.ones((1, len(NODES)))
        before = np.cumprod(np.vstack([one, self.at_nodes[rows[:-1]]]), axis=0)
        after = np.cumprod(np.vstack([one, self.at_nodes[rows[:0:-1]]]), axis=0)[::-1]
        result: Array = (before * after) @ WEIGHTS
        return result


def _reached_at_nodes(all_cells: Outlook, targets: Array) -> Array:
    """P(share >= target) of each cell (rows) at each node of the person's ability (columns)."""
    needed = all_cells.needed(targets)
    at = all_cells.ability[:, None] + np.sqrt(all_cells.ability_variance)[:, None] * NODES
    spread = np.sqrt(all_cells.state_variance + all_cells.noise)
    z = (at + (all_cells.state - needed)[:, None]) / spread[:, None]
    result: Array = 0.5 * (1.0 + _erf(z / np.sqrt(2.0)).astype(np.float64))
    return result


def _assess_seat(
    seat: Seat, chances: _Chances, evidence: Mapping[tuple[UUID, str], Evidence], rules: Rules
) -> SeatReadiness:
    people = tuple(_assess_person(seat, person, chances, evidence, rules) for person in seat.people)
    best = max((person.band for person in people), key=list(Band).index, default=None)
    return SeatReadiness(
        seat=seat,
        state=SeatState.OPEN if best is None else SeatState(best.value),
        people=people,
        coverage=1.0 - prod(1.0 - person.chance for person in people),
    )


def _assess_person(
    seat: Seat, person: Person, chances: _Chances, evidence: Mapping[tuple[UUID, str], Evidence], rules: Rules
) -> PersonReadiness:
    has_started = person.id in chances.started
    must = seat.must_haves
    chance = chances.all_reached(person.id, must)
    if_met = dict(zip(must, chances.others_reached(person.id, must), strict=True)) if must else {}
    standings = []
    for requirement, alone in zip(seat.requirements, chances.each_reached(person.id, seat.requirements), strict=True):
        forecast = chances.forecast(person.id, requirement)
        band = band_of(forecast, requirement.target, rules, person_started=has_started)
        last_at = evidence[person.id, requirement.competency].last_at
        standings.append(Standing(requirement, band, forecast, last_at, float(alone)))
    return PersonReadiness(
        person=person,
        band=min((each.band for each in standings if each.requirement in must), key=_severity, default=Band.READY),
        standings=tuple(standings),
        chance=chance,
        if_met=tuple(float(if_met.get(each, chance)) for each in seat.requirements),
    )


def _severity(band: Band) -> int:
    """A known gap says more about a person than missing evidence."""
    return (Band.NOT_STARTED, Band.NOT_READY, Band.NO_EVIDENCE, Band.BORDERLINE, Band.READY).index(band)
