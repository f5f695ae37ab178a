"""The words for suggested study: what a plan comes to, what it leaves open, and what would help."""

from collections.abc import Mapping, Sequence

from flask import Flask

from trainer.domain.content import Competency, CompetencyKind
from trainer.domain.planning import ActivityKind, GoalOutlook, OpenSeat, StudyPlan
from trainer.domain.readiness import Band
from trainer.reporting import OwnPlan, TeamStudy
from trainer.web.wording import day
from trainer.wording import count, count_of, listed

KINDS = {
    ActivityKind.LESSON: ("Read the lesson", "learn.show_lesson", "lesson_id"),
    ActivityKind.QUIZ: ("Practise", "quizzes.show_quiz", "quiz_id"),
    ActivityKind.REVIEW: ("Review: do the quiz again", "quizzes.show_quiz", "quiz_id"),
}
"""What is done, the page to do it on, and what that page is given."""


def init_study_words(app: Flask) -> None:
    app.jinja_env.globals.update(
        ACTIVITIES=KINDS,
        study_words=study_words,
        plan_words=plan_words,
        open_seat_words=open_seat_words,
        team_study_words=team_study_words,
    )


def study_words(study: OwnPlan, competencies: Mapping[str, Competency]) -> str:
    """What a plan leaves open of what the seat needs, and what would help."""
    when = day(study.seat.engagement.starts_local)
    unreached = [goal for goal in study.plan.goals if goal.shortfall]
    unsure = [goal for goal in study.plan.goals if not goal.shortfall and goal.band is not Band.READY]
    words = []
    if unreached:
        needs_language = any(competencies[each.goal.competency].kind is CompetencyKind.LANGUAGE for each in unreached)
        helps = "another person in the seat, or an interpreter," if needs_language else "another person in the seat"
        words.append(
            f"{_names(unreached, competencies)}: not to be reached by {when} with {study.daily_minutes} minutes a day. "
            f"Tell your manager in good time: {helps} may help."
        )
    if unsure:
        words.append(
            f"{_names(unsure, competencies)}: the middle of the forecast reaches what is needed, but is not yet sure "
            "enough to be called ready. Each answer makes it surer."
        )
    return " ".join(words)


def plan_words(plan: StudyPlan) -> str:
    """What a person's suggested study comes to, for the manager: no forecast numbers."""
    if plan.is_ready:
        return f" · expected to be ready with {plan.minutes} minutes of study" if plan.minutes else ""
    if plan.is_reached:
        start = f"with {plan.minutes} minutes of study the" if plan.minutes else "the"
        return f" · {start} middle of the forecast reaches the targets"
    reached = len(plan.goals) - len(plan.unreached)
    if not plan.minutes:
        return " · study alone does not reach the targets by the day"
    of = f"{reached} of {count_of(plan.goals, 'target')} by the day"
    return f" · with {plan.minutes} minutes of study the middle of the forecast reaches {of}"


def team_study_words(study: TeamStudy) -> str:
    """What the suggested study of a team comes to."""
    minutes = count(study.plan.minutes, "minute")
    unknown = f" Of {listed(study.unknown)} too little is known: let them answer first." if study.unknown else ""
    if not study.plan.plans:
        return unknown.strip()
    if study.plan.open_seats:
        return f"{minutes} of study in all leave these seats open.{unknown}"
    rest = " of the seats of which enough is known" if study.unknown else " seat"
    reached = f"Each{rest} has someone whose forecast reaches, in its middle, what it must have"
    start = f"{reached}, with {minutes} of study in all" if study.plan.minutes else reached
    of = f"{len(study.plan.ready_seats)} of {count(study.plan.seats, 'seat')}"
    is_sure = len(study.plan.ready_seats) == study.plan.seats
    surer = "" if is_sure else f" In {of} someone is then expected to be called ready."
    return f"{start}.{surer}{unknown}"


def open_seat_words(open_seat: OpenSeat, competencies: Mapping[str, Competency]) -> str:
    """A seat that study alone does not make ready, and what would."""
    missing = _names(open_seat.missing, competencies)
    start = (
        f"{open_seat.seat.title}: nobody is assigned."
        if open_seat.nearest is None
        else f"{open_seat.seat.title}: nobody in it is expected to reach {missing}."
    )
    helps = [
        f"{change.person.name} for this seat alone ({count(change.minutes, 'minute')})"
        if change.gives_up_others
        else f"{change.person.name} in this seat ({count(change.minutes, 'minute')} of study)"
        for change in sorted(open_seat.changes, key=lambda change: change.person.name)
    ]
    if open_seat.interpreter is not None:
        of = listed([competencies[name].title for name in open_seat.interpreter.competencies])
        helps.append(f"an interpreter for {of}" + ("" if open_seat.interpreter.is_enough else ", though not for all"))
    return f"{start} What would close it: {listed(helps, 'or')}." if helps else f"{start} Nobody else comes near it."


def _names(goals: Sequence[GoalOutlook], competencies: Mapping[str, Competency]) -> str:
    return listed([competencies[goal.goal.competency].title for goal in goals])
