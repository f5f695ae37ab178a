"""Writes one value as YAML: in the style that stood there, else in the one that reads best, and always as it was."""

import re
from collections.abc import Iterator, Sequence
from datetime import date

import yaml

from trainer.authoring.entries.reading import LOADER, Data, NotReadable, plain, same

WIDTH = 118
"""Columns that folded words fill."""
LONG = 90
"""From so many characters on, new words are folded."""
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}
_NOT_PRINTED = re.compile('[\\x00-\\x1f"\\\\\\x7f-\\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]')
_SPACE = re.compile(r"(?<=\S) (?=\S)")


def write_lines(key: str, value: Data, indent: int) -> str:
    """`key: value` at an indent, without the last line break."""
    return " " * indent + write_key(key) + ":" + write_value(value, indent)


def write_key(key: str) -> str:
    return _first_that_holds(key, (key, quoted(key)), is_in_flow=False)


def write_value(value: Data, indent: int) -> str:
    """What stands after `key:` of a mapping at an indent: on the same line, or on those below."""
    match value:
        case dict() if value:
            return "".join(f"\n{write_lines(key, each, indent + 2)}" for key, each in value.items())
        case list() if value and not _is_short_list(value):
            return "".join(f"\n{' ' * (indent + 2)}- {write_member(each, indent + 2)}" for each in value)
        case _:
            return " " + write_scalar(value, indent)


def write_member(value: Data, indent: int) -> str:
    """What stands after the dash of a list at an indent."""
    if isinstance(value, dict) and value:
        lines = [write_lines(key, each, indent + 2) for key, each in value.items()]
        return "\n".join(lines).lstrip(" ")
    if isinstance(value, list) and value:
        return write_flow(value)
    return write_scalar(value, indent)


def write_flow(value: Data) -> str:
    """On one line, as within brackets."""
    match value:
        case dict():
            return "{" + ", ".join(f"{_flow_key(key)}: {write_flow(each)}" for key, each in value.items()) + "}"
        case list():
            return "[" + ", ".join(map(write_flow, value)) + "]"
        case str():
            return flow_text(value)
        case _:
            return _word(value)


def flow_text(value: str, style: str | None = None) -> str:
    candidates = {None: (value, quoted(value)), "'": (_single(value), quoted(value))}.get(style, (quoted(value),))
    return _first_that_holds(value, candidates, is_in_flow=True)


def write_scalar(value: Data, indent: int, style: str | None = "new", before: str = "") -> str:
    """A value below a mapping or list at an indent, which begins on the line of its key or dash.

    `style` is the YAML style that stood there ('' for plain) or `new`; `before` the folded lines that stood there.
    """
    if isinstance(value, str):
        return _first_that_holds(value, _styles(value, indent, style, before), is_in_flow=False)
    return write_flow(value) if isinstance(value, dict | list) else _word(value)


def quoted(value: str) -> str:
    """In double quotes: holds any text."""
    return '"' + _NOT_PRINTED.sub(lambda found: _escape(found[0]), value) + '"'


def _styles(value: str, indent: int, style: str | None, before: str) -> Iterator[str]:
    """Ways to write a text, the most fitting first."""
    has_lines = "\n" in value
    is_long = len(value) > LONG
    if style == ">" or (style == "new" and is_long and not has_lines):
        yield _folded(value, indent, before)
    if style == "|" or has_lines:
        yield _literal(value, indent)
    if style == "'":
        yield _single(value)
    if style in ("", "new") and not has_lines:
        yield value
    yield quoted(value)


def _folded(value: str, indent: int, before: str) -> str:
    room = WIDTH - indent - 2
    lines: list[str] = []
    for number, paragraph in enumerate(value.split("\n")):
        lines += [""] if number else []
        lines += _wrap(paragraph, room, before.split("\n") if "\n" not in value else ())
    return ">-\n" + "\n".join(" " * (indent + 2) + line if line else "" for line in lines)


def _wrap(words: str, room: int, before: Sequence[str]) -> list[str]:
    """Break between words; lines at the top and at the bottom that stood so before are not broken anew."""
    top: list[str] = []
    bottom: list[str] = []
    rest = words
    lines = list(before)
    while lines and lines[0] and rest.startswith(lines[0] + " "):
        top.append(lines[0])
        rest = rest[len(lines.pop(0)) + 1 :]
    while lines and lines[-1] and rest.endswith(" " + lines[-1]):
        bottom.insert(0, lines[-1])
        rest = rest[: -len(lines.pop()) - 1]
    filled: list[str] = []
    for word in _SPACE.split(rest):
        if filled and len(filled[-1]) + 1 + len(word) <= room:
            filled[-1] += f" {word}"
        else:
            filled.append(word)
    return [*top, *filled, *bottom]


def _literal(value: str, indent: int) -> str:
    lines = value.split("\n")
    return "|-\n" + "\n".join(" " * (indent + 2) + line if line else "" for line in lines)


def _single(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def _escape(character: str) -> str:
    code = ord(character)
    return _ESCAPES.get(character) or (f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}")


def _word(value: Data) -> str:
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case date():
            return value.isoformat()
        case _:
            return str(value)


def _flow_key(key: str) -> str:
    return _first_that_holds(key, (key, quoted(key)), is_in_flow=True)


def _is_short_list(value: Sequence[Data]) -> bool:
    """Such as a list of ids, which stands on one line."""
    words = [each for each in value if isinstance(each, str) and " " not in each and "\n" not in each]
    return len(words) == len(value) and sum(map(len, words)) + 2 * len(words) <= WIDTH - 20


def _first_that_holds(value: Data, candidates: Sequence[str] | Iterator[str], *, is_in_flow: bool) -> str:
    """The first way to write it that is read as the same again."""
    for written in candidates:
        if _holds(written, value, is_in_flow=is_in_flow):
            return written
    raise NotReadable(f"cannot be written as YAML: {value!r}")


def _holds(written: str, value: Data, *, is_in_flow: bool) -> bool:
    block = written.lstrip().startswith((">", "|")) and "\n" in written
    text = f"[{written}, x]" if is_in_flow else f"x:\n  x: {written}\n" if not block else f"x: {written}\n"
    try:
        node = yaml.compose(text, Loader=LOADER)
        found = plain(node) if node is not None else None
    except (yaml.YAMLError, RecursionError, UnicodeError):
        return False
    if is_in_flow:
        return same(found, [value, "x"])
    return same(found, {"x": value} if block else {"x": {"x": value}})
