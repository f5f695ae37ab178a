"""Documents that a team writes together: what two people changed at once is put together, nothing is lost.

A document is JSON: sections by name, each a dict of fields or a list of entries, an entry being a dict with an `id`.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeGuard, cast

Document = dict[str, Any]
Path = tuple[str, ...]
"""Names and ids from the section down to a field."""


class DocumentKind(StrEnum):
    """What a team keeps of an engagement as a document."""

    CHARTER = "charter"
    MEETING = "meeting"
    FOLLOW_UP = "follow_up"


class _Absent:
    """Stands for what a document does not have, which is not the same as an empty value."""

    def __repr__(self) -> str:
        return "ABSENT"


ABSENT = _Absent()


@dataclass(frozen=True, slots=True)
class Clash:
    """Two people changed the same from `base`, in different ways. `ABSENT` stands for what is not there."""

    path: Path
    base: Any
    mine: Any
    theirs: Any


@dataclass(frozen=True, slots=True)
class Merged:
    """`document` holds the changes of both; where they clash it holds mine."""

    document: Document
    clashes: tuple[Clash, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that differs between two versions."""

    path: Path
    before: Any
    after: Any


def merge(base: Document, mine: Document, theirs: Document) -> Merged:
    """Put together what two people made of the same document."""
    clashes: list[Clash] = []
    merged = _merge_fields((), base, mine, theirs, clashes)
    return Merged(merged, tuple(clashes))


def changes_between(before: Document, after: Document) -> tuple[Change, ...]:
    """What differs, down to single fields, in the order in which the newer document has it."""
    return tuple(_changes((), before, after))


def find_entry(document: Document, section: str, entry_id: str) -> dict[str, Any] | None:
    return next((entry for entry in document.get(section, ()) if entry["id"] == entry_id), None)


def with_fields(document: Document, section: str, fields: Mapping[str, Any]) -> Document:
    """The document with these fields of a section, the others of it as they are."""
    return {**document, section: {**document.get(section, {}), **fields}}


def with_entry(document: Document, section: str, entry: Mapping[str, Any]) -> Document:
    """The document with this entry, in the place of the one with its id or at the end."""
    entries: list[dict[str, Any]] = list(document.get(section, ()))
    places = {each["id"]: number for number, each in enumerate(entries)}
    if entry["id"] in places:
        entries[places[entry["id"]]] = dict(entry)
    else:
        entries.append(dict(entry))
    return {**document, section: entries}


def without_entry(document: Document, section: str, entry_id: str) -> Document:
    return {**document, section: [each for each in document.get(section, ()) if each["id"] != entry_id]}


def _merge_any(path: Path, base: Any, mine: Any, theirs: Any, clashes: list[Clash]) -> Any:
    if mine in (base, theirs):
        return theirs
    if theirs == base:
        return mine
    if isinstance(mine, dict) and isinstance(theirs, dict):
        return _merge_fields(path, base if isinstance(base, dict) else {}, mine, theirs, clashes)
    if _is_entries(mine) and _is_entries(theirs):
        return _merge_entries(path, base if _is_entries(base) else [], mine, theirs, clashes)
    clashes.append(Clash(path, base, mine, theirs))
    return theirs if mine is ABSENT else mine


def _merge_fields(
    path: Path, base: Mapping[str, Any], mine: Mapping[str, Any], theirs: Mapping[str, Any], clashes: list[Clash]
) -> dict[str, Any]:
    merged = {}
    for name in dict.fromkeys((*theirs, *mine)):
        value = _merge_any(
            (*path, name), base.get(name, ABSENT), mine.get(name, ABSENT), theirs.get(name, ABSENT), clashes
        )
        if value is not ABSENT:
            merged[name] = value
    return merged


def _merge_entries(
    path: Path,
    base: Sequence[dict[str, Any]],
    mine: Sequence[dict[str, Any]],
    theirs: Sequence[dict[str, Any]],
    clashes: list[Clash],
) -> list[dict[str, Any]]:
    """By id, in their order with mine behind; in mine where only I changed the order. What one deleted and the other
    changed stays, as a clash.
    """
    old, own, other = ({entry["id"]: entry for entry in entries} for entries in (base, mine, theirs))
    names = dict.fromkeys((*other, *own))
    if _order(base, own, other) == _order(theirs, old, own) != _order(mine, old, other):
        names = dict.fromkeys((*own, *other))
    merged = []
    for name in names:
        versions = old.get(name, ABSENT), own.get(name, ABSENT), other.get(name, ABSENT)
        value = _merge_any((*path, name), *versions, clashes)
        if value is not ABSENT:
            merged.append(cast(dict[str, Any], value))
    return merged


def _order(entries: Sequence[dict[str, Any]], *known: Mapping[str, Any]) -> list[str]:
    """The order of the entries that the other versions know too."""
    return [each["id"] for each in entries if all(each["id"] in of for of in known)]


def _changes(path: Path, before: Any, after: Any) -> Iterator[Change]:
    if before == after:
        return
    if isinstance(before, dict) and isinstance(after, dict):
        for name in dict.fromkeys((*after, *before)):
            yield from _changes((*path, name), before.get(name, ABSENT), after.get(name, ABSENT))
    elif _is_entries(before) and _is_entries(after) and (before or after):
        old, new = ({entry["id"]: entry for entry in entries} for entries in (before, after))
        for name in dict.fromkeys((*new, *old)):
            yield from _changes((*path, name), old.get(name, ABSENT), new.get(name, ABSENT))
    else:
        yield Change(path, before, after)


def _is_entries(value: Any) -> TypeGuard[list[dict[str, Any]]]:
    return isinstance(value, list) and all(isinstance(each, dict) and "id" in each for each in value)
