"""Forecasts to a date: what a student will score after their longest pause, told from the practice before it.

A student's practice ends where the longest pause begins that leaves enough answers before it, and enough within a day
after it; the answers of that day are the test. Files and sessions are not named anywhere: the rule fits any log.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist
from typing import NamedTuple

import numpy as np

from tests.bench.baselines import ItemMeans, answers_of
from tests.bench.figures import Answers, Array, Estimate, Mask, estimate, mean_of_draws, measure, resample
from tests.bench.forecaster import Forecaster
from tests.bench.logs import Log, Row, Student
from tests.bench.prequential import told

ENOUGH = 5
"""Answers that the practice and the test must have at least."""
TEST_DAYS = 1.0
INTERVAL_Z = NormalDist().inv_cdf(0.9)
"""Half width of an 80 % interval in standard deviations."""


class Parts(NamedTuple):
    """A student's practice, and the answers of the test; the forecast is to the day of the first of them."""

    practice: Student
    test: tuple[Row, ...]

    @property
    def day(self) -> float:
        return self.test[0].day

    @property
    def pause(self) -> float:
        return self.day - self.practice.rows[-1].day


class Told(NamedTuple):
    """What was forecast of one student: the chance of each answer, the share right with its 80 % interval."""

    chances: list[float]
    share: float
    low: float
    high: float


@dataclass(frozen=True)
class Frozen:
    """The figures of one forecaster. Scores are shares right of the test; errors and bias are in points of 100."""

    students: int
    answers: int
    auc: Estimate
    log_loss: Estimate
    ece: Estimate
    score_error: Estimate
    bias: Estimate
    interval_coverage: Estimate


def part(student: Student) -> Parts | None:
    """Practice and test of a student; None when no pause leaves enough answers on both sides."""
    rows = student.rows
    pauses = sorted(range(1, len(rows)), key=lambda end: rows[end - 1].day - rows[end].day)
    answered = np.cumsum([not row.is_study for row in rows])
    for end in pauses:
        if answered[end - 1] < ENOUGH:
            continue
        test = tuple(_first_meetings(rows[end:]))
        if len(test) >= ENOUGH:
            return Parts(Student(student.name, rows[:end]), test)
    return None


def forecast_frozen(log: Log, forecaster: Forecaster) -> tuple[list[Parts], list[Told]]:
    """What the product forecasts, having learnt from the training students and, in turn, each one's practice.

    The tests are learnt from by nobody: they might be the day after tomorrow.
    """
    for student in log.training:
        for _ in told(forecaster, student, []):
            pass
    parts, forecasts = [], []
    for each in filter(None, map(part, log.held_out)):
        for _ in told(forecaster, each.practice, []):
            pass
        items = [(row.item, row.skill) for row in each.test]
        chances = [forecaster.expect(item, skill, each.day) for item, skill in items]
        share, low, high = forecaster.outlook(items, each.day)
        parts.append(each)
        forecasts.append(Told(chances, share, *_with_luck(share, (high - low) / 2.0, chances)))
    return parts, forecasts


def shares_in_practice(parts: Sequence[Parts]) -> list[Told]:
    """The share right of the practice, taken for the chance of every answer, as a plain report of it would be."""
    forecasts = []
    for each in parts:
        right = [row.correct for row in answers_of(each.practice)]
        share = sum(right) / len(right)
        reach = INTERVAL_Z * sqrt(share * (1.0 - share) / len(right))
        chances = [share] * len(each.test)
        forecasts.append(Told(chances, share, *_with_luck(share, reach, chances)))
    return forecasts


def item_means_of_tests(log: Log, parts: Sequence[Parts]) -> list[Told]:
    """The means of the items among the training students: a forecast that knows nothing of the student."""
    items = ItemMeans(row for student in log.training for row in answers_of(student))
    forecasts = []
    for each in parts:
        chances = [items.of(row.item) for row in each.test]
        share = sum(chances) / len(chances)
        forecasts.append(Told(chances, share, *_with_luck(share, 0.0, chances)))
    return forecasts


def judge(parts: Sequence[Parts], forecasts: Sequence[Told], is_meant: Mask, bootstraps: int) -> Frozen:
    """Measure the forecasts of the students that are meant."""
    chosen = [pair for pair, is_in in zip(zip(parts, forecasts, strict=True), is_meant, strict=True) if is_in]
    correct = np.array([row.correct for each, _ in chosen for row in each.test], dtype=np.float64)
    owner = np.repeat(np.arange(len(chosen)), [len(each.test) for each, _ in chosen])
    answers = Answers(correct, owner)
    draws = resample(len(chosen), bootstraps)
    found = measure(answers, np.array([chance for _, made in chosen for chance in made.chances]), draws)
    score = np.array([np.mean([row.correct for row in each.test]) for each, _ in chosen])
    share, low, high = np.array([made[1:] for _, made in chosen]).reshape(-1, 3).T
    people = Answers(score, np.arange(len(chosen)))

    def mean(values: Array) -> Estimate:
        return estimate(mean_of_draws(people, values, draws))

    return Frozen(
        students=len(chosen),
        answers=len(correct),
        auc=estimate(found["auc"]),
        log_loss=estimate(found["log_loss"]),
        ece=estimate(found["ece"]),
        score_error=mean(100.0 * np.abs(share - score)),
        bias=mean(100.0 * (share - score)),
        interval_coverage=mean(((low <= score) & (score <= high)).astype(np.float64)),
    )


def _first_meetings(rows: Sequence[Row]) -> Iterator[Row]:
    """The answers of the first day that do not follow another meeting with the same item."""
    met: set[str] = set()
    for row in rows:
        if row.day > rows[0].day + TEST_DAYS:
            return
        if row.item not in met and not row.is_study:
            yield row
        met.add(row.item)


def _with_luck(share: float, reach: float, chances: Sequence[float]) -> tuple[float, float]:
    """The 80 % interval of the score: what is not known of the student, and the luck of so many answers."""
    luck = sum(chance * (1.0 - chance) for chance in chances) / len(chances) ** 2
    whole = sqrt(reach**2 + INTERVAL_Z**2 * luck)
    return share - whole, share + whole
