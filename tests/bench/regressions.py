"""Logistic regressions on counts of what came before: PFA, Best-LR and DAS3H, fitted on the training students.

The penalties are chosen on fifths of the training students that are kept back; then all of them are fitted.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import expit
from threadpoolctl import threadpool_limits

from tests.bench.features import Recipe, design
from tests.bench.figures import Array, Mask
from tests.bench.logs import Log

PENALTIES = (10.0, 3.0, 1.0, 0.3)
OWN_SLOPES = (1.0, 10.0, 100.0, 1e4)
"""How many times more a skill's own part of a slope is penalised than the rest; at the last it is as good as gone."""
FIFTHS, FOLDS = 5, 3
"""Three times another fifth of the training students is kept back for the choice of the penalties."""
STEEPNESS = 0.2
"""About p (1 - p): a guess of the curvature, by which the columns are scaled so that the fit needs fewer steps."""

STEPS = {"maxiter": 1000, "maxcor": 20, "ftol": 1e-8, "gtol": 1e-7}
"""Till the fit stands still: with the usual `gtol` DAS3H stops early and looks weaker than it is."""


def regression(log: Log, recipe: Recipe) -> Array:
    """The chances of the held-out students' answers, in the log's order."""
    made = design((*log.training, *log.held_out), recipe)
    owner = np.array(made.student)
    training = owner < len(log.training)
    matrix, correct = made.matrix[training], made.correct[training]
    # the threads of BLAS wait for one another on a busy machine, ten times as long as the work takes
    with threadpool_limits(limits=1):
        weights = fit(matrix, correct, _Choice(matrix, correct, made.is_own_slope, owner[training]).best())
    return chances(made.matrix[~training], weights)


def fit(matrix: Any, correct: Array, penalties: Array, start: Array | None = None) -> Array:
    """The weights of the columns and, last, the intercept, which is not penalised."""
    rows, columns = matrix.shape
    turned = matrix.T.tocsr()
    curvature = STEEPNESS * np.asarray(matrix.multiply(matrix).sum(axis=0)).ravel() + penalties
    scale = 1.0 / np.sqrt(np.append(curvature, STEEPNESS * rows))

    def loss(scaled: Array) -> tuple[float, Array]:
        weights = scaled * scale
        slopes = weights[:-1]
        levels = matrix @ slopes + weights[-1]
        value = np.sum(np.logaddexp(0.0, levels) - correct * levels) + np.sum(penalties * slopes**2) / 2.0
        error = expit(levels) - correct
        gradient = np.append(turned @ error + penalties * slopes, error.sum())
        return float(value) / rows, gradient * scale / rows

    begin = np.zeros(columns + 1) if start is None else start / scale
    found = minimize(loss, begin, jac=True, method="L-BFGS-B", options=STEPS)
    weights: Array = found.x * scale
    return weights


def chances(matrix: Any, weights: Array) -> Array:
    expected: Array = expit(matrix @ weights[:-1] + weights[-1])
    return expected


class _Choice:
    """Tries penalties on students kept back, each time in turn another fifth of the training students."""

    def __init__(self, matrix: Any, correct: Array, is_own: Mask, owner: NDArray[np.int64]) -> None:
        self._matrix, self._correct, self._is_own = matrix, correct, is_own
        kept = (owner % FIFTHS == number for number in range(FOLDS))
        self._folds = [each for each in kept if each.any() and not each.all()]
        self._weights: list[Array | None] = [None] * len(self._folds)

    def best(self) -> Array:
        """The penalty is chosen first, then how much greater it is for skills' own slopes."""
        penalty = min(PENALTIES, key=lambda each: self._loss(each, OWN_SLOPES[1]))
        own = min(OWN_SLOPES, key=lambda each: self._loss(penalty, each))
        return self._penalties(penalty, own)

    def _loss(self, penalty: float, own: float) -> float:
        loss = 0.0
        for number, kept in enumerate(self._folds):
            penalties = self._penalties(penalty, own)
            weights = fit(self._matrix[~kept], self._correct[~kept], penalties, self._weights[number])
            levels = self._matrix[kept] @ weights[:-1] + weights[-1]
            loss += float(np.sum(np.logaddexp(0.0, levels) - self._correct[kept] * levels))
            self._weights[number] = weights
        return loss

    def _penalties(self, penalty: float, own: float) -> Array:
        return np.where(self._is_own, penalty * own, penalty)
