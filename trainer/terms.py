"""Keeps the terms of the model: reads them for some learners, and stores those of one."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import bindparam, delete, select

from trainer.database import Store, upsert
from trainer.domain.mastery import LearnerTerms, Mastery, Scope
from trainer.models import MasteryRow, table

_mastery = table(MasteryRow)
_ALL = select(
    _mastery.c.learner_id,
    _mastery.c.scope,
    _mastery.c.key,
    _mastery.c.mean,
    _mastery.c.variance,
    _mastery.c.at,
    _mastery.c.answers,
).where(_mastery.c.learner_id.in_(bindparam("learners", expanding=True)))
_SOME = _ALL.where(_mastery.c.key.in_(bindparam("keys", expanding=True)))
_SOME_OF_ONE = _SOME.where(_mastery.c.scope.in_([*Scope]))
"""Names every column of the primary key, so that a save does not read all that its learner has learnt."""


def load_terms(
    store: Store, learners: Collection[UUID], keys: Collection[str] | None = None
) -> dict[UUID, LearnerTerms]:
    """The terms of each learner: all of them, or their ability and those of some competencies and items."""
    if keys is None:
        rows = store.execute(_ALL, {"learners": list(learners)})
    else:
        statement = _SOME_OF_ONE if len(learners) == 1 else _SOME
        rows = store.execute(statement, {"learners": list(learners), "keys": ["", *keys]})
    terms = {learner: LearnerTerms() for learner in learners}
    for learner_id, scope, key, *values in rows:
        terms[learner_id].put(Scope(scope), key, Mastery(*values))
    return terms


def store_terms(store: Store, learner_id: UUID, terms: LearnerTerms) -> None:
    """Keep these terms of a learner; others of theirs stay as they are."""
    upsert(
        store,
        _mastery,
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


def forget_terms(store: Store, learner_id: UUID) -> None:
    store.execute(delete(MasteryRow).where(MasteryRow.learner_id == learner_id))
