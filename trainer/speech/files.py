"""Writes a file so that it is whole, or not there; lets one process at a time do a thing."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import NamedTemporaryFile

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

UNFINISHED = ".part"
READABLE = 0o644
"""A temporary file is its owner's alone; what takes its place may be served by another user."""


def write_whole(path: Path, data: bytes, *, mode: int = READABLE) -> None:
    """Write under a passing name, then rename: nobody sees half of it, even after a crash."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=path.parent, suffix=UNFINISHED, delete=False) as file:
        try:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
            file.close()
            os.chmod(file.name, mode)
            os.replace(file.name, path)
        except OSError:
            Path(file.name).unlink(missing_ok=True)
            raise


@contextmanager
def alone_with(path: Path) -> Iterator[None]:
    """Nobody else who asks for the same file, in whichever process, works meanwhile.

    The system frees it with the process that holds it, even one that was killed. Where it knows no such locks
    (Windows, some network folders), each process goes on by itself.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("ab") as file:
        if fcntl is not None:
            with suppress(OSError):
                fcntl.flock(file, fcntl.LOCK_EX)
        yield
