"""What changed in a team's readiness since a snapshot, and what that comes from."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from trainer.domain.readiness.bands import Band, Rules, SeatState
from trainer.domain.readiness.team import Readiness, Standing


@dataclass(frozen=True, slots=True)
class PastStanding:
    """What a page said of a person and a requirement."""

    band: Band
    answers: int
    target: float


@dataclass(frozen=True, slots=True)
class PastSeat:
    title: str
    state: SeatState


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What an engagement's page said on a day. `standings` are by seat, person and competency."""

    taken_on: date
    starts_at: datetime
    model_version: int
    rules: Rules
    seats: Mapping[UUID, PastSeat]
    standings: Mapping[tuple[UUID, UUID, str], PastStanding]


class Cause(StrEnum):
    """What a change of a band comes from, as far as the snapshot tells."""

    TARGET = "target"
    ANSWERS = "answers"
    DATE = "date"
    RULES = "rules"
    MODEL = "model"
    ELSEWHERE = "elsewhere"


@dataclass(frozen=True, slots=True)
class SeatChange:
    """A seat before and after; None where there was or is no such seat."""

    title: str
    before: SeatState | None
    after: SeatState | None


@dataclass(frozen=True, slots=True)
class StandingChange:
    """A band that is another one now. `answers` counts the new ones."""

    seat: str
    person: str
    competency: str
    before: Band
    after: Band
    answers: int
    cause: Cause


@dataclass(frozen=True, slots=True)
class Changes:
    """All that is different since a day; `joined` and `left` count people by seat."""

    since: date
    seats: tuple[SeatChange, ...]
    standings: tuple[StandingChange, ...]
    joined: tuple[tuple[str, str], ...]
    left: tuple[tuple[str, int], ...]
    is_moved: bool

    @property
    def is_nothing(self) -> bool:
        return not (self.seats or self.standings or self.joined or self.left or self.is_moved)


def changes_since(then: Snapshot, readiness: Readiness, starts_at: datetime, model_version: int) -> Changes:
    """What differs between a snapshot and a readiness. People that joined a seat are named, who left is counted."""
    return Changes(
        since=then.taken_on,
        seats=tuple(_seat_changes(then, readiness)),
        standings=tuple(_standing_changes(then, readiness, starts_at, model_version)),
        joined=tuple(_joined(then, readiness)),
        left=tuple(_left(then, readiness)),
        is_moved=then.starts_at != starts_at,
    )


def _seat_changes(then: Snapshot, readiness: Readiness) -> Iterator[SeatChange]:
    for each in readiness.seats:
        before = then.seats.get(each.seat.id)
        if before is None or before.state is not each.state:
            yield SeatChange(each.seat.title, before.state if before else None, each.state)
    still = {each.seat.id for each in readiness.seats}
    for seat, past in then.seats.items():
        if seat not in still:
            yield SeatChange(past.title, past.state, None)


def _standing_changes(
    then: Snapshot, readiness: Readiness, starts_at: datetime, model_version: int
) -> Iterator[StandingChange]:
    for each in readiness.seats:
        for person in each.people:
            for standing in person.standings:
                name = standing.requirement.competency
                past = then.standings.get((each.seat.id, person.person.id, name))
                if past is None or past.band is standing.band:
                    continue
                yield StandingChange(
                    each.seat.title,
                    person.person.name,
                    name,
                    past.band,
                    standing.band,
                    max(0, standing.forecast.answers - past.answers),
                    _cause(then, past, standing, readiness.rules, starts_at, model_version),
                )


def _cause(
    then: Snapshot, past: PastStanding, now: Standing, rules: Rules, starts_at: datetime, model_version: int
) -> Cause:
    """The first that applies. Without a new answer a forecast to a date stays as it is, however long one waits."""
    differs = {
        Cause.TARGET: past.target != now.requirement.target,
        Cause.ANSWERS: past.answers != now.forecast.answers,
        Cause.RULES: then.rules != rules,
        Cause.DATE: then.starts_at != starts_at,
        Cause.MODEL: then.model_version != model_version,
    }
    return next((cause for cause, does in differs.items() if does), Cause.ELSEWHERE)


def _joined(then: Snapshot, readiness: Readiness) -> Iterator[tuple[str, str]]:
    """Seats and people that took them; who took a seat that is new is told with the seat."""
    before = {(seat, person) for seat, person, _ in then.standings}
    for each in readiness.seats:
        if each.seat.id in then.seats:
            for person in each.people:
                if person.standings and (each.seat.id, person.person.id) not in before:
                    yield each.seat.title, person.person.name


def _left(then: Snapshot, readiness: Readiness) -> Iterator[tuple[str, int]]:
    for each in readiness.seats:
        before = {person for seat, person, _ in then.standings if seat == each.seat.id}
        gone = before - {person.person.id for person in each.people}
        if gone:
            yield each.seat.title, len(gone)
