"""Tells a slip of the finger from another word: few letters off in few words, and never where it could be meant."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from rapidfuzz.distance import OSA

from trainer.domain.answers.canon import script_of
from trainer.domain.answers.folding import (
    APOSTROPHE,
    bare,
    caseless,
    drawn_umlauts,
    masked,
    spread_umlauts,
    without_accents,
)
from trainer.domain.answers.languages import Language

ALPHABETS = frozenset({"LATIN", "GREEK", "CYRILLIC", "ARMENIAN", "GEORGIAN"})
LONG, MIDDLE = 10, 4
"""Letters of a word in which two slips are forgiven, and one."""
WORDS_PER_SLIP = 4


@dataclass(frozen=True, slots=True)
class Slips:
    """By what a slip is judged: the language, and the words that are none since the course has them."""

    language: Language
    words: frozenset[str]
    """Made by `words_of`."""

    def count(self, given: str, expected: str) -> int | None:
        """How many letters are off; None when it is more than a slip.

        Both are answers of steps 1 to 7: words with spaces between.
        """
        if self.language.is_cjk:
            return None
        given_words, expected_words = given.split(" "), expected.split(" ")
        if len(given_words) != len(expected_words):
            return None
        pairs = [pair for pair in zip(given_words, expected_words, strict=True) if not self._is_same(*pair)]
        if len(pairs) > max(1, len(expected_words) // WORDS_PER_SLIP):
            return None
        counts = [self._count_in_word(*pair) for pair in pairs]
        return None if None in counts else sum(count or 0 for count in counts)

    def _is_same(self, given: str, expected: str) -> bool:
        return spread_umlauts(given, self.language) == spread_umlauts(expected, self.language)

    def _count_in_word(self, given: str, expected: str) -> int | None:
        if self._is_known(given) or self._is_about_negation(given, expected):
            return None
        total = 0
        for given_part, expected_part in _parts(given, expected):
            if not self._is_same(given_part, expected_part):
                count = self._count_in_part(given_part, expected_part)
                if count is None:
                    return None
                total += count
        return total

    def _is_known(self, word: str) -> bool:
        return spread_umlauts(caseless(word, self.language), self.language) in self.words

    def _count_in_part(self, given: str, expected: str) -> int | None:
        if self._is_known(given) or not (_is_alphabetic(given) and _is_alphabetic(expected)):
            return None
        allowed = slips_allowed(expected)
        count = distance(spread_umlauts(given, self.language), spread_umlauts(expected, self.language), allowed)
        return None if count > allowed or self._is_another_letter(given, expected) else count

    def _is_another_letter(self, given: str, expected: str) -> bool:
        """Whether some of the difference is a letter taken for another one, or its case where case matters."""
        given, expected = (drawn_umlauts(each, self.language) for each in (given, expected))
        kept = distance(given, expected)
        return any(
            distance(fold(given, self.language), fold(expected, self.language)) < kept
            for fold in (bare, masked, caseless)
        )

    def _is_about_negation(self, given: str, expected: str) -> bool:
        one, other = caseless(given, self.language), caseless(expected, self.language)
        return (
            any(word in negations(self.language) for each in (one, other) for word in (each, *each.split(APOSTROPHE)))
            or self._is_negated(one) != self._is_negated(other)
            or any(_is_prefixed(*pair, self.language) for pair in ((one, other), (other, one)))
        )

    def _is_negated(self, word: str) -> bool:
        return self.language.negated is not None and self.language.negated.search(word) is not None


def slips_allowed(word: str) -> int:
    """By the letters of the word: none in up to 3, one in up to 9, then two."""
    letters = sum(char.isalpha() for char in word)
    return 2 if letters >= LONG else 1 if letters >= MIDDLE else 0


def distance(one: str, other: str, most: int | None = None) -> int:
    """Letters added, dropped, changed or swapped with their neighbour; `most` + 1 when it is more than `most`."""
    return int(OSA.distance(one, other, score_cutoff=most))


@cache
def negations(language: Language) -> frozenset[str]:
    """The words that deny, with and without their accents."""
    return language.negations | {without_accents(word, language) for word in language.negations}


def _parts(given: str, expected: str) -> Iterator[tuple[str, str]]:
    """The pieces at the apostrophes, l and homme; the whole words where one has fewer apostrophes."""
    ones, others = given.split(APOSTROPHE), expected.split(APOSTROPHE)
    if len(ones) != len(others):
        return iter([(given, expected)])
    return zip(ones, others, strict=True)


def _is_alphabetic(word: str) -> bool:
    letters = word.replace(APOSTROPHE, "")
    return letters.isalpha() and all(script_of(char) in ALPHABETS for char in letters)


def _is_prefixed(one: str, other: str, language: Language) -> bool:
    """Whether one is nearer to the other without a prefix that denies: possible, impossible; legal, ilegal."""
    return any(
        one.startswith(prefix)
        and (len(prefix) > 1 or language.code not in ("es", "pt", "ro") or one[1:2] in ("l", "r"))
        and distance(one[len(prefix) :], other) < distance(one, other)
        for prefix in language.negative_prefixes
    )


def words_of(texts: Iterable[str], language: Language) -> Iterator[str]:
    """The words of answers of steps 1 to 7, in the form in which `Slips` knows them."""
    for text in texts:
        yield from spread_umlauts(caseless(text, language), language).split(" ")
