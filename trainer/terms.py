"""Keeps the terms of the model: reads them for some learners, and stores those of one."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from trainer.database import upsert
from trainer.domain.mastery import LearnerTerms, Mastery, Scope
from trainer.models import MasteryRow


def load_terms(
    session: Session, learners: Collection[UUID], keys: Collection[str] | None = None
) -> dict[UUID, LearnerTerms]:
    """The terms of each learner: all of them, or their ability and those of some competencies and items."""
    statement = select(
        MasteryRow.learner_id,
        MasteryRow.scope,
        MasteryRow.key,
        MasteryRow.mean,
        MasteryRow.variance,
        MasteryRow.at,
        MasteryRow.answers,
    ).where(MasteryRow.learner_id.in_(learners))
    if keys is not None:
        statement = statement.where(MasteryRow.key.in_(["", *keys]))
    terms = {learner: LearnerTerms() for learner in learners}
    for learner_id, scope, key, *values in session.execute(statement):
        terms[learner_id].put(Scope(scope), key, Mastery(*values))
    return terms


def store_terms(session: Session, learner_id: UUID, terms: LearnerTerms) -> None:
    """Keep these terms of a learner; others of theirs stay as they are."""
    upsert(
        session,
        MasteryRow,
        [
            {
                "learner_id": learner_id,
                "scope": scope,
                "key": key,
                "mean": mastery.mean,
                "variance": mastery.variance,
                "at": mastery.at,
                "answers": mastery.answers,
            }
            for scope, key, mastery in terms.named()
            if mastery.is_met
        ],
    )


def forget_terms(session: Session, learner_id: UUID) -> None:
    session.execute(delete(MasteryRow).where(MasteryRow.learner_id == learner_id))
