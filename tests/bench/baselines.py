"""Simpler forecasters to beat: the mean of all answers, the mean of the item, Elo, and FSRS-6 as its package has it."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import product
from math import exp, log

import numpy as np
from fsrs import Card, Rating, Scheduler

from tests.bench.figures import Array
from tests.bench.logs import Log, Row, Student
from tests.bench.prequential import Stream, stream, told

ITEM_PRIOR = 5.0
"""Answers at the global mean that every item starts with."""
ELO_START = (0.4, 0.7, 1.0, 1.4, 2.0)
ELO_DECAY = (0.02, 0.05, 0.1, 0.2)
"""What is tried for K = a / (1 + b n), the uncertainty function of Pelanek 2016."""
START = datetime(2000, 1, 1, tzinfo=UTC)


def answers_of(student: Student) -> Iterator[Row]:
    return (row for row in student.rows if not row.is_study)


def first_contacts(student: Student) -> Iterator[Row]:
    """The answers to items that the student had neither answered nor studied."""
    met: set[str] = set()
    for row in student.rows:
        if row.item not in met and not row.is_study:
            yield row
        met.add(row.item)


class ItemMeans:
    """The share right of each item among some answers, drawn to the mean of all of them where they are few."""

    def __init__(self, rows: Iterable[Row]) -> None:
        right: Counter[str] = Counter()
        count: Counter[str] = Counter()
        for row in rows:
            right[row.item] += row.correct
            count[row.item] += 1
        self.overall = right.total() / count.total() if count else 0.5
        self._means = {
            item: (right[item] + ITEM_PRIOR * self.overall) / (number + ITEM_PRIOR) for item, number in count.items()
        }

    def of(self, item: str) -> float:
        return self._means.get(item, self.overall)


def means(log: Log) -> tuple[Array, Array]:
    """The mean of all of the training students' answers, and that of each item, for the held-out students' answers."""
    items = ItemMeans(row for student in log.training for row in answers_of(student))
    chances = np.array([items.of(row.item) for student in log.held_out for row in answers_of(student)])
    return np.full(len(chances), items.overall), chances


class Elo:
    """One rating a person and one an item, both moved by every answer, the less the more there were.

    Exposure without an answer changes no rating. Items go on learning from the held-out students.
    """

    def __init__(self, start: float = 1.0, decay: float = 0.05) -> None:
        self._start, self._decay = start, decay
        self._items: dict[str, tuple[float, int]] = {}
        self.start("")

    def start(self, user: str) -> None:
        self._person = (0.0, 0)

    def answer(self, item: str, skill: str, day: float, correct: int) -> float:
        ability, answered = self._person
        difficulty, asked = self._items.get(item, (0.0, 0))
        chance = 1.0 / (1.0 + exp(difficulty - ability))
        surprise = correct - chance
        self._person = (ability + self._start / (1.0 + self._decay * answered) * surprise, answered + 1)
        self._items[item] = (difficulty - self._start / (1.0 + self._decay * asked) * surprise, asked + 1)
        return chance

    def study(self, item: str, skill: str, day: float) -> None:
        pass


def elo(log: Log) -> Stream:
    """Elo with the K that forecast the training students best, all of them but those who come first."""
    start, decay = min(product(ELO_START, ELO_DECAY), key=lambda each: _loss(log, Elo(*each)))
    return stream(log, Elo(start, decay))


class Fsrs:
    """A card for each person and item, default parameters; an exposure is reviewed as *good*, as is a right answer.

    `Scheduler.get_card_retrievability` counts whole days and returns 0 for a new card. Neither is a fair chance: here
    the same curve is taken at the exact time, and a first contact has the mean of the item's first contacts.
    """

    def __init__(self, first: ItemMeans) -> None:
        self._first = first
        self._scheduler = Scheduler(enable_fuzzing=False)
        self._decay = -self._scheduler.parameters[20]
        self._factor = 0.9 ** (1.0 / self._decay) - 1.0
        self.start("")

    def start(self, user: str) -> None:
        self._cards: dict[str, Card] = {}
        self._met: dict[str, float] = {}

    def answer(self, item: str, skill: str, day: float, correct: int) -> float:
        chance = self._recall(item, day)
        self._review(item, day, Rating.Good if correct else Rating.Again)
        return chance

    def study(self, item: str, skill: str, day: float) -> None:
        self._review(item, day, Rating.Good)

    def _recall(self, item: str, day: float) -> float:
        card = self._cards.get(item)
        if card is None or card.stability is None:
            return self._first.of(item)
        chance: float = (1.0 + self._factor * (day - self._met[item]) / card.stability) ** self._decay
        return chance

    def _review(self, item: str, day: float, rating: Rating) -> None:
        # without an id the package sleeps a millisecond to make one
        card = self._cards.get(item) or Card(card_id=0)
        self._cards[item], _ = self._scheduler.review_card(card, rating, START + timedelta(days=day))
        self._met[item] = day


def fsrs(log: Log) -> Stream:
    return stream(log, Fsrs(ItemMeans(row for student in log.training for row in first_contacts(student))))


def _loss(learnt: Log, forecaster: Elo) -> float:
    """Log loss of the training students, foretold one after the other; the first half only sets the items' ratings."""
    half = len(learnt.training) // 2
    loss = 0.0
    for number, student in enumerate(learnt.training):
        chances = told(forecaster, student, [])
        for row, chance in zip(answers_of(student), chances, strict=True):
            if number >= half:
                loss -= log(chance if row.correct else 1.0 - chance)
    return loss
