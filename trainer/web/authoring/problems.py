"""Puts each mistake of the content beside the field that it speaks of."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from trainer.authoring.entries import Data, Entry, Way, field_lines
from trainer.catalog import Problem
from trainer.web.authoring.fields import Field, FieldKind

_KEY = re.compile(r"^(?:missing key |unknown key )?'([a-z_]+)'|^missing key '([a-z_]+)'")


@dataclass(frozen=True)
class Placed:
    """Mistakes by the name of their field; those of the entry that fit no field; and those of the rest of the file."""

    beside: Mapping[str, tuple[str, ...]]
    of_entry: tuple[Problem, ...]
    elsewhere: tuple[Problem, ...]

    @property
    def in_form(self) -> list[tuple[str, str]]:
        """Name of the field and what is wrong, for the summary."""
        return [(name, words) for name, found in self.beside.items() for words in found]


def place(path: str, text: str, entry: Entry, fields: Sequence[Field], problems: Sequence[Problem]) -> Placed:
    """Sort the mistakes of a document around the form of one of its entries."""
    spans = field_lines(path, text, entry.key)
    names = {way: name for way in spans if (name := _name(fields, way, entry.data)) is not None}
    beside: dict[str, list[str]] = {}
    of_entry: list[Problem] = []
    elsewhere: list[Problem] = []
    for problem in problems:
        if problem.path != path or not entry.first_line <= problem.line <= entry.last_line:
            elsewhere.append(problem)
            continue
        name = _field_of(problem, spans, names, fields, entry.data)
        if name is None:
            is_inside = entry.key == "body" or any(
                first <= problem.line <= last for way, (first, last) in spans.items() if len(way) == 1
            )
            (of_entry if is_inside or problem.line == entry.first_line else elsewhere).append(problem)
        else:
            beside.setdefault(name, []).append(problem.message)
    return Placed({name: tuple(found) for name, found in beside.items()}, tuple(of_entry), tuple(elsewhere))


def _field_of(
    problem: Problem,
    spans: Mapping[Way, tuple[int, int]],
    names: Mapping[Way, str],
    fields: Sequence[Field],
    data: Mapping[str, Data],
) -> str | None:
    """The innermost value on the line; or, for a key that is missing, the field it belongs to."""
    ways = [way for way, (first, last) in spans.items() if first <= problem.line <= last]
    match = _KEY.match(problem.message)
    if match:
        key = match[1] or match[2]
        for way in sorted(ways, key=len, reverse=True):
            for wanted in ((*way, key), way):
                name = _name(fields, wanted, data) or ""
                if wanted[-1:] == (key,) and name.split(".")[-1] == key:
                    return name
    inside = [way for way in ways if way in names]
    return names[max(inside, key=len)] if inside else None


def _plain_name(fields: Sequence[Field], way: Way) -> str | None:
    """The name of a field that may not stand in the file yet."""
    named = {each.name: each for each in fields}
    first = named.get(str(way[0]))
    if first is None:
        return None
    if len(way) == 1:
        return first.name
    if first.kind is FieldKind.GROUP:
        inner = _plain_name(first.fields, way[1:])
        return f"{first.name}.{inner}" if inner else first.name
    if first.kind is FieldKind.GROUPS and isinstance(way[1], int):
        inner = _plain_name(first.fields, way[2:]) if len(way) > 2 else None
        return f"{first.name}.{way[1]}.{inner}" if inner else f"{first.name}.{way[1]}"
    return first.name


def _name(fields: Sequence[Field], way: Way, data: Mapping[str, Data]) -> str | None:
    if not way:
        return None
    first = next((each for each in fields if each.name == way[0]), None)
    if first is not None and first.is_keyed and len(way) > 1:
        keys = list(value) if isinstance(value := data.get(first.name), dict) else []
        if way[1] in keys:
            return _plain_name(fields, (way[0], keys.index(str(way[1])), *way[2:]))
    return _plain_name(fields, way)
