"""Reads YAML with the place of every value, so that one can be changed and all else stays as it is written."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import yaml

from trainer.catalog.reading import MAX_VALUES, expanded_size

Data = Any
"""What a value holds: text, a number, a date, true or false, None, a list or a mapping of these."""

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_RULE = re.compile(r"#\s*[-=*#]{3}")
"""A comment that heads a section: it stays where it is when the entry below it moves."""


class NotReadable(ValueError):
    """The text is no YAML of the shape that entries need; it can be changed as a text only."""


@dataclass(frozen=True)
class Written:
    """A text and the YAML in it."""

    text: str
    root: yaml.Node

    def line_start(self, index: int) -> int:
        return self.text.rfind("\n", 0, index) + 1

    def line_end(self, index: int) -> int:
        """Where the line ends, before its break."""
        end = self.text.find("\n", index)
        return len(self.text) if end < 0 else end

    def line(self, index: int) -> str:
        return self.text[self.line_start(index) : self.line_end(index)]

    def end_of(self, node: yaml.Node) -> int:
        """Where the value ends: a parser counts the empty lines and comments below a block to it, readers do not."""
        if isinstance(node, yaml.CollectionNode) and not node.flow_style:
            last = node.value[-1]
            return self.end_of(last[1] if isinstance(last, tuple) else last)
        if isinstance(node, yaml.ScalarNode) and node.style in ("|", ">"):
            start = node.start_mark.index
            return start + len(self.text[start : node.end_mark.index].rstrip("\n "))
        return int(node.end_mark.index)

    def end_of_lines(self, node: yaml.Node) -> int:
        """Where the last line of the value ends, a comment beside it included."""
        return self.line_end(self.end_of(node))

    def number_of_line(self, index: int) -> int:
        return self.text.count("\n", 0, index) + 1


@dataclass(frozen=True)
class Chunk:
    """One member of a list as whole lines, with comments directly above it; those above the first are the list's."""

    node: yaml.Node
    start: int
    end: int


@lru_cache(maxsize=4)
def read(text: str) -> Written:
    """What is written; kept for a while, as a change reads the same text several times. Raises `NotReadable`."""
    try:
        root = yaml.compose(text, Loader=LOADER)
        is_too_much = root is not None and expanded_size(root) > MAX_VALUES
    except (yaml.YAMLError, RecursionError) as error:
        raise NotReadable(str(error)) from error
    if root is None:
        raise NotReadable("it is empty")
    if is_too_much:
        raise NotReadable("its aliases stand for too much")
    return Written(text, root)


def plain(node: yaml.Node) -> Data:
    if isinstance(node, yaml.SequenceNode):
        return [plain(each) for each in node.value]
    if isinstance(node, yaml.MappingNode):
        return {str(key.value): plain(value) for key, value in node.value}
    if node.tag == "tag:yaml.org,2002:str":
        return str(node.value)
    try:
        return yaml.constructor.SafeConstructor().construct_object(node)
    except (ValueError, yaml.YAMLError):
        return str(node.value)


def same(one: Data, other: Data) -> bool:
    """Whether two values are equal and of the same kind all through: 1, 1.0, true and '1' are four things."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(same(*pair) for pair in zip(one, other, strict=True))
    return type(one) is type(other) and bool(one == other)


def members(node: yaml.Node) -> Mapping[str, tuple[yaml.Node, yaml.Node]]:
    """Keys of a mapping with the nodes of key and value."""
    pairs = node.value if isinstance(node, yaml.MappingNode) else ()
    return {str(key.value): (key, value) for key, value in pairs}


def value_of(node: yaml.Node, key: str) -> yaml.Node | None:
    pair = members(node).get(key)
    return pair[1] if pair else None


def chunks(written: Written, node: yaml.SequenceNode) -> list[Chunk]:
    """Members of a block list. Raises `NotReadable` for dashes that share a line."""
    found = []
    floor = written.line_start(node.start_mark.index)
    for member in node.value:
        dash = _dash_line(written, member, node.start_mark.column, floor)
        end = written.end_of_lines(member)
        found.append(Chunk(member, _with_comments(written, dash, floor), end))
        floor = min(end + 1, len(written.text))
    return found


def places(node: yaml.Node, at: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], yaml.Node]]:
    """Every value below a node with the way to it."""
    yield at, node
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield from places(value, (*at, str(key.value)))
    elif isinstance(node, yaml.SequenceNode):
        for number, value in enumerate(node.value):
            yield from places(value, (*at, number))


def _dash_line(written: Written, member: yaml.Node, column: int, floor: int) -> int:
    """The start of the line with the member's dash: its own, or one above when the value begins below the dash."""
    dash = re.compile(rf" {{{column}}}-(\s|$)")
    start = written.line_start(member.start_mark.index)
    while not dash.match(written.text[start : written.line_end(start)]):
        if start <= floor:
            raise NotReadable("two lists share a line, or a value stands elsewhere")
        start = written.line_start(start - 1)
    return start


def _with_comments(written: Written, start: int, floor: int) -> int:
    """Take in the comment lines directly above, but none that heads a section."""
    while start > floor:
        above = written.line_start(start - 1)
        line = written.text[above : start - 1].strip()
        if above < floor or not line.startswith("#") or _RULE.match(line):
            break
        start = above
    return start
