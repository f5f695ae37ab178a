"""The files that were rendered, by key: whole or not there."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile
from threading import Lock
from weakref import WeakValueDictionary


class Cache:
    """A folder of MP3 files, each in a folder named by the first two letters of its key."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._guard = Lock()
        self._locks: WeakValueDictionary[str, Lock] = WeakValueDictionary()

    def find(self, key: str) -> Path | None:
        path = self._path(key)
        return path if path.is_file() else None

    def keep(self, key: str, data: bytes) -> Path:
        """Write the file under a passing name, then rename it: nobody sees half of it, even after a crash."""
        path = self._path(key)
        path.parent.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=path.parent, suffix=".part", delete=False) as file:
            try:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
                file.close()
                os.replace(file.name, path)
            except OSError:
                Path(file.name).unlink(missing_ok=True)
                raise
        return path

    @contextmanager
    def alone(self, key: str) -> Iterator[None]:
        """Nobody else in this process works on the key meanwhile (two processes may: either file will do)."""
        with self._guard:
            lock = self._locks.setdefault(key, Lock())
        with lock:
            yield

    def _path(self, key: str) -> Path:
        return self._folder / key[:2] / f"{key}.mp3"
