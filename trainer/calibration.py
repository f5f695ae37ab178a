"""Use cases of the model: what it learns from the log, and refitting it on the company's own answers."""

from dataclasses import asdict, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Row, select, text, tuple_

from trainer.database import Store, dialect_of
from trainer.domain.mastery import (
    NO_CORRECTION,
    Calibration,
    Constants,
    Correction,
    Evidence,
    Kind,
    Logged,
    Model,
    Part,
    learn_all,
)
from trainer.domain.mastery import calibrate as refit
from trainer.models import Response, table
from trainer.versions import (
    CALIBRATED,
    CORRECTED,
    LEARNT,
    REVERTED,
    append_version,
    last_calibration,
    load_model,
    model_at,
    model_of,
    newest_version,
)

SETTLED_AFTER = timedelta(minutes=1)
"""Responses younger than this may still be on their way in; the next run learns from them."""
_TURN = 20_261_203
"""Names the lock that one learning run at a time holds on PostgreSQL; on SQLite every writer waits already."""
_response = table(Response)


class CalibrationError(ValueError):
    """What was asked for cannot be done; the text says why."""


def learn_from_log(store: Store, *, at: datetime) -> int:
    """Let the shared terms learn from the responses since the last run, as a new version; how many there were.

    A save touches no shared row, so savers neither wait for one another nor deadlock. One run at a time takes the
    responses in the order of their arrival, so none is lost or counted twice.
    """
    _take_turn(store)
    row = newest_version(store)
    model = Model() if row is None else model_of(store, row)
    rows = _settled(store, row, at)
    if not rows:
        return 0
    shared = model.shared
    shared.learn_all(_evidence(each, model.constants) for each in rows)
    items = {each.item_key for each in rows}
    competencies = {name for each in rows for name in each.competencies}
    append_version(
        store,
        Model(model.version + 1, shared),
        {key: shared.items[key] for key in items},
        {name: shared.competencies[name] for name in competencies},
        why=LEARNT,
        learnt=(rows[-1].received_at, rows[-1].id),
        report={"responses": len(rows)},
        at=at,
    )
    return len(rows)


def calibrate(store: Store) -> Calibration:
    """Refit the constants on the company's own log, some learners held back to judge by. Changes nothing."""
    return refit(load_log(store), load_model(store).constants)


def apply(store: Store, found: Calibration, *, at: datetime) -> int:
    """Put refitted constants in force, with the shared terms that they learn from the whole log; the new version.

    Every learner's mastery must then be made again from the log. A correction ends: it was found with the constants of
    before.
    """
    _take_turn(store)
    shared = learn_all(load_log(store), replace(found.constants, correction=NO_CORRECTION))
    version = load_model(store).version + 1
    report = {**asdict(found), "constants": None}
    learnt = _last_response(store)
    _append(store, Model(version, shared), why=CALIBRATED, learnt=learnt, report=report, at=at)
    return version


def correct(store: Store, correction: Correction, *, at: datetime) -> int:
    """Put a correction of all forecasts to a date in force; the new version. What is believed and known stays."""
    _take_turn(store)
    newest, model = newest_version(store), load_model(store)
    shared = replace(model.shared, constants=replace(model.constants, correction=correction))
    learnt = (newest.learnt_until, newest.learnt_id) if newest is not None and newest.learnt_until else None
    append_version(
        store,
        Model(model.version + 1, shared),
        {},
        {},
        why=CORRECTED,
        learnt=learnt,
        report={"correction": list(correction)},
        at=at,
    )
    return model.version + 1


def go_back(store: Store, *, at: datetime) -> int:
    """Put the constants and terms from before the last calibration or correction in force again; the new version.

    Raises `CalibrationError` when nothing was ever calibrated.
    """
    _take_turn(store)
    calibrated = last_calibration(store)
    if calibrated is None:
        raise CalibrationError("Nothing was calibrated yet: the shipped constants are in force.")
    before = model_at(store, calibrated.version - 1)
    version = load_model(store).version + 1
    learnt = (calibrated.learnt_until, calibrated.learnt_id) if calibrated.learnt_until else None
    report = {"as_of_version": before.version}
    _append(store, Model(version, before.shared), why=REVERTED, learnt=learnt, report=report, at=at)
    return version


def load_log(store: Store) -> dict[UUID, list[Logged]]:
    """Every response that is evidence, by learner in the order of their ids, each learner's as they were given."""
    log: dict[UUID, list[Logged]] = {}
    for learner_id, identity, key, names, score, difficulty, at, kind in store.execute(
        select(
            _response.c.learner_id,
            _response.c.id,
            _response.c.item_key,
            _response.c.competencies,
            _response.c.score,
            _response.c.difficulty,
            _response.c.answered_at,
            _response.c.kind,
        )
        .where(_response.c.withdrawn_at.is_(None))
        .order_by(_response.c.learner_id, _response.c.answered_at, _response.c.id)
    ):
        if names:
            logged = Logged(identity, key, tuple(names), score, difficulty, at, Kind(kind))
            log.setdefault(learner_id, []).append(logged)
    return log


def _last_response(store: Store) -> tuple[datetime, UUID] | None:
    row = store.execute(
        select(_response.c.received_at, _response.c.id)
        .order_by(_response.c.received_at.desc(), _response.c.id.desc())
        .limit(1)
    ).first()
    return None if row is None else (row.received_at, row.id)


def _append(
    store: Store,
    model: Model,
    *,
    why: str,
    learnt: tuple[datetime, UUID] | None,
    report: dict[str, Any],
    at: datetime,
) -> None:
    """A version that holds every belief."""
    shared = model.shared
    append_version(store, model, shared.items, shared.competencies, why=why, learnt=learnt, report=report, at=at)


def _settled(store: Store, newest: Row[Any] | None, at: datetime) -> list[Row[Any]]:
    """Responses that no version has learnt from, in the order of their arrival."""
    wanted = select(
        _response.c.id,
        _response.c.item_key,
        _response.c.competencies,
        _response.c.score,
        _response.c.kind,
        _response.c.difficulty,
        _response.c.person_mean,
        _response.c.person_variance,
        _response.c.item_novelty,
        _response.c.competency_novelty,
        _response.c.received_at,
    ).where(_response.c.received_at <= at - SETTLED_AFTER, _response.c.withdrawn_at.is_(None))
    if newest is not None and newest.learnt_until is not None:
        last = tuple_(newest.learnt_until, newest.learnt_id, types=[_response.c.received_at.type, _response.c.id.type])
        wanted = wanted.where(tuple_(_response.c.received_at, _response.c.id) > last)
    return list(store.execute(wanted.order_by(_response.c.received_at, _response.c.id)))


def _evidence(row: Row[Any], constants: Constants) -> Evidence:
    part = Part(row.person_mean, row.person_variance, row.item_novelty, row.competency_novelty)
    weight = Kind(row.kind).weight(constants)
    return Evidence(row.item_key, tuple(row.competencies), row.difficulty, part, row.score, weight)


def _take_turn(store: Store) -> None:
    if dialect_of(store) == "postgresql":
        store.execute(text("SELECT pg_advisory_xact_lock(:turn)"), {"turn": _TURN})
