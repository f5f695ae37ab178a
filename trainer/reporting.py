"""Use cases that only read: a learner's progress, an engagement's readiness, a team's dashboard."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import Row, bindparam, func, select
from sqlalchemy.orm import Session

from trainer.database import upsert
from trainer.domain.calendar import days_left, in_zone
from trainer.domain.content import Content, Course, item_keys
from trainer.domain.mastery import (
    MODEL_VERSION,
    UNMET_ABILITY,
    UNMET_MEMORY,
    UNMET_STATE,
    Cell,
    Forecast,
    LearnerTerms,
    Mastery,
    Scope,
    item_difficulty,
    outlook,
)
from trainer.domain.planning import Done
from trainer.domain.readiness import (
    Evidence,
    Person,
    PersonReadiness,
    Readiness,
    Requirement,
    Seat,
    SeatState,
    assess,
)
from trainer.models import (
    Assignment,
    Attempt,
    Engagement,
    FactReport,
    LessonDone,
    MasteryRow,
    Membership,
    Partner,
    ReadinessSnapshot,
    RequirementRow,
    Response,
    SeatRow,
    Team,
    User,
    table,
)
from trainer.terms import load_terms

_engagement, _team, _partner = table(Engagement), table(Team), table(Partner)
_seat, _assignment, _mastery, _user = table(SeatRow), table(Assignment), table(MasteryRow), table(User)
_done = table(LessonDone)
_GOALS = select(_done.c.goals).where(
    _done.c.learner_id == bindparam("learner_id"), _done.c.lesson_id == bindparam("lesson_id")
)
_HEADS = (
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
_ENGAGEMENT = _HEADS.add_columns(
    _EVIDENCE_OF_ENGAGEMENT.label("evidence"),
    select(func.count()).select_from(_PEOPLE_OF_ENGAGEMENT.subquery()).scalar_subquery().label("people"),
).where(_engagement.c.id == bindparam("engagement_id"))
"""One engagement with what its version is made of. Statements of busy pages are made once."""


@dataclass(frozen=True, slots=True)
class CompetencyProgress:
    """A learner's own view of one competency, as of a date."""

    competency: str
    forecast: Forecast
    last_at: datetime | None


@dataclass(frozen=True, slots=True)
class AttemptInfo:
    """One sitting of a quiz; `responses` counts each choice of a scenario."""

    id: UUID
    number: int
    started_at: datetime
    finished_at: datetime | None
    responses: int


@dataclass(frozen=True, slots=True)
class CourseProgress:
    course: Course
    lessons_done: int
    quizzes_done: int

    @property
    def share(self) -> float:
        """Done of all its lessons and quizzes, from 0 to 1."""
        parts = len(self.course.lessons) + len(self.course.quizzes)
        return min(1.0, (self.lessons_done + self.quizzes_done) / parts) if parts else 0.0


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
class OwnSeat:
    """A seat that a learner is assigned to, with what it requires."""

    engagement: EngagementHead
    seat_id: UUID
    title: str
    requirements: tuple[Requirement, ...]


@dataclass(frozen=True, slots=True)
class SnapshotPoint:
    taken_on: date
    state: SeatState
    ready_seats: int
    seats: int
    expected_ready: float


@dataclass(frozen=True, slots=True)
class ReportedFact:
    """A learner's report of a fact, as a trainer sees it."""

    id: UUID
    fact_id: str
    reporter: str
    problem: str
    reported_at: datetime
    closed_at: datetime | None
    decision: str | None


@dataclass(frozen=True, slots=True)
class TeamHead:
    id: UUID
    name: str
    members: int


@dataclass(frozen=True, slots=True)
class Member:
    id: UUID
    name: str
    is_manager: bool


def done_by(session: Session, learner_id: UUID) -> Done:
    """Lessons and quizzes that a learner has done, and the quiz left open last."""
    lessons = frozenset(session.scalars(select(LessonDone.lesson_id).where(LessonDone.learner_id == learner_id)))
    finished = set()
    open_quiz = None
    for quiz_id, finished_at in session.execute(
        select(Attempt.quiz_id, Attempt.finished_at)
        .where(Attempt.learner_id == learner_id)
        .order_by(Attempt.started_at)
    ):
        if finished_at is None:
            open_quiz = quiz_id
        else:
            finished.add(quiz_id)
    return Done(lessons, frozenset(finished), open_quiz)


def attempts_of(session: Session, learner_id: UUID, quiz_id: str) -> tuple[AttemptInfo, ...]:
    """The learner's attempts of a quiz, the last first."""
    rows = session.execute(
        select(Attempt.id, Attempt.number, Attempt.started_at, Attempt.finished_at, func.count(Response.id))
        .outerjoin(Response, (Response.learner_id == Attempt.learner_id) & (Response.attempt_id == Attempt.id))
        .where(Attempt.learner_id == learner_id, Attempt.quiz_id == quiz_id)
        .group_by(Attempt.id, Attempt.number, Attempt.started_at, Attempt.finished_at)
        .order_by(Attempt.number.desc())
    )
    return tuple(AttemptInfo(*row) for row in rows)


def course_progress(content: Content, done: Done) -> tuple[CourseProgress, ...]:
    """How much of each course is done. A lesson is when the learner says so, a quiz when each item is answered."""
    return tuple(
        CourseProgress(
            course,
            sum(lesson.id in done.lessons for lesson in course.lessons),
            sum(quiz.id in done.finished_quizzes for quiz in course.quizzes),
        )
        for course in content.courses.values()
    )


def goals_ticked(session: Session, learner_id: UUID, lesson_id: str) -> tuple[int, ...] | None:
    """Positions of the can-dos that the learner ticked at the end of a lesson; None when it is not done."""
    goals = session.scalar(_GOALS, {"learner_id": learner_id, "lesson_id": lesson_id})
    return None if goals is None else tuple(goals)


def targets_of(seats: Sequence[OwnSeat]) -> dict[str, float]:
    """The highest target of each competency that one's seats require."""
    targets: dict[str, float] = {}
    for seat in seats:
        for each in seat.requirements:
            targets[each.competency] = max(each.target, targets.get(each.competency, 0.0))
    return targets


def own_progress(session: Session, content: Content, learner_id: UUID, on: datetime) -> dict[str, CompetencyProgress]:
    """Forecasts to a date of every competency that has items, by id."""
    terms = load_terms(session, [learner_id])[learner_id]
    names = [name for name, items in content.items_by_competency.items() if items]
    if not names:
        return {}
    difficulties = item_difficulties(content)
    view = outlook([_cell(content, difficulties, terms, name) for name in names], on)
    return {
        name: CompetencyProgress(name, view.forecast(row), _last_at(terms.states.get(name)))
        for row, name in enumerate(names)
    }


def own_seats(session: Session, learner_id: UUID, *, at: datetime) -> tuple[OwnSeat, ...]:
    """Seats that a learner is assigned to in engagements ahead, the next first."""
    rows = session.execute(
        _HEADS.add_columns(SeatRow.id.label("seat_id"), SeatRow.title.label("seat_title"))
        .join(SeatRow, SeatRow.engagement_id == Engagement.id)
        .join(Assignment, Assignment.seat_id == SeatRow.id)
        .where(Assignment.user_id == learner_id, Engagement.starts_at > at)
        .order_by(Engagement.starts_at, SeatRow.position)
    ).all()
    requirements = _requirements(session, [row.seat_id for row in rows])
    return tuple(OwnSeat(_head(row), row.seat_id, row.seat_title, requirements.get(row.seat_id, ())) for row in rows)


def find_engagement(session: Session, engagement_id: UUID) -> EngagementHead | None:
    """The head of an engagement, with a version made of its own changes and of its people's answers."""
    row = session.execute(_ENGAGEMENT, {"engagement_id": engagement_id}).first()
    return None if row is None else _head(row, f"{row.evidence}-{row.people}")


def list_engagements(session: Session, teams: Iterable[UUID]) -> tuple[EngagementHead, ...]:
    """Engagements of some teams, the next first."""
    rows = session.execute(
        _HEADS.where(Engagement.team_id.in_(list(teams))).order_by(Engagement.starts_at, Engagement.id)
    )
    return tuple(_head(row) for row in rows)


def seats_of(session: Session, engagements: Sequence[UUID]) -> dict[UUID, tuple[Seat, ...]]:
    """Seats with their requirements and people, by engagement: three statements for any number of them."""
    rows = session.execute(
        select(SeatRow.id, SeatRow.engagement_id, SeatRow.title, SeatRow.is_speaking)
        .where(SeatRow.engagement_id.in_(engagements))
        .order_by(SeatRow.position)
    ).all()
    requirements = _requirements(session, [row.id for row in rows])
    people: dict[UUID, list[Person]] = {}
    for seat_id, user_id, name in session.execute(
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


def assess_engagements(session: Session, content: Content, heads: Sequence[EngagementHead]) -> dict[UUID, Readiness]:
    """Readiness of each engagement on its date: four statements for any number of them and their people."""
    seats = seats_of(session, [head.id for head in heads])
    pairs = {
        (person.id, requirement.competency)
        for found in seats.values()
        for seat in found
        for person in seat.people
        for requirement in seat.requirements
        if content.items_by_competency.get(requirement.competency)
    }
    evidence = _evidence(session, content, pairs)
    return {
        head.id: assess(
            _answerable(seats.get(head.id, ()), content),
            evidence,
            content.competencies,
            head.starts_at,
            is_high_stakes=head.is_high_stakes,
        )
        for head in heads
    }


def as_manager_sees(
    session: Session, content: Content, learner_id: UUID, seats: Sequence[OwnSeat]
) -> tuple[tuple[OwnSeat, PersonReadiness], ...]:
    """For each seat of a learner, what the manager's page shows of them, made by the same rules."""
    heads = {seat.engagement.id: seat.engagement for seat in seats}
    readiness = assess_engagements(session, content, list(heads.values()))
    return tuple(
        (seat, person)
        for seat in seats
        for assessed in readiness[seat.engagement.id].seats
        if assessed.seat.id == seat.seat_id
        for person in assessed.people
        if person.person.id == learner_id
    )


def take_snapshots(session: Session, content: Content, *, at: datetime) -> int:
    """Keep today's readiness of every engagement ahead, one row a day; the number kept."""
    heads = [_head(row) for row in session.execute(_HEADS.where(Engagement.starts_at > at))]
    readiness = assess_engagements(session, content, heads)
    upsert(
        session,
        table(ReadinessSnapshot),
        [
            {
                "engagement_id": head.id,
                "taken_on": in_zone(at, head.zone).date(),
                "state": readiness[head.id].state,
                "ready_seats": readiness[head.id].ready_seats,
                "seats": len(readiness[head.id].seats),
                "expected_ready": readiness[head.id].expected_ready,
                "model_version": MODEL_VERSION,
            }
            for head in heads
        ],
    )
    return len(heads)


def snapshots_of(session: Session, engagements: Sequence[UUID]) -> dict[UUID, tuple[SnapshotPoint, ...]]:
    points: dict[UUID, list[SnapshotPoint]] = {}
    rows = session.execute(
        select(ReadinessSnapshot)
        .where(ReadinessSnapshot.engagement_id.in_(engagements))
        .order_by(ReadinessSnapshot.taken_on)
    ).scalars()
    for row in rows:
        point = SnapshotPoint(row.taken_on, SeatState(row.state), row.ready_seats, row.seats, row.expected_ready)
        points.setdefault(row.engagement_id, []).append(point)
    return {engagement_id: tuple(found) for engagement_id, found in points.items()}


def members_of(session: Session, team_id: UUID) -> tuple[Member, ...]:
    rows = session.execute(
        select(User.id, User.name, Membership.is_manager)
        .join(Membership, Membership.user_id == User.id)
        .where(Membership.team_id == team_id, User.disabled_at.is_(None))
        .order_by(User.name)
    )
    return tuple(Member(*row) for row in rows)


def list_teams(session: Session, teams: Collection[UUID]) -> tuple[TeamHead, ...]:
    """Some teams with the number of their active people."""
    rows = session.execute(
        select(Team.id, Team.name, func.count(User.id))
        .outerjoin(Membership, Membership.team_id == Team.id)
        .outerjoin(User, (User.id == Membership.user_id) & User.disabled_at.is_(None))
        .where(Team.id.in_(teams))
        .group_by(Team.id, Team.name)
        .order_by(Team.name)
    )
    return tuple(TeamHead(*row) for row in rows)


def all_learners(session: Session) -> tuple[UUID, ...]:
    return tuple(session.scalars(select(User.id).order_by(User.id)))


def reported_facts(session: Session) -> tuple[ReportedFact, ...]:
    """All reports, open ones first, then the newest."""
    rows = session.execute(
        select(
            FactReport.id,
            FactReport.fact_id,
            User.name,
            FactReport.problem,
            FactReport.reported_at,
            FactReport.closed_at,
            FactReport.decision,
        )
        .join(User, User.id == FactReport.reporter_id)
        .order_by(FactReport.closed_at.is_not(None), FactReport.reported_at.desc())
    )
    return tuple(ReportedFact(*row) for row in rows)


@lru_cache(maxsize=4)
def item_difficulties(content: Content) -> dict[str, float]:
    """Prior difficulty of every item and node."""
    return {key: item_difficulty(item.level) for item in content.items.values() for key, _ in item_keys(item)}


def _head(row: Row[Any], evidence: str = "") -> EngagementHead:
    names = [name for name in EngagementHead.__slots__ if name != "version"]
    version = f"{row.updated_at.timestamp():.6f}-{evidence}"
    return EngagementHead(**{name: getattr(row, name) for name in names}, version=version)


def _requirements(session: Session, seats: Sequence[UUID]) -> dict[UUID, tuple[Requirement, ...]]:
    found: dict[UUID, list[Requirement]] = {}
    for seat_id, competency, target, is_must in session.execute(
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


def _evidence(
    session: Session, content: Content, pairs: Iterable[tuple[UUID, str]]
) -> dict[tuple[UUID, str], Evidence]:
    pairs = list(pairs)
    people = {person for person, _ in pairs}
    competencies = {name for _, name in pairs}
    keys = {*competencies, *(item for name in competencies for item in content.items_by_competency[name])}
    terms = load_terms(session, people, keys)
    difficulties = item_difficulties(content)
    return {
        (person, name): Evidence(
            _cell(content, difficulties, terms[person], name), _last_at(terms[person].states.get(name))
        )
        for person, name in pairs
    }


def _cell(content: Content, difficulties: Mapping[str, float], terms: LearnerTerms, name: str) -> Cell:
    items = content.items_by_competency[name]
    return Cell(
        ability=terms.ability if terms.ability.is_met else UNMET_ABILITY,
        state=terms.states.get(name, UNMET_STATE),
        memories=[terms.memories.get(item, UNMET_MEMORY) for item in items],
        difficulties=[difficulties[item] for item in items],
    )


def _last_at(state: Mastery | None) -> datetime | None:
    return state.at if state is not None and state.is_met else None
