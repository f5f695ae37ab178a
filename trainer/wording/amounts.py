"""Numbers, shares and lists in words."""

from collections.abc import Sequence

_NUMBERS = (
    "no",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
)


def number(value: int) -> str:
    """A small number as a word."""
    return _NUMBERS[value] if 0 <= value < len(_NUMBERS) else str(value)


def count(value: int, one: str, many: str | None = None) -> str:
    return f"{value} {one if value == 1 else many or one + 's'}"


def count_of(things: Sequence[object], one: str, many: str | None = None) -> str:
    return count(len(things), one, many)


def tenths(share: float) -> str:
    """A share in words that a person would use."""
    return f"{round(share * 10)} in 10"


def in_ten(share: float) -> str:
    """A share as it was set, such as `2.5 in 10`: nothing is rounded away."""
    return f"{round(share * 10, 2):g} in 10"


def percent(share: float) -> str:
    return f"{share:.0%}"


def figure(value: float, digits: int) -> str:
    """A number with so many digits, without a zero below 0 and with a minus that is one."""
    return f"{value:z.{digits}f}".replace("-", "−")


def listed(words: Sequence[str], last: str = "and") -> str:
    """`a, b and c`."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {last} {words[-1]}" if words else ""
