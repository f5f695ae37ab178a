"""Numbers to type, each with what it scores."""

from decimal import Decimal

from trainer.catalog.entries import read_decimal, read_locales
from trainer.catalog.reading import Fields
from trainer.domain.content import NO_WORDS, GradedNumber, Numeric


def read_numeric(fields: Fields) -> Numeric:
    graded = read_graded_numbers(fields, "graded") if fields.has("graded") else ()
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


def read_graded_numbers(fields: Fields, key: str) -> tuple[GradedNumber, ...]:
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
