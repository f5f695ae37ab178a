"""Whom a publication reaches: people who are in the middle of what it changes."""

from dataclasses import dataclass

from sqlalchemy import func, select

from trainer.database import Store
from trainer.models import Attempt, LessonDone, table

_attempt, _done = table(Attempt), table(LessonDone)


@dataclass(frozen=True, slots=True)
class Reached:
    """People who have begun a quiz, those of them who have an attempt open, and people who have done a lesson."""

    began: int = 0
    are_in_it: int = 0
    have_read: int = 0


def reached_by_quiz(store: Store, quiz_id: str) -> Reached:
    people = func.count(_attempt.c.learner_id.distinct())
    row = store.execute(
        select(people, people.filter(_attempt.c.finished_at.is_(None))).where(_attempt.c.quiz_id == quiz_id)
    ).one()
    return Reached(began=row[0], are_in_it=row[1])


def reached_by_lesson(store: Store, lesson_id: str) -> Reached:
    people = select(func.count(_done.c.learner_id.distinct())).where(_done.c.lesson_id == lesson_id)
    return Reached(have_read=store.scalar(people) or 0)
