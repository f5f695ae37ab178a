"""Who has no attempt left in an assessment, and who was granted another: names and counts, never results."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from trainer.database import Store
from trainer.domain.answers import Mode
from trainer.domain.content import Content, Quiz
from trainer.models import Attempt, ExtraAttempt, User

LAST_GRANTS = 50


@dataclass(frozen=True, slots=True)
class UsedUp:
    """Somebody who has sat an assessment as often as they may."""

    learner_id: UUID
    name: str
    quiz: Quiz
    sat: int


@dataclass(frozen=True, slots=True)
class Grant:
    """One more attempt; `quiz` is None when it is taught no more, `by` when whoever granted it is gone."""

    name: str
    quiz: Quiz | None
    reason: str
    by: str | None
    at: datetime


def used_up(store: Store, content: Content) -> tuple[UsedUp, ...]:
    """By name, and for each person by quiz. An assessment that is open counts."""
    extra = (
        select(func.count())
        .where(ExtraAttempt.learner_id == Attempt.learner_id, ExtraAttempt.quiz_id == Attempt.quiz_id)
        .correlate(Attempt)
        .scalar_subquery()
    )
    rows = store.execute(
        select(User.id, User.name, Attempt.quiz_id, func.count(Attempt.id).label("sat"), extra.label("extra"))
        .join(User, User.id == Attempt.learner_id)
        .where(Attempt.mode == Mode.ASSESSMENT, User.disabled_at.is_(None))
        .group_by(User.id, User.name, Attempt.learner_id, Attempt.quiz_id)
        .order_by(User.name, Attempt.quiz_id)
    )
    found = []
    for row in rows:
        quiz = content.quizzes.get(row.quiz_id)
        if quiz is not None and quiz.assessment is not None and row.sat >= quiz.assessment.attempts + row.extra:
            found.append(UsedUp(UUID(int=row.id.int), row.name, quiz, row.sat))
    return tuple(found)


def last_grants(store: Store, content: Content) -> tuple[Grant, ...]:
    """The last first."""
    learner, giver = aliased(User), aliased(User)
    rows = store.execute(
        select(
            learner.name.label("name"),
            ExtraAttempt.quiz_id,
            ExtraAttempt.reason,
            giver.name.label("by"),
            ExtraAttempt.granted_at,
        )
        .join(learner, learner.id == ExtraAttempt.learner_id)
        .outerjoin(giver, giver.id == ExtraAttempt.granted_by_id)
        .order_by(ExtraAttempt.granted_at.desc(), ExtraAttempt.id.desc())
        .limit(LAST_GRANTS)
    )
    return tuple(Grant(row.name, content.quizzes.get(row.quiz_id), row.reason, row.by, row.granted_at) for row in rows)
