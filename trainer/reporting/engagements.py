"""Engagements as they stand: their heads, seats and readiness, and what was kept for the trend."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import Row, bindparam, func, select

from trainer.company import NEWEST_VERSION, columns_of, rules_of
from trainer.database import Store
from trainer.domain.calendar import days_left
from trainer.domain.company import CompanyRules
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
    assess,
)
from trainer.models import (
    Assignment,
    CompanyRulesRow,
    Engagement,
    LessonDone,
    MasteryRow,
    Partner,
    RequirementRow,
    SeatRow,
    Team,
    User,
    table,
)
from trainer.reporting.people import members_of
from trainer.terms import load_terms

_engagement, _team, _partner = table(Engagement), table(Team), table(Partner)
_kept, _newest = table(CompanyRulesRow).alias("kept"), table(CompanyRulesRow).alias("newest")
_seat, _assignment, _mastery, _user = table(SeatRow), table(Assignment), table(MasteryRow), table(User)
_requirement = table(RequirementRow)
_OF_REQUIREMENT = (
    _requirement.c.competency_id,
    _requirement.c.target,
    _requirement.c.is_must,
    _requirement.c.weight,
)
_done = table(LessonDone)
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
        *columns_of(_kept, "kept_"),
        *columns_of(_newest, "newest_"),
    )
    .join(_team, _team.c.id == _engagement.c.team_id)
    .join(_partner, _partner.c.id == _engagement.c.partner_id)
    .outerjoin(_kept, _kept.c.version == _engagement.c.rules_version)
    .outerjoin(_newest, _newest.c.version == NEWEST_VERSION)
    .where(_engagement.c.cancelled_at.is_(None))
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
_STUDY_OF_ENGAGEMENT = (
    select(func.coalesce(func.sum(_user.c.daily_minutes), 0) + func.count(_user.c.daily_minutes))
    .where(_user.c.id.in_(_PEOPLE_OF_ENGAGEMENT))
    .scalar_subquery()
)
_LESSONS_OF_ENGAGEMENT = (
    select(func.count()).select_from(_done).where(_done.c.learner_id.in_(_PEOPLE_OF_ENGAGEMENT)).scalar_subquery()
)
_ENGAGEMENT = HEADS.add_columns(
    _EVIDENCE_OF_ENGAGEMENT.label("evidence"),
    _STUDY_OF_ENGAGEMENT.label("minutes"),
    _LESSONS_OF_ENGAGEMENT.label("lessons"),
    select(func.count()).select_from(_PEOPLE_OF_ENGAGEMENT.subquery()).scalar_subquery().label("people"),
).where(_engagement.c.id == bindparam("engagement_id"))
"""One engagement with what its version is made of. Statements of busy pages are made once."""


@dataclass(frozen=True, slots=True)
class EngagementHead:
    """What and when an engagement is. `version` changes whenever its readiness could have.

    It is judged by the rules that it `kept`, those of its planning unless its manager took up newer ones; what is shown
    of a person follows the `company`, whose rules are those in force.
    """

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
    kept: CompanyRules
    company: CompanyRules
    version: str

    @property
    def rules(self) -> Rules:
        return self.kept.rules

    @property
    def has_older_rules(self) -> bool:
        """Whether it is judged otherwise than the company's newest rules would."""
        return self.kept.rules != self.company.rules

    def days_left(self, at: datetime) -> int:
        return days_left(self.starts_at, self.zone, at)


_PLAIN = tuple(name for name in EngagementHead.__slots__ if name not in ("kept", "company", "version"))


def find_engagement(store: Store, engagement_id: UUID) -> EngagementHead | None:
    """The head of an engagement, with a version made of its own changes and of its people's answers and study."""
    row = store.execute(_ENGAGEMENT, {"engagement_id": engagement_id}).first()
    return None if row is None else to_head(row, f"{row.evidence}-{row.people}-{row.minutes}-{row.lessons}")


def list_engagements(store: Store, teams: Iterable[UUID]) -> tuple[EngagementHead, ...]:
    """Engagements of some teams, the next first."""
    rows = store.execute(HEADS.where(Engagement.team_id.in_(list(teams))).order_by(Engagement.starts_at, Engagement.id))
    return tuple(to_head(row) for row in rows)


def seats_of(store: Store, engagements: Sequence[UUID]) -> dict[UUID, tuple[Seat, ...]]:
    """Seats with their requirements and people, by engagement: two statements for any number of them."""
    rows = store.execute(
        select(_seat.c.id, _seat.c.engagement_id, _seat.c.title, _seat.c.is_speaking, *_OF_REQUIREMENT)
        .outerjoin(_requirement, _requirement.c.seat_id == _seat.c.id)
        .where(_seat.c.engagement_id.in_(engagements))
        .order_by(_seat.c.position, _seat.c.id, _requirement.c.position)
    ).all()
    requirements: dict[UUID, list[Requirement]] = {}
    for row in rows:
        if row.competency_id is not None:
            requirements.setdefault(row.id, []).append(_to_requirement(row))
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
    for row in {row.id: row for row in rows}.values():
        needs = tuple(requirements.get(row.id, ()))
        seat = Seat(row.id, row.title, row.is_speaking, needs, tuple(people.get(row.id, ())))
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
    return _assess(store, content, model, heads, seats)


def stand_ins(store: Store, content: Content, model: Model, head: EngagementHead) -> dict[UUID, tuple[Person, ...]]:
    """For each seat the members of the team who are ready for it and do not have it, by name."""
    members = [Person(each.id, each.name) for each in members_of(store, head.team_id)]
    seats = [
        replace(seat, people=tuple(person for person in members if person not in seat.people))
        for seat in seats_of(store, [head.id]).get(head.id, ())
    ]
    readiness, _ = _assess(store, content, model, [head], {head.id: seats})
    return {
        each.seat.id: tuple(person.person for person in each.people if person.band is Band.READY)
        for each in readiness[head.id].seats
        if each.seat.requirements
    }


def _assess(
    store: Store,
    content: Content,
    model: Model,
    heads: Sequence[EngagementHead],
    seats: Mapping[UUID, Sequence[Seat]],
) -> tuple[dict[UUID, Readiness], dict[UUID, LearnerTerms]]:
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
            head.rules,
            is_high_stakes=head.is_high_stakes,
        )
        for head in heads
    }
    return readiness, terms


@lru_cache(maxsize=4)
def item_difficulties(content: Content) -> dict[str, float]:
    """Prior difficulty of every item and node."""
    return {key: item_difficulty(item.level) for item in content.items.values() for key, _ in item_keys(item)}


def to_head(row: Row[Any], evidence: str = "") -> EngagementHead:
    kept, company = rules_of(row, "kept_"), rules_of(row, "newest_")
    version = f"{row.updated_at.timestamp():.6f}-{kept.version}-{company.version}-{evidence}"
    return EngagementHead(**{name: getattr(row, name) for name in _PLAIN}, kept=kept, company=company, version=version)


def requirements_of(store: Store, seats: Sequence[UUID]) -> dict[UUID, tuple[Requirement, ...]]:
    found: dict[UUID, list[Requirement]] = {}
    for row in store.execute(
        select(_requirement.c.seat_id, *_OF_REQUIREMENT)
        .where(_requirement.c.seat_id.in_(seats))
        .order_by(_requirement.c.position)
    ):
        found.setdefault(row.seat_id, []).append(_to_requirement(row))
    return {seat_id: tuple(requirements) for seat_id, requirements in found.items()}


def _to_requirement(row: Row[Any]) -> Requirement:
    return Requirement(row.competency_id, row.target, row.is_must, row.weight)


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
