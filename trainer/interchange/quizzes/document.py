"""A quiz's file as text: readable, and the same for the same items."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from re import compile as pattern_of
from typing import Any
from unicodedata import combining, normalize

import yaml

from trainer.interchange.quizzes.mapping import MappedItem

MAX_MINUTES = 240
MAX_SLUG = 60
WIDTH = 118
_BASE: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
_NOT_IN_SLUG = pattern_of(r"[^a-z0-9]+")
_FLOW = 100
"""A mapping or a list whose values are short stands on one line, up to so many characters."""


@dataclass(frozen=True, slots=True)
class QuizFile:
    """What the text of a quiz is made of; `on` is the day of the import."""

    id: str
    title: str
    summary: str
    items: Sequence[MappedItem]
    file: str
    format: str
    on: date
    digest: str

    def text(self) -> str:
        head = {
            "id": self.id,
            "title": self.title,
            "summary": self.summary,
            "minutes": max(1, min(MAX_MINUTES, len(self.items))),
            "lessons": [],
            "key_status": "author",
            "imported": {"from": self.file, "format": self.format, "on": self.on, "digest": self.digest},
        }
        items = "".join(f"\n{_indented(dump([item.fields]))}" for item in self.items)
        return f"{dump(head)}items:{items}"

    def dated(self, on: date) -> "QuizFile":
        return replace(self, on=on)


def slug(words: str, otherwise: str) -> str:
    """An id made of the words: lower case, ASCII, joined by hyphens."""
    plain = "".join(letter for letter in normalize("NFKD", words) if not combining(letter)).lower()
    return _NOT_IN_SLUG.sub("-", plain)[:MAX_SLUG].strip("-") or otherwise


def digest_of(data: bytes) -> str:
    """What tells one file from another, whatever its name."""
    return sha256(data).hexdigest()[:16]


class _Dumper(_BASE):  # type: ignore[misc] # the C one where it is there, which mypy cannot know
    pass


def _represent_text(dumper: Any, text: str) -> Any:
    style = "|" if "\n" in text else ">" if len(text) > _FLOW else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


def _represent_mapping(dumper: Any, values: dict[str, Any]) -> Any:
    return dumper.represent_mapping("tag:yaml.org,2002:map", values.items(), flow_style=_is_short(values))


def _represent_list(dumper: Any, values: list[Any]) -> Any:
    is_flat = not any(isinstance(each, dict | list) for each in values)
    return dumper.represent_sequence("tag:yaml.org,2002:seq", values, flow_style=is_flat and _is_short(values))


def _is_short(values: Any) -> bool:
    """Whether it is small enough to be read on one line."""
    rows = values.items() if isinstance(values, dict) else enumerate(values)
    if any("\n" in str(value) or isinstance(value, dict) for _, value in rows):
        return False
    return len(str(values)) <= _FLOW and "type" not in values


_Dumper.add_representer(str, _represent_text)
_Dumper.add_representer(dict, _represent_mapping)
_Dumper.add_representer(list, _represent_list)


def dump(value: Any) -> str:
    """YAML as one would write it by hand."""
    text: str = yaml.dump(value, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=WIDTH)
    return text


def _indented(text: str) -> str:
    return "".join(f"  {line}" if line.strip() else line for line in text.splitlines(keepends=True))
