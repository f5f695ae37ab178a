"""The files that the catalog is read from: those of a folder, with changed texts laid over them."""

import hashlib
import os
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath

TOPS = ("lessons", "quizzes")


class Tree:
    """Files by their name below the root, such as `lessons/japan/course.yaml`.

    `changed` maps names to the text that counts instead of the file's, or to None where the file is taken away.
    """

    def __init__(self, root: Path, changed: Mapping[str, str | None] | None = None) -> None:
        self.root = root
        self.changed = dict(changed or {})
        on_disk = {name for top in TOPS for name in _files_below(root, top)}
        added = {name for name, text in self.changed.items() if text is not None}
        removed = self.changed.keys() - added
        self.names = tuple(sorted((on_disk | added) - removed, key=lambda name: name.split("/")))
        self._known = frozenset(self.names)
        self._folders = self._folders_on_disk() | {str(PurePosixPath(name).parent) for name in added}

    def __contains__(self, name: str) -> bool:
        return name in self._known

    def read(self, name: str) -> str:
        """Raises `FileNotFoundError` or `UnicodeDecodeError`."""
        if name not in self._known:
            raise FileNotFoundError(name)
        text = self.changed.get(name)
        return (self.root / name).read_text(encoding="utf-8") if text is None else text

    def within(self, folder: str, ending: str = "") -> Iterator[str]:
        """The files of one folder, not of those in it, in order of their names."""
        return (name for name in self.names if name.rpartition("/")[0] == folder and name.endswith(ending))

    def folders(self, top: str) -> tuple[str, ...]:
        """The folders in another one, by their whole names."""
        return tuple(sorted(name for name in self._folders if name.rpartition("/")[0] == top))

    def stamp(self, file: str, *folders: str) -> str:
        """What tells one state of a file and of all within some folders from another."""
        found = hashlib.sha256()
        for name in (file, *(name for folder in folders for name in self.within(folder))):
            text = self.changed.get(name)
            content = text.encode() if text is not None else self._bytes(name)
            found.update(f"{name}\0{len(content)}\0".encode())
            found.update(content)
        return found.hexdigest()

    def _bytes(self, name: str) -> bytes:
        return (self.root / name).read_bytes() if name in self._known else b""

    def _folders_on_disk(self) -> set[str]:
        return {
            path.relative_to(self.root).as_posix()
            for top in TOPS
            for path in (self.root / top).glob("*")
            if path.is_dir()
        }


def _files_below(root: Path, top: str) -> Iterator[str]:
    """Names of files, made without a `Path` for each: every look at a draft asks for all of them."""
    for folder, _, files in os.walk(root / top):
        within = Path(folder).relative_to(root).as_posix()
        yield from (f"{within}/{file}" for file in files if os.path.isfile(os.path.join(folder, file)))
