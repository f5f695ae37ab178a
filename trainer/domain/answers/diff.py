"""Shows where what was typed and the expected answer differ, in letters as a reader sees them."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from rapidfuzz.distance import Levenshtein

from trainer.domain.answers.canon import AFTER, BEFORE, VIRAMA_CLASS, ZWJ, printable

SKIN_TONES = range(0x1F3FB, 0x1F400)
FLAG_LETTERS = range(0x1F1E6, 0x1F200)
VOWEL_JAMO = range(0x1160, 0x1200)
"""Middle and final letters of a Korean syllable that is spelt out; whole syllables are one character already."""
TRAILING = "\u0e33\u0eb3ﾞﾟ"
"""Thai and Lao am, half-width sound marks: letters by category, but part of the letter before."""


class Change(StrEnum):
    """What became of a stretch: in both, only expected, only typed, or one thing typed for another."""

    KEPT = "kept"
    MISSING = "missing"
    EXTRA = "extra"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of both texts. What is kept may be written in another width or with another apostrophe."""

    change: Change
    given: str
    expected: str


CHANGES = {"equal": Change.KEPT, "insert": Change.MISSING, "delete": Change.EXTRA, "replace": Change.CHANGED}


def compare(given: str, expected: str) -> tuple[Span, ...]:
    """The spans in order; joined, they are both texts as `printable` has them."""
    ones, others = (tuple(graphemes(printable(each))) for each in (given, expected))
    found = Levenshtein.opcodes([_plain(each) for each in ones], [_plain(each) for each in others])
    return tuple(
        Span(
            CHANGES[each.tag],
            "".join(ones[each.src_start : each.src_end]),
            "".join(others[each.dest_start : each.dest_end]),
        )
        for each in found
    )


def without_difference(given: str, expected: str) -> tuple[Span, ...]:
    """One span for two texts that count as the same."""
    return (Span(Change.KEPT, printable(given), printable(expected)),)


def graphemes(text: str) -> Iterator[str]:
    """Cut a text where a reader would: never between a letter and its marks, in a conjunct, a flag or a joined emoji.

    After Unicode annex 29, with what the standard library knows; conjuncts as in its rule GB9c.
    """
    cluster = ""
    for char in text:
        if cluster and not _continues(cluster, char):
            yield cluster
            cluster = ""
        cluster += char
    if cluster:
        yield cluster


def _continues(cluster: str, char: str) -> bool:
    if char.isascii():
        return False
    code = ord(char)
    if unicodedata.category(char)[0] == "M" or char in TRAILING or code in SKIN_TONES or char in "\u200c\u200d":
        return True
    last = cluster[-1]
    if code in FLAG_LETTERS:
        return len(cluster) == 1 and ord(last) in FLAG_LETTERS
    if code in VOWEL_JAMO:
        return unicodedata.name(last, "").startswith("HANGUL")
    return _joins(cluster, char)


def _joins(cluster: str, char: str) -> bool:
    """Whether what came last ties the next letter to it: a virama, or a joiner between signs."""
    stem = cluster.rstrip("\u200c\u200d")
    if unicodedata.combining(stem[-1:] or " ") == VIRAMA_CLASS:
        return char.isalpha()
    return cluster[-1] == ZWJ and unicodedata.category(char) == "So"


@lru_cache(maxsize=8192)
def _plain(grapheme: str) -> str:
    """A grapheme as it is compared: full width and half width, all apostrophes and all dashes alike."""
    return unicodedata.normalize("NFKC", grapheme.translate(BEFORE)).translate(AFTER)
