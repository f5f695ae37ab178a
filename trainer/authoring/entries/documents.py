"""The entries of a document: found by their ids, read as plain data, and written back changed.

Of a text only the lines of the entry that is changed are written anew, and of those only the values that differ.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import yaml

from trainer.authoring.entries.merging import follow, set_value, splice
from trainer.authoring.entries.reading import Data, NotReadable, Written, places, plain, read, value_of

_FRONT_MATTER = re.compile(r"(---\n)(.*?)(^---\n)(.*)\Z", re.DOTALL | re.MULTILINE)
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\Z")
Way = tuple[str | int, ...]


class DocumentKind(StrEnum):
    LESSON = "lesson"
    QUIZ = "quiz"
    PHRASES = "phrases"
    COURSE = "course"
    OTHER = "other"


class EntryKind(StrEnum):
    LESSON = "lesson"
    BODY = "body"
    FACT = "fact"
    PHRASE = "phrase"
    QUIZ = "quiz"
    ITEM = "item"
    NODE = "node"
    ENDING = "ending"
    COURSE = "course"


@dataclass(frozen=True)
class Entry:
    """`key` finds it again: `head`, `body`, or a list and an id such as `items:jp-names-03:nodes:n1`.

    `data` leaves out the lists whose members are entries of their own. `place` counts from 0 among `siblings`.
    """

    kind: EntryKind
    key: str
    data: Mapping[str, Data]
    first_line: int
    last_line: int
    place: int = 0
    siblings: int = 1

    @property
    def list_key(self) -> str:
        return self.key.rpartition(":")[0]

    @property
    def id(self) -> str:
        return str(self.data.get("id") or "")


@dataclass(frozen=True)
class _Parts:
    """A file in three: before its YAML, the YAML, and what follows."""

    before: str
    yaml: str
    after: str

    def with_yaml(self, text: str) -> str:
        return self.before + text + self.after


_HEADS = {
    DocumentKind.LESSON: EntryKind.LESSON,
    DocumentKind.QUIZ: EntryKind.QUIZ,
    DocumentKind.COURSE: EntryKind.COURSE,
}
_LISTS = {DocumentKind.LESSON: "facts", DocumentKind.QUIZ: "items", DocumentKind.PHRASES: "phrases"}
_MEMBERS = {
    "facts": EntryKind.FACT,
    "items": EntryKind.ITEM,
    "phrases": EntryKind.PHRASE,
    "nodes": EntryKind.NODE,
    "endings": EntryKind.ENDING,
}
_OWN = {EntryKind.LESSON: ("facts",), EntryKind.QUIZ: ("items",), EntryKind.ITEM: ("nodes", "endings")}
"""Keys of an entry that hold entries of their own."""


def kind_of(path: str) -> DocumentKind:
    match path.split("/"):
        case ["quizzes", _, name] if name.endswith(".yaml"):
            return DocumentKind.QUIZ
        case ["lessons", _, "phrases.yaml"]:
            return DocumentKind.PHRASES
        case ["lessons", _, "course.yaml"]:
            return DocumentKind.COURSE
        case ["lessons", _, name] if name.endswith(".md") and name[:1].isdigit():
            return DocumentKind.LESSON
        case _:
            return DocumentKind.OTHER


def course_of(path: str) -> str:
    """The id of the course that a document belongs to, empty for those that belong to all."""
    parts = path.split("/")
    return parts[1] if len(parts) == 3 else ""


def entries_of(path: str, text: str) -> tuple[Entry, ...]:
    """All entries in their order. Raises `NotReadable` when the text must be mended first."""
    kind = kind_of(path)
    if kind is DocumentKind.OTHER:
        return ()
    parts = _split(path, text)
    written = read(parts.yaml)
    above = parts.before.count("\n")
    found = [_entry(written, (), _HEADS[kind], "head", above)] if kind in _HEADS else []
    found += _members(written, kind, above)
    if kind is DocumentKind.LESSON:
        first = text.count("\n", 0, len(text) - len(_body_of(parts))) + 1
        body = {"body": _body_of(parts).strip("\n")}
        found.insert(1, Entry(EntryKind.BODY, "body", body, first, text.count("\n") + 1))
    return tuple(found)


def find_entry(path: str, text: str, key: str) -> Entry | None:
    return next((entry for entry in entries_of(path, text) if entry.key == key), None)


def write_entry(path: str, text: str, key: str, data: Mapping[str, Data]) -> str:
    """The text with an entry's data changed. Keys that hold entries of their own stay, whatever `data` says."""
    parts = _split(path, text)
    if key == "body":
        body = _body_of(parts)
        lead = body[: len(body) - len(body.lstrip("\n"))] or "\n"
        head = parts.after[: len(parts.after) - len(body)]
        return parts.before + parts.yaml + head + lead + str(data["body"]).strip("\n") + "\n"
    written = read(parts.yaml)
    way, kind = _way(path, written.root, key)
    old = plain(follow(written.root, way))
    own = {name: old[name] for name in _OWN.get(kind, ()) if isinstance(old, dict) and name in old}
    return parts.with_yaml(set_value(parts.yaml, way, {**data, **own}))


def add_entry(path: str, text: str, list_key: str, new: str, after: str | None = None) -> str:
    """The text with a new member of a list, written as YAML, at its end or after another entry."""
    parts = _split(path, text)
    written = read(parts.yaml)
    way = _list_way(path, written.root, list_key)
    members = plain(follow(written.root, way))
    order: list[int | str] = list(range(len(members)))
    place = _way(path, written.root, after)[0][-1] if after else len(order) - 1
    order.insert(int(place) + 1, new)
    return parts.with_yaml(splice(parts.yaml, way, order))


def move_entry(path: str, text: str, key: str, by: int) -> str:
    """The text with an entry further up (-1) or down (1) in its list; at either end it stays."""
    parts = _split(path, text)
    way, place, count = _member(path, parts.yaml, key)
    order: list[int | str] = list(range(count))
    order.insert(min(max(place + by, 0), count - 1), order.pop(place))
    return parts.with_yaml(splice(parts.yaml, way, order))


def remove_entry(path: str, text: str, key: str) -> str:
    parts = _split(path, text)
    way, place, count = _member(path, parts.yaml, key)
    return parts.with_yaml(splice(parts.yaml, way, [number for number in range(count) if number != place]))


def field_lines(path: str, text: str, key: str) -> dict[Way, tuple[int, int]]:
    """The first and the last line of every value of an entry, by its way inside the entry."""
    parts = _split(path, text)
    if key == "body":
        return {}
    written = read(parts.yaml)
    way, _ = _way(path, written.root, key)
    above = parts.before.count("\n")
    return {
        at: (
            above + written.number_of_line(node.start_mark.index),
            above + written.number_of_line(written.end_of(node)),
        )
        for at, node in places(follow(written.root, way))
    }


def _split(path: str, text: str) -> _Parts:
    if kind_of(path) is not DocumentKind.LESSON:
        return _Parts("", text, "")
    match = _FRONT_MATTER.match(text)
    if match is None:
        raise NotReadable("it must start with front matter between two lines of ---")
    return _Parts(match[1], match[2], match[3] + match[4])


def _body_of(parts: _Parts) -> str:
    return parts.after.removeprefix("---\n")


def _members(written: Written, kind: DocumentKind, above: int) -> list[Entry]:
    name = _LISTS.get(kind)
    if name is None:
        return []
    root = written.root if kind is DocumentKind.PHRASES else value_of(written.root, name)
    way: Way = () if kind is DocumentKind.PHRASES else (name,)
    found = []
    for entry, node, at in _of_list(written, root, way, name, "", above):
        found.append(entry)
        for inner in ("nodes", "endings") if entry.kind is EntryKind.ITEM else ():
            below = _of_list(written, value_of(node, inner), (*at, inner), inner, f"{entry.key}:", above)
            found += [each for each, _, _ in below]
    return found


def _of_list(
    written: Written, node: yaml.Node | None, way: Way, name: str, prefix: str, above: int
) -> Iterator[tuple[Entry, yaml.Node, Way]]:
    if not isinstance(node, yaml.SequenceNode):
        return
    for place, (each, key) in enumerate(zip(node.value, _keys(node), strict=True)):
        at = (*way, place)
        yield (
            _entry(written, at, _MEMBERS[name], f"{prefix}{name}:{key}", above, place, len(node.value)),
            each,
            at,
        )


def _keys(node: yaml.SequenceNode) -> list[str]:
    """Each member's id, or its place where it has none that finds it."""
    found = [value_of(member, "id") for member in node.value]
    ids = ["" if each is None else str(plain(each)) for each in found]
    return [
        name if _ID.match(name) and ids.count(name) == 1 else f"@{number}" for number, name in enumerate(ids, start=1)
    ]


def _entry(
    written: Written, way: Way, kind: EntryKind, key: str, above: int, place: int = 0, siblings: int = 1
) -> Entry:
    node = follow(written.root, way)
    data = plain(node)
    own = _OWN.get(kind, ())
    shown = {name: value for name, value in data.items() if name not in own} if isinstance(data, dict) else {}
    first = above + written.number_of_line(node.start_mark.index)
    last = above + written.number_of_line(written.end_of(node))
    return Entry(kind, key, shown, first, last, place, siblings)


def _way(path: str, root: yaml.Node, key: str) -> tuple[Way, EntryKind]:
    """Where an entry stands, and what it is."""
    kind = kind_of(path)
    if key == "head" and kind in _HEADS:
        return (), _HEADS[kind]
    names = key.split(":")
    if len(names) % 2 or names[0] != _LISTS.get(kind):
        raise NotReadable(f"there is no {key} in it")
    way: Way = ()
    for name, member in zip(names[::2], names[1::2], strict=True):
        way = way if (kind is DocumentKind.PHRASES and not way) else (*way, name)
        node = follow(root, way)
        keys = _keys(node) if isinstance(node, yaml.SequenceNode) else []
        if member not in keys or name not in _MEMBERS:
            raise NotReadable(f"there is no {key} in it")
        way = (*way, keys.index(member))
    return way, _MEMBERS[names[-2]]


def _list_way(path: str, root: yaml.Node, list_key: str) -> Way:
    if list_key == "phrases":
        return ()
    above, _, name = list_key.rpartition(":")
    return (*(_way(path, root, above)[0] if above else ()), name)


def _member(path: str, text: str, key: str) -> tuple[Way, int, int]:
    """The list that an entry stands in, its place there, and how many there are."""
    root = read(text).root
    way = _way(path, root, key)[0]
    if not way:
        raise NotReadable(f"{key} is in no list")
    members: Sequence[Data] = plain(follow(root, way[:-1]))
    return way[:-1], int(way[-1]), len(members)
