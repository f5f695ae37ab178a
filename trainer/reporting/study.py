"""The suggested study towards an engagement: what to do on which day, and what it is expected to bring."""

import json
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import BindParameter, String, bindparam, cast, func, literal, select, union_all

from trainer.database import Store
from trainer.domain.calendar import in_zone
from trainer.domain.content import Content, Quiz, item_keys
from trainer.domain.mastery import LearnerTerms, Model
from trainer.domain.planning import (
    DAILY_MINUTES,
    Activity,
    ActivityKind,
    Chosen,
    Goal,
    StudyCase,
    StudyDay,
    StudyPlan,
    TeamPlan,
    least_study,
    plan_team,
    sittings,
)
from trainer.domain.readiness import Band, Readiness, Requirement, Rules, Seat
from trainer.models import Attempt, LessonDone, StudyPlanRow, User, table
from trainer.pace import Pace
from trainer.reporting.engagements import EngagementHead, beliefs_of
from trainer.reporting.learner import OwnSeat
from trainer.terms import load_terms

MAX_PEOPLE = 60
"""For more people than this no plan of the team is worked out while a manager waits."""
_user, _done, _attempt, _plan = table(User), table(LessonDone), table(Attempt), table(StudyPlanRow)
_LEARNERS: BindParameter[UUID] = bindparam("learners", expanding=True)
_STUDYING = union_all(
    select(
        _user.c.id.label("learner_id"),
        literal("minutes").label("what"),
        cast(func.coalesce(_user.c.daily_minutes, DAILY_MINUTES), String).label("value"),
    ).where(_user.c.id.in_(_LEARNERS)),
    select(_done.c.learner_id, literal("lesson"), _done.c.lesson_id).where(_done.c.learner_id.in_(_LEARNERS)),
    select(_attempt.c.learner_id, literal("quiz"), _attempt.c.quiz_id).where(
        _attempt.c.learner_id.in_(_LEARNERS), _attempt.c.finished_at.is_not(None), _attempt.c.number == 1
    ),
    select(_plan.c.learner_id, literal("plan"), cast(_plan.c.chosen, String)).where(
        _plan.c.learner_id.in_(_LEARNERS), _plan.c.engagement_id == bindparam("engagement_id")
    ),
)


@dataclass(slots=True)
class Studying:
    """How much time a person has a day, what they have done, and the plan for an engagement that they set out on."""

    daily_minutes: int = DAILY_MINUTES
    lessons: set[str] = field(default_factory=set)
    quizzes: set[str] = field(default_factory=set)
    plan: Chosen = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class OwnPlan:
    """A learner's plan for their next seat, as of today in its zone."""

    seat: OwnSeat
    plan: StudyPlan
    today: date
    daily_minutes: int

    @property
    def next_day(self) -> StudyDay | None:
        """The first day with something to do; None when nothing is planned."""
        return self.plan.days[0] if self.plan.days else None

    @property
    def is_today(self) -> bool:
        return self.next_day is not None and self.next_day.day == self.today


@dataclass(frozen=True, slots=True)
class TeamStudy:
    """The plan of those of whom enough is known, and the names of the others."""

    plan: TeamPlan
    unknown: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Company:
    """What the plans of all people rest on."""

    content: Content
    model: Model
    pace: Pace
    at: datetime


def own_plan(
    store: Store, content: Content, model: Model, pace: Pace, learner_id: UUID, seat: OwnSeat, *, at: datetime
) -> OwnPlan:
    """The least study that makes a learner ready for a seat; it is made anew after each answer."""
    terms = load_terms(store, model.constants, [learner_id])[learner_id]
    studying = studying_of(store, [learner_id], seat.engagement.id)[learner_id]
    case = _case(_Company(content, model, pace, at), terms, studying, seat.requirements, seat.engagement)
    return OwnPlan(seat, least_study(case, studying.plan), case.at.date(), studying.daily_minutes)


def team_study(
    store: Store,
    content: Content,
    model: Model,
    pace: Pace,
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
    requirements = {each.competency: each for seat in seats for each in seat.requirements}.values()
    nothing, company = LearnerTerms(model.constants), _Company(content, model, pace, at)
    studying = studying_of(store, [person.id for seat in seats for person in seat.people], head.id)
    cases = {
        person: _case(company, terms.get(person, nothing), known, requirements, head)
        for person, known in studying.items()
    }
    plan = plan_team(seats, cases, content.competencies, {person: each.plan for person, each in studying.items()})
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
    plan = replace(plan, open_seats=open_seats)
    return TeamStudy(plan, tuple(sorted(person.name for person in unknown)))


def studying_of(store: Store, learners: Collection[UUID], engagement_id: UUID) -> dict[UUID, Studying]:
    """The time that each person has and what they have done: one statement for any number of them."""
    found = {learner: Studying() for learner in learners}
    for learner_id, what, value in store.execute(_STUDYING, {"learners": list(found), "engagement_id": engagement_id}):
        match what:
            case "minutes":
                found[learner_id].daily_minutes = int(value)
            case "lesson":
                found[learner_id].lessons.add(value)
            case "quiz":
                found[learner_id].quizzes.add(value)
            case _:
                found[learner_id].plan = {date.fromisoformat(day): names for day, names in json.loads(value).items()}
    return found


def _is_known(terms: LearnerTerms, seat: Seat, rules: Rules) -> bool:
    """Whether there is enough evidence of a person in all that a seat requires."""
    states = [terms.states.get(each.competency) for each in seat.requirements]
    return all(state is not None and state.answers >= rules.min_answers for state in states)


def _case(
    company: _Company,
    terms: LearnerTerms,
    studying: Studying,
    requirements: Iterable[Requirement],
    head: EngagementHead,
) -> StudyCase:
    content = company.content
    goals = tuple(
        Goal(each.competency, each.target, is_must=each.is_must, weight=float(each.weight))
        for each in requirements
        if content.items_by_competency.get(each.competency)
    )
    items = {goal.competency: beliefs_of(content, company.model, goal.competency) for goal in goals}
    start, end = in_zone(company.at, head.zone), in_zone(head.starts_at, head.zone)
    activities = tuple(_activities(company, {key for keys in items.values() for key in keys}, studying))
    return StudyCase(
        goals=goals,
        items=items,
        terms=terms,
        shared=company.model.shared,
        activities=activities,
        free_minutes=sittings(start.date(), end.date(), studying.daily_minutes, activities),
        at=start,
        on=end,
        rules=head.rules,
    )


def _activities(company: _Company, wanted: set[str], studying: Studying) -> Iterator[Activity]:
    """Each quiz that holds wanted items: as a review where it was done before, else with its lesson to be read."""
    needed = dict[str, None]()
    for quiz in company.content.counted_quizzes:
        keys = tuple(key for item in quiz.items for key, _ in item_keys(item) if key in wanted)
        if keys:
            is_again = quiz.id in studying.quizzes
            lesson = None if is_again else main_lesson(quiz, wanted)
            lesson = None if lesson in studying.lessons else lesson
            kind = ActivityKind.REVIEW if is_again else ActivityKind.QUIZ
            minutes = company.pace.minutes(quiz, is_again=is_again)
            if lesson is not None:
                needed[lesson] = None
            yield Activity(quiz.id, kind, quiz.title, minutes, keys, lesson)
    for name in needed:
        lesson_of = company.content.lessons[name]
        yield Activity(name, ActivityKind.LESSON, lesson_of.title, lesson_of.minutes)


def main_lesson(quiz: Quiz, wanted: Collection[str]) -> str | None:
    """The lesson that most of the wanted items of a quiz are about; of several the first."""
    about = Counter(item.lesson_id for item in quiz.items for key, _ in item_keys(item) if key in wanted)
    return max(quiz.lessons, key=lambda lesson: about[lesson], default=None)
