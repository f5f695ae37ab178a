"""The items of an imported quiz, and its head."""

from trainer.catalog.imported.arranged import read_matching, read_ordering
from trainer.catalog.imported.choices import read_one_of, read_some_of
from trainer.catalog.imported.gaps import read_cloze, read_gap
from trainer.catalog.imported.numbers import read_numeric
from trainer.catalog.known import Known
from trainer.catalog.reading import Fields
from trainer.domain.content import (
    NO_WORDS,
    TOPICS,
    CefrLevel,
    Imported,
    Interaction,
    Item,
    ItemType,
    Origin,
    Prose,
    Result,
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
            return read_some_of(fields, known)
        case ItemType.TYPED:
            lang = fields.language("lang")
            return Typed(read_gap(fields, "answer", lang, known.lexicon), NO_WORDS)
        case ItemType.NUMERIC:
            return read_numeric(fields)
        case ItemType.MATCHING:
            return read_matching(fields)
        case ItemType.CLOZE:
            return read_cloze(fields, known.lexicon)
        case ItemType.ORDERING:
            return read_ordering(fields)
        case _:
            return read_one_of(fields, known)


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
