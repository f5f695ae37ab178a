"""Makes one text of what two people wrote, as far as they changed different places."""

from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher

from trainer.authoring.entries import Data, same


def merged(base: str, mine: str, theirs: str) -> str | None:
    """One text with the changes of both; None where both changed the same lines, or lines next to each other."""
    lines = base.splitlines(keepends=True)
    pieces: list[str] = []
    at = 0
    last = -1
    for start, end, words in sorted({*_changes(lines, mine), *_changes(lines, theirs)}):
        if start <= last:
            return None
        pieces += [*lines[at:start], words]
        at = last = end
    return "".join([*pieces, *lines[at:]])


def on_top(base: Mapping[str, Data], mine: Mapping[str, Data], theirs: Mapping[str, Data]) -> dict[str, Data]:
    """The fields of an entry as I changed them, and those that only they changed as theirs."""
    missing = object()
    data: dict[str, Data] = {}
    for key in dict.fromkeys([*mine, *theirs]):
        ours, before, other = (each.get(key, missing) for each in (mine, base, theirs))
        value = other if same(ours, before) else ours
        if value is not missing:
            data[key] = value
    return data


def _changes(base: Sequence[str], other: str) -> Iterator[tuple[int, int, str]]:
    lines = other.splitlines(keepends=True)
    for tag, start, end, new_start, new_end in SequenceMatcher(None, base, lines, autojunk=False).get_opcodes():
        if tag != "equal":
            yield start, end, "".join(lines[new_start:new_end])
