"""Measures chances against what came true, with intervals by drawing students anew."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tests.bench.logs import Log

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]

BINS = 10
CLIP = 1e-6
"""Chances of 0 and 1 are taken as this far from them: one wrong certainty would make the log loss infinite."""
SEED = 20_250_101
INTERVAL = (2.5, 97.5)
"""Percentiles of the 95 % interval."""


@dataclass(frozen=True)
class Answers:
    """Answers to be judged: each right (1) or wrong (0), and whose it is, by the student's number."""

    correct: Array
    student: NDArray[np.int64]

    def only(self, mask: Mask) -> "Answers":
        return Answers(self.correct[mask], self.student[mask])


class Estimate(NamedTuple):
    """A figure and its 95 % interval; None where the answers do not give one."""

    value: float | None
    low: float | None
    high: float | None


def judged(log: Log) -> tuple[Answers, Mask]:
    """The held-out students' answers in the log's order, and which of them repeat an item after a day or more."""
    correct, student, is_late = [], [], []
    for number, each in enumerate(log.held_out):
        met: dict[str, float] = {}
        for row in each.rows:
            if not row.is_study:
                correct.append(row.correct)
                student.append(number)
                is_late.append(row.item in met and row.day - met[row.item] >= 1.0)
            met[row.item] = row.day
    return Answers(np.array(correct, dtype=np.float64), np.array(student, dtype=np.int64)), np.array(is_late)


def resample(students: int, times: int) -> Array:
    """How often each student counts: a row that is all ones, the log itself, then `times` draws with replacement."""
    draws = np.random.default_rng(SEED).multinomial(students, np.full(students, 1.0 / students), size=times)
    return np.vstack((np.ones((1, students)), draws))


def measure(answers: Answers, chances: Array, draws: Array) -> dict[str, Array]:
    """Each metric for each row of `draws`; nan where a draw holds no answer, or for AUC only right or wrong ones.

    The bias is the mean chance less the share right: below 0 the forecast is too low.
    """
    likely = np.clip(chances, CLIP, 1.0 - CLIP)
    loss = -np.where(answers.correct == 1.0, np.log(likely), np.log1p(-likely))
    return {
        "auc": _auc(answers, chances, draws),
        "log_loss": mean_of_draws(answers, loss, draws),
        "rmse": np.sqrt(mean_of_draws(answers, (answers.correct - chances) ** 2, draws)),
        "ece": _ece(answers, chances, draws),
        "bias": mean_of_draws(answers, chances - answers.correct, draws),
    }


def mean_of_draws(answers: Answers, values: Array, draws: Array) -> Array:
    """The mean of one value an answer, for each row of `draws`."""
    students = draws.shape[1]
    sums = np.bincount(answers.student, values, minlength=students)
    return _ratio(draws @ sums, draws @ np.bincount(answers.student, minlength=students))


def estimate(samples: Array) -> Estimate:
    """The first sample with the interval that the others give."""
    known = samples[1:][~np.isnan(samples[1:])]
    low, high = np.percentile(known, INTERVAL) if len(known) else (np.nan, np.nan)
    return Estimate(*(None if np.isnan(each) else float(each) for each in (samples[0], low, high)))


def _auc(answers: Answers, chances: Array, draws: Array) -> Array:
    """How often a right answer was given a higher chance than a wrong one; equal chances count half."""
    if not len(chances):
        return np.full(len(draws), np.nan)
    order = np.argsort(chances, kind="stable")
    student, correct, ordered = answers.student[order], answers.correct[order], chances[order]
    ties = np.concatenate(([0], np.flatnonzero(np.diff(ordered)) + 1))
    won, pairs = np.empty(len(draws)), np.empty(len(draws))
    for number, draw in enumerate(draws):
        weight = draw[student]
        right = np.add.reduceat(weight * correct, ties)
        wrong = np.add.reduceat(weight * (1.0 - correct), ties)
        won[number] = right @ (np.cumsum(wrong) - wrong / 2.0)
        pairs[number] = right.sum() * wrong.sum()
    return _ratio(won, pairs)


def _ece(answers: Answers, chances: Array, draws: Array) -> Array:
    """The distance between chance and share right in bins of equal width, weighted by their answers."""
    students = draws.shape[1]
    cell = answers.student * BINS + np.minimum((chances * BINS).astype(np.int64), BINS - 1)
    gaps = np.bincount(cell, answers.correct - chances, minlength=students * BINS).reshape(students, BINS)
    counts = np.bincount(answers.student, minlength=students)
    return _ratio(np.abs(draws @ gaps).sum(axis=1), draws @ counts)


def _ratio(part: Array, whole: Array) -> Array:
    """The quotient, nan where the whole is 0."""
    quotient: Array = np.divide(part, whole, out=np.full(len(part), np.nan), where=whole != 0.0)
    return quotient
