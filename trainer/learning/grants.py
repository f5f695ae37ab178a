"""What a person is granted in assessments: more time, and another attempt. Each grant is kept, with who gave it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from trainer.database import Store
from trainer.domain.content import Quiz
from trainer.domain.sittings import Allowance
from trainer.learning.attempts import LearningError
from trainer.models import ExtraAttempt, TimeAllowanceRow, User

REASON_LENGTH = 500


@dataclass(frozen=True, slots=True)
class SetAllowance:
    """One change of a person's time; `by` is None when whoever set it is gone."""

    allowance: Allowance
    by: str | None
    at: datetime


def allowance_of(store: Store, learner_id: UUID) -> Allowance:
    """How much time a person has in the assessments that they start now."""
    found = store.execute(
        select(TimeAllowanceRow.allowance)
        .where(TimeAllowanceRow.learner_id == learner_id)
        .order_by(TimeAllowanceRow.set_at.desc(), TimeAllowanceRow.id.desc())
        .limit(1)
    ).scalar()
    return Allowance.USUAL if found is None else Allowance(found)


def allowances_set(store: Store, learner_id: UUID) -> tuple[SetAllowance, ...]:
    """Every change of a person's time, the last first."""
    rows = store.execute(
        select(TimeAllowanceRow.allowance, User.name, TimeAllowanceRow.set_at)
        .outerjoin(User, User.id == TimeAllowanceRow.set_by_id)
        .where(TimeAllowanceRow.learner_id == learner_id)
        .order_by(TimeAllowanceRow.set_at.desc(), TimeAllowanceRow.id.desc())
    )
    return tuple(SetAllowance(Allowance(row.allowance), row.name, row.set_at) for row in rows)


def set_allowance(session: Session, learner_id: UUID, allowance: Allowance, by: UUID, *, at: datetime) -> None:
    """Give a person this much time from the next assessment on; what is open keeps the time that it began with."""
    if allowance is not allowance_of(session, learner_id):
        session.add(TimeAllowanceRow(learner_id=learner_id, allowance=allowance, set_by_id=by, set_at=at))


def extra_attempts(store: Store, learner_id: UUID, quiz_id: str) -> int:
    """How many attempts somebody was granted beyond those that everybody has."""
    count = select(func.count()).where(ExtraAttempt.learner_id == learner_id, ExtraAttempt.quiz_id == quiz_id)
    return store.execute(count).scalar_one()


def grant_attempt(session: Session, learner_id: UUID, quiz: Quiz, reason: str, by: UUID, *, at: datetime) -> None:
    """Let somebody sit an assessment once more. Raises `LearningError` without a reason, or for nobody."""
    if quiz.assessment is None:
        raise LearningError("This quiz is no assessment.")
    if not reason.strip():
        raise LearningError("Say why, so that others understand it later.")
    if session.get(User, learner_id) is None:
        raise LearningError("There is no such person.")
    session.add(
        ExtraAttempt(
            learner_id=learner_id,
            quiz_id=quiz.id,
            reason=reason.strip()[:REASON_LENGTH],
            granted_by_id=by,
            granted_at=at,
        )
    )
