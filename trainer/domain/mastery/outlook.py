"""Forecasts to a date, for many people and competencies at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from trainer.domain.mastery.constants import (
    ABILITY_FADE_DAYS,
    ABILITY_VARIANCE,
    COMPETENCY_NOVELTY,
    COMPETENCY_VARIANCE,
    ITEM_NOVELTY,
    ITEM_VARIANCE,
    MEMORY_FADE_DAYS,
    MEMORY_FADE_TIMES,
    MEMORY_VARIANCE,
    NOVELTY_DAYS,
    POPULATION_LEVEL,
    STATE_FADE_DAYS,
    STATE_VARIANCE,
)
from trainer.domain.mastery.terms import SECONDS_PER_DAY, Mastery

INTERVAL_Z = 1.2815515655446004
"""Half width of an 80 % interval in standard deviations."""
_ROOTS, _ROOT_WEIGHTS = np.polynomial.hermite.hermgauss(9)
NODES = _ROOTS * np.sqrt(2.0)
WEIGHTS = _ROOT_WEIGHTS / np.sqrt(np.pi)
"""Nine Gauss-Hermite nodes of a standard normal, with weights that sum to 1."""
Array = NDArray[np.float64]


class Forecast(NamedTuple):
    """The share of a competency's situations that a person is expected to handle well on a date.

    `low` and `high` bound the middle 80 %; `answers` is the evidence that it rests on.
    """

    mean: float
    low: float
    high: float
    answers: int


class Cell(NamedTuple):
    """One person's terms for one competency: U, S, and the memory and difficulty of each of its items."""

    ability: Mastery
    state: Mastery
    memories: Sequence[Mastery]
    difficulties: Sequence[float]


@dataclass(frozen=True)
class Outlook:
    """Forecasts of many cells for one date, kept as arrays with one entry a cell.

    `state` and `state_variance` are S; `noise` is what the items add to the uncertainty of the share, in log-odds.
    """

    mean: Array
    low: Array
    high: Array
    answers: NDArray[np.int64]
    ability: Array
    ability_variance: Array
    state: Array
    state_variance: Array
    noise: Array
    _items: "_Items"

    def forecast(self, cell: int) -> Forecast:
        return Forecast(float(self.mean[cell]), float(self.low[cell]), float(self.high[cell]), int(self.answers[cell]))

    def needed(self, targets: Array) -> Array:
        """Log-odds of U + S at which the expected share reaches each cell's target, found by bisection."""
        low = np.full(len(targets), -12.0)
        high = np.full(len(targets), 12.0)
        for _ in range(40):
            middle = (low + high) / 2
            below = self._items.share(middle) < targets
            low, high = np.where(below, middle, low), np.where(below, high, middle)
        level: Array = (low + high) / 2
        return level


@dataclass(frozen=True)
class _Items:
    """The items of all cells in one row: offset and damping of each, and where each cell starts."""

    offset: Array
    damping: Array
    starts: NDArray[np.int64]
    counts: NDArray[np.int64]

    def chances(self, level: Array) -> Array:
        chances: Array = 1.0 / (1.0 + np.exp(-(np.repeat(level, self.counts) + self.offset) / self.damping))
        return chances

    def share(self, level: Array) -> Array:
        """Expected share handled well in each cell when U + S is `level`."""
        total: Array = np.add.reduceat(self.chances(level), self.starts)
        share: Array = total / self.counts
        return share


def forecast(cell: Cell, on: datetime) -> Forecast:
    return outlook([cell], on).forecast(0)


def outlook(cells: Sequence[Cell], on: datetime) -> Outlook:
    """Forecast every cell to a date, assuming no further study. Each cell needs at least one item."""
    when = on.timestamp()
    ability, ability_variance, _ = _faded([cell.ability for cell in cells], ABILITY_VARIANCE, ABILITY_FADE_DAYS, when)
    state, state_variance, state_novelty = _faded([cell.state for cell in cells], STATE_VARIANCE, STATE_FADE_DAYS, when)
    state_variance = state_variance + COMPETENCY_VARIANCE
    counts = np.array([len(cell.memories) for cell in cells])
    starts = np.concatenate(([0], np.cumsum(counts)[:-1]))
    items, item_variance = _item_row(cells, counts, starts, state_novelty, when)
    centre = ability + state
    chances = items.chances(centre)
    slopes = chances * (1.0 - chances) / items.damping
    slope_sums = np.add.reduceat(slopes, starts)
    noise = np.add.reduceat(slopes * slopes * item_variance, starts) / (slope_sums * slope_sums)
    spread = np.sqrt(ability_variance + state_variance)
    reach = INTERVAL_Z * np.sqrt(ability_variance + state_variance + noise)
    return Outlook(
        mean=sum(
            (weight * items.share(centre + node * spread) for node, weight in zip(NODES, WEIGHTS, strict=True)),
            start=np.zeros(len(cells)),
        ),
        low=items.share(centre - reach),
        high=items.share(centre + reach),
        answers=np.array([cell.state.answers for cell in cells]),
        ability=ability,
        ability_variance=ability_variance,
        state=state,
        state_variance=state_variance,
        noise=noise,
        _items=items,
    )


def _item_row(
    cells: Sequence[Cell], counts: NDArray[np.int64], starts: NDArray[np.int64], state_novelty: Array, when: float
) -> tuple[_Items, Array]:
    memories = list(chain.from_iterable(cell.memories for cell in cells))
    times = np.array([min(max(memory.answers, 1), MEMORY_FADE_TIMES) for memory in memories], dtype=np.float64)
    mean, variance, novelty = _faded(memories, MEMORY_VARIANCE, MEMORY_FADE_DAYS * times, when)
    difficulty = np.fromiter(chain.from_iterable(cell.difficulties for cell in cells), dtype=np.float64)
    cost = ITEM_NOVELTY * novelty + COMPETENCY_NOVELTY * np.repeat(state_novelty, counts)
    variance = variance + ITEM_VARIANCE
    damping = np.sqrt(1.0 + np.pi * variance / 8.0)
    return _Items(POPULATION_LEVEL + mean - difficulty - cost, damping, starts, counts), variance


def _faded(
    terms: Sequence[Mastery], prior_variance: float, half_days: float | Array, when: float
) -> tuple[Array, Array, Array]:
    """Means, variances and novelty weights on a date; the same arithmetic as `fade`, for many terms at once."""
    mean = np.array([term.mean for term in terms])
    variance = np.array([term.variance for term in terms])
    at = np.array([term.at.timestamp() if term.is_met else np.nan for term in terms])
    met = ~np.isnan(at)
    days = np.maximum(0.0, when - np.where(met, at, when)) / SECONDS_PER_DAY
    left = 1.0 / (1.0 + days / half_days)
    faded_variance = prior_variance - (prior_variance - variance) * left * left
    novelty = np.where(met, 1.0 - 1.0 / (1.0 + days / NOVELTY_DAYS), 1.0)
    return np.where(met, mean * left, 0.0), np.where(met, faded_variance, prior_variance), novelty
