"""What rows of all kinds have: an id of their own, and a reason that may be missing."""

from trainer.catalog.reading import Fields, unique
from trainer.domain.content import NO_WORDS, Prose


def rows_of(fields: Fields, key: str, what: str) -> list[Fields]:
    rows = fields.mappings(key, what)
    unique(rows, lambda row: row.local_id())
    return rows


def reason_of(row: Fields) -> Prose:
    return row.optional_prose("explanation") or NO_WORDS
