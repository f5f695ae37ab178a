"""Use cases of speaking: keep a take until it is heard, what its learner says of it, and the recordings they keep."""

import hashlib
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Row, bindparam, delete, insert, select, update

from trainer.database import Store
from trainer.decks import load_deck, remake_aloud
from trainer.domain.content import Content
from trainer.domain.review import Closeness
from trainer.learning.attempts import LearningError
from trainer.library import NEWEST_EDITION, SHIPPED_EDITION, Library
from trainer.models import TakeRow, table
from trainer.speech import Line, line_of, lines_of
from trainer.speech.hearing import Hearing, Listener, choose_decoys, read_take
from trainer.takes import TakeFiles
from trainer.voices import Voices

_take = table(TakeRow)
_ONE = select(_take).where(_take.c.learner_id == bindparam("learner_id"), _take.c.id == bindparam("take_id"))
_ALL = select(_take).where(_take.c.learner_id == bindparam("learner_id")).order_by(_take.c.taken_at.desc(), _take.c.id)
_OF_LINE = _ALL.where(_take.c.line_id == bindparam("line_id")).limit(bindparam("most"))
LISTED = 30
"""Takes of one line that are shown."""
LOST_AFTER = timedelta(hours=1)
"""A take that still waits then is never heard: it is deleted unheard."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Take:
    """One time that a learner said a line; `hearing` is there once it was heard."""

    id: UUID
    line_id: str
    taken_at: datetime
    state: str
    digest: str
    hearing: Hearing | None
    closeness: Closeness | None
    kept_at: datetime | None

    @property
    def is_waiting(self) -> bool:
        return self.state == "waiting"

    @property
    def has_failed(self) -> bool:
        return self.state == "failed"


def say_line(
    store: Store, files: TakeFiles, learner_id: UUID, line: Line, data: bytes, *, take_id: UUID, at: datetime
) -> None:
    """Keep a take, as a WAV, until it is heard. The same one sent again is kept once.

    Raises `BadSound` when it is no sound to be heard, `LearningError` when its id names another take.
    """
    digest = hashlib.sha256(data).hexdigest()
    before = load_take(store, learner_id, take_id)
    if before is not None:
        if (before.digest, before.line_id) != (digest, line.id):
            raise LearningError("Another recording was sent under this name. Record once more.")
        return
    read_take(data)
    files.put(learner_id, take_id, data)
    row = {
        "learner_id": learner_id,
        "id": take_id,
        "line_id": line.id,
        "spoken": line.spoken,
        "digest": digest,
        "taken_at": at,
        "state": "waiting",
    }
    store.execute(insert(_take), row)


def hear_take(
    store: Store,
    library: Library,
    voices: Voices,
    files: TakeFiles,
    listener: Listener,
    learner_id: UUID,
    take_id: UUID,
) -> Hearing | None:
    """Hear a take that waits: takes a second or so, and writes nothing. None when there is nothing to hear it by."""
    take = load_take(store, learner_id, take_id)
    if take is None or not take.is_waiting:
        return None
    edition = store.scalar(NEWEST_EDITION) or SHIPPED_EDITION
    content = library.current(store, edition)
    data = files.read(learner_id, take.id)
    said = content.sayable(take.line_id)
    model = voices.model(store, edition, line_of(said)) if said is not None else None
    if data is None or model is None or said is None:
        log.warning("take %s cannot be heard: its sound or its model is gone", take.id)
        return None
    same = (line for lines in lines_of(content).values() for line in lines if line.lang == said.lang)
    decoys = choose_decoys(model, tuple(voices.models(store, edition, same)))
    return listener.hear(read_take(data), model, decoys)


def keep_hearing(store: Store, learner_id: UUID, take_id: UUID, hearing: Hearing | None, *, at: datetime) -> None:
    """Keep what was heard in a take, None when nothing could be. One that was heard before stays as it is."""
    values: dict[str, Any] = {"state": "failed"}
    if hearing is not None:
        values = {
            "state": "heard",
            "verdict": hearing.verdict.value,
            "version": hearing.version,
            "hearing": hearing.to_json(),
        }
    store.execute(
        update(_take)
        .where(_take.c.learner_id == learner_id, _take.c.id == take_id, _take.c.state == "waiting")
        .values(heard_at=at, **values)
    )


def load_take(store: Store, learner_id: UUID, take_id: UUID) -> Take | None:
    row = store.execute(_ONE, {"learner_id": learner_id, "take_id": take_id}).first()
    return None if row is None else _take_of(row)


def list_takes(store: Store, learner_id: UUID, line_id: str) -> Sequence[Take]:
    """The last takes of one line, the newest first."""
    rows = store.execute(_OF_LINE, {"learner_id": learner_id, "line_id": line_id, "most": LISTED})
    return [_take_of(row) for row in rows]


def all_takes(store: Store, learner_id: UUID) -> Sequence[Take]:
    """Every take of a learner, the newest first."""
    return [_take_of(row) for row in store.execute(_ALL, {"learner_id": learner_id})]


def rate_take(
    store: Store, content: Content, learner_id: UUID, take_id: UUID, closeness: Closeness, *, at: datetime
) -> None:
    """Keep how close a take felt; the phrase comes back to be said accordingly. A later word counts instead.

    Raises `LearningError` when the take is gone.
    """
    take = _found(store, learner_id, take_id)
    is_phrase = take.line_id in content.phrases
    retention = load_deck(store, learner_id, at=at).settings.retention if is_phrase else None
    store.execute(
        update(_take)
        .where(_take.c.learner_id == learner_id, _take.c.id == take_id)
        .values(closeness=int(closeness), retention=retention, rated_at=at)
    )
    if is_phrase:
        remake_aloud(store, learner_id, take.line_id)


def keep_sound(store: Store, files: TakeFiles, learner_id: UUID, take_id: UUID, data: bytes, *, at: datetime) -> None:
    """Keep the recording of a take, which its learner sends once more: the server has deleted it.

    Raises `BadSound`, and `LearningError` when it is another recording or the take is gone.
    """
    take = _found(store, learner_id, take_id)
    if hashlib.sha256(data).hexdigest() != take.digest:
        raise LearningError("This is not the recording of that take. Record once more.")
    files.keep(learner_id, take_id, read_take(data))
    store.execute(update(_take).where(_take.c.learner_id == learner_id, _take.c.id == take_id).values(kept_at=at))


def forget_sound(store: Store, files: TakeFiles, learner_id: UUID, take_id: UUID) -> None:
    """Delete the recording of a take; what was heard stays."""
    store.execute(update(_take).where(_take.c.learner_id == learner_id, _take.c.id == take_id).values(kept_at=None))
    files.remove(learner_id, take_id)


def forget_take(store: Store, files: TakeFiles, learner_id: UUID, take_id: UUID) -> None:
    """Delete a take with all that was heard and said of it; the phrase comes back as if it had not been."""
    line_id = store.scalar(
        delete(_take).where(_take.c.learner_id == learner_id, _take.c.id == take_id).returning(_take.c.line_id)
    )
    files.remove(learner_id, take_id)
    if line_id is not None:
        remake_aloud(store, learner_id, line_id)


def delete_old_sounds(store: Store, files: TakeFiles, days: int, *, at: datetime) -> int:
    """Delete recordings that were kept for so many days, and what is left of takes that nobody heard; how many."""
    lost = (_take.c.state == "waiting") & (_take.c.taken_at < at - LOST_AFTER)
    store.execute(update(_take).where(lost).values(state="failed", heard_at=at))
    old = _take.c.kept_at < at - timedelta(days=days)
    store.execute(update(_take).where(old).values(kept_at=None))
    has_sound = (_take.c.state == "waiting") | _take.c.kept_at.is_not(None)
    needed = {
        (row.learner_id, row.id) for row in store.execute(select(_take.c.learner_id, _take.c.id).where(has_sound))
    }
    gone = {each for each in files.older_than(at - LOST_AFTER) if each not in needed}
    for learner_id, take_id in gone:
        files.remove(learner_id, take_id)
    return len(gone)


def _found(store: Store, learner_id: UUID, take_id: UUID) -> Take:
    take = load_take(store, learner_id, take_id)
    if take is None:
        raise LearningError("This take was deleted.")
    return take


def _take_of(row: Row[Any]) -> Take:
    return Take(
        row.id,
        row.line_id,
        row.taken_at,
        row.state,
        row.digest,
        None if row.hearing is None else Hearing.from_json(row.hearing),
        None if row.closeness is None else Closeness(row.closeness),
        row.kept_at,
    )
