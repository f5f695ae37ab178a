"""Reads numbers as people of a place write them, and grades them."""

from decimal import Decimal

from babel.core import Locale
from babel.numbers import NumberFormatError, format_decimal, get_group_symbol, parse_decimal

from trainer.domain.content import GradedNumber, Numeric
from trainer.domain.grading.choosing import entries_for
from trainer.domain.grading.values import Given, PartGrade, UnfitAnswer

NUMBER = "number"
"""Where the number is put."""
MAX_LENGTH = 60


class NotANumber(UnfitAnswer):
    """What was typed cannot be read as a number; the text says how to write it."""


def grade_number(interaction: Numeric, given: Given) -> tuple[float, tuple[PartGrade, ...]]:
    """Right within the tolerance, read as in any of the item's locales."""
    typed = entries_for(given, (NUMBER,))[NUMBER]
    part = number_part(interaction, NUMBER, typed)
    return part.score, (part,)


def number_part(interaction: Numeric, slot: str, typed: str) -> PartGrade:
    readings = read_number(typed, interaction.locales, interaction.unit)
    accepted = interaction.graded or (GradedNumber(interaction.value, interaction.tolerance, 1.0),)
    for each in accepted:
        if any(abs(value - each.value) <= each.tolerance for value in readings):
            return PartGrade(slot, each.score, typed.strip(), expected_words(interaction), each.explanation)
    return PartGrade(slot, 0.0, typed.strip(), expected_words(interaction))


def expected_words(interaction: Numeric) -> str:
    """The value as it is written in the first locale, with its unit."""
    words = format_decimal(interaction.value, locale=interaction.locales[0], decimal_quantization=False)
    return f"{words} {interaction.unit}".strip()


def read_number(typed: str, locales: tuple[str, ...], unit: str = "") -> set[Decimal]:
    """All that the text may mean, in any of the locales; the unit may stand behind it or before it.

    Raises `NotANumber`.
    """
    plain = " ".join(typed.split())[:MAX_LENGTH]
    if unit and plain.casefold().endswith(unit.casefold()):
        plain = plain[: -len(unit)].strip()
    elif unit and plain.casefold().startswith(unit.casefold()):
        plain = plain[len(unit) :].strip()
    found = {value for name in locales for value in _read(plain, Locale.parse(name))}
    if not found:
        raise NotANumber("Write a number in figures, such as 12.5 or 1200, and nothing else.")
    return found


def _read(plain: str, locale: Locale) -> set[Decimal]:
    """Groups of three are read strictly: 1,5 is no thousand."""
    digits = "".join(str(int(each)) if each.isdecimal() else each for each in plain)
    group = get_group_symbol(locale)
    if not group.strip():
        digits = "".join(digits.split())
    if any(each.isalpha() for each in digits):
        return set()
    minus = digits.replace("\N{MINUS SIGN}", "-")
    try:
        value = parse_decimal(minus, locale=locale, strict=group in minus)
    except NumberFormatError:
        return set()
    return {value} if value.is_finite() else set()
