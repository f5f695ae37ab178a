"""The two-parameter correction of a company's forecasts: a line in log-odds, from forecast to what is told."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Shares = NDArray[np.float64]
EDGE = 1e-9
"""Shares nearer to 0 or 1 than this have no log-odds to speak of."""


class Correction(NamedTuple):
    """What is told in place of a forecast p: sigmoid(intercept + slope logit p). The slope is above 0, so the order of
    forecasts stays. Cox 1958."""

    intercept: float = 0.0
    slope: float = 1.0

    @property
    def is_none(self) -> bool:
        return self == NO_CORRECTION

    def told(self, shares: Shares) -> Shares:
        if self.is_none:
            return shares
        return sigmoid(self.intercept + self.slope * logit(shares))

    def untold(self, shares: Shares) -> Shares:
        """The forecasts that these were before the correction."""
        if self.is_none:
            return shares
        return sigmoid((logit(shares) - self.intercept) / self.slope)

    def told_of(self, share: float) -> float:
        return float(self.told(np.array([share]))[0])

    def untold_of(self, share: float) -> float:
        return float(self.untold(np.array([share]))[0])


NO_CORRECTION = Correction()


def logit(shares: Shares) -> Shares:
    inside = np.clip(shares, EDGE, 1.0 - EDGE)
    odds: Shares = np.log(inside / (1.0 - inside))
    return odds


def sigmoid(odds: Shares) -> Shares:
    shares: Shares = 1.0 / (1.0 + np.exp(-odds))
    return shares
