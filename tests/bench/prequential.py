"""Streams a log through a forecaster that learns: the training students first, then the held-out ones.

Every chance is told before its answer is learnt. Where only studying is told, the forecaster may take it as exposure.
"""

from collections.abc import Iterator, Sequence
from statistics import median
from time import perf_counter
from typing import NamedTuple, Protocol

import numpy as np

from tests.bench.figures import Array
from tests.bench.logs import Log, Student

CHUNK = 1000
"""Updates timed together. The median of chunks leaves out those in which the machine did something else."""


class Sequential(Protocol):
    """Whatever learns from one answer after the other."""

    def start(self, user: str) -> None: ...

    def answer(self, item: str, skill: str, day: float, correct: int) -> float: ...

    def study(self, item: str, skill: str, day: float) -> None: ...


class Stream(NamedTuple):
    """The chances of the held-out students' answers in the log's order, and what one update took, if there are any."""

    chances: Array
    us_per_update: float | None


def stream(log: Log, forecaster: Sequential) -> Stream:
    seconds: list[float] = []
    for student in log.training:
        for _ in told(forecaster, student, seconds):
            pass
    chances = [chance for student in log.held_out for chance in told(forecaster, student, seconds)]
    return Stream(np.array(chances), us_per_update(seconds))


def told(forecaster: Sequential, student: Student, seconds: list[float]) -> Iterator[float]:
    """The chance before each answer of one student; the time of each update is added to `seconds`."""
    forecaster.start(student.name)
    for row in student.rows:
        if row.is_study:
            forecaster.study(row.item, row.skill, row.day)
        else:
            before = perf_counter()
            chance = forecaster.answer(row.item, row.skill, row.day, row.correct)
            seconds.append(perf_counter() - before)
            yield chance


def us_per_update(seconds: Sequence[float]) -> float:
    chunks = [seconds[start : start + CHUNK] for start in range(0, len(seconds), CHUNK)]
    return median(sum(chunk) / len(chunk) for chunk in chunks) * 1e6
