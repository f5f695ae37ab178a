"""The suggested study towards an engagement: what to do on which day, and what it is expected to bring."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from trainer.database import Store
from trainer.domain.calendar import in_zone
from trainer.domain.content import Content, Lesson, Quiz, item_keys
from trainer.domain.mastery import LearnerTerms, Model
from trainer.domain.planning import (
    Activity,
    ActivityKind,
    Done,
    Goal,
    StudyCase,
    StudyPlan,
    TeamPlan,
    least_study,
    plan_team,
)
from trainer.domain.readiness import Band, Readiness, Requirement, Rules, Seat
from trainer.reporting.engagements import EngagementHead, beliefs_of
from trainer.reporting.learner import OwnSeat
from trainer.terms import load_terms

DAILY_MINUTES = 20
"""What is taken to be free each day."""
MAX_PEOPLE = 60
"""For more people than this no plan of the team is worked out while a manager waits."""
MAX_DAYS = 60
"""A plan looks no further ahead than this: what is learnt sooner would have faded."""


@dataclass(frozen=True, slots=True)
class Task:
    """A quiz of the plan, with the lessons about it that the learner has not read."""

    quiz: Quiz
    lessons: tuple[Lesson, ...]

    @property
    def minutes(self) -> int:
        return self.quiz.minutes + sum(lesson.minutes for lesson in self.lessons)


@dataclass(frozen=True, slots=True)
class OwnPlan:
    """A learner's plan for their next seat. `days` are those with something to do, in order."""

    seat: OwnSeat
    plan: StudyPlan
    days: tuple[tuple[date, tuple[Task, ...]], ...]
    first_day: date

    @property
    def next_day(self) -> date | None:
        """The first day with something to do; None when nothing is planned."""
        return self.days[0][0] if self.days else None

    @property
    def is_today(self) -> bool:
        return self.next_day == self.first_day

    @property
    def next_tasks(self) -> tuple[Task, ...]:
        return self.days[0][1] if self.days else ()

    @property
    def next_minutes(self) -> int:
        return sum(task.minutes for task in self.next_tasks)


@dataclass(frozen=True, slots=True)
class TeamStudy:
    """The plan of those of whom enough is known, and the names of the others."""

    plan: TeamPlan
    unknown: tuple[str, ...]


def own_plan(
    store: Store, content: Content, model: Model, learner_id: UUID, seat: OwnSeat, done: Done, *, at: datetime
) -> OwnPlan:
    """The least study that makes a learner ready for a seat; it is made anew after each answer."""
    terms = load_terms(store, model.constants, [learner_id])[learner_id]
    plan = least_study(_case(content, model, terms, seat.requirements, seat.engagement, at))
    days = tuple((day.day, tuple(_task(content, activity, done) for activity in day.activities)) for day in plan.days)
    return OwnPlan(seat, plan, days, in_zone(at, seat.engagement.zone).date())


def team_study(
    content: Content,
    model: Model,
    head: EngagementHead,
    readiness: Readiness,
    terms: Mapping[UUID, LearnerTerms],
    *,
    at: datetime,
) -> TeamStudy | None:
    """The least study of everybody in a seat, and what stays open with it; None for more people than can be shown.

    Of those without enough evidence nothing is said: they do not count as reaching anything.
    """
    people = {person.person: person for seat in readiness.seats for person in seat.people}
    if not people or len(people) > MAX_PEOPLE:
        return None
    unknown = {person for person, each in people.items() if each.band in (Band.NOT_STARTED, Band.NO_EVIDENCE)}
    seats = [
        replace(seat.seat, people=tuple(person for person in seat.seat.people if person not in unknown))
        for seat in readiness.seats
        if not unknown.issuperset(seat.seat.people)
    ]
    requirements = [requirement for seat in seats for requirement in seat.requirements]
    nothing = LearnerTerms(model.constants)
    cases = {
        person.id: _case(content, model, terms.get(person.id, nothing), requirements, head, at)
        for seat in seats
        for person in seat.people
    }
    plan = plan_team(seats, cases, content.competencies)
    open_seats = tuple(
        replace(
            each,
            changes=tuple(
                change
                for change in each.changes
                if _is_known(terms.get(change.person.id, nothing), each.seat, readiness.rules)
            ),
        )
        for each in plan.open_seats
    )
    return TeamStudy(TeamPlan(plan.plans, open_seats), tuple(sorted(person.name for person in unknown)))


def _is_known(terms: LearnerTerms, seat: Seat, rules: Rules) -> bool:
    """Whether there is enough evidence of a person in all that a seat requires."""
    states = [terms.states.get(each.competency) for each in seat.requirements]
    return all(state is not None and state.answers >= rules.min_answers for state in states)


def _case(
    content: Content,
    model: Model,
    terms: LearnerTerms,
    requirements: Iterable[Requirement],
    head: EngagementHead,
    at: datetime,
) -> StudyCase:
    goals = tuple(
        Goal(each.competency, each.target, is_must=each.is_must)
        for each in requirements
        if content.items_by_competency.get(each.competency)
    )
    items = {goal.competency: beliefs_of(content, model, goal.competency) for goal in goals}
    start, end = in_zone(at, head.zone), in_zone(head.starts_at, head.zone)
    ahead = min(MAX_DAYS, max(0, (end.date() - start.date()).days))
    return StudyCase(
        goals=goals,
        items=items,
        terms=terms,
        shared=model.shared,
        activities=tuple(_activities(content, {key for keys in items.values() for key in keys})),
        free_minutes={start.date() + timedelta(days=number): DAILY_MINUTES for number in range(ahead)},
        at=start,
        on=end,
    )


def _activities(content: Content, wanted: set[str]) -> Iterable[Activity]:
    for quiz in content.quizzes.values():
        keys = tuple(key for item in quiz.items for key, _ in item_keys(item) if key in wanted)
        if keys:
            yield Activity(quiz.id, ActivityKind.QUIZ, quiz.title, quiz.minutes, keys)


def _task(content: Content, activity: Activity, done: Done) -> Task:
    quiz = content.quizzes[activity.id]
    return Task(quiz, tuple(content.lessons[name] for name in quiz.lessons if name not in done.lessons)[:1])
