"""Keeps the versions of the model's shared terms: reads the one in force and all of them, and appends one."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import datetime, timedelta
from threading import Lock
from typing import Any
from uuid import UUID

from sqlalchemy import Row, func, insert, select

from trainer.database import Store
from trainer.domain.mastery import (
    FIRST_VERSION,
    Belief,
    Changes,
    Constants,
    History,
    Levels,
    Model,
    Scope,
    SharedTerms,
)
from trainer.models import DifficultyRow, ModelRow, table

CALIBRATED, CORRECTED, REVERTED, LEARNT = "calibrated", "corrected", "reverted", "learnt"
MADE_ANEW = (CALIBRATED, REVERTED)
"""Versions that hold every belief, from which answers are replayed whatever was believed before."""
LOOK_AGAIN_AFTER = timedelta(minutes=1)
_model, _difficulty = table(ModelRow), table(DifficultyRow)
_NEWEST = select(_model).order_by(_model.c.version.desc()).limit(1)


class Models:
    """The model in force, looked up again once a minute: each response keeps the version that it was judged by."""

    def __init__(self) -> None:
        self._found: tuple[datetime, Model] | None = None
        self._lock = Lock()

    def current(self, store: Store, *, at: datetime) -> Model:
        found = self._found
        if found is None or abs(at - found[0]) >= LOOK_AGAIN_AFTER:
            with self._lock:
                row = newest_version(store)
                is_known = found is not None and (FIRST_VERSION if row is None else row.version) == found[1].version
                model = found[1] if found is not None and is_known else _in_force(store, row)
                found = self._found = (at, model)
        return found[1]

    def forget(self) -> None:
        self._found = None


def load_model(store: Store) -> Model:
    """The version in force; the shipped one when nothing was learnt yet."""
    return _in_force(store, newest_version(store))


def _in_force(store: Store, newest: Row[Any] | None) -> Model:
    return Model() if newest is None else model_of(store, newest)


def newest_version(store: Store) -> Row[Any] | None:
    return store.execute(_NEWEST).first()


def last_calibration(store: Store) -> Row[Any] | None:
    """The last version whose constants were refitted or whose forecasts were corrected, or None."""
    wanted = select(_model).where(_model.c.why.in_((CALIBRATED, CORRECTED))).order_by(_model.c.version.desc()).limit(1)
    return store.execute(wanted).first()


def model_at(store: Store, version: int) -> Model:
    """The model as it was at a version; the shipped one before anything was learnt."""
    row = store.execute(select(_model).where(_model.c.version == version)).first()
    return Model() if row is None else model_of(store, row)


def load_constants(store: Store) -> dict[int, Constants]:
    """The constants of every version that was kept; the shipped ones are those of any other."""
    return {
        row.version: _constants(row.constants) for row in store.execute(select(_model.c.version, _model.c.constants))
    }


def load_history(store: Store) -> History:
    """What is needed to replay answers with what was believed when they came."""
    rows = store.execute(select(_model).order_by(_model.c.version)).all()
    if not rows:
        return History({}, {}, {})
    since = _since(store, rows[-1].version)
    changes: dict[str, dict[str, Changes]] = {Scope.COMPETENCY: {}, Scope.ITEM: {}}
    wanted = select(_difficulty).where(_difficulty.c.version >= since).order_by(_difficulty.c.version)
    for row in store.execute(wanted):
        changes[row.scope].setdefault(row.key, Changes()).add(row.version, (row.mean, row.variance))
    levels = {row.version: _levels(row) for row in rows}
    return History(levels, changes[Scope.COMPETENCY], changes[Scope.ITEM], _constants(rows[-1].constants), since)


def _since(store: Store, version: int) -> int:
    """The last version up to this one that was made anew, from which on beliefs count: a refit, or going back."""
    wanted = select(func.max(_model.c.version)).where(_model.c.version <= version, _model.c.why.in_(MADE_ANEW))
    return store.scalar(wanted) or FIRST_VERSION


def append_version(
    store: Store,
    model: Model,
    items: Mapping[str, Belief],
    competencies: Mapping[str, Belief],
    *,
    why: str,
    learnt: tuple[datetime, UUID] | None,
    report: dict[str, Any],
    at: datetime,
) -> None:
    until, last = learnt or (None, None)
    store.execute(
        insert(_model).values(
            version=model.version,
            made_at=at,
            why=why,
            constants=asdict(model.constants),
            population=model.shared.population,
            item_novelty=model.shared.item_novelty,
            competency_novelty=model.shared.competency_novelty,
            learnt_until=until,
            learnt_id=last,
            report=report,
        )
    )
    rows = [
        {"scope": scope, "key": key, "version": model.version, "mean": mean, "variance": variance}
        for scope, beliefs in ((Scope.ITEM, items), (Scope.COMPETENCY, competencies))
        for key, (mean, variance) in sorted(beliefs.items())
    ]
    if rows:
        store.execute(insert(_difficulty), rows)


def model_of(store: Store, row: Row[Any]) -> Model:
    newest = (
        select(_difficulty.c.scope, _difficulty.c.key, func.max(_difficulty.c.version).label("version"))
        .where(_difficulty.c.version.between(_since(store, row.version), row.version))
        .group_by(_difficulty.c.scope, _difficulty.c.key)
        .subquery()
    )
    found = store.execute(
        select(_difficulty).join(
            newest,
            (newest.c.scope == _difficulty.c.scope)
            & (newest.c.key == _difficulty.c.key)
            & (newest.c.version == _difficulty.c.version),
        )
    ).all()
    shared = SharedTerms(
        _constants(row.constants),
        *_levels(row),
        competencies=_beliefs(each for each in found if each.scope == Scope.COMPETENCY),
        items=_beliefs(each for each in found if each.scope == Scope.ITEM),
    )
    return Model(row.version, shared)


def _beliefs(rows: Iterable[Row[Any]]) -> dict[str, Belief]:
    return {row.key: (row.mean, row.variance) for row in rows}


def _levels(row: Row[Any]) -> Levels:
    return Levels(*(_belief(each) for each in (row.population, row.item_novelty, row.competency_novelty)))


def _belief(kept: list[float]) -> Belief:
    mean, variance = kept
    return mean, variance


def _constants(kept: Mapping[str, Any]) -> Constants:
    values: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in kept.items()}
    return Constants(**values)
