"""What a content file goes through on its way into force, and how two of its texts differ."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import zip_longest


class State(StrEnum):
    """Where a version of a text stands. What is `SET_ASIDE` was given up."""

    DRAFT = "draft"
    REVIEWED = "reviewed"
    PUBLISHED = "published"
    SET_ASIDE = "set_aside"


@dataclass(frozen=True, slots=True)
class Run:
    """Some characters of a line, and whether the other text has others in their place."""

    text: str
    is_changed: bool


@dataclass(frozen=True, slots=True)
class LinePair:
    """A line of two texts side by side, with its numbers from 1; no number and no runs where one has no such line."""

    before_number: int | None
    before: tuple[Run, ...]
    after_number: int | None
    after: tuple[Run, ...]

    @property
    def is_changed(self) -> bool:
        return (
            self.before_number is None
            or self.after_number is None
            or any(run.is_changed for run in (*self.before, *self.after))
        )


def difference(before: str, after: str, *, around: int = 3) -> tuple[tuple[LinePair, ...], ...]:
    """Groups of lines where two texts differ, with so many alike `around` them; none when all lines are the same."""
    old, new = before.splitlines(), after.splitlines()
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    groups = [
        tuple(
            pair
            for kind, start, end, new_start, new_end in group
            for pair in _pairs(kind, old[start:end], new[new_start:new_end], start, new_start)
        )
        for group in matcher.get_grouped_opcodes(around)
    ]
    return tuple(groups)


def _pairs(kind: str, old: Sequence[str], new: Sequence[str], start: int, new_start: int) -> Iterator[LinePair]:
    for offset, (before, after) in enumerate(zip_longest(old, new)):
        if before is None:
            yield LinePair(None, (), new_start + offset + 1, (Run(after, True),))
        elif after is None:
            yield LinePair(start + offset + 1, (Run(before, True),), None, ())
        else:
            left, right = _runs(before, after) if kind != "equal" else ((Run(before, False),), (Run(after, False),))
            yield LinePair(start + offset + 1, left, new_start + offset + 1, right)


def _runs(before: str, after: str) -> tuple[tuple[Run, ...], tuple[Run, ...]]:
    """Two lines cut where they differ, word by word."""
    old, new = _words(before), _words(after)
    left: list[Run] = []
    right: list[Run] = []
    for kind, start, end, new_start, new_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        is_changed = kind != "equal"
        if end > start:
            left.append(Run("".join(old[start:end]), is_changed))
        if new_end > new_start:
            right.append(Run("".join(new[new_start:new_end]), is_changed))
    return _told(left, right), _told(right, left)


def _told(runs: Sequence[Run], others: Sequence[Run]) -> tuple[Run, ...]:
    """A line that only lost something has nothing of its own to mark: then all of it is marked."""
    if any(run.is_changed for run in runs) or not any(run.is_changed for run in others):
        return tuple(runs)
    return tuple(Run(run.text, True) for run in runs)


def _words(line: str) -> list[str]:
    """Words and what stands between them; scripts without spaces are cut into characters."""
    found: list[str] = []
    for char in line:
        is_letter = char.isalnum() and char.isascii()
        if found and is_letter and found[-1][-1].isascii() and found[-1][-1].isalnum():
            found[-1] += char
        else:
            found.append(char)
    return found
