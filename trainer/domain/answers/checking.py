"""Judges a typed answer as a fair teacher would: nine rules in order, the first that fits is the verdict."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from trainer.domain.answers.canon import canonical, is_cut
from trainer.domain.answers.diff import Span, compare, without_difference
from trainer.domain.answers.folding import (
    caseless,
    currencies,
    sharp_spread,
    spread_umlauts,
    without_accents,
    without_article,
    without_punctuation,
    without_variants,
)
from trainer.domain.answers.languages import Language, language_of
from trainer.domain.answers.patterns import fits, pieces_of
from trainer.domain.answers.typos import Slips, distance, words_of

RULES_VERSION = 1
"""Kept with each verdict, so that one by older rules can be told and judged again."""


class Verdict(StrEnum):
    """The first rule that fits, the strictest first; `rejected`, `wrong` and `no answer` are not accepted.

    `pattern` is an answer that fits one of the key's patterns.
    """

    NO_ANSWER = "no answer"
    EXACT = "exact"
    CASE = "case"
    PUNCTUATION = "punctuation"
    VARIANT = "variant"
    PATTERN = "pattern"
    REJECTED = "rejected"
    ARTICLE = "article"
    ACCENT = "accent"
    TYPO = "typo"
    WRONG = "wrong"

    @property
    def is_accepted(self) -> bool:
        return self not in (Verdict.NO_ANSWER, Verdict.REJECTED, Verdict.WRONG)


class Mode(StrEnum):
    """Practice forgives an article, an accent and a slip; an assessment, which readiness rests on, does not."""

    PRACTICE = "practice"
    ASSESSMENT = "assessment"


@dataclass(frozen=True, slots=True)
class Rejected:
    """An answer that the author knows to be wrong, and why."""

    text: str
    feedback: str = ""


@dataclass(frozen=True, slots=True)
class AnswerKey:
    """What is accepted, the best answer first, and how strictly. Raises ValueError when nothing could be accepted.

    `lexicon` has other words of the course: none of them is ever a slip. In `patterns`, which come from other
    programs, a star is anything (`patterns.py`); the rest of one is compared with its punctuation.
    """

    accepted: tuple[str, ...]
    lang: str
    rejected: tuple[Rejected, ...] = ()
    is_case_sensitive: bool = False
    kana_matters: bool = False
    is_article_optional: bool = False
    lexicon: frozenset[str] = frozenset()
    patterns: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        language = language_of(self.lang)
        if not self.accepted:
            raise ValueError("an answer key needs an accepted answer")
        for text in (*self.accepted, *(each.text for each in self.rejected)):
            if not canonical(text, language):
                raise ValueError(f"{text!r} is no answer: nothing in it can be seen")
        for pattern in self.patterns:
            if len(pieces_of(pattern)) < 2:
                raise ValueError(f"{pattern!r} is no pattern: it has no star that stands for anything")

    @property
    def language(self) -> Language:
        return language_of(self.lang)


@dataclass(frozen=True, slots=True)
class Checked:
    """A verdict and its reasons.

    `answer` is the accepted answer or the pattern that was matched, or the answer that is nearest, as its author wrote
    it; `rejected` the one that was hit; `diff` leads from what was typed to `answer`; `canon` is what was typed in the
    form that is compared.
    """

    verdict: Verdict
    answer: str
    diff: tuple[Span, ...]
    canon: str
    rejected: Rejected | None = None

    @property
    def is_accepted(self) -> bool:
        return self.verdict.is_accepted


@dataclass(frozen=True, slots=True)
class Forms:
    """One answer after each step; in `plain` and `accentless` German umlauts are as they were written."""

    is_cut: bool
    canon: str
    caseless: str
    bare: str
    variant: str
    plain: str
    accentless: str


SURE_STEPS = (Verdict.EXACT, Verdict.CASE, Verdict.PUNCTUATION, Verdict.VARIANT)


def check_answer(given: str, key: AnswerKey, mode: Mode = Mode.PRACTICE) -> Checked:
    """Judge what was typed; the same answer, key and mode give the same verdict under one `RULES_VERSION`.

    More than 500 characters are cut off, and what was cut is right only where an accepted answer is as long.
    """
    typed = forms_of(given, key)
    if not typed.canon:
        return Checked(Verdict.NO_ANSWER, key.accepted[0], compare(given, key.accepted[0]), typed.canon)
    verdict, answer = _sure_hit(typed, key, key.accepted)
    pattern = _pattern_hit(typed, key) if answer is None else None
    if pattern is not None:
        return Checked(Verdict.PATTERN, pattern, without_difference(given, given), typed.canon)
    if answer is None:
        _, hit = _sure_hit(typed, key, [each.text for each in key.rejected])
        if hit is not None:
            rejected = next(each for each in key.rejected if each.text == hit)
            nearest = _nearest(typed, key)
            return Checked(Verdict.REJECTED, nearest, compare(given, nearest), typed.canon, rejected)
        verdict, answer = _forgiving_hit(typed, key) if mode is Mode.PRACTICE else (Verdict.WRONG, None)
    answer = answer if answer is not None else _nearest(typed, key)
    show = without_difference if verdict is Verdict.EXACT else compare
    return Checked(verdict, answer, show(given, answer), typed.canon)


def forms_of(text: str, key: AnswerKey) -> Forms:
    return _forms(text, key.language, key.is_case_sensitive, key.kana_matters)


def _forms(text: str, language: Language, is_case_sensitive: bool, kana_matters: bool) -> Forms:
    canon = canonical(text, language)
    lowered = canon if is_case_sensitive else caseless(canon, language)
    bare = without_punctuation(lowered, language)
    plain = without_variants(bare, language, kana_matters)
    return Forms(
        is_cut=is_cut(text, language),
        canon=canon,
        caseless=lowered,
        bare=bare,
        variant=spread_umlauts(plain, language),
        plain=plain,
        accentless=without_accents(plain, language),
    )


_known_forms = lru_cache(maxsize=2048)(_forms)
"""Of authored answers only, which come again and again; what learners type is not held on to."""


def _expected_forms(text: str, key: AnswerKey) -> Forms:
    return _known_forms(text, key.language, key.is_case_sensitive, key.kana_matters)


def _sure_hit(typed: Forms, key: AnswerKey, answers: Sequence[str]) -> tuple[Verdict, str | None]:
    """Steps 1 to 4: the answer that is hit by the strictest of them, the first listed of equals."""
    steps = [(_sure_step(typed, _expected_forms(answer, key)), answer) for answer in answers]
    hits = [(step, answer) for step, answer in steps if step is not None]
    if not hits:
        return Verdict.WRONG, None
    step, answer = min(hits, key=lambda hit: hit[0])
    return SURE_STEPS[step], answer


def _sure_step(typed: Forms, expected: Forms) -> int | None:
    if typed.is_cut != expected.is_cut:
        return None
    if typed.canon == expected.canon:
        return 0
    if typed.caseless == expected.caseless or _is_in_capitals(typed, expected):
        return 1
    if not expected.bare or not _have_one_currency(typed, expected):
        return None
    return 2 if typed.bare == expected.bare else 3 if typed.variant == expected.variant else None


def _pattern_hit(typed: Forms, key: AnswerKey) -> str | None:
    """The first pattern that the whole answer fits."""
    if typed.is_cut:
        return None
    return next((each for each in key.patterns if fits(typed.caseless, _canonical_pieces(each, key))), None)


def _canonical_pieces(pattern: str, key: AnswerKey) -> Sequence[str]:
    """What stands between the stars of a pattern, in the form that is compared."""
    canon = (canonical(piece, key.language) for piece in pieces_of(pattern))
    return [piece if key.is_case_sensitive else caseless(piece, key.language) for piece in canon]


def _is_in_capitals(typed: Forms, expected: Forms) -> bool:
    """Whether one is the other in capitals, in which ß is SS; where case matters both have kept theirs."""
    is_folded = typed.canon != typed.caseless or expected.canon != expected.caseless
    is_capital = typed.canon.isupper() or expected.canon.isupper()
    return is_folded and is_capital and sharp_spread(typed.caseless) == sharp_spread(expected.caseless)


def _have_one_currency(typed: Forms, expected: Forms) -> bool:
    ones, others = currencies(typed.canon), currencies(expected.canon)
    return not ones or not others or ones == others


def _forgiving_hit(typed: Forms, key: AnswerKey) -> tuple[Verdict, str | None]:
    """Steps 6 to 8, each over all accepted answers before the next."""
    language = key.language
    answers = [
        (answer, expected)
        for answer in key.accepted
        if (expected := _expected_forms(answer, key)).bare
        and expected.is_cut == typed.is_cut
        and _have_one_currency(typed, expected)
    ]
    if key.is_article_optional:
        for answer, expected in answers:
            if without_article(typed.variant, language) == without_article(expected.variant, language):
                return Verdict.ARTICLE, answer
    for answer, expected in answers:
        pairs = _pairs(typed, expected, key)
        if any(spread_umlauts(one, language) == spread_umlauts(other, language) for one, other in pairs):
            return Verdict.ACCENT, answer
    return _slip(typed, key, answers)


def _pairs(typed: Forms, expected: Forms, key: AnswerKey) -> Iterator[tuple[str, str]]:
    """Both answers without accents, and without their articles too where these may be left out."""
    yield typed.accentless, expected.accentless
    if key.is_article_optional:
        one, other = (without_article(each.plain, key.language) for each in (typed, expected))
        yield without_accents(one, key.language), without_accents(other, key.language)


def _slip(typed: Forms, key: AnswerKey, answers: Sequence[tuple[str, Forms]]) -> tuple[Verdict, str | None]:
    """Step 8: the accepted answer with the fewest letters off, unless a rejected one is as near."""
    language = key.language
    slips = Slips(language, _words(key))
    counts = [
        (count, answer)
        for answer, expected in answers
        for one, other in _pairs(typed, expected, key)
        if (count := slips.count(one, other)) is not None
    ]
    if not counts:
        return Verdict.WRONG, None
    fewest, answer = min(counts, key=lambda each: each[0])
    for each in key.rejected:
        if distance(typed.plain, _expected_forms(each.text, key).plain, fewest) <= fewest:
            return Verdict.WRONG, None
    return Verdict.TYPO, answer


def _words(key: AnswerKey) -> frozenset[str]:
    authored = (*key.accepted, *(each.text for each in key.rejected))
    return _words_of(authored, key.lang, key.kana_matters) | _words_of(key.lexicon, key.lang, key.kana_matters)


@lru_cache(maxsize=64)
def _words_of(texts: tuple[str, ...] | frozenset[str], lang: str, kana_matters: bool) -> frozenset[str]:
    language = language_of(lang)
    return frozenset(words_of((_forms(text, language, False, kana_matters).accentless for text in texts), language))


def _nearest(typed: Forms, key: AnswerKey) -> str:
    """The accepted answer with the fewest letters off, the first listed of equals."""
    return min(key.accepted, key=lambda answer: distance(typed.plain, _expected_forms(answer, key).plain))
