"""What new entries and documents begin with: files beside this one, with comments that tell what belongs where."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from pathlib import Path

_FOLDER = Path(__file__).parent / "starters"
_PLACE = re.compile(r"%([A-Z]+)%")
_NUMBERED = re.compile(r"(.*?)-?(\d+)\Z")


def start(name: str, values: Mapping[str, str]) -> str:
    """The text of a starter such as `choice.yaml`, its places filled; those that nothing is given for are empty."""
    text = (_FOLDER / name).read_text(encoding="utf-8")
    return _PLACE.sub(lambda place: values.get(place[1].lower(), ""), text)


def next_id(ids: Iterable[str], prefix: str) -> str:
    """The id after the highest number that ids with a prefix have: `jp-names-05`."""
    numbers = [int(match[2]) for name in ids if (match := _NUMBERED.match(name)) and match[1] == prefix]
    return f"{prefix}-{max(numbers, default=0) + 1:02d}"


def common_prefix(ids: Iterable[str], otherwise: str) -> str:
    """What the numbered ids of a list begin with most often."""
    found = [match[1] for name in ids if (match := _NUMBERED.match(name)) and match[1]]
    return max(found, key=found.count) if found else otherwise


def slug(words: str) -> str:
    """A title as an id: `Crisis call!` is `crisis-call`; empty where no Latin letter is in it."""
    letters = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", letters).strip("-")[:60].strip("-")


def lesson_name(names: Iterable[str], words: str) -> str:
    """The file of a new lesson after those there are: `17-crisis-call.md`."""
    numbers = [int(name[:2]) for name in names if name[:2].isdecimal()]
    return f"{min(max(numbers, default=0) + 1, 99):02d}-{words}.md"
