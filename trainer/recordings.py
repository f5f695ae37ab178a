"""Phrases as people spoke them, which are played before all synthetic voices."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from uuid import UUID

from sqlalchemy import select

from trainer.database import Store
from trainer.models import RecordingRow, table

NOTHING_KEPT = 0
"""The edition before anything was published or recorded."""
_recording = table(RecordingRow)
_ALL = select(_recording)


@dataclass(frozen=True, slots=True)
class Recording:
    """`digest` is of the MP3; `spoken` names the words that were said (`Line.spoken`)."""

    id: UUID
    phrase_id: str
    speed: str
    spoken: str
    digest: str
    seconds: float
    speaker: str
    licence: str


class Recordings:
    """What was recorded, read anew in each process when another edition of the content is in force.

    Keeping and removing one make an edition: so nothing is asked of the database while there is none, and pages that
    were made before are made again.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._found: tuple[int, Mapping[tuple[str, str], Recording]] = (NOTHING_KEPT, {})
        self._lock = Lock()

    def find(self, store: Store, edition: int, phrase_id: str, speed: str, spoken: str) -> Recording | None:
        """The recording of these very words at this speed, if its file is there."""
        found = self._all(store, edition).get((phrase_id, speed))
        is_of_these = found is not None and found.spoken == spoken
        return found if found is not None and is_of_these and self.path(found.digest).is_file() else None

    def path(self, digest: str) -> Path:
        return self.folder / f"{digest}.mp3"

    def forget(self) -> None:
        """Read anew at the next look: the database is another one."""
        self._found = (NOTHING_KEPT, {})

    def _all(self, store: Store, edition: int) -> Mapping[tuple[str, str], Recording]:
        if self._found[0] != edition:
            with self._lock:
                if self._found[0] != edition:
                    self._found = (edition, load_recordings(store))
        return self._found[1]


def load_recordings(store: Store) -> Mapping[tuple[str, str], Recording]:
    """By phrase and speed."""
    rows = store.execute(_ALL).all()
    return {
        (row.phrase_id, row.speed): Recording(
            row.id, row.phrase_id, row.speed, row.spoken, row.digest, row.seconds, row.speaker, row.licence
        )
        for row in rows
    }
