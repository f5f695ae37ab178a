"""Answers with stars, as question banks of other programs have them: `*` is anything, `\\*` a star."""

import re
from collections.abc import Sequence

_STAR = re.compile(r"(?<!\\)\*")


def pieces_of(pattern: str) -> tuple[str, ...]:
    """What stands between the stars; a single piece when there is none."""
    return tuple(piece.replace("\\*", "*") for piece in _STAR.split(pattern))


def fits(text: str, pieces: Sequence[str]) -> bool:
    """Whether the pieces stand in the text in their order, the first at its start and the last at its end."""
    first, *middle, last = pieces
    if len(text) < len(first) + len(last) or not (text.startswith(first) and text.endswith(last)):
        return False
    at, end = len(first), len(text) - len(last)
    for piece in middle:
        found = text.find(piece, at, end)
        if found < 0:
            return False
        at = found + len(piece)
    return True
