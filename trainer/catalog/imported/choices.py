"""Options to choose from, of which one or several are right."""

from trainer.catalog.imported.rows import reason_of, rows_of
from trainer.catalog.known import Known
from trainer.catalog.reading import Fields
from trainer.domain.content import OneOf, Option, SomeOf


def read_one_of(fields: Fields, known: Known) -> OneOf:
    options = []
    for row in rows_of(fields, "options", "an option"):
        score = row.number("score", 0, 1) if row.has("score") else float(row.truth("correct"))
        options.append(_option(row, known, score))
    _check_options(fields, options)
    return OneOf(tuple(options))


def read_some_of(fields: Fields, known: Known) -> SomeOf:
    options = []
    for row in rows_of(fields, "options", "an option"):
        share = row.number("share", -1, 1) if row.has("share") else None
        options.append(_option(row, known, float(row.truth("correct")), share))
    _check_options(fields, options)
    return SomeOf(tuple(options), is_whole=fields.truth("whole", default=False))


def _option(row: Fields, known: Known, score: float, share: float | None = None) -> Option:
    say = row.optional_reference("say", known.phrases, "phrase")
    option = Option(row.local_id(), row.prose("text"), score, reason_of(row), say=say, share=share)
    row.end()
    return option


def _check_options(fields: Fields, options: list[Option]) -> None:
    if len(options) < 2 or not any(option.is_right for option in options):
        fields.problem("needs at least two options, and one that is right", "options")
