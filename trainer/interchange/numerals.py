"""Numbers and weights as exact decimals, of a size that cannot hurt."""

from decimal import Decimal
from re import ASCII
from re import compile as pattern_of

_NUMBER = pattern_of(r"[+-]?(?:[0-9]{1,24}(?:\.[0-9]{0,24})?|\.[0-9]{1,24})(?:[eE][+-]?[0-9]{1,2})?", ASCII)
_HUNDRED = Decimal(100)
_SHARE = Decimal("0.0000001")
_MUCH = Decimal(1_000_000)


def number_in(text: str) -> Decimal | None:
    """The number that the text is, with a point for the decimals; None if it is none or has too many digits."""
    text = text.strip(" \t\n\r\0\x0b\x0c")
    if not _NUMBER.fullmatch(text) or sum(map(str.isdigit, text)) > 26:
        return None
    return Decimal(text) + 0


def number_text(number: Decimal) -> str:
    """Digits without an exponent and without idle zeros."""
    text = format(number, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def share_of_percent(percent: str) -> Decimal | None:
    """`50` or `33.333` as a share of one."""
    number = number_in(percent)
    return None if number is None else number / _HUNDRED


def percent_text(share: Decimal) -> str:
    return number_text(share * _HUNDRED)


def part(amount: Decimal, whole: Decimal) -> Decimal:
    """A share, to seven places: as fine as question banks tell it. The whole is positive."""
    ratio = amount / whole
    return (ratio.quantize(_SHARE) if abs(ratio) < _MUCH else ratio).normalize() + 0
