"""How long the memory of one item lasts: the stability of FSRS-6, with its published default weights.

Only what the fading of R needs; when a card is due is decided elsewhere. After Ye, Su and Cao 2022 and the
FSRS-6 formulas of the open-spaced-repetition project.
"""

from math import exp
from typing import NamedTuple

_W: tuple[float, ...] = (
    *(0.212, 1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194, 0.001, 1.8722, 0.1666, 0.796),
    *(1.4835, 0.0614, 0.2629, 1.6483, 0.6014, 1.8729, 0.5425, 0.0912, 0.0658, 0.1542),
)
_DECAY = -_W[20]
_FACTOR = 0.9 ** (1.0 / _DECAY) - 1.0
_EASIEST = _W[4] - exp(_W[5] * 3) + 1.0
MIN_STABILITY = 0.001
GOOD_FROM = 0.5
"""A score from here on counts as remembered."""


class Card(NamedTuple):
    """Stability in days, and how hard the item is for this person (1 to 10)."""

    stability: float
    hardness: float


_FIRST_GOOD = Card(_W[2], min(10.0, max(1.0, _W[4] - exp(_W[5] * 2) + 1.0)))
_FIRST_AGAIN = Card(_W[0], min(10.0, max(1.0, _W[4])))
_SHORT_GOOD = exp(_W[17] * _W[18])
_SHORT_AGAIN = exp(_W[17] * (_W[18] - 2))


def met(card: Card | None, is_good: bool, days: float) -> Card:
    """The card after the item was met again, so many days after the last time; a new card for the first time."""
    if card is None:
        return _FIRST_GOOD if is_good else _FIRST_AGAIN
    stability, hardness = card
    if days < 1.0:
        gain = (_SHORT_GOOD if is_good else _SHORT_AGAIN) * stability ** -_W[19]
        after = stability * (max(gain, 1.0) if is_good else gain)
    else:
        forgotten = 1.0 - (1.0 + _FACTOR * days / stability) ** _DECAY
        after = _recalled(stability, hardness, forgotten) if is_good else _lapsed(stability, hardness, forgotten)
    harder = hardness + (0.0 if is_good else 2.0 * _W[6] * (10.0 - hardness) / 9.0)
    drawn_back = _W[7] * _EASIEST + (1.0 - _W[7]) * harder
    return Card(max(after, MIN_STABILITY), min(10.0, max(1.0, drawn_back)))


def _recalled(stability: float, hardness: float, forgotten: float) -> float:
    after: float = stability * (
        1.0 + exp(_W[8]) * (11.0 - hardness) * stability ** -_W[9] * (exp(forgotten * _W[10]) - 1.0)
    )
    return after


def _lapsed(stability: float, hardness: float, forgotten: float) -> float:
    relearnt: float = _W[11] * hardness ** -_W[12] * ((stability + 1.0) ** _W[13] - 1.0) * exp(forgotten * _W[14])
    return min(relearnt, stability / _SHORT_GOOD)
