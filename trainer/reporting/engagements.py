"""Engagements as they stand: their heads, seats and readiness, and what was kept for the trend."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import Row, bindparam, func, select

from trainer.database import Store, insert_missing, upsert
from trainer.domain.calendar import days_left, in_zone
from trainer.domain.content import Content, item_keys
from trainer.domain.mastery import (
    Belief,
    Cell,
    LearnerTerms,
    Mastery,
    Model,
    Scope,
    item_difficulty,
)
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
)
from trainer.models import (
    Assignment,
    Engagement,
    ForecastRow,
    MasteryRow,
    Partner,
    ReadinessSnapshot,
    RequirementRow,
    SeatRow,
    Team,
    User,
    table,
)
from trainer.terms import load_terms

_engagement, _team, _partner = table(Engagement), table(Team), table(Partner)
_seat, _assignment, _mastery, _user = table(SeatRow), table(Assignment), table(MasteryRow), table(User)
HEADS = (
    select(
        _engagement.c.id,
        _engagement.c.team_id,
        _team.c.name.label("team"),
        _engagement.c.title,
        _partner.c.name.label("partner"),
        _partner.c.country,
        _partner.c.language,
        _engagement.c.template_id,
        _engagement.c.place,
        _engagement.c.is_call,
        _engagement.c.starts_local,
        _engagement.c.zone,
        _engagement.c.starts_at,
        _engagement.c.agenda_minutes,
        _engagement.c.is_high_stakes,
        _engagement.c.updated_at,
    )
    .join(_team, _team.c.id == _engagement.c.team_id)
    .join(_partner, _partner.c.id == _engagement.c.partner_id)
)
_PEOPLE_OF_ENGAGEMENT = (
    select(_assignment.c.user_id)
    .join(_seat, _seat.c.id == _assignment.c.seat_id)
    .join(_user, _user.c.id == _assignment.c.user_id)
    .where(_seat.c.engagement_id == bindparam("engagement_id"), _user.c.disabled_at.is_(None))
)
_EVIDENCE_OF_ENGAGEMENT = (
    select(func.coalesce(func.sum(_mastery.c.answers + 1), 0))
    .where(_mastery.c.learner_id.in_(_PEOPLE_OF_ENGAGEMENT), _mastery.c.scope == Scope.ABILITY)
    .scalar_subquery()
)
_ENGAGEMENT = HEADS.add_columns(
    _EVIDENCE_OF_ENGAGEMENT.label("evidence"),
    select(func.count()).select_from(_PEOPLE_OF_ENGAGEMENT.subquery()).scalar_subquery().label("people"),
).where(_engagement.c.id == bindparam("engagement_id"))
"""One engagement with what its version is made of. Statements of busy pages are made once."""


@dataclass(frozen=True, slots=True)
class EngagementHead:
    """What and when an engagement is. `version` changes whenever its readiness could have."""

    id: UUID
    team_id: UUID
    team: str
    title: str
    partner: str
    country: str
    language: str
    template_id: str
    place: str
    is_call: bool
    starts_local: datetime
    zone: str
    starts_at: datetime
    agenda_minutes: int
    is_high_stakes: bool
    version: str

    def days_left(self, at: datetime) -> int:
        return days_left(self.starts_at, self.zone, at)


@dataclass(frozen=True, slots=True)
class SnapshotPoint:
    taken_on: date
    state: SeatState
    ready_seats: int
    seats: int
    expected_ready: float


def find_engagement(store: Store, engagement_id: UUID) -> EngagementHead | None:
    """The head of an engagement, with a version made of its own changes and of its people's answers."""
    row = store.execute(_ENGAGEMENT, {"engagement_id": engagement_id}).first()
    return None if row is None else to_head(row, f"{row.evidence}-{row.people}")


def list_engagements(store: Store, teams: Iterable[UUID]) -> tuple[EngagementHead, ...]:
    """Engagements of some teams, the next first."""
    rows = store.execute(HEADS.where(Engagement.team_id.in_(list(teams))).order_by(Engagement.starts_at, Engagement.id))
    return tuple(to_head(row) for row in rows)


def seats_of(store: Store, engagements: Sequence[UUID]) -> dict[UUID, tuple[Seat, ...]]:
    """Seats with their requirements and people, by engagement: three statements for any number of them."""
    rows = store.execute(
        select(SeatRow.id, SeatRow.engagement_id, SeatRow.title, SeatRow.is_speaking)
        .where(SeatRow.engagement_id.in_(engagements))
        .order_by(SeatRow.position)
    ).all()
    requirements = requirements_of(store, [row.id for row in rows])
    people: dict[UUID, list[Person]] = {}
    for seat_id, user_id, name in store.execute(
        select(Assignment.seat_id, User.id, User.name)
        .join(User, User.id == Assignment.user_id)
        .join(SeatRow, SeatRow.id == Assignment.seat_id)
        .where(SeatRow.engagement_id.in_(engagements), User.disabled_at.is_(None))
        .order_by(User.name)
    ):
        people.setdefault(seat_id, []).append(Person(user_id, name))
    seats: dict[UUID, list[Seat]] = {}
    for row in rows:
        seat = Seat(row.id, row.title, row.is_speaking, requirements.get(row.id, ()), tuple(people.get(row.id, ())))
        seats.setdefault(row.engagement_id, []).append(seat)
    return {engagement_id: tuple(found) for engagement_id, found in seats.items()}


def assess_engagements(
    store: Store, content: Content, model: Model, heads: Sequence[EngagementHead]
) -> dict[UUID, Readiness]:
    """Readiness of each engagement on its date: four statements for any number of them and their people."""
    return assess_with_terms(store, content, model, heads)[0]


def assess_with_terms(
    store: Store, content: Content, model: Model, heads: Sequence[EngagementHead]
) -> tuple[dict[UUID, Readiness], dict[UUID, LearnerTerms]]:
    """The same, with the terms of each assigned person that it rests on."""
    seats = seats_of(store, [head.id for head in heads])
    pairs = {
        (person.id, requirement.competency)
        for found in seats.values()
        for seat in found
        for person in seat.people
        for requirement in seat.requirements
        if content.items_by_competency.get(requirement.competency)
    }
    competencies = {name for _, name in pairs}
    keys = {*competencies, *(item for name in competencies for item in content.items_by_competency[name])}
    terms = load_terms(store, model.constants, {person for person, _ in pairs}, keys)
    evidence = {
        (person, name): Evidence(
            cell_of(content, model, terms[person], name), last_answer_at(terms[person].states.get(name))
        )
        for person, name in pairs
    }
    readiness = {
        head.id: assess(
            _answerable(seats.get(head.id, ()), content),
            evidence,
            content.competencies,
            head.starts_at,
            model.shared,
            Rules(),
            is_high_stakes=head.is_high_stakes,
        )
        for head in heads
    }
    return readiness, terms


def take_snapshots(store: Store, content: Content, model: Model, *, at: datetime) -> int:
    """Keep today's readiness of every engagement ahead, one row a day, and the forecasts it rests on; the number kept.

    The last readiness of a day counts, for the trend; the first forecast does, so that none is mended afterwards.
    """
    heads = [to_head(row) for row in store.execute(HEADS.where(Engagement.starts_at > at))]
    readiness = assess_engagements(store, content, model, heads)
    upsert(
        store,
        table(ReadinessSnapshot),
        [
            {
                "engagement_id": head.id,
                "taken_on": in_zone(at, head.zone).date(),
                "state": readiness[head.id].state,
                "ready_seats": readiness[head.id].ready_seats,
                "seats": len(readiness[head.id].seats),
                "expected_ready": readiness[head.id].expected_ready,
                "model_version": model.version,
            }
            for head in heads
        ],
    )
    told = [row for head in heads for row in _told(head, readiness[head.id], model, at)]
    insert_missing(store, table(ForecastRow), told)
    return len(heads)


def _told(head: EngagementHead, readiness: Readiness, model: Model, at: datetime) -> Iterator[dict[str, Any]]:
    """What the page tells of each person and requirement, as far as it rests on enough."""
    today, on_date = in_zone(at, head.zone).date(), head.starts_local.date()
    for seat in readiness.seats:
        for person in seat.people:
            for each in person.standings:
                if each.band not in (Band.NOT_STARTED, Band.NO_EVIDENCE):
                    yield {
                        "engagement_id": head.id,
                        "learner_id": person.person.id,
                        "competency_id": each.requirement.competency,
                        "made_on": today,
                        "on_date": on_date,
                        "lead_days": (on_date - today).days,
                        "p": each.forecast.mean,
                        "low": each.forecast.low,
                        "high": each.forecast.high,
                        "answers": each.forecast.answers,
                        "model_version": model.version,
                    }


def snapshots_of(store: Store, engagements: Sequence[UUID]) -> dict[UUID, tuple[SnapshotPoint, ...]]:
    points: dict[UUID, list[SnapshotPoint]] = {}
    rows = store.execute(
        select(
            ReadinessSnapshot.engagement_id,
            ReadinessSnapshot.taken_on,
            ReadinessSnapshot.state,
            ReadinessSnapshot.ready_seats,
            ReadinessSnapshot.seats,
            ReadinessSnapshot.expected_ready,
        )
        .where(ReadinessSnapshot.engagement_id.in_(engagements))
        .order_by(ReadinessSnapshot.taken_on)
    )
    for row in rows:
        point = SnapshotPoint(row.taken_on, SeatState(row.state), row.ready_seats, row.seats, row.expected_ready)
        points.setdefault(row.engagement_id, []).append(point)
    return {engagement_id: tuple(found) for engagement_id, found in points.items()}


@lru_cache(maxsize=4)
def item_difficulties(content: Content) -> dict[str, float]:
    """Prior difficulty of every item and node."""
    return {key: item_difficulty(item.level) for item in content.items.values() for key, _ in item_keys(item)}


def to_head(row: Row[Any], evidence: str = "") -> EngagementHead:
    names = [name for name in EngagementHead.__slots__ if name != "version"]
    version = f"{row.updated_at.timestamp():.6f}-{evidence}"
    return EngagementHead(**{name: getattr(row, name) for name in names}, version=version)


def requirements_of(store: Store, seats: Sequence[UUID]) -> dict[UUID, tuple[Requirement, ...]]:
    found: dict[UUID, list[Requirement]] = {}
    for seat_id, competency, target, is_must in store.execute(
        select(RequirementRow.seat_id, RequirementRow.competency_id, RequirementRow.target, RequirementRow.is_must)
        .where(RequirementRow.seat_id.in_(seats))
        .order_by(RequirementRow.position)
    ):
        found.setdefault(seat_id, []).append(Requirement(competency, target, is_must))
    return {seat_id: tuple(requirements) for seat_id, requirements in found.items()}


def _answerable(seats: Sequence[Seat], content: Content) -> tuple[Seat, ...]:
    """The seats without requirements that no item of the content serves any more: nothing can be said of those."""
    return tuple(
        Seat(
            seat.id,
            seat.title,
            seat.is_speaking,
            tuple(each for each in seat.requirements if content.items_by_competency.get(each.competency)),
            seat.people,
        )
        for seat in seats
    )


def cell_of(content: Content, model: Model, terms: LearnerTerms, name: str) -> Cell:
    beliefs = beliefs_of(content, model, name)
    return Cell(
        ability=terms.ability,
        state=terms.states.get(name),
        memories=[terms.memories.get(item) for item in beliefs],
        items=list(beliefs.values()),
        competency=model.shared.competencies.get(name) or (0.0, model.constants.competency_variance),
    )


def beliefs_of(content: Content, model: Model, name: str) -> dict[str, Belief]:
    """What is believed of each item of a competency."""
    priors = item_difficulties(content)
    return model.shared.item_beliefs({item: priors[item] for item in content.items_by_competency[name]})


def last_answer_at(state: Mastery | None) -> datetime | None:
    return state.at if state is not None and state.answers else None
