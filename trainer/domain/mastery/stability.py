"""How long the memory of one item lasts: the stability of FSRS-6, with its published default weights.

Only what the fading of R needs; when a card is due is decided elsewhere. After Ye, Su and Cao 2022 and the
FSRS-6 formulas of the open-spaced-repetition project.
"""

from math import exp
from typing import NamedTuple

PARAMETERS: tuple[float, ...] = (
    *(0.212, 1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194, 0.001, 1.8722, 0.1666, 0.796),
    *(1.4835, 0.0614, 0.2629, 1.6483, 0.6014, 1.8729, 0.5425, 0.0912, 0.0658, 0.1542),
)
DECAY = -PARAMETERS[20]
FACTOR = 0.9 ** (1.0 / DECAY) - 1.0
EASIEST = PARAMETERS[4] - exp(PARAMETERS[5] * 3) + 1.0
MIN_STABILITY = 0.001
GOOD_FROM = 0.5
"""A score from here on counts as remembered."""


class Card(NamedTuple):
    """Stability in days, and how hard the item is for this person (1 to 10)."""

    stability: float
    hardness: float


FIRST_GOOD = Card(PARAMETERS[2], min(10.0, max(1.0, PARAMETERS[4] - exp(PARAMETERS[5] * 2) + 1.0)))
FIRST_AGAIN = Card(PARAMETERS[0], min(10.0, max(1.0, PARAMETERS[4])))
SHORT_GOOD = exp(PARAMETERS[17] * PARAMETERS[18])
SHORT_AGAIN = exp(PARAMETERS[17] * (PARAMETERS[18] - 2))


def met(card: Card | None, is_good: bool, days: float) -> Card:
    """The card after the item was met again, so many days after the last time; a new card for the first time."""
    if card is None:
        return FIRST_GOOD if is_good else FIRST_AGAIN
    stability, hardness = card
    if days < 1.0:
        gain = (SHORT_GOOD if is_good else SHORT_AGAIN) * stability ** -PARAMETERS[19]
        after = stability * (max(gain, 1.0) if is_good else gain)
    else:
        forgotten = 1.0 - (1.0 + FACTOR * days / stability) ** DECAY
        after = _recalled(stability, hardness, forgotten) if is_good else _lapsed(stability, hardness, forgotten)
    harder = hardness + (0.0 if is_good else 2.0 * PARAMETERS[6] * (10.0 - hardness) / 9.0)
    drawn_back = PARAMETERS[7] * EASIEST + (1.0 - PARAMETERS[7]) * harder
    return Card(max(after, MIN_STABILITY), min(10.0, max(1.0, drawn_back)))


def _recalled(stability: float, hardness: float, forgotten: float) -> float:
    after: float = stability * (
        1.0
        + exp(PARAMETERS[8]) * (11.0 - hardness) * stability ** -PARAMETERS[9] * (exp(forgotten * PARAMETERS[10]) - 1.0)
    )
    return after


def _lapsed(stability: float, hardness: float, forgotten: float) -> float:
    relearnt: float = (
        PARAMETERS[11]
        * hardness ** -PARAMETERS[12]
        * ((stability + 1.0) ** PARAMETERS[13] - 1.0)
        * exp(forgotten * PARAMETERS[14])
    )
    return min(relearnt, stability / SHORT_GOOD)
