"""The sound of takes: for as long as it waits to be heard, and longer where a learner keeps it."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from uuid import UUID

from trainer.speech.files import UNFINISHED, write_whole
from trainer.speech.sound import Sound, write_mp3

WAITING, KEPT = "waiting", "kept"
PRIVATE, PRIVATE_FOLDER = 0o600, 0o700
"""Nobody else on the machine hears a learner."""


class TakeFiles:
    """Two folders: the WAV of what was just said, gone as soon as it was heard, and the MP3 of what is kept."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, learner_id: UUID, take_id: UUID, data: bytes) -> None:
        """Let a take wait."""
        self._write(self._waiting(learner_id, take_id), data)

    def read(self, learner_id: UUID, take_id: UUID) -> bytes | None:
        try:
            return self._waiting(learner_id, take_id).read_bytes()
        except FileNotFoundError:
            return None

    def discard(self, learner_id: UUID, take_id: UUID) -> None:
        """Delete what waits; what is kept stays."""
        path = self._waiting(learner_id, take_id)
        path.unlink(missing_ok=True)
        _remove_empty(path.parent)

    def keep(self, learner_id: UUID, take_id: UUID, sound: Sound) -> None:
        self._write(self.kept(learner_id, take_id), write_mp3(sound))

    def kept(self, learner_id: UUID, take_id: UUID) -> Path:
        return self._folder / KEPT / str(learner_id) / f"{take_id}.mp3"

    def remove(self, learner_id: UUID, take_id: UUID) -> None:
        """Delete all there is of a take."""
        self.discard(learner_id, take_id)
        self.kept(learner_id, take_id).unlink(missing_ok=True)
        _remove_empty(self.kept(learner_id, take_id).parent)

    def older_than(self, at: datetime) -> Iterator[tuple[UUID, UUID]]:
        """Learner and take of every file that was written before; what a crash left half written is deleted."""
        for path in self._folder.glob("*/*/*"):
            with suppress(ValueError, FileNotFoundError):  # a file of somebody else, or one that is just deleted
                if path.stat().st_mtime < at.timestamp():
                    if path.suffix == UNFINISHED:
                        path.unlink()
                    else:
                        yield UUID(path.parent.name), UUID(path.stem)

    def _write(self, path: Path, data: bytes) -> None:
        for folder in (self._folder, path.parent.parent, path.parent):
            folder.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
        write_whole(path, data, mode=PRIVATE)

    def _waiting(self, learner_id: UUID, take_id: UUID) -> Path:
        return self._folder / WAITING / str(learner_id) / f"{take_id}.wav"


def _remove_empty(folder: Path) -> None:
    with suppress(OSError):  # it is missing, or holds others
        folder.rmdir()
