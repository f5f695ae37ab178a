"""The audio that comes with the lessons: files rendered ahead of time, each with a line in the manifest beside it."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from trainer.speech.files import write_whole
from trainer.speech.lines import Line

FOLDER = "audio"
MANIFEST = "manifest.json"
SCHEMA = 1
NORMAL, SLOW = "normal", "slow"


@dataclass(frozen=True, slots=True, order=True)
class Entry:
    """One file. It is played for its phrase at its speed as long as the phrase is spoken as it was then."""

    phrase: str
    speed: str
    spoken: str
    """`Line.spoken` of what was said."""
    file: str
    engine: str
    version: str
    voice: str
    licence: str
    seconds: float
    bytes: int
    sha256: str
    key: str
    """Names all that shaped the sound, to tell whether it would be another now."""


class Shipped:
    """What the manifests in lessons/*/audio/ name. What they name and is not there is passed over."""

    def __init__(self, lessons: Path | None) -> None:
        self._found: dict[tuple[str, str], tuple[Path, Entry]] = {}
        for manifest in sorted(lessons.glob(f"*/{FOLDER}/{MANIFEST}")) if lessons else ():
            for entry in read_manifest(manifest.parent).values():
                self._found[entry.phrase, entry.speed] = (manifest.parent, entry)

    def find(self, line: Line, speed: str) -> tuple[Path, Entry] | None:
        """The file with these very words, and its line."""
        folder, entry = self._found.get((line.id, speed), (None, None))
        if folder is None or entry is None or entry.spoken != line.spoken:
            return None
        path = folder / entry.file
        return (path, entry) if path.is_file() else None


def read_manifest(folder: Path) -> dict[tuple[str, str], Entry]:
    """By phrase and speed; empty where there is no manifest."""
    path = folder / MANIFEST
    if not path.is_file():
        return {}
    rows = json.loads(path.read_text("utf-8"))["files"]
    return {(row["phrase"], row["speed"]): Entry(**row) for row in rows}


def write_manifest(folder: Path, entries: Mapping[tuple[str, str], Entry]) -> None:
    """One line for each file, in order, so that a change of one shows as one."""
    write_whole(folder / MANIFEST, _as_json(sorted(entries.values())).encode())


def _as_json(entries: Iterable[Entry]) -> str:
    rows = ",\n".join(json.dumps(asdict(entry), ensure_ascii=False) for entry in entries)
    return f'{{"schema": {SCHEMA}, "files": [\n{rows}\n]}}\n'
