"""What is put together: pairs and orders."""

from trainer.catalog.imported.rows import reason_of, rows_of
from trainer.catalog.reading import Fields, unique
from trainer.domain.content import NO_WORDS, Matching, Ordering, Pair, Part


def read_matching(fields: Fields) -> Matching:
    rows = fields.mappings("pairs", "a pair")
    extra_rows = fields.mappings("extras", "an extra") if fields.has("extras") else []
    unique([*rows, *extra_rows], lambda row: row.local_id())
    pairs = []
    for row in rows:
        name = row.local_id()
        pairs.append(Pair(Part(name, row.prose("left")), Part(name, row.prose("right")), reason_of(row)))
        row.end()
    matching = Matching(tuple(pairs), tuple(_part(row) for row in extra_rows), NO_WORDS)
    if len(matching.rights) < 2:
        fields.problem("needs at least two different right sides to choose from", "pairs")
    return matching


def read_ordering(fields: Fields) -> Ordering:
    parts = tuple(_part(row) for row in rows_of(fields, "parts", "a part"))
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
