"""What practice leaves in the memory of many items at once: the arithmetic of `mastery`, on arrays.

The simulation follows the mean: practice adds what it is expected to add, and the card of an item becomes the
mixture of the cards after a right and a wrong answer. A test holds it against `mastery` itself.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from trainer.domain.mastery import Array, Mastery, SharedTerms
from trainer.domain.mastery.shared import EIGHTH_PI
from trainer.domain.mastery.stability import (
    DECAY,
    EASIEST,
    FACTOR,
    FIRST_AGAIN,
    FIRST_GOOD,
    MIN_STABILITY,
    PARAMETERS,
    SHORT_AGAIN,
    SHORT_GOOD,
)

Flags = NDArray[np.bool_]
_RECALL_GAIN = exp(PARAMETERS[8])
_HARDER = 2.0 * PARAMETERS[6] / 9.0
_DRAW = PARAMETERS[7] * EASIEST


class Memories(NamedTuple):
    """R of many items: mean, variance, when last met in days (-inf: never), and the card (NaN: none)."""

    mean: Array
    variance: Array
    last: Array
    stability: Array
    hardness: Array


class Practice(NamedTuple):
    """When items are answered, and what all but memory and novelty bring to each then."""

    time: Array
    level: Array
    level_variance: Array


class Left(NamedTuple):
    """What is left at a time: mean, variance and novelty of each item, and the days since it was met."""

    mean: Array
    variance: Array
    novelty: Array
    days: Array


@dataclass(frozen=True, slots=True)
class Practising:
    """The rules of practice under given shared terms; `credit` is the part of the modelled gain to count on."""

    shared: SharedTerms
    credit: float

    def after(self, memories: Memories, practice: Practice, *, is_first: bool = True) -> Memories:
        """The memories just after the items were answered once more: a review, where they were met before.

        `is_first` says that some may not have been met yet.
        """
        left = self.left(memories, practice.time)
        cost, cost_variance = self.shared.item_novelty
        variance = left.variance + practice.level_variance + left.novelty * left.novelty * cost_variance
        logit = (left.mean + practice.level - left.novelty * cost) / np.sqrt(1.0 + EIGHTH_PI * variance)
        chance = 1.0 / (1.0 + np.exp(-logit))
        slope = chance * (1.0 - chance)
        again = self.shared.constants.replay_weight
        weight = np.where(memories.last == -np.inf, 1.0, again) if is_first else again
        pulled = weight * slope / (1.0 + slope * variance)
        gain = self.credit * self.shared.constants.practice_gain * (1.0 - chance)
        meet = met_again if is_first else met_later
        stability, hardness = meet(memories.stability, memories.hardness, chance, left.days)
        return Memories(
            left.mean + gain,
            left.variance - left.variance * left.variance * pulled,
            np.maximum(memories.last, practice.time),
            stability,
            hardness,
        )

    def left(self, memories: Memories, time: Array | float) -> Left:
        """The memories at a later time, without practice in between. After endless days all is as if never met."""
        constants = self.shared.constants
        prior = constants.memory_variance
        days = np.maximum(0.0, time - memories.last)
        half = np.fmax(constants.min_memory_days, constants.memory_days * memories.stability)
        left = half / (half + days)
        return Left(
            memories.mean * left,
            prior - (prior - memories.variance) * left * left,
            1.0 - constants.novelty_days / (constants.novelty_days + days),
            days,
        )


def met_again(stability: Array, hardness: Array, good: Array, days: Array) -> tuple[Array, Array]:
    """The cards after items were met again, as `stability.met` has it, mixed by the chance of a right answer."""
    is_new, bad = np.isnan(stability), 1.0 - good
    if is_new.all():
        return (
            good * FIRST_GOOD.stability + bad * FIRST_AGAIN.stability,
            good * FIRST_GOOD.hardness + bad * FIRST_AGAIN.hardness,
        )
    if is_new.any():
        stable, hard = np.where(is_new, 1.0, stability), np.where(is_new, 5.0, hardness)
        later = met_later(stable, hard, good, np.where(is_new, 1.0, days))
        first = met_again(np.full(1, np.nan), np.full(1, np.nan), good, days)
        return np.where(is_new, first[0], later[0]), np.where(is_new, first[1], later[1])
    return met_later(stability, hardness, good, days)


def met_later(stability: Array, hardness: Array, good: Array, days: Array) -> tuple[Array, Array]:
    """The same of items all of which have a card."""
    bad = 1.0 - good
    if_good, if_bad = _later(stability, hardness, days)
    is_soon = days < 1.0
    if is_soon.any():
        factor = np.exp(-PARAMETERS[19] * np.log(stability))
        if_good = np.where(is_soon, stability * np.maximum(SHORT_GOOD * factor, 1.0), if_good)
        if_bad = np.where(is_soon, stability * SHORT_AGAIN * factor, if_bad)
    drawn_back = _DRAW + (1.0 - PARAMETERS[7]) * (hardness + bad * _HARDER * (10.0 - hardness))
    return np.maximum(good * if_good + bad * if_bad, MIN_STABILITY), np.maximum(drawn_back, 1.0)


def _later(stable: Array, hard: Array, days: Array) -> tuple[Array, Array]:
    """Stability after a right and after a wrong answer, a day or more after the last."""
    forgotten = 1.0 - np.exp(DECAY * np.log1p(FACTOR * days / stable))
    if_good = stable + _RECALL_GAIN * (11.0 - hard) * np.exp((1.0 - PARAMETERS[9]) * np.log(stable)) * np.expm1(
        forgotten * PARAMETERS[10]
    )
    relearnt = (
        PARAMETERS[11]
        * np.exp(forgotten * PARAMETERS[14] - PARAMETERS[12] * np.log(hard))
        * np.expm1(PARAMETERS[13] * np.log1p(stable))
    )
    return if_good, np.minimum(relearnt, stable / SHORT_GOOD)


def known(masteries: Sequence[Mastery | None], prior_variance: float, days: Sequence[float]) -> Memories:
    """What is known of each item, last met on the given days; one that was never met is its prior."""
    rows = []
    for mastery, last in zip(masteries, days, strict=True):
        if mastery is None:
            rows.append((0.0, prior_variance, -np.inf, np.nan, np.nan))
        else:
            rows.append((mastery.mean, mastery.variance, last, *(mastery.card or (np.nan, np.nan))))
    return Memories(*np.array(rows, dtype=np.float64).reshape(-1, 5).T)
