"""What is added up of the answers to one thing, so that nobody's answer has to be looked at again."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from math import atanh, sqrt, tanh
from typing import NamedTuple

from trainer.domain.grading import Given
from trainer.domain.record import wilson

Z95 = 1.959964
MIN_VARIANCE = 1e-9
"""Below it everybody did the same, and what is left comes from adding up."""
MAX_CORRELATION = 0.999999


class Estimate(NamedTuple):
    """A figure, and between what it lies 95 times of 100."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Sums:
    """Of some first answers, one a person: how many, how many with the full score, and the sum of scores.

    The rest is of those people who answered enough other items of the quiz: `pairs` of them, with the sums of their
    score, of how they did in the other items, and of the squares and the product of both.
    """

    people: int = 0
    full: int = 0
    total: float = 0.0
    pairs: int = 0
    scores: float = 0.0
    squares: float = 0.0
    rests: float = 0.0
    rest_squares: float = 0.0
    products: float = 0.0

    def __add__(self, other: "Sums") -> "Sums":
        return Sums(
            self.people + other.people,
            self.full + other.full,
            self.total + other.total,
            self.pairs + other.pairs,
            self.scores + other.scores,
            self.squares + other.squares,
            self.rests + other.rests,
            self.rest_squares + other.rest_squares,
            self.products + other.products,
        )

    def correlation(self) -> float | None:
        """Of the score with how the same people did in the rest."""
        return correlate(self.pairs, self.scores, self.squares, self.rests, self.rest_squares, self.products)

    def pull_of(self, chosen: "Sums") -> float | None:
        """Correlation of choosing with how the same people did in the rest, `chosen` being those of us who chose."""
        ones = float(chosen.pairs)
        return correlate(self.pairs, ones, ones, self.rests, self.rest_squares, chosen.rests)


@dataclass(frozen=True, slots=True)
class Tally:
    """All who gave the very same answer. `typed` has, by its place, how each text was judged and what it came to."""

    given: Given
    sums: Sums
    typed: Mapping[str, tuple[str, str]] = field(default_factory=dict)


def add_up(tallies: Iterable[Tally]) -> Sums:
    return sum((tally.sums for tally in tallies), Sums())


def correlate(n: int, xs: float, xxs: float, ys: float, yys: float, xys: float) -> float | None:
    """Pearson's correlation from sums; None where one of the two is the same for everybody."""
    if n < 2:
        return None
    x_variance, y_variance = xxs / n - (xs / n) ** 2, yys / n - (ys / n) ** 2
    if x_variance < MIN_VARIANCE or y_variance < MIN_VARIANCE:
        return None
    together = xys / n - (xs / n) * (ys / n)
    return max(-1.0, min(1.0, together / sqrt(x_variance * y_variance)))


def share_of(value: float, n: int) -> Estimate:
    return Estimate(value, *wilson(value, n))


def correlation_within(r: float, n: int, z: float) -> tuple[float, float]:
    """Bounds of a correlation seen in n pairs, four or more. Fisher 1915."""
    centre = atanh(max(-MAX_CORRELATION, min(MAX_CORRELATION, r)))
    reach = z / sqrt(n - 3)
    return tanh(centre - reach), tanh(centre + reach)
