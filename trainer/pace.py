"""How many minutes quizzes take: measured from the company's log, else as declared."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache
from threading import Lock
from typing import Any
from uuid import UUID

from sqlalchemy import CompoundSelect, Row, select, union_all

from trainer.database import Store
from trainer.domain.answers import Mode
from trainer.domain.content import Content, Quiz
from trainer.domain.planning import MIN_MEASURED, MOST_PART, typical_minutes
from trainer.models import Attempt, table

RECENT = 200
"""Of each quiz so many attempts, those finished last, are looked at: what is read does not grow with the log."""
AT_ONCE = 100
"""Quizzes in one statement; SQLite joins no more than 500."""
LOOK_AGAIN_AFTER = timedelta(hours=1)
_attempt = table(Attempt)


@dataclass(frozen=True, slots=True)
class Pace:
    """The minutes that quizzes took people here, the first time and again; a quiz that is missing took too few."""

    first: Mapping[str, int] = field(default_factory=dict)
    again: Mapping[str, int] = field(default_factory=dict)

    def minutes(self, quiz: Quiz, *, is_again: bool = False) -> int:
        first = self.first.get(quiz.id, quiz.minutes)
        return self.again.get(quiz.id, first) if is_again else first


class Paces:
    """The pace, measured anew once an hour."""

    def __init__(self) -> None:
        self._found: tuple[datetime, Pace] | None = None
        self._lock = Lock()

    def current(self, store: Store, content: Content, *, at: datetime) -> Pace:
        with self._lock:
            if self._found is None or abs(at - self._found[0]) >= LOOK_AGAIN_AFTER:
                self._found = (at, measured_pace(store, content))
            return self._found[1]

    def forget(self) -> None:
        self._found = None


def measured_pace(store: Store, content: Content) -> Pace:
    """The median over people of how long each one's last attempt took, with enough of them.

    An attempt of more than three times the declared minutes was left in between: it is not counted.
    """
    spent: dict[tuple[str, bool], dict[UUID, float]] = {}
    for row in _attempts(store, tuple(content.quizzes)):
        minutes = (row.finished_at - row.started_at) / timedelta(minutes=1)
        if 0.0 < minutes <= MOST_PART * content.quizzes[row.quiz_id].minutes:
            spent.setdefault((row.quiz_id, row.number > 1), {}).setdefault(row.learner_id, minutes)
    found: tuple[dict[str, int], dict[str, int]] = {}, {}
    for (quiz_id, is_again), by_learner in spent.items():
        if len(by_learner) >= MIN_MEASURED:
            declared = content.quizzes[quiz_id].minutes
            found[is_again][quiz_id] = typical_minutes(declared, list(by_learner.values()))
    return Pace(*found)


def _attempts(store: Store, quizzes: Sequence[str]) -> Iterator[Row[Any]]:
    """The attempts finished last of each quiz, the last first."""
    for start in range(0, len(quizzes), AT_ONCE):
        yield from store.execute(_recent(quizzes[start : start + AT_ONCE]))


@lru_cache(maxsize=4)
def _recent(quizzes: tuple[str, ...]) -> CompoundSelect[Any]:
    """A look-up by index for each quiz, in one statement."""
    columns = (_attempt.c[name] for name in ("quiz_id", "learner_id", "number", "started_at", "finished_at"))
    finished = select(*columns).where(_attempt.c.finished_at.is_not(None), _attempt.c.mode == Mode.PRACTICE)
    last = finished.order_by(_attempt.c.finished_at.desc()).limit(RECENT)
    each = [last.where(_attempt.c.quiz_id == quiz).subquery() for quiz in quizzes]
    return union_all(*(select(recent) for recent in each))
