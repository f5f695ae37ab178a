"""The files that were rendered, by key: whole or not there, the least used dropped when they grow too many.

Several processes share the folder. Beside the files stand notes of what failed a while ago, and locks.
"""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Lock
from weakref import WeakValueDictionary

from trainer.speech.files import alone_with, write_whole

MAX_BYTES = 200_000_000
FULLNESS = 0.9
"""Of the limit, which is left when files are dropped, so that it is not done at each new one."""
USED = 3600.0
"""Seconds in which a file counts as used once: to note each use would be a write for each."""
SAFE = 60.0
"""Seconds in which a file that was just used is not dropped: somebody may be about to open it."""
FAILED = 300.0
"""Seconds after a failure in which the same is not tried again."""
UNFINISHED = 3600.0
"""Seconds after which a file that is still being written is what a crash left behind."""
MEASURED = 50
"""Files after which the folder is measured anew, as other processes write and drop too."""


class Cache:
    """A folder of MP3 files, each in a folder named by the first two letters of its key."""

    def __init__(self, folder: Path, max_bytes: int = MAX_BYTES, *, time_now: Callable[[], float] = time.time) -> None:
        """`time_now` gives seconds as file systems count them."""
        self._folder = folder
        self._max_bytes = max_bytes
        self._time_now = time_now
        self._size: int | None = None
        self._kept = 0
        self._guard = Lock()
        self._locks: WeakValueDictionary[str, Lock] = WeakValueDictionary()

    def find(self, key: str) -> Path | None:
        path = self._path(key)
        try:
            used = path.stat()
        except FileNotFoundError:
            return None
        if self._time_now() - used.st_atime > USED:
            with suppress(OSError):
                os.utime(path, (self._time_now(), used.st_mtime))
        return path

    def keep(self, key: str, data: bytes) -> Path:
        path = self._path(key)
        write_whole(path, data)
        os.utime(path, (self._time_now(), path.stat().st_mtime))
        self._note(key).unlink(missing_ok=True)
        with self._guard:
            is_known = self._size is not None and self._kept % MEASURED
            self._size = (self._size or 0) + len(data) if is_known else self._measured()
            self._kept += 1
            if self._size > self._max_bytes:
                with alone_with(self._folder / "dropping.lock"):
                    self._size = self._drop_least_used()
        return path

    def fail(self, key: str, reason: str) -> None:
        """Note, for every process, that there is no such file for now, and why."""
        path = self._note(key)
        write_whole(path, reason.encode())
        os.utime(path, (self._time_now(), self._time_now()))

    def failure(self, key: str) -> str | None:
        """Why it failed a short while ago; None when it may be tried."""
        path = self._note(key)
        try:
            is_recent = self._time_now() - path.stat().st_mtime < FAILED
            return path.read_text("utf-8") if is_recent else None
        except FileNotFoundError:
            return None

    @contextmanager
    def alone(self, key: str) -> Iterator[None]:
        """Nobody else works on the key meanwhile, in no process.

        Processes exclude each other by the first letters of a key: so there are few locks, which never need clearing.
        """
        with self._guard:
            lock = self._locks.setdefault(key, Lock())
        with lock, alone_with(self._folder / key[:2] / "one.lock"):
            yield

    def tidy(self) -> None:
        """Remove old notes, and what crashes left half written."""
        for pattern, age in (("??/*.failed", FAILED), ("??/*.part", UNFINISHED)):
            for path in self._folder.glob(pattern):
                with suppress(FileNotFoundError):
                    if self._time_now() - path.stat().st_mtime > age:
                        path.unlink()

    def _path(self, key: str) -> Path:
        return self._folder / key[:2] / f"{key}.mp3"

    def _note(self, key: str) -> Path:
        return self._folder / key[:2] / f"{key}.failed"

    def _files(self) -> Iterator[tuple[float, int, Path]]:
        """When each was last used, and how long it is. Other processes may drop some meanwhile."""
        for path in self._folder.glob("??/*.mp3"):
            with suppress(FileNotFoundError):
                found = path.stat()
                yield found.st_atime, found.st_size, path

    def _measured(self) -> int:
        return sum(size for _, size, _ in self._files())

    def _drop_least_used(self) -> int:
        """Measure anew, as other processes write too; what is left."""
        files = sorted(self._files())
        left = sum(size for _, size, _ in files)
        for used, size, path in files:
            if left <= self._max_bytes * FULLNESS or used > self._time_now() - SAFE:
                break
            path.unlink(missing_ok=True)
            left -= size
        return left
