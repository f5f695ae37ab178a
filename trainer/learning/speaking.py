"""Use cases of speaking: keep a take until it is heard, what its learner says of it, and the recordings they keep."""

import hashlib
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Row, bindparam, delete, func, insert, select, update

from trainer.database import Store
from trainer.decks import load_deck, remake_aloud
from trainer.domain.content import Content
from trainer.domain.review import Closeness
from trainer.learning.attempts import LearningError, take_turn
from trainer.library import NEWEST_EDITION, SHIPPED_EDITION, Library
from trainer.models import TakeRow, table
from trainer.speech import Line, line_of, lines_of
from trainer.speech.hearing import FEWEST_DECOYS, Hearing, Listener, Reference, choose_decoys, read_take
from trainer.takes import TakeFiles
from trainer.voices import Voices

_take = table(TakeRow)
_ONE = select(_take).where(_take.c.learner_id == bindparam("learner_id"), _take.c.id == bindparam("take_id"))
_OF_LINE = (
    select(_take)
    .where(_take.c.learner_id == bindparam("learner_id"), _take.c.line_id == bindparam("line_id"))
    .order_by(_take.c.taken_at.desc(), _take.c.id)
    .limit(bindparam("most"))
)
_COUNT = select(func.count()).select_from(_take).where(_take.c.learner_id == bindparam("learner_id"))
_NEWEST = func.row_number().over(partition_by=_take.c.line_id, order_by=(_take.c.taken_at.desc(), _take.c.id))
_BY_LINE = (
    select(
        _take.c.line_id,
        _take.c.taken_at,
        _take.c.state,
        _take.c.verdict,
        _take.c.closeness,
        func.count().over(partition_by=_take.c.line_id).label("number"),
        _NEWEST.label("place"),
    )
    .where(_take.c.learner_id == bindparam("learner_id"))
    .subquery()
)
_SAID = (
    select(_BY_LINE)
    .where(_BY_LINE.c.place == 1)
    .order_by(_BY_LINE.c.taken_at.desc(), _BY_LINE.c.line_id)
    .limit(bindparam("most"))
)
_KEPT = (
    select(_take.c.id, _take.c.line_id, _take.c.taken_at)
    .where(_take.c.learner_id == bindparam("learner_id"), _take.c.kept_at.is_not(None))
    .order_by(_take.c.taken_at.desc(), _take.c.id)
)
LISTED, MOST_SAID, MOST_KEPT = 30, 200, 200
"""Takes of one line that are shown, lines that are, and recordings that a person may keep."""
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
    spoken: str
    hearing: Hearing | None
    closeness: Closeness | None
    kept_at: datetime | None

    @property
    def is_waiting(self) -> bool:
        return self.state == "waiting"

    @property
    def has_failed(self) -> bool:
        return self.state == "failed"


@dataclass(frozen=True, slots=True)
class Said:
    """A line that was said so many times, and how it was the last time."""

    line_id: str
    number: int
    taken_at: datetime
    state: str
    verdict: str | None
    closeness: Closeness | None


@dataclass(frozen=True, slots=True)
class Kept:
    """A recording that its learner keeps."""

    id: UUID
    line_id: str
    taken_at: datetime


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
    data, said = files.read(learner_id, take.id), content.sayable(take.line_id)
    if data is None or said is None or line_of(said).spoken != take.spoken:
        log.warning("take %s cannot be heard: its sound is gone, or its line has other words now", take.id)
        return None
    same = [line for lines in lines_of(content).values() for line in lines if line.lang == said.lang]
    held_to = _held_to(store, edition, voices, line_of(said), same)
    return None if held_to is None else listener.hear(read_take(data), *held_to)


def _held_to(
    store: Store, edition: int, voices: Voices, line: Line, same: Sequence[Line]
) -> tuple[Reference, Sequence[Reference]] | None:
    """The model of a line and what tells others from it, all by one voice: a person's if they recorded enough lines."""
    found = None
    for by_person in (False, True):
        model = voices.model(store, edition, line, by_person=by_person)
        if model is not None:
            decoys = choose_decoys(model, tuple(voices.models(store, edition, same, by_person=by_person)))
            if found is None or len(decoys) >= FEWEST_DECOYS:
                found = (model, decoys)
    return found


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


def list_takes(store: Store, learner_id: UUID, line_id: str) -> tuple[int, Sequence[Take]]:
    """How many takes there are of one line, and the last of them, the newest first."""
    number = store.scalar(_COUNT.where(_take.c.line_id == line_id), {"learner_id": learner_id}) or 0
    rows = store.execute(_OF_LINE, {"learner_id": learner_id, "line_id": line_id, "most": LISTED})
    return number, [_take_of(row) for row in rows]


def list_said(store: Store, learner_id: UUID) -> Sequence[Said]:
    """The lines that a learner has said, the last one first."""
    rows = store.execute(_SAID, {"learner_id": learner_id, "most": MOST_SAID})
    return [
        Said(row.line_id, row.number, row.taken_at, row.state, row.verdict, _closeness(row.closeness)) for row in rows
    ]


def list_kept(store: Store, learner_id: UUID) -> Sequence[Kept]:
    """The recordings that a learner keeps, the newest first."""
    return [Kept(row.id, row.line_id, row.taken_at) for row in store.execute(_KEPT, {"learner_id": learner_id})]


def rate_take(
    store: Store, content: Content, learner_id: UUID, take_id: UUID, closeness: Closeness, *, at: datetime
) -> None:
    """Keep how close a take felt; the phrase comes back to be said accordingly. A later word counts instead.

    Raises `LearningError` when the take is gone.
    """
    take_turn(store, learner_id)
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

    Raises `BadSound`, and `LearningError` when it is another recording, the take is gone, or too many are kept.
    """
    take_turn(store, learner_id)
    take = _found(store, learner_id, take_id)
    if hashlib.sha256(data).hexdigest() != take.digest:
        raise LearningError("This is not the recording of that take. Record once more.")
    kept = store.scalar(_COUNT.where(_take.c.kept_at.is_not(None)), {"learner_id": learner_id}) or 0
    if take.kept_at is None and kept >= MOST_KEPT:
        raise LearningError(f"You keep {kept} recordings already. Delete some of them under Speaking first.")
    files.keep(learner_id, take_id, read_take(data))
    store.execute(update(_take).where(_take.c.learner_id == learner_id, _take.c.id == take_id).values(kept_at=at))


def forget_sound(store: Store, learner_id: UUID, take_id: UUID) -> None:
    """Let the recording of a take be gone; what was heard stays. Delete the file once this is committed."""
    store.execute(update(_take).where(_take.c.learner_id == learner_id, _take.c.id == take_id).values(kept_at=None))


def forget_take(store: Store, learner_id: UUID, take_id: UUID) -> None:
    """Delete a take with all that was heard and said of it; the phrase comes back as if it had not been.

    Delete its files once this is committed.
    """
    take_turn(store, learner_id)
    gone = delete(_take).where(_take.c.learner_id == learner_id, _take.c.id == take_id)
    line_id = store.scalar(gone.returning(_take.c.line_id))
    if line_id is not None:
        remake_aloud(store, learner_id, line_id)


def forget_all_takes(store: Store, learner_id: UUID) -> Sequence[UUID]:
    """Delete every take of a learner; which there were, so that their files are deleted once this is committed."""
    take_turn(store, learner_id)
    gone = store.execute(
        delete(_take).where(_take.c.learner_id == learner_id).returning(_take.c.id, _take.c.line_id)
    ).all()
    for line_id in {row.line_id for row in gone}:
        remake_aloud(store, learner_id, line_id)
    return [row.id for row in gone]


def delete_old_sounds(store: Store, files: TakeFiles, days: int, *, at: datetime) -> Sequence[tuple[UUID, UUID]]:
    """Let recordings be gone that were kept for so many days, and takes that nobody heard.

    Learners and takes whose files are to be deleted once this is committed.
    """
    lost = (_take.c.state == "waiting") & (_take.c.taken_at < at - LOST_AFTER)
    store.execute(update(_take).where(lost).values(state="failed", heard_at=at))
    store.execute(update(_take).where(_take.c.kept_at < at - timedelta(days=days)).values(kept_at=None))
    has_sound = (_take.c.state == "waiting") | _take.c.kept_at.is_not(None)
    rows = store.execute(select(_take.c.learner_id, _take.c.id).where(has_sound))
    needed = {(row.learner_id, row.id) for row in rows}
    return sorted({each for each in files.older_than(at - LOST_AFTER) if each not in needed})


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
        row.spoken,
        None if row.hearing is None else Hearing.from_json(row.hearing),
        _closeness(row.closeness),
        row.kept_at,
    )


def _closeness(value: int | None) -> Closeness | None:
    return None if value is None else Closeness(value)
