"""Short ways to write the entries that a test expects."""

from decimal import Decimal

from trainer.interchange.entries import (
    NO_TEXT,
    Choice,
    MatchKind,
    Numeric,
    NumericAnswer,
    Option,
    Text,
    TextFormat,
    Typed,
    TypedAnswer,
)


def moodle(text: str) -> Text:
    return Text(text, TextFormat.MOODLE)


def html(text: str) -> Text:
    return Text(text, TextFormat.HTML)


def plain(text: str) -> Text:
    return Text(text, TextFormat.PLAIN)


def markdown(text: str) -> Text:
    return Text(text, TextFormat.MARKDOWN)


def option(text: Text | str, percent: str = "0", feedback: Text = NO_TEXT) -> Option:
    return Option(moodle(text) if isinstance(text, str) else text, share(percent), feedback)


def choice(*options: Option, single: bool = True) -> Choice:
    return Choice(options, single=single)


def answer(text: str, percent: str = "100", feedback: Text = NO_TEXT, *, pattern: bool = False) -> TypedAnswer:
    return TypedAnswer(text, share(percent), MatchKind.PATTERN if pattern else MatchKind.TEXT, feedback)


def typed(*answers: TypedAnswer | str, case_sensitive: bool = False) -> Typed:
    found = (answer(each) if isinstance(each, str) else each for each in answers)
    return Typed(tuple(found), case_sensitive=case_sensitive)


def number(value: str | None, tolerance: str = "0", percent: str = "100", feedback: Text = NO_TEXT) -> NumericAnswer:
    return NumericAnswer(None if value is None else Decimal(value), Decimal(tolerance), share(percent), feedback)


def numeric(*answers: NumericAnswer) -> Numeric:
    return Numeric(answers)


def share(percent: str) -> Decimal:
    return Decimal(percent) / 100
