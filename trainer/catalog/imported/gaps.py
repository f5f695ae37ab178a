"""What is typed: one answer, or the gaps of a text."""

from decimal import Decimal
from re import ASCII
from re import compile as pattern_of

from trainer.catalog.entries import Lexicon, read_locales
from trainer.catalog.imported.numbers import read_graded_numbers
from trainer.catalog.prose import render_inline
from trainer.catalog.reading import Fields
from trainer.domain.answers import AnswerKey, Rejected
from trainer.domain.content import NO_WORDS, Cloze, Gap, GradedNumber, Numeric, Prose

MAX_MARK = 1000
_GAP = pattern_of(r"\{(gap-[0-9]{1,4})\}", ASCII)
_PLACE = "\ue000"
"""Stands for a gap while a text is made into HTML: emphasis may begin before a gap and end after it."""


def read_cloze(fields: Fields, lexicon: Lexicon) -> Cloze:
    lang = fields.language("lang")
    named = fields.named("gaps", "a gap")
    gaps = {name: _cloze_gap(row, name, lang, lexicon) for name, row in named.items()}
    source = fields.prose("text").source
    pieces = _GAP.split(source)
    order = pieces[1::2]
    if sorted(order) != sorted(gaps) or not order:
        fields.problem("each gap must stand exactly once in the text, as {its-id}", "text")
    shown = render_inline(_GAP.sub(_PLACE, source)).split(_PLACE)
    proses = tuple(Prose(piece, html) for piece, html in zip(pieces[::2], shown, strict=False))
    return Cloze(proses, tuple(gaps[name] for name in order if name in gaps), NO_WORDS)


def _cloze_gap(row: Fields, name: str, lang: str, lexicon: Lexicon) -> Gap:
    mark = row.whole("mark", 1, MAX_MARK) if row.has("mark") else 1
    gap = _number_gap(row, name, mark) if row.has("numbers") else read_gap(row, name, lang, lexicon, mark)
    row.end()
    return gap


def _number_gap(row: Fields, name: str, mark: int) -> Gap:
    graded = read_graded_numbers(row, "numbers")
    best = next((each for each in graded if each.score >= 1), None)
    if best is None:
        row.problem("one of them must have the score 1", "numbers")
        best = GradedNumber(Decimal(0), Decimal(0), 1.0)
    number = Numeric(best.value, best.tolerance, "", read_locales(row), NO_WORDS, graded)
    return Gap(name, AnswerKey((str(best.value),), "und"), number=number, mark=mark)


def read_gap(fields: Fields, name: str, lang: str, lexicon: Lexicon, mark: int = 1) -> Gap:
    accepted = list(fields.texts("accepted")) if fields.has("accepted") else []
    why: dict[str, Prose] = {}
    shares: dict[str, float] = {}
    patterns = list(fields.texts("patterns")) if fields.has("patterns") else []
    for row in fields.mappings("graded", "an answer") if fields.has("graded") else []:
        text = row.text("pattern") if row.has("pattern") else row.text("text")
        (patterns if row.has("pattern") else accepted).append(text)
        if row.has("score"):
            shares[text] = row.number("score", 0, 1)
        why |= _explained(row, text)
        row.end()
    rejected = []
    for row in fields.mappings("rejected", "a rejected answer") if fields.has("rejected") else []:
        rejected.append(row.text("text"))
        why |= _explained(row, rejected[-1])
        row.end()
    return Gap(
        id=name,
        key=_key(fields, sorted(accepted, key=lambda text: -shares.get(text, 1.0)), lang, rejected, patterns, lexicon),
        why=why,
        shares=shares,
        offered=fields.texts("offered") if fields.has("offered") else (),
        mark=mark,
    )


def _key(
    fields: Fields, accepted: list[str], lang: str, rejected: list[str], patterns: list[str], lexicon: Lexicon
) -> AnswerKey:
    try:
        return AnswerKey(
            accepted=tuple(accepted),
            lang=lang,
            rejected=tuple(map(Rejected, rejected)),
            is_case_sensitive=fields.truth("case_sensitive", default=False),
            kana_matters=fields.truth("kana_matters", default=False),
            is_article_optional=fields.truth("article_optional", default=False),
            lexicon=lexicon.get(lang, frozenset()),
            patterns=tuple(patterns),
        )
    except ValueError as error:
        fields.problem(str(error), "accepted")
        return AnswerKey(("?",), lang)


def _explained(row: Fields, text: str) -> dict[str, Prose]:
    prose = row.optional_prose("explanation")
    return {} if prose is None else {text: prose}
