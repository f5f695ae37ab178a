"""Reads the items of an imported quiz: as those of our own, but without sources, reasons and competencies if need be.

Keys that only these items have: `score` and `share` of an option, `graded` answers, `patterns`, gaps with `offered` or
`numbers`, `remarks` on how an answer came out, and `from`, what the file said besides.
"""

from decimal import Decimal
from re import ASCII
from re import compile as pattern_of

from trainer.catalog.entries import Lexicon, read_decimal, read_locales
from trainer.catalog.known import Known
from trainer.catalog.prose import render_inline
from trainer.catalog.reading import Fields, unique
from trainer.domain.answers import AnswerKey, Rejected
from trainer.domain.content import (
    NO_WORDS,
    TOPICS,
    CefrLevel,
    Cloze,
    Gap,
    GradedNumber,
    Imported,
    Interaction,
    Item,
    ItemType,
    Matching,
    Numeric,
    OneOf,
    Option,
    Ordering,
    Origin,
    Pair,
    Part,
    Prose,
    Result,
    SomeOf,
    Typed,
)

IMPORTED_TYPES = frozenset(
    {
        ItemType.CHOICE,
        ItemType.MULTIPLE_CHOICE,
        ItemType.TYPED,
        ItemType.NUMERIC,
        ItemType.MATCHING,
        ItemType.CLOZE,
        ItemType.ORDERING,
    }
)
MAX_MARK = 1000
_GAP = pattern_of(r"\{(gap-[0-9]{1,4})\}", ASCII)
_PLACE = "\ue000"
"""Stands for a gap while a text is made into HTML: emphasis may begin before a gap and end after it."""


def read_imported(fields: Fields) -> Imported | None:
    """The head of a quiz that was imported; None where it was not."""
    row = fields.mapping("imported", "imported") if fields.has("imported") else None
    if row is None:
        return None
    head = Imported(
        file=row.text("from"),
        format=row.text("format"),
        on=row.day("on"),
        digest=row.optional_text("digest") or "",
    )
    row.end()
    return head


def read_imported_item(fields: Fields, quiz_id: str, item_type: ItemType, known: Known, content_hash: str) -> Item:
    """An item of one of the `IMPORTED_TYPES`."""
    lesson = fields.optional_reference("lesson", known.lessons, "lesson")
    competencies = (
        fields.references("competencies", known.competencies, empty_ok=True) if fields.has("competencies") else ()
    )
    item = Item(
        id=fields.identity(),
        quiz_id=quiz_id,
        type=item_type,
        competencies=tuple(c.id for c in competencies),
        stem=fields.prose("stem"),
        ask=fields.prose("ask"),
        interaction=_interaction(fields, item_type, known),
        sources=fields.references("sources", known.sources, empty_ok=True) if fields.has("sources") else (),
        content_hash=content_hash,
        facts=fields.references("facts", known.facts) if fields.has("facts") else (),
        lesson_id=lesson.id if lesson else None,
        topic=fields.one_of("topic", TOPICS) if fields.has("topic") else None,
        level=fields.optional_member("level", CefrLevel),
        misreading=fields.optional_prose("misreading"),
        counter_case=fields.optional_prose("counter_case"),
        explanation=fields.optional_prose("explanation"),
        remarks=_remarks(fields),
        origin=_origin(fields),
    )
    fields.end()
    return item


def _interaction(fields: Fields, item_type: ItemType, known: Known) -> Interaction:
    match item_type:
        case ItemType.MULTIPLE_CHOICE:
            return _some_of(fields, known)
        case ItemType.TYPED:
            lang = fields.language("lang")
            return Typed(_gap(fields, "answer", lang, known.lexicon), NO_WORDS)
        case ItemType.NUMERIC:
            return _numeric(fields)
        case ItemType.MATCHING:
            return _matching(fields)
        case ItemType.CLOZE:
            return _cloze(fields, known.lexicon)
        case ItemType.ORDERING:
            return _ordering(fields)
        case _:
            return _one_of(fields, known)


def _remarks(fields: Fields) -> dict[Result, Prose]:
    row = fields.mapping("remarks", "remarks") if fields.has("remarks") else None
    if row is None:
        return {}
    remarks = {result: row.prose(result) for result in Result if row.has(result)}
    row.end()
    return remarks


def _origin(fields: Fields) -> Origin | None:
    row = fields.mapping("from", "from") if fields.has("from") else None
    if row is None:
        return None
    origin = Origin(
        title=row.optional_text("title") or "",
        id=row.optional_text("id") or "",
        category=row.texts("category") if row.has("category") else (),
        tags=row.texts("tags") if row.has("tags") else (),
    )
    row.end()
    return origin


def _one_of(fields: Fields, known: Known) -> OneOf:
    options = []
    for row in _rows(fields, "options", "an option"):
        score = row.number("score", 0, 1) if row.has("score") else float(row.truth("correct"))
        options.append(_option(row, known, score))
    _check_options(fields, options)
    return OneOf(tuple(options))


def _some_of(fields: Fields, known: Known) -> SomeOf:
    options = []
    for row in _rows(fields, "options", "an option"):
        share = row.number("share", -1, 1) if row.has("share") else None
        options.append(_option(row, known, float(row.truth("correct")), share))
    _check_options(fields, options)
    return SomeOf(tuple(options), is_whole=fields.truth("whole", default=False))


def _option(row: Fields, known: Known, score: float, share: float | None = None) -> Option:
    say = row.optional_reference("say", known.phrases, "phrase")
    option = Option(row.local_id(), row.prose("text"), score, _reason(row), say=say, share=share)
    row.end()
    return option


def _check_options(fields: Fields, options: list[Option]) -> None:
    if len(options) < 2 or not any(option.is_right for option in options):
        fields.problem("needs at least two options, and one that is right", "options")


def _numeric(fields: Fields) -> Numeric:
    graded = _graded_numbers(fields, "graded") if fields.has("graded") else ()
    best = next((each for each in graded if each.score >= 1), None)
    if graded and best is None:
        fields.problem("one of them must have the score 1", "graded")
    return Numeric(
        value=best.value if best else read_decimal(fields, "value"),
        tolerance=best.tolerance if best else _tolerance(fields),
        unit=fields.optional_text("unit") or "",
        locales=read_locales(fields),
        explanation=NO_WORDS,
        graded=graded,
    )


def _graded_numbers(fields: Fields, key: str) -> tuple[GradedNumber, ...]:
    numbers = []
    for row in fields.mappings(key, "a number"):
        numbers.append(
            GradedNumber(
                value=read_decimal(row, "value"),
                tolerance=_tolerance(row),
                score=row.number("score", 0, 1) if row.has("score") else 1.0,
                explanation=row.optional_prose("explanation"),
            )
        )
        row.end()
    return tuple(numbers)


def _tolerance(fields: Fields) -> Decimal:
    return read_decimal(fields, "tolerance") if fields.has("tolerance") else Decimal(0)


def _matching(fields: Fields) -> Matching:
    rows = fields.mappings("pairs", "a pair")
    extra_rows = fields.mappings("extras", "an extra") if fields.has("extras") else []
    unique([*rows, *extra_rows], lambda row: row.local_id())
    pairs = []
    for row in rows:
        name = row.local_id()
        pairs.append(Pair(Part(name, row.prose("left")), Part(name, row.prose("right")), _reason(row)))
        row.end()
    matching = Matching(tuple(pairs), tuple(_part(row) for row in extra_rows), NO_WORDS)
    if len(matching.rights) < 2:
        fields.problem("needs at least two different right sides to choose from", "pairs")
    return matching


def _ordering(fields: Fields) -> Ordering:
    parts = tuple(_part(row) for row in _rows(fields, "parts", "a part"))
    if len(parts) < 2:
        fields.problem("needs at least two parts", "parts")
    order = tuple(part.id for part in parts)
    others = fields.lists("also") if fields.has("also") else ()
    for other in others:
        if sorted(other) != sorted(order):
            fields.problem("each other order must name every part once", "also")
    return Ordering(parts, (order, *others), NO_WORDS)


def _part(row: Fields) -> Part:
    part = Part(row.local_id(), row.prose("text"))
    row.end()
    return part


def _cloze(fields: Fields, lexicon: Lexicon) -> Cloze:
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
    gap = _number_gap(row, name, mark) if row.has("numbers") else _gap(row, name, lang, lexicon, mark)
    row.end()
    return gap


def _number_gap(row: Fields, name: str, mark: int) -> Gap:
    graded = _graded_numbers(row, "numbers")
    best = next((each for each in graded if each.score >= 1), None)
    if best is None:
        row.problem("one of them must have the score 1", "numbers")
        best = GradedNumber(Decimal(0), Decimal(0), 1.0)
    number = Numeric(best.value, best.tolerance, "", read_locales(row), NO_WORDS, graded)
    return Gap(name, AnswerKey((str(best.value),), "und"), number=number, mark=mark)


def _gap(fields: Fields, name: str, lang: str, lexicon: Lexicon, mark: int = 1) -> Gap:
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


def _reason(row: Fields) -> Prose:
    return row.optional_prose("explanation") or NO_WORDS


def _rows(fields: Fields, key: str, what: str) -> list[Fields]:
    rows = fields.mappings(key, what)
    unique(rows, lambda row: row.local_id())
    return rows
