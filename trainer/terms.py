"""Keeps the terms of the model: reads them for some learners, and stores those of one."""

from collections.abc import Collection
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, bindparam, delete, literal_column, select

from trainer.database import Store, upsert
from trainer.domain.mastery import Card, Constants, LearnerTerms, Mastery, Scope
from trainer.models import MasteryRow, table

_mastery = table(MasteryRow)
_SCOPES: list[ColumnElement[str]] = [literal_column(f"'{scope}'") for scope in Scope]
_TERMS = select(
    _mastery.c.learner_id,
    _mastery.c.scope,
    _mastery.c.key,
    _mastery.c.mean,
    _mastery.c.variance,
    _mastery.c.at,
    _mastery.c.answers,
    _mastery.c.stability,
    _mastery.c.hardness,
)
_ALL = _TERMS.where(_mastery.c.learner_id.in_(bindparam("learners", expanding=True)))
_SOME = _ALL.where(_mastery.c.key.in_(bindparam("keys", expanding=True)))


@cache
def _some_of_one(count: int) -> Select[Any]:
    """Terms of one learner with any of so many keys.

    Names every column of the primary key, so that a save does not read all that its learner has learnt, and has a
    place for each key, so that it is made into text once.
    """
    places: list[ColumnElement[str]] = [bindparam(f"key{number}") for number in range(count)]
    return _TERMS.where(
        _mastery.c.learner_id == bindparam("learner"), _mastery.c.scope.in_(_SCOPES), _mastery.c.key.in_(places)
    )


def load_terms(
    store: Store, constants: Constants, learners: Collection[UUID], keys: Collection[str] | None = None
) -> dict[UUID, LearnerTerms]:
    """The terms of each learner: all of them, or their ability and those of some competencies and items."""
    if keys is None:
        rows = store.execute(_ALL, {"learners": list(learners)})
    else:
        rows = store.execute(_SOME, {"learners": list(learners), "keys": ["", *keys]})
    terms = {learner: LearnerTerms(constants) for learner in learners}
    for learner_id, scope, key, *values in rows:
        terms[learner_id].put(Scope(scope), key, _mastery_of(*values))
    return terms


def load_terms_of(store: Store, constants: Constants, learner_id: UUID, keys: Collection[str]) -> LearnerTerms:
    """A learner's ability, and their terms of a few competencies and items: what one answer moves."""
    named = {f"key{number}": key for number, key in enumerate(("", *keys))}
    terms = LearnerTerms(constants)
    for _, scope, key, *values in store.execute(_some_of_one(len(named)), {"learner": learner_id, **named}):
        terms.put(Scope(scope), key, _mastery_of(*values))
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
                "stability": mastery.card.stability if mastery.card else None,
                "hardness": mastery.card.hardness if mastery.card else None,
            }
            for scope, key, mastery in terms.named()
        ],
    )


def forget_terms(store: Store, learner_id: UUID) -> None:
    store.execute(delete(MasteryRow).where(MasteryRow.learner_id == learner_id))


def _mastery_of(
    mean: float, variance: float, at: datetime, answers: int, stability: float | None, hardness: float | None
) -> Mastery:
    card = None if stability is None or hardness is None else Card(stability, hardness)
    return Mastery(mean, variance, at, answers, card)
