"""Writes a value anew where another stood, in the style that stood there as far as it fits."""

from collections.abc import Iterator
from typing import NamedTuple

import yaml

from trainer.authoring.entries.reading import Data, Written
from trainer.authoring.entries.values import write_flow, write_member, write_scalar, write_value


class Edit(NamedTuple):
    """What stands from `start` to before `end` is replaced."""

    start: int
    end: int
    text: str


def replaced(written: Written, node: yaml.Node, value: Data) -> Edit:
    """Write a value anew in the style that stood there, as far as it fits."""
    start, end = node.start_mark.index, written.end_of(node)
    is_in_flow = _is_in_flow(written, node)
    if is_in_flow:
        return Edit(start, end, write_flow(value))
    indent = indent_at(written, start)
    if isinstance(node, yaml.ScalarNode) and isinstance(value, str):
        style = node.style or ""
        body = _folded_lines(written, start, end) if style == ">" else ""
        words = write_scalar(value, indent, style if node.value or style else "new", body)
        if style in (">", "|") and words.startswith(f"{style}-\n"):
            first = written.line_end(start)
            return Edit(first, end, words[2:])
        return Edit(start, end, words if written.text[start - 1 : start] in (" ", "") else f" {words}")
    return _replaced_whole(written, node, value, indent)


def _replaced_whole(written: Written, node: yaml.Node, value: Data, indent: int) -> Edit:
    """Write a value anew that is no text, or was none."""
    start, end = node.start_mark.index, written.end_of(node)
    colon = colon_before(written, node)
    is_list_of_groups = isinstance(value, list) and any(isinstance(each, dict | list) for each in value)
    was_on_a_line = isinstance(node, yaml.CollectionNode) and node.flow_style
    if was_on_a_line and isinstance(value, list) and not is_list_of_groups:
        return Edit(start, end, write_flow(value))
    if colon is not None:
        return Edit(colon + 1, end, write_value(value, indent_at(written, colon)))
    if is_list_of_groups and written.line_start(start) == start:
        return Edit(start, end, "\n".join(f"- {write_member(each, 0)}" for each in value))
    return Edit(start, end, write_member(value, indent) if value else write_flow(value))


def colon_before(written: Written, node: yaml.Node) -> int | None:
    """Where the colon of a value's key stands, if nothing but space is between them."""
    before = written.text[: node.start_mark.index].rstrip()
    return len(before) - 1 if before.endswith(":") else None


def _is_in_flow(written: Written, node: yaml.Node) -> bool:
    """Whether brackets are around a value: then no line may be broken in it."""
    return any(
        isinstance(each, yaml.CollectionNode)
        and each.flow_style
        and each is not node
        and each.start_mark.index <= node.start_mark.index < each.end_mark.index
        for each in _nodes(written.root)
    )


def _nodes(node: yaml.Node) -> Iterator[yaml.Node]:
    yield node
    for each in node.value if isinstance(node, yaml.CollectionNode) else ():
        for inner in each if isinstance(each, tuple) else (each,):
            yield from _nodes(inner)


def indent_at(written: Written, index: int) -> int:
    """The indent of the key or dash that a value belongs to; behind a dash, of what follows it."""
    line = written.line(index)
    before = line[: index - written.line_start(index)]
    lead = len(line) - len(line.lstrip(" "))
    rest = before[lead:]
    while rest.startswith("- "):
        inner = len(rest) - len(rest[2:].lstrip(" "))
        if not rest[inner:]:
            return lead
        lead += inner
        rest = rest[inner:]
    return lead


def _folded_lines(written: Written, start: int, end: int) -> str:
    """The lines of a folded text as they stand, without their indent."""
    lines = written.text[written.line_end(start) + 1 : end].split("\n")
    return "\n".join(line.strip(" ") for line in lines)
