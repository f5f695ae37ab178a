"""How long a card is remembered, and when it comes back: FSRS-6 with its published weights, and without chance."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from enum import IntEnum
from functools import lru_cache
from typing import NamedTuple

from fsrs import Card as FsrsCard
from fsrs import Rating as FsrsRating
from fsrs import Scheduler, State

from trainer.domain.review.ratings import Rating

RELEARN_AFTER = timedelta(minutes=10)
"""What was not remembered comes back in the same sitting."""
LONGEST = 365
"""Days: a phrase that is met less often than once a year is not being practised."""


class Stage(IntEnum):
    """Where a card stands; the numbers are those of FSRS."""

    LEARNING = 1
    REVIEW = 2
    RELEARNING = 3


@dataclass(frozen=True, slots=True)
class Memory:
    """What is known of a card after its reviews; `stability` in days, `hardness` from 1 to 10."""

    stage: Stage
    step: int | None
    stability: float
    hardness: float
    due: datetime
    last_at: datetime
    reviews: int


class Reviewed(NamedTuple):
    """One review of a card, with the retention that was aimed at."""

    rating: Rating
    at: datetime
    retention: float


def remember(memory: Memory | None, review: Reviewed) -> Memory:
    """The memory after one more review; None before the first.

    Days are counted by the calendar: whoever reviews in the morning what was learnt the afternoon before has let a day
    pass, which FSRS, counting from hour to hour, would not see.
    """
    day = _midnight(review.at)
    card = FsrsCard(card_id=0, due=day)
    if memory is not None:
        card = FsrsCard(
            card_id=0,
            state=State(memory.stage),
            step=memory.step,
            stability=memory.stability,
            difficulty=memory.hardness,
            due=memory.due,
            last_review=_midnight(memory.last_at),
        )
    after, _ = _scheduler(review.retention).review_card(card, FsrsRating(review.rating), day)
    assert after.stability is not None
    assert after.difficulty is not None
    stage = Stage(after.state)
    return Memory(
        stage=stage,
        step=after.step,
        stability=after.stability,
        hardness=after.difficulty,
        due=after.due if stage is Stage.REVIEW else review.at + (after.due - day),
        last_at=review.at,
        reviews=1 if memory is None else memory.reviews + 1,
    )


def replayed(reviews: Iterable[Reviewed]) -> Memory | None:
    """The memory that these reviews make, in their order."""
    memory = None
    for review in reviews:
        memory = remember(memory, review)
    return memory


@lru_cache(maxsize=32)
def _scheduler(retention: float) -> Scheduler:
    return Scheduler(
        desired_retention=retention,
        learning_steps=(RELEARN_AFTER,),
        relearning_steps=(RELEARN_AFTER,),
        maximum_interval=LONGEST,
        enable_fuzzing=False,
    )


def _midnight(at: datetime) -> datetime:
    return datetime.combine(at.astimezone(UTC).date(), time(), UTC)
