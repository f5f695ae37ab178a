"""A quiz sat as an assessment: its time, what is saved of it, where each item stands, and its result."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from trainer.domain.attempts import Answered, AttemptState
from trainer.domain.content import Assessment, Item, Node, Quiz, Scenario
from trainer.domain.grading import Given

ROUNDING = 1e-9


class Allowance(StrEnum):
    """How many times the usual minutes a person has."""

    USUAL = "1"
    QUARTER_MORE = "1.25"
    HALF_MORE = "1.5"
    DOUBLE = "2"
    UNTIMED = "untimed"

    def minutes(self, usual: int) -> int | None:
        """Full minutes, rounded up; None without a limit."""
        return None if self is Allowance.UNTIMED else math.ceil(usual * float(self))

    def due_at(self, started_at: datetime, usual: int) -> datetime | None:
        minutes = self.minutes(usual)
        return None if minutes is None else started_at + timedelta(minutes=minutes)


class Standing(StrEnum):
    """Where an item stands before it is handed in; a conversation is under way between its first choice and its end."""

    OPEN = "open"
    UNDER_WAY = "under way"
    ANSWERED = "answered"


@dataclass(frozen=True, slots=True)
class Draft:
    """What is saved of an item and not handed in yet."""

    id: UUID
    item_id: str
    step: int
    given: Given
    saved_at: datetime


@dataclass(frozen=True, slots=True)
class Sitting:
    """An assessment of one learner. Once it is handed in its drafts are the responses of the attempt."""

    attempt: AttemptState
    quiz: Quiz
    drafts: tuple[Draft, ...] = ()

    @property
    def rules(self) -> Assessment:
        assert self.quiz.assessment is not None
        return self.quiz.assessment

    @property
    def items(self) -> tuple[Item, ...]:
        return self.attempt.items(self.quiz)

    @property
    def answered(self) -> AttemptState:
        """The attempt as if what is saved were handed in, without scores."""
        saved = (Answered(each.id, each.item_id, each.step, each.given, 0.0) for each in self.drafts)
        return replace(self.attempt, responses=(*self.attempt.responses, *saved))

    def is_over(self, at: datetime, grace: timedelta) -> bool:
        """Whether the time is up, and what may come late on its way is no longer waited for."""
        return self.attempt.due_at is not None and at > self.attempt.due_at + grace

    def draft(self, item_id: str) -> Draft | None:
        """What was saved last of an item."""
        return next((each for each in reversed(self.drafts) if each.item_id == item_id), None)

    def standing(self, item: Item) -> Standing:
        if self.answered.is_done(item):
            return Standing.ANSWERED
        return Standing.UNDER_WAY if self.draft(item.id) else Standing.OPEN

    def count(self, standing: Standing) -> int:
        return sum(self.standing(item) is standing for item in self.items)

    @property
    def next_item(self) -> Item | None:
        """The first item that is not answered; None when all are."""
        return next((item for item in self.items if self.standing(item) is not Standing.ANSWERED), None)

    def after(self, item: Item) -> Item | None:
        """The next item after this one that is not answered, then one before it; None when all are."""
        items = self.items
        place = items.index(item)
        rest = (*items[place + 1 :], *items[:place])
        return next((each for each in rest if self.standing(each) is not Standing.ANSWERED), None)


@dataclass(frozen=True, slots=True)
class ItemResult:
    """One item of an assessment that is handed in; its share is 0 where it was not answered."""

    item: Item
    share: float
    responses: Sequence[Answered]


@dataclass(frozen=True, slots=True)
class Result:
    """What came of an assessment: the mean over all items asked, those not answered counting nothing."""

    lines: tuple[ItemResult, ...]
    share: float
    is_passed: bool

    @property
    def answered(self) -> int:
        return sum(bool(line.responses) for line in self.lines)


def result_of(attempt: AttemptState, quiz: Quiz) -> Result:
    assert quiz.assessment is not None
    lines = tuple(ItemResult(item, share_of(attempt, item), attempt.of_item(item.id)) for item in attempt.items(quiz))
    share = sum(line.share for line in lines) / len(lines)
    return Result(lines, share, is_passed=share >= quiz.assessment.pass_share - ROUNDING)


def share_of(attempt: AttemptState, item: Item) -> float:
    """The score of an item; of a conversation the mean over its choices, and those still missing to its end are 0."""
    scores = [each.score for each in attempt.of_item(item.id)]
    if not scores:
        return 0.0
    missing = (
        _choices_left(item.interaction, attempt.position(item).node) if isinstance(item.interaction, Scenario) else 0
    )
    return sum(scores) / (len(scores) + missing)


def _choices_left(scenario: Scenario, node: Node | None) -> int:
    """How many choices lead from a node to the nearest ending; 0 where nothing is open."""
    count, reached = 0, set[str]()
    places = {node.id} if node is not None else set()
    while places - scenario.endings.keys() == places and places:
        count += 1
        reached |= places
        places = {choice.next for place in places for choice in scenario.nodes[place].choices} - reached
    return count
