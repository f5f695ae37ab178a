"""Adds up a log of first answers, person by person: the log is gone through once and nothing of anybody is kept."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from statistics import median
from typing import NamedTuple

from trainer.domain.item_analysis.sums import Sums
from trainer.domain.readiness import MIN_GROUP

MIN_OTHERS = 3
"""How somebody did in the rest of a quiz is told by so many answers or more."""
PAUSE_SECONDS = 600
"""Who takes longer for one answer has done something else meanwhile."""

Wording = tuple[str, str]
"""What was asked, by its key, and the hash of how it was worded."""


class FirstAnswer(NamedTuple):
    """An answer of somebody's first attempt at a quiz, with the seconds at which it and the attempt were begun.

    `given` is what was given, written in one way, `typed` how each text was judged.
    """

    person: object
    attempt: object
    item_id: str
    key: str
    content_hash: str
    score: float
    given: str
    typed: str | None
    answered: int
    started: int


class Added(NamedTuple):
    """All who gave the same answer, with the texts they typed as judged for one of them."""

    given: str
    typed: str | None
    sums: Sums


class Log(NamedTuple):
    """What was added up, by wording: the answers, and the median seconds of five people or more."""

    answers: Mapping[Wording, tuple[Added, ...]]
    seconds: Mapping[Wording, float]


class _Running:
    """The sums while they grow, as in `Sums`."""

    __slots__ = ("figures", "typed")

    def __init__(self, typed: str | None) -> None:
        self.typed = typed
        self.figures = [0, 0, 0.0, 0, 0.0, 0.0, 0.0, 0.0, 0.0]

    def add(self, score: float, rest: float | None) -> None:
        figures = self.figures
        figures[0] += 1
        figures[1] += score >= 1.0
        figures[2] += score
        if rest is not None:
            figures[3] += 1
            figures[4] += score
            figures[5] += score * score
            figures[6] += rest
            figures[7] += rest * rest
            figures[8] += score * rest

    def sums(self) -> Sums:
        people, full, total, pairs, *others = self.figures
        return Sums(int(people), int(full), total, int(pairs), *others)


def add_up_log(answers: Iterable[FirstAnswer], usual: Mapping[Wording, float]) -> Log:
    """The answers come ordered by person, attempt and time; `usual` is the mean score of each wording.

    Of somebody's answers to the same wording the first counts.
    """
    running: dict[Wording, dict[str, _Running]] = defaultdict(dict)
    times: dict[Wording, list[int]] = defaultdict(list)
    for _, of_person in groupby(answers, lambda answer: answer.person):
        met: set[Wording] = set()
        for _, of_attempt in groupby(of_person, lambda answer: answer.attempt):
            for answer, seconds, rest in _compared(list(of_attempt), usual):
                wording = answer.key, answer.content_hash
                if wording in met:
                    continue
                met.add(wording)
                same = running[wording].get(answer.given)
                if same is None:
                    same = running[wording][answer.given] = _Running(answer.typed)
                same.add(answer.score, rest)
                if 0 < seconds <= PAUSE_SECONDS:
                    times[wording].append(seconds)
    return Log(
        {
            key: tuple(Added(given, each.typed, each.sums()) for given, each in found.items())
            for key, found in running.items()
        },
        {key: median(found) for key, found in times.items() if len(found) >= MIN_GROUP},
    )


def _compared(
    attempt: Sequence[FirstAnswer], usual: Mapping[Wording, float]
) -> Iterator[tuple[FirstAnswer, int, float | None]]:
    """Each answer with its seconds since the one before, and with how the same person did in the rest of the quiz.

    The rest leaves out the other steps of the same scenario. It is the mean of how far each score was above the
    usual, so that those who were asked other items can be compared.
    """
    above = [answer.score - usual[answer.key, answer.content_hash] for answer in attempt]
    of_item: dict[str, list[float]] = defaultdict(list)
    for answer, score in zip(attempt, above, strict=True):
        of_item[answer.item_id].append(score)
    total, before = sum(above), attempt[0].started
    for answer in attempt:
        own = of_item[answer.item_id]
        others = len(attempt) - len(own)
        yield answer, answer.answered - before, (total - sum(own)) / others if others >= MIN_OTHERS else None
        before = answer.answered
