"""Keeps and removes recordings of phrases that a person spoke."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, exists, insert, select

from trainer.authoring.publishing import make_edition
from trainer.database import Store
from trainer.models import RecordingRow, User, new_id, table
from trainer.recordings import Recordings
from trainer.speech import Line
from trainer.speech.files import write_whole
from trainer.speech.uploads import upload_from

_recording, _user = table(RecordingRow), table(User)


@dataclass(frozen=True, slots=True)
class Credit:
    """Whose voice it is, and what may be done with it: a key of `LICENCES`."""

    speaker: str
    licence: str


LICENCES = {"company": "To be heard in this company only", "CC-BY-4.0": "CC BY 4.0: passed on with the speaker’s name"}


@dataclass(frozen=True, slots=True)
class KeptRecording:
    """A line of the list; `spoken` tells whether the phrase still has the words that were said."""

    id: UUID
    phrase_id: str
    speed: str
    spoken: str
    seconds: float
    speaker: str
    licence: str
    kept_by: str | None
    kept_at: datetime


def keep_recording(
    store: Store,
    recordings: Recordings,
    line: Line,
    speed: str,
    data: bytes,
    credit: Credit,
    *,
    by_id: UUID,
    at: datetime,
) -> None:
    """Let a person's recording be played for a line, instead of any before. Raises `BadUpload`: nothing is lost."""
    upload = upload_from(data)
    digest = hashlib.sha256(upload.data).hexdigest()
    write_whole(recordings.path(digest), upload.data)
    _drop(store, recordings, _recording.c.phrase_id == line.id, _recording.c.speed == speed, but=digest)
    store.execute(
        insert(_recording).values(
            id=new_id(),
            phrase_id=line.id,
            speed=speed,
            spoken=line.spoken,
            digest=digest,
            seconds=upload.seconds,
            speaker=credit.speaker,
            licence=credit.licence,
            kept_by_id=by_id,
            kept_at=at,
        )
    )
    make_edition(store, {}, by_id=by_id, at=at)


def remove_recording(store: Store, recordings: Recordings, recording_id: UUID, *, by_id: UUID, at: datetime) -> None:
    """Delete a recording with its file: a speaker may take back that it is played. One that is gone stays gone."""
    if _drop(store, recordings, _recording.c.id == recording_id):
        make_edition(store, {}, by_id=by_id, at=at)


def list_recordings(store: Store) -> Sequence[KeptRecording]:
    """The newest first."""
    rows = store.execute(
        select(_recording, _user.c.name.label("kept_by"))
        .outerjoin(_user, _user.c.id == _recording.c.kept_by_id)
        .order_by(_recording.c.kept_at.desc(), _recording.c.id.desc())
    )
    return [
        KeptRecording(
            row.id,
            row.phrase_id,
            row.speed,
            row.spoken,
            row.seconds,
            row.speaker,
            row.licence,
            row.kept_by,
            row.kept_at,
        )
        for row in rows
    ]


def _drop(store: Store, recordings: Recordings, *which: object, but: str = "") -> bool:
    """Delete the rows, and their files unless another row has the same; whether there were any."""
    digests = store.scalars(delete(_recording).where(*which).returning(_recording.c.digest)).all()  # type: ignore[arg-type]
    for digest in digests:
        is_shared = store.scalar(select(exists().where(_recording.c.digest == digest)))
        if digest != but and not is_shared:
            recordings.path(digest).unlink(missing_ok=True)
    return bool(digests)
