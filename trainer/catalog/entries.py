"""Reads the keys of items that are answered by typing, ordering, matching, a number or a slot."""

import re
from collections.abc import Mapping
from datetime import date, time
from decimal import Decimal, InvalidOperation

from babel.core import Locale, UnknownLocaleError

from trainer.catalog.reading import Fields, unique
from trainer.domain.answers import AnswerKey, Rejected
from trainer.domain.calendar import countries, zones
from trainer.domain.content import (
    Cloze,
    Gap,
    Matching,
    Numeric,
    Ordering,
    Pair,
    Part,
    Phrase,
    Prose,
    Side,
    SlotSearch,
    Typed,
)
from trainer.domain.slots import NoSlotFits, offered_slots

Lexicon = Mapping[str, frozenset[str]]
MIN_PARTS = 3
MIN_PAIRS = 3
SLIP_IN_DICTATION = 0.5
"""What is heard is written as it sounds: a letter that is off may be an ending that was not heard."""
CHECKED_YEARS = range(2026, 2032)
"""A search for a slot must find one in each of these years."""
_GAP = re.compile(r"\{([a-z0-9-]+)\}")
_NO_WORDS = Prose("", "")


def read_typed(fields: Fields, lexicon: Lexicon) -> Typed:
    return Typed(_gap(fields, "answer", fields.language("lang"), lexicon), fields.prose("explanation"))


def read_dictation(fields: Fields, phrases: Mapping[str, Phrase], lexicon: Lexicon) -> Typed:
    """What is heard is typed: the phrase itself is the key, and what the author accepts besides."""
    phrase = phrases.get(fields.text("listen"))
    lang, text = (phrase.lang, phrase.text) if phrase else ("und", "?")
    also = fields.texts("accepted") if fields.has("accepted") else ()
    why = _rejected(fields)
    rejected = tuple(Rejected(each, prose.source) for each, prose in why.items())
    key = AnswerKey((text, *also), lang, rejected, lexicon=lexicon.get(lang, frozenset()))
    return Typed(Gap("answer", key, why), fields.prose("explanation"), SLIP_IN_DICTATION)


def read_cloze(fields: Fields, lexicon: Lexicon) -> Cloze:
    """A text with `{gap-id}` where something is to be typed, and the gaps by their ids."""
    lang = fields.language("lang")
    words = fields.text("text")
    named = fields.named("gaps", "a gap")
    gaps = {name: _gap(row, name, lang, lexicon) for name, row in named.items()}
    for row in named.values():
        row.end()
    pieces = _GAP.split(words)
    order = pieces[1::2]
    if sorted(order) != sorted(gaps):
        fields.problem("each gap must stand exactly once in the text, as {its-id}", "text")
    proses = tuple(fields.as_prose(piece, "text") if piece.strip() else _space(piece) for piece in pieces[::2])
    return Cloze(proses, tuple(gaps[name] for name in order if name in gaps), fields.prose("explanation"))


def read_ordering(fields: Fields) -> Ordering:
    """Parts stand in the file as they belong; `also` lists other orders that are as right."""
    rows = fields.mappings("parts", "a part")
    unique(rows, lambda row: row.local_id())
    parts = tuple(_part(row) for row in rows)
    order = tuple(part.id for part in parts)
    others = fields.lists("also") if fields.has("also") else ()
    for other in others:
        if sorted(other) != sorted(order):
            fields.problem("each other order must name every part once", "also")
    if len(parts) < MIN_PARTS:
        fields.problem("needs at least three parts", "parts")
    return Ordering(parts, (order, *others), fields.prose("explanation"))


def read_matching(fields: Fields) -> Matching:
    rows = fields.mappings("pairs", "a pair")
    extra_rows = fields.mappings("extras", "an extra") if fields.has("extras") else []
    unique([*rows, *extra_rows], lambda row: row.local_id())
    pairs = []
    for row in rows:
        name = row.local_id()
        left, right = Part(name, row.prose("left")), Part(name, row.prose("right"))
        pairs.append(Pair(left, right, row.prose("explanation")))
        row.end()
    if len(pairs) < MIN_PAIRS:
        fields.problem("needs at least three pairs", "pairs")
    return Matching(tuple(pairs), tuple(_part(row) for row in extra_rows), fields.prose("explanation"))


def read_number(fields: Fields) -> Numeric:
    return Numeric(
        value=read_decimal(fields, "value"),
        tolerance=read_decimal(fields, "tolerance") if fields.has("tolerance") else Decimal(0),
        unit=fields.text("unit", ""),
        locales=read_locales(fields),
        explanation=fields.prose("explanation"),
    )


def read_locales(fields: Fields) -> tuple[str, ...]:
    locales = fields.texts("locales")
    for name in locales:
        if not _is_locale(name):
            fields.problem(f"{name!r} is no locale such as en_US or de_DE", "locales")
    return tuple(name for name in locales if _is_locale(name)) or ("en_US",)


def read_calendar(fields: Fields) -> SlotSearch:
    search = SlotSearch(
        ours=_side(fields, "ours"),
        theirs=_side(fields, "theirs"),
        month=fields.whole("month", 1, 12),
        day=fields.whole("day", 1, 28),
        days=fields.whole("days", 3, 21),
        minutes=fields.whole("minutes", 15, 240),
    )
    try:
        for year in CHECKED_YEARS:
            if len(offered_slots(search, date(year, search.month, search.day), "check")) < MIN_PARTS:
                fields.problem(f"too few slots to choose from in {year}: search through more days", "days")
                break
    except NoSlotFits as error:
        fields.problem(f"{error}: search through more days, or choose other hours", "days")
    return search


def _gap(fields: Fields, name: str, lang: str, lexicon: Lexicon) -> Gap:
    why = _rejected(fields)
    accepted = fields.texts("accepted")
    try:
        key = AnswerKey(
            accepted,
            lang,
            tuple(Rejected(text, prose.source) for text, prose in why.items()),
            is_case_sensitive=fields.truth("case_sensitive", default=False),
            kana_matters=fields.truth("kana_matters", default=False),
            is_article_optional=fields.truth("article_optional", default=False),
            lexicon=lexicon.get(lang, frozenset()),
        )
    except ValueError as error:
        fields.problem(str(error), "accepted")
        key = AnswerKey(("?",), lang)
    return Gap(name, key, why)


def _rejected(fields: Fields) -> dict[str, Prose]:
    """Answers that are wrong for a reason; several may share one."""
    why: dict[str, Prose] = {}
    for row in fields.mappings("rejected", "a rejected answer") if fields.has("rejected") else []:
        texts = row.texts("texts") if row.has("texts") else (row.text("text"),)
        why |= dict.fromkeys(texts, row.prose("explanation"))
        row.end()
    return why


def _part(row: Fields) -> Part:
    part = Part(row.local_id(), row.prose("text"))
    row.end()
    return part


def _side(fields: Fields, key: str) -> Side:
    row = fields.mapping(key, "a side")
    if row is None:
        fields.problem(f"missing key {key!r}")
        return Side("", "US", "UTC", time(9), time(17))
    side = Side(
        name=row.text("name"),
        country=row.one_of("country", countries()) or "US",
        zone=row.one_of("zone", zones()) or "UTC",
        opens=_time(row, "opens", time(9)),
        closes=_time(row, "closes", time(17)),
    )
    row.end()
    if side.opens >= side.closes:
        row.problem("a working day must open before it closes", "closes")
    return side


def _time(fields: Fields, key: str, otherwise: time) -> time:
    words = fields.text(key)
    try:
        return time.fromisoformat(words)
    except ValueError:
        fields.problem(f"{key!r} must be a time such as '09:00', in quotes", key)
        return otherwise


def read_decimal(fields: Fields, key: str) -> Decimal:
    words = fields.text(key)
    try:
        value = Decimal(words)
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite():
        fields.problem(f"{key!r} must be a number in quotes, such as '12.5'", key)
        return Decimal(0)
    return value


def _is_locale(name: str) -> bool:
    try:
        Locale.parse(name)
    except (UnknownLocaleError, ValueError):
        return False
    return True


def _space(piece: str) -> Prose:
    return Prose(piece, piece) if piece else _NO_WORDS
