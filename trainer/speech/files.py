"""Writes a file so that it is whole, or not there."""

import os
from pathlib import Path
from tempfile import NamedTemporaryFile

READABLE = 0o644
"""A temporary file is its owner's alone; what takes its place may be served by another user."""


def write_whole(path: Path, data: bytes) -> None:
    """Write under a passing name, then rename: nobody sees half of it, even after a crash."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=path.parent, suffix=".part", delete=False) as file:
        try:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
            file.close()
            os.chmod(file.name, READABLE)
            os.replace(file.name, path)
        except OSError:
            Path(file.name).unlink(missing_ok=True)
            raise
