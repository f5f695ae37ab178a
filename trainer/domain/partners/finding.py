"""Finding a partner by words in any script: accents, case and width do not matter."""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

LETTERS = str.maketrans({"ø": "o", "đ": "d", "ł": "l", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"})
"""Letters that people without them on their keyboard write so, and that no normal form takes apart."""
VOICING = "\u3099\u309a"
"""Marks that make another sound of a kana: in no way an accent."""


@dataclass(frozen=True, slots=True)
class Text:
    """Something written in a partner's file: where it stands, and of which row if of one."""

    partner_id: UUID
    where: str
    words: str
    row_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """A partner with the texts that hold what was looked for, the best first."""

    partner_id: UUID
    places: tuple[Text, ...]


def find(query: str, texts: Iterable[Text]) -> tuple[Found, ...]:
    """Partners in whose texts every word of the query occurs, in the order of the texts. Without a word, none."""
    words = tuple(dict.fromkeys(fold(query).split()))
    by_partner: dict[UUID, list[tuple[int, Text]]] = {}
    met: dict[UUID, set[str]] = {}
    for text in texts if words else ():
        folded = fold(text.words)
        inside = [word for word in words if word in folded]
        if inside:
            by_partner.setdefault(text.partner_id, []).append((len(inside), text))
            met.setdefault(text.partner_id, set()).update(inside)
    return tuple(
        Found(partner_id, _best(found))
        for partner_id, found in by_partner.items()
        if len(met[partner_id]) == len(words)
    )


def _best(found: Sequence[tuple[int, Text]]) -> tuple[Text, ...]:
    return tuple(text for _, text in sorted(found, key=lambda each: -each[0]))


@lru_cache(maxsize=50_000)
def fold(text: str) -> str:
    """A text without what typing it differs in."""
    apart = unicodedata.normalize("NFKD", text.casefold().translate(LETTERS))
    bare = "".join(sign for sign in apart if not unicodedata.combining(sign) or sign in VOICING)
    return unicodedata.normalize("NFKC", bare).casefold()
