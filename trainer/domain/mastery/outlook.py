"""Forecasts to a date, for many people and competencies at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from trainer.domain.mastery.constants import Belief, Constants
from trainer.domain.mastery.correction import Correction
from trainer.domain.mastery.shared import EIGHTH_PI, SharedTerms
from trainer.domain.mastery.terms import DAY, Mastery

INTERVAL_Z = 1.2815515655446004
"""Half width of an 80 % interval in standard deviations."""
_ROOTS, _ROOT_WEIGHTS = np.polynomial.hermite.hermgauss(9)
NODES = _ROOTS * np.sqrt(2.0)
WEIGHTS = _ROOT_WEIGHTS / np.sqrt(np.pi)
"""Nine Gauss-Hermite nodes of a standard normal, with weights that sum to 1."""
SECONDS_PER_DAY = DAY.total_seconds()
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
    """One person's terms for one competency: U, S, the memory of each of its items, and what is believed of those.

    A term that was never met is None. Each cell has at least one item.
    """

    ability: Mastery | None
    state: Mastery | None
    memories: Sequence[Mastery | None]
    items: Sequence[Belief]
    competency: Belief


class _Column(NamedTuple):
    """Many terms of one kind: mean, variance and the time of each in seconds, NaN where it was never met."""

    mean: Array
    variance: Array
    at: Array


@dataclass(frozen=True)
class Cells:
    """The terms of many cells as arrays, one entry a cell; of items one entry an item, cell after cell."""

    ability: _Column
    state: _Column
    competency: Array
    competency_variance: Array
    answers: NDArray[np.int64]
    counts: NDArray[np.int64]
    memory: _Column
    memory_days: Array
    difficulty: Array
    difficulty_variance: Array


@dataclass(frozen=True)
class Outlook:
    """Forecasts of many cells for one date, kept as arrays with one entry a cell.

    `state` and `state_variance` are S with all else that the items of a cell share; `noise` is what the items add to
    the uncertainty of the share, in log-odds. `mean`, `low` and `high` are told as the company's correction has them;
    all that is in log-odds is from before it.
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
    correction: Correction
    _items: "_Items"

    def forecast(self, cell: int) -> Forecast:
        return Forecast(float(self.mean[cell]), float(self.low[cell]), float(self.high[cell]), int(self.answers[cell]))

    def needed(self, targets: Array) -> Array:
        """Log-odds of U + S at which the expected share reaches each cell's target, found by bisection."""
        targets = self.correction.untold(targets)
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


def forecast(cell: Cell, on: datetime, shared: SharedTerms) -> Forecast:
    return outlook(gather([cell], shared.constants), on, shared).forecast(0)


def gather(cells: Sequence[Cell], constants: Constants) -> Cells:
    """The cells as arrays. Item by item in Python is what a large forecast takes, so each is touched few times."""
    memories = list(chain.from_iterable(cell.memories for cell in cells))
    cards = [None if memory is None else memory.card for memory in memories]
    stability = np.array([0.0 if card is None else card.stability for card in cards])
    counts = np.array([len(cell.memories) for cell in cells])
    difficulty, difficulty_variance = _item_beliefs([cell.items for cell in cells], counts).T
    competency, competency_variance = np.array([cell.competency for cell in cells], dtype=np.float64).T
    return Cells(
        ability=_column([cell.ability for cell in cells], constants.ability_variance),
        state=_column([cell.state for cell in cells], constants.state_variance),
        competency=competency,
        competency_variance=competency_variance,
        answers=np.array([cell.state.answers if cell.state else 0 for cell in cells]),
        counts=counts,
        memory=_column(memories, constants.memory_variance),
        memory_days=np.maximum(constants.min_memory_days, constants.memory_days * stability),
        difficulty=difficulty,
        difficulty_variance=difficulty_variance,
    )


def outlook(cells: Cells, on: datetime, shared: SharedTerms) -> Outlook:
    """Forecast every cell to a date, assuming no further study."""
    constants, when = shared.constants, on.timestamp()
    correction = Correction(*constants.correction)
    ability, ability_variance, _ = _faded(cells.ability, constants.ability_variance, constants.ability_days, when)
    state, state_variance, state_days = _faded(cells.state, constants.state_variance, constants.state_days, when)
    novelty = _novelty(state_days, constants)
    starts = np.concatenate(([0], np.cumsum(cells.counts)[:-1]))
    items, item_variance, new_share = _item_row(cells, starts, shared, when)
    level, level_variance = shared.population
    new_competency, new_competency_variance = shared.competency_novelty
    state = state + level - cells.competency - novelty * new_competency
    state_variance = (
        state_variance
        + cells.competency_variance
        + level_variance
        + novelty * novelty * new_competency_variance
        + new_share * new_share * shared.item_novelty[1]
    )
    centre = ability + state
    chances = items.chances(centre)
    slopes = chances * (1.0 - chances) / items.damping
    slope_sums = np.add.reduceat(slopes, starts)
    noise = np.add.reduceat(slopes * slopes * item_variance, starts) / (slope_sums * slope_sums)
    spread = np.sqrt(ability_variance + state_variance)
    reach = INTERVAL_Z * np.sqrt(ability_variance + state_variance + noise)
    mean = np.zeros(len(cells.counts))
    for node, weight in zip(NODES, WEIGHTS, strict=True):
        mean += weight * items.share(centre + node * spread)
    return Outlook(
        mean=correction.told(mean),
        low=correction.told(items.share(centre - reach)),
        high=correction.told(items.share(centre + reach)),
        answers=cells.answers,
        ability=ability,
        ability_variance=ability_variance,
        state=state,
        state_variance=state_variance,
        noise=noise,
        correction=correction,
        _items=items,
    )


def _item_row(cells: Cells, starts: NDArray[np.int64], shared: SharedTerms, when: float) -> tuple[_Items, Array, Array]:
    """The items, the variance of what is known of each, and the mean novelty of each cell's items."""
    constants = shared.constants
    memory, variance, days = _faded(cells.memory, constants.memory_variance, cells.memory_days, when)
    novelty = _novelty(days, constants)
    variance = variance + cells.difficulty_variance
    offset = memory - cells.difficulty - novelty * shared.item_novelty[0]
    damping = np.sqrt(1.0 + EIGHTH_PI * variance)
    return _Items(offset, damping, starts, cells.counts), variance, np.add.reduceat(novelty, starts) / cells.counts


def _item_beliefs(cells: Sequence[Sequence[Belief]], counts: NDArray[np.int64]) -> Array:
    """The beliefs of each cell's items one below another. Many people's cells share one sequence: each is read once."""
    own = {id(items): items for items in cells}
    sizes = np.array([len(items) for items in own.values()])
    flat = np.fromiter(chain.from_iterable(chain.from_iterable(own.values())), np.float64, 2 * sizes.sum())
    starts = dict(zip(own, (np.cumsum(sizes) - sizes).tolist(), strict=True))
    shift = np.array([starts[id(items)] for items in cells]) - (np.cumsum(counts) - counts)
    beliefs: Array = flat.reshape(-1, 2)[np.repeat(shift, counts) + np.arange(counts.sum())]
    return beliefs


def _column(terms: Sequence[Mastery | None], prior_variance: float) -> _Column:
    return _Column(
        np.array([0.0 if term is None else term[0] for term in terms]),
        np.array([prior_variance if term is None else term[1] for term in terms]),
        np.array([np.nan if term is None else term[2].timestamp() for term in terms]),
    )


def _faded(column: _Column, prior_variance: float, half_days: float | Array, when: float) -> tuple[Array, Array, Array]:
    """Means and variances on a date, as `fade` has them, and the days since; NaN days where never met."""
    days = np.maximum(0.0, when - column.at) / SECONDS_PER_DAY
    left = np.where(np.isnan(days), 1.0, half_days / (half_days + days))
    variance = prior_variance - (prior_variance - column.variance) * left * left
    return column.mean * left, variance, days


def _novelty(days: Array, constants: Constants) -> Array:
    weight: Array = np.where(np.isnan(days), 1.0, days / (days + constants.novelty_days))
    return weight
