"""Use cases of a replay: play a scenario again from a decision, as practice; the attempt itself never changes."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, bindparam, insert, select, update

from trainer.database import Store
from trainer.domain.attempts import Answered, kept_grade
from trainer.domain.content import ChoiceKey, Item
from trainer.domain.grading import Given, Grade
from trainer.domain.mastery import Kind, Model
from trainer.domain.replays import ReplayState
from trainer.domain.scenario import Position
from trainer.learning.attempts import LearningError, given_of, take_turn
from trainer.learning.responses import Occasion, at_position, keep_answer
from trainer.models import Replay, Response, new_id, table

_replay, _response = table(Replay), table(Response)
_REPLAYS = (
    select(
        _replay,
        _response.c.id.label("response_id"),
        _response.c.step,
        _response.c.given,
        _response.c.score,
    )
    .outerjoin(_response, (_response.c.learner_id == _replay.c.learner_id) & (_response.c.attempt_id == _replay.c.id))
    .where(_replay.c.learner_id == bindparam("learner_id"))
    .order_by(_replay.c.id, _response.c.step)
)
_ONE = _REPLAYS.where(_replay.c.id == bindparam("replay_id"))
_OF_ATTEMPT = _REPLAYS.where(_replay.c.attempt_id == bindparam("attempt_id"))


def start_replay(
    store: Store, learner_id: UUID, attempt_id: UUID, item: Item, path: Position, step: int, *, at: datetime
) -> UUID:
    """Take a decision of a path that has ended anew; one that is open from the same decision is gone on with."""
    if path.ending is None or step >= len(path.steps):
        raise LearningError("Play this scenario to its end first. Then you can take a decision again.")
    taken = tuple(each.key for each in path.steps[:step])
    take_turn(store, learner_id)
    for each in list_replays(store, learner_id, attempt_id):
        if (each.item_id, each.taken, each.finished_at) == (item.id, taken, None) and not each.position(item).is_broken:
            return each.id
    replay_id = new_id()
    row = {
        "learner_id": learner_id,
        "id": replay_id,
        "attempt_id": attempt_id,
        "quiz_id": item.quiz_id,
        "item_id": item.id,
        "taken": [list(key) for key in taken],
        "started_at": at,
        "finished_at": None,
    }
    store.execute(insert(_replay), row)
    return replay_id


def load_replay(store: Store, learner_id: UUID, replay_id: UUID, *, for_update: bool = False) -> ReplayState | None:
    """A replay of this learner, or None. `for_update` lets the responses of a learner go one after another."""
    if for_update:
        take_turn(store, learner_id)
    rows = store.execute(_ONE, {"learner_id": learner_id, "replay_id": replay_id}).all()
    return _state(rows) if rows else None


def list_replays(store: Store, learner_id: UUID, attempt_id: UUID) -> tuple[ReplayState, ...]:
    """The replays of an attempt's scenarios, in the order they were started."""
    by_id: dict[UUID, list[Row[Any]]] = {}
    for row in store.execute(_OF_ATTEMPT, {"learner_id": learner_id, "attempt_id": attempt_id}):
        by_id.setdefault(row.id, []).append(row)
    return tuple(_state(rows) for rows in by_id.values())


def answer_replay(
    store: Store,
    model: Model,
    replay: ReplayState,
    item: Item,
    given: Given,
    *,
    step: int,
    response_id: UUID,
    at: datetime,
) -> Grade:
    """Grade the next choice, keep it as practice, move the mastery; the same step sent again keeps the first.

    Raises `LearningError` when the replay is not at that step, `UnfitAnswer` when the choice is not offered there.
    """
    kept = replay.find(step)
    if kept is not None:
        return kept_grade(item, kept)
    position = replay.position(item)
    if position.node is None:
        raise LearningError("This scenario has ended. Play it again from one of its decisions.")
    if step != len(position.steps):
        raise LearningError("This step comes later. Go on from where you stand.")
    given = at_position(given, position)
    occasion = Occasion(replay.learner_id, replay.id, Kind.REPLAY)
    graded = keep_answer(store, model, occasion, item, given, step=step, response_id=response_id, at=at)
    answered = Answered(response_id, item.id, step, given, graded.score)
    if replay.after(answered).position(item).node is None:
        _finish(store, replay, at=at)
    return graded


def _finish(store: Store, replay: ReplayState, *, at: datetime) -> None:
    store.execute(
        update(_replay)
        .where(_replay.c.learner_id == replay.learner_id, _replay.c.id == replay.id)
        .values(finished_at=at)
    )


def _state(rows: Sequence[Row[Any]]) -> ReplayState:
    first = rows[0]
    taken: tuple[ChoiceKey, ...] = tuple((node, choice) for node, choice in first.taken)
    return ReplayState(
        first.id,
        first.learner_id,
        first.attempt_id,
        first.quiz_id,
        first.item_id,
        taken,
        first.started_at,
        first.finished_at,
        tuple(
            Answered(row.response_id, first.item_id, row.step, given_of(row.given), row.score)
            for row in rows
            if row.response_id is not None
        ),
    )
