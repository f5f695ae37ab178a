"""A learner's progress: what they have done, what they need, what the model knows and what their manager sees."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, func, select

from trainer.database import Store
from trainer.domain.answers import Mode
from trainer.domain.content import Content, Course
from trainer.domain.mastery import (
    Forecast,
    Model,
    gather,
    outlook,
)
from trainer.domain.planning import Done
from trainer.domain.readiness import (
    PersonReadiness,
    Requirement,
)
from trainer.models import (
    Assignment,
    Attempt,
    Engagement,
    LessonDone,
    Response,
    SeatRow,
    table,
)
from trainer.reporting.engagements import (
    HEADS,
    EngagementHead,
    assess_engagements,
    cell_of,
    last_answer_at,
    requirements_of,
    to_head,
)
from trainer.terms import load_terms

_done = table(LessonDone)
_GOALS = select(_done.c.goals).where(
    _done.c.learner_id == bindparam("learner_id"), _done.c.lesson_id == bindparam("lesson_id")
)


@dataclass(frozen=True, slots=True)
class CompetencyProgress:
    """A learner's own view of one competency, as of a date."""

    competency: str
    forecast: Forecast
    last_at: datetime | None


@dataclass(frozen=True, slots=True)
class AttemptInfo:
    """One attempt of a quiz; `responses` counts each choice of a scenario."""

    id: UUID
    number: int
    started_at: datetime
    finished_at: datetime | None
    responses: int
    mode: Mode
    due_at: datetime | None
    quiz_hash: str | None


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
class OwnSeat:
    """A seat that a learner is assigned to, with what it requires."""

    engagement: EngagementHead
    seat_id: UUID
    title: str
    requirements: tuple[Requirement, ...]


def done_by(store: Store, learner_id: UUID) -> Done:
    """Lessons and quizzes that a learner has done, and the quizzes left open."""
    lessons = frozenset(store.scalars(select(LessonDone.lesson_id).where(LessonDone.learner_id == learner_id)))
    finished = set()
    open_quizzes = []
    for quiz_id, finished_at in store.execute(
        select(Attempt.quiz_id, Attempt.finished_at)
        .where(Attempt.learner_id == learner_id)
        .order_by(Attempt.started_at.desc())
    ):
        if finished_at is None:
            open_quizzes.append(quiz_id)
        else:
            finished.add(quiz_id)
    return Done(lessons, frozenset(finished), tuple(open_quizzes))


def attempts_of(store: Store, learner_id: UUID, quiz_id: str) -> tuple[AttemptInfo, ...]:
    """The learner's attempts of a quiz, the last first."""
    columns = (
        Attempt.id,
        Attempt.number,
        Attempt.started_at,
        Attempt.finished_at,
        Attempt.mode,
        Attempt.due_at,
        Attempt.quiz_hash,
    )
    rows = store.execute(
        select(*columns, func.count(Response.id).label("responses"))
        .outerjoin(Response, (Response.learner_id == Attempt.learner_id) & (Response.attempt_id == Attempt.id))
        .where(Attempt.learner_id == learner_id, Attempt.quiz_id == quiz_id)
        .group_by(*columns)
        .order_by(Attempt.number.desc())
    )
    return tuple(
        AttemptInfo(
            UUID(int=row.id.int),
            row.number,
            row.started_at,
            row.finished_at,
            row.responses,
            Mode(row.mode),
            row.due_at,
            row.quiz_hash,
        )
        for row in rows
    )


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


def goals_ticked(store: Store, learner_id: UUID, lesson_id: str) -> tuple[int, ...] | None:
    """Positions of the can-dos that the learner ticked at the end of a lesson; None when it is not done."""
    goals = store.scalar(_GOALS, {"learner_id": learner_id, "lesson_id": lesson_id})
    return None if goals is None else tuple(goals)


def targets_of(seats: Sequence[OwnSeat]) -> dict[str, float]:
    """The highest target of each competency that one's seats require."""
    targets: dict[str, float] = {}
    for seat in seats:
        for each in seat.requirements:
            targets[each.competency] = max(each.target, targets.get(each.competency, 0.0))
    return targets


def own_progress(
    store: Store, content: Content, model: Model, learner_id: UUID, on: datetime
) -> dict[str, CompetencyProgress]:
    """Forecasts to a date of every competency that has items, by id; of glossaries those with answers only.

    There may be hundreds of glossaries, and most are for others.
    """
    terms = load_terms(store, model.constants, [learner_id])[learner_id]
    names = [
        name
        for name, items in content.items_by_competency.items()
        if items and (name in terms.states or name not in content.glossary_lists)
    ]
    if not names:
        return {}
    cells = gather([cell_of(content, model, terms, name) for name in names], model.constants)
    view = outlook(cells, on, model.shared)
    return {
        name: CompetencyProgress(name, view.forecast(row), last_answer_at(terms.states.get(name)))
        for row, name in enumerate(names)
    }


def own_seats(store: Store, learner_id: UUID, *, at: datetime) -> tuple[OwnSeat, ...]:
    """Seats that a learner is assigned to in engagements ahead, the next first."""
    rows = store.execute(
        HEADS.add_columns(SeatRow.id.label("seat_id"), SeatRow.title.label("seat_title"))
        .join(SeatRow, SeatRow.engagement_id == Engagement.id)
        .join(Assignment, Assignment.seat_id == SeatRow.id)
        .where(Assignment.user_id == learner_id, Engagement.starts_at > at)
        .order_by(Engagement.starts_at, SeatRow.position)
    ).all()
    requirements = requirements_of(store, [row.seat_id for row in rows])
    return tuple(OwnSeat(to_head(row), row.seat_id, row.seat_title, requirements.get(row.seat_id, ())) for row in rows)


def as_manager_sees(
    store: Store, content: Content, model: Model, learner_id: UUID, seats: Sequence[OwnSeat]
) -> tuple[tuple[OwnSeat, PersonReadiness], ...]:
    """For each seat of a learner, what the manager's page shows of them, made by the same rules."""
    heads = {seat.engagement.id: seat.engagement for seat in seats}
    readiness = assess_engagements(store, content, model, list(heads.values()))
    return tuple(
        (seat, person)
        for seat in seats
        for assessed in readiness[seat.engagement.id].seats
        if assessed.seat.id == seat.seat_id
        for person in assessed.people
        if person.person.id == learner_id
    )
