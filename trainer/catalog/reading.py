"""Reads YAML with its line numbers, field by field, collecting mistakes instead of stopping at the first."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any, TypeVar

import yaml

from trainer.catalog.prose import is_language, mistakes, render_inline
from trainer.catalog.tree import Tree
from trainer.domain.content import Prose

E = TypeVar("E", bound=StrEnum)
T = TypeVar("T")

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\Z")
MAX_VALUES = 300_000
"""Values of one file: a few lines with aliases of aliases could stand for billions."""
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """A mistake in the content: where, and what to do."""

    path: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.message}"


@dataclass
class Report:
    """The mistakes found so far, what should be looked at again, and where each id was first used."""

    problems: list[Problem] = field(default_factory=list)
    reviews: list[Problem] = field(default_factory=list)
    ids: dict[str, Problem] = field(default_factory=dict)

    def add(self, path: str, line: int, message: str) -> None:
        self.problems.append(Problem(path, line, message))

    def take(self, other: "Report") -> None:
        """Take over what another report found; an id that both know was used twice."""
        self.problems.extend(other.problems)
        self.reviews.extend(other.reviews)
        for identity, here in other.ids.items():
            self.claim(identity, here)

    def claim(self, identity: str, here: Problem) -> None:
        first = self.ids.setdefault(identity, here)
        if first is not here:
            words = f"id {identity!r} is used already at {first.path}:{first.line}; ids are never re-used"
            self.add(here.path, here.line, words)


@dataclass(frozen=True)
class Value:
    """A YAML value with the line that it starts on; `data` is a scalar, a date, None, a list or a dict."""

    data: Any
    line: int


class Fields:
    """One mapping of a file. Each getter takes a key, checks it and remembers it; `end` reports the rest."""

    def __init__(self, report: Report, path: str, value: Value, what: str) -> None:
        self.report = report
        self.path = path
        self.line = value.line
        self.what = what
        self._data: dict[str, Value] = value.data if isinstance(value.data, dict) else {}
        self._read: set[str] = set()
        if not isinstance(value.data, dict):
            self.problem(f"{what} must be a mapping of keys to values")

    def problem(self, message: str, key: str | None = None) -> None:
        self.report.add(self.path, self.line_of(key), message)

    def line_of(self, key: str | None) -> int:
        return self._data[key].line if key in self._data else self.line

    def lines_of_ids(self) -> dict[str, int]:
        """The line of each entry in its lists by its id, and of each entry of such a one as outer.inner."""
        return dict(_lines_of_ids(self._data, ""))

    def has(self, key: str) -> bool:
        return key in self._data

    def end(self) -> None:
        for key in self._data.keys() - self._read:
            self.problem(f"unknown key {key!r} in {self.what}", key)

    def text(self, key: str, default: str | None = None) -> str:
        """Plain words; required unless there is a default."""
        value = self._take(key, str, "text", default)
        if value is not None and not value.strip() and self.has(key):
            self.problem(f"{key!r} is empty: write it, or leave the key out if it is optional", key)
        return value or ""

    def optional_text(self, key: str) -> str | None:
        self._read.add(key)
        return self.text(key) if self.has(key) and self._data[key].data is not None else None

    def nullable_text(self, key: str) -> str | None:
        """A key that must stand there, with text or null."""
        if not self.has(key):
            self.problem(f"missing key {key!r} in {self.what} (write null if there is none)")
        return self.optional_text(key)

    def prose(self, key: str) -> Prose:
        return self.as_prose(self.text(key), key)

    def optional_prose(self, key: str) -> Prose | None:
        return self.prose(key) if self.has(key) else None

    def prose_list(self, key: str) -> tuple[Prose, ...]:
        return tuple(self.as_prose(text, key) for text in self.texts(key))

    def number(self, key: str, low: float, high: float) -> float:
        value = self._take(key, (int, float), "a number", None)
        if value is not None and not low <= value <= high:
            self.problem(f"{key!r} must be between {low:g} and {high:g}, not {value:g}", key)
        return value or 0

    def whole(self, key: str, low: int, high: int) -> int:
        value = self._take(key, int, f"a whole number from {low} to {high}", None)
        if value is not None and not low <= value <= high:
            self.problem(f"{key!r} must be between {low} and {high}, not {value}", key)
        return value if value is not None else low

    def signed(self, key: str) -> int:
        """A step of a meter, from -2 to 2."""
        value = self._take(key, int, "a whole number from -2 to 2", None)
        if value is not None and not -2 <= value <= 2:
            self.problem(f"{key!r} must be between -2 and 2, not {value}", key)
        return value or 0

    def truth(self, key: str, default: bool | None = None) -> bool:
        return bool(self._take(key, bool, "true or false", default))

    def day(self, key: str) -> date:
        value = self._take(key, date, "a date such as 2026-11-22", None)
        if isinstance(value, datetime):
            self.problem(f"{key!r} must be a date such as 2026-11-22, without a time", key)
        return value or date.min

    def member(self, key: str, kind: type[E]) -> E:
        """One of the words of an enumeration."""
        word = str(self._take(key, str, "one of " + ", ".join(kind), None) or "")
        if word in set(kind):
            return kind(word)
        if word:
            self.problem(f"{key!r} must be one of {', '.join(kind)}, not {word!r}", key)
        return next(iter(kind))

    def optional_member(self, key: str, kind: type[E]) -> E | None:
        return self.member(key, kind) if self.has(key) else None

    def one_of(self, key: str, allowed: Iterable[str], default: str | None = None) -> str:
        word = str(self._take(key, str, "text", default) or "")
        if word and word not in set(allowed):
            self.problem(f"{key!r} must be one of {', '.join(allowed)}, not {word!r}", key)
        return word

    def texts(self, key: str, *, allowed: Iterable[str] | None = None, empty_ok: bool = False) -> tuple[str, ...]:
        """A list of words; with `allowed`, each must be one of them."""
        found = []
        for value in self._list(key, empty_ok):
            if not isinstance(value.data, str):
                self.report.add(self.path, value.line, f"{key!r} must be a list of texts")
            elif allowed is not None and value.data not in set(allowed):
                self.report.add(self.path, value.line, f"unknown {_singular(key)} {value.data!r}")
            else:
                found.append(value.data)
        return tuple(found)

    def lists(self, key: str) -> tuple[tuple[str, ...], ...]:
        """A list of lists of words."""
        found = []
        for value in self._list(key, empty_ok=False):
            words = [each.data for each in value.data] if isinstance(value.data, list) else [None]
            if all(isinstance(word, str) for word in words):
                found.append(tuple(str(word) for word in words))
            else:
                self.report.add(self.path, value.line, f"{key!r} must be a list of lists of texts")
        return tuple(found)

    def mappings(self, key: str, what: str, *, empty_ok: bool = False) -> list["Fields"]:
        return [Fields(self.report, self.path, value, what) for value in self._list(key, empty_ok)]

    def mapping(self, key: str, what: str) -> "Fields | None":
        self._read.add(key)
        return Fields(self.report, self.path, self._data[key], what) if self.has(key) else None

    def named(self, key: str, what: str) -> dict[str, "Fields"]:
        """A mapping of ids to mappings."""
        inner = self.mapping(key, f"{key} of {self.what}")
        if inner is None:
            self.problem(f"missing key {key!r} in {self.what}")
            return {}
        return {name: Fields(self.report, self.path, value, what) for name, value in inner._data.items()}

    def identity(self, key: str = "id") -> str:
        """An id that is kebab-case and used nowhere else in the product."""
        identity = self.local_id(key)
        if not identity:
            return identity
        self.report.claim(identity, Problem(self.path, self.line_of(key), identity))
        return identity

    def local_id(self, key: str = "id") -> str:
        """An id that need only be unique beside its siblings."""
        identity = self.text(key)
        if identity and not _ID.match(identity):
            self.problem(f"id {identity!r} must be lower-case words joined by hyphens, such as jp-names-01", key)
        return identity

    def language(self, key: str) -> str:
        tag = self.text(key)
        if tag and not is_language(tag):
            self.problem(f"{tag!r} is not a BCP 47 language tag (such as ja, fr, zh-Hans or pt-BR)", key)
        return tag

    def reference(self, key: str, known: Mapping[str, T], what: str) -> T | None:
        """What an id names, or None with a problem."""
        name = self.text(key)
        if name and name not in known:
            self.problem(f"unknown {what} {name!r}", key)
        return known.get(name)

    def optional_reference(self, key: str, known: Mapping[str, T], what: str) -> T | None:
        return self.reference(key, known, what) if self.has(key) else None

    def references(self, key: str, known: Mapping[str, T], *, empty_ok: bool = False) -> tuple[T, ...]:
        return tuple(known[name] for name in self.texts(key, allowed=known, empty_ok=empty_ok))

    def _take(self, key: str, kind: Any, words: str, default: Any) -> Any:
        self._read.add(key)
        if key not in self._data:
            if default is None:
                self.problem(f"missing key {key!r} in {self.what}")
            return default
        data = self._data[key].data
        if isinstance(data, kind) and not (isinstance(data, bool) and kind is not bool):
            return data
        self.problem(f"{key!r} must be {words}", key)
        return default

    def _list(self, key: str, empty_ok: bool) -> list[Value]:
        value = self._take(key, list, "a list", None)
        if value == [] and not empty_ok:
            self.problem(f"{key!r} is empty: give at least one", key)
        return value or []

    def as_prose(self, source: str, key: str) -> Prose:
        for mistake in mistakes(source):
            self.problem(f"{key!r} {mistake}", key)
        return Prose(source, render_inline(source))


def read_yaml(report: Report, tree: Tree, name: str) -> Value | None:
    """The whole file as values with lines; None with a problem when it cannot be read."""
    text = read_text(report, tree, name)
    return None if text is None else parse_yaml(report, text, name)


def records(report: Report, tree: Tree, name: str, what: str) -> list[Fields]:
    """The entries of a file that is a list."""
    value = read_yaml(report, tree, name)
    if value is None:
        return []
    if not isinstance(value.data, list):
        report.add(name, value.line, "must be a list")
        return []
    return [Fields(report, name, each, what) for each in value.data]


def read_text(report: Report, tree: Tree, name: str) -> str | None:
    try:
        text = tree.read(name)
    except FileNotFoundError:
        report.add(name, 1, "is missing")
        return None
    except UnicodeDecodeError as error:
        report.add(name, 1, f"is not UTF-8: {error.reason} at byte {error.start}")
        return None
    for number, line in enumerate(text.splitlines(), start=1):
        if not unicodedata.is_normalized("NFC", line):
            report.add(name, number, "is not in Unicode normal form NFC: save the file composed (NFC)")
    return text


def parse_yaml(report: Report, text: str, name: str, first_line: int = 1) -> Value | None:
    loader = _LOADER(text)
    try:
        node = loader.get_single_node()
        if node is None:
            report.add(name, first_line, "is empty")
            return None
        if expanded_size(node) > MAX_VALUES:
            report.add(name, first_line, "is too much: its aliases stand for more values than anybody could write")
            return None
        return _to_value(report, loader, node, name, first_line)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = first_line + (mark.line if mark else 0)
        report.add(name, line, f"is not YAML: {getattr(error, 'problem', None) or error}")
        return None
    except RecursionError:
        report.add(name, first_line, "is not YAML: it is nested too deep, or an alias holds itself")
        return None
    finally:
        loader.dispose()


def expanded_size(node: yaml.Node, known: dict[int, int] | None = None) -> int:
    """How many values there are with every alias written out. Raises `RecursionError` where one holds itself."""
    known = {} if known is None else known
    if id(node) not in known:
        inner = node.value if isinstance(node, yaml.CollectionNode) else ()
        parts = [part for each in inner for part in (each if isinstance(each, tuple) else (each,))]
        known[id(node)] = 1 + sum(expanded_size(part, known) for part in parts)
    return known[id(node)]


def _to_value(report: Report, loader: Any, node: yaml.Node, name: str, first_line: int) -> Value:
    line = first_line + node.start_mark.line
    if isinstance(node, yaml.SequenceNode):
        return Value([_to_value(report, loader, child, name, first_line) for child in node.value], line)
    if isinstance(node, yaml.MappingNode):
        data: dict[str, Value] = {}
        for key_node, value_node in node.value:
            key = str(key_node.value)
            if key in data:
                report.add(name, first_line + key_node.start_mark.line, f"key {key!r} stands twice")
            data[key] = _to_value(report, loader, value_node, name, first_line)
        return Value(data, line)
    try:
        return Value(loader.construct_object(node), line)
    except (ValueError, IndexError):  # such as 2026-02-30: left as text, so that its key says what it must be
        return Value(node.value, line)


def _lines_of_ids(data: Mapping[str, Value], prefix: str) -> Iterator[tuple[str, int]]:
    for value in data.values():
        for row in value.data if isinstance(value.data, list) else ():
            identity = row.data.get("id") if isinstance(row.data, dict) else None
            if identity is not None:
                yield f"{prefix}{identity.data}", row.line
                yield from _lines_of_ids(row.data, f"{prefix}{identity.data}.")


def _singular(key: str) -> str:
    return key.removesuffix("ies") + "y" if key.endswith("ies") else key.removesuffix("s")


def unique(fields: Iterable[Fields], identify: Callable[[Fields], str]) -> None:
    """Report ids that stand twice among siblings."""
    seen: set[str] = set()
    for each in fields:
        name = identify(each)
        if name in seen:
            each.problem(f"id {name!r} stands twice here")
        seen.add(name)
