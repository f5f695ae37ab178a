"""One attempt of a quiz: what is answered, what is open, and what still fits when the quiz was changed meanwhile."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from trainer.domain.answers import Mode
from trainer.domain.content import Item, Option, Part, Quiz, Scenario
from trainer.domain.grading import Given, Grade, UnfitAnswer, grade
from trainer.domain.scenario import Position, walk

Thing = TypeVar("Thing", Option, Part)


@dataclass(frozen=True, slots=True)
class Answered:
    """A kept response, as the player needs it."""

    id: UUID
    item_id: str
    step: int
    given: Given
    score: float


@dataclass(frozen=True, slots=True)
class AttemptState:
    """One attempt with all its responses, in order.

    `quiz_hash` names the quiz that it asks, as it was when the attempt began. Without it the quiz may have been changed
    since the responses were given: they stay, and count as they did. `due_at` is when an assessment is over, without a
    limit None; `flagged` are the items to be looked at again before it is handed in.
    """

    id: UUID
    learner_id: UUID
    quiz_id: str
    number: int
    started_at: datetime
    finished_at: datetime | None
    responses: tuple[Answered, ...]
    is_quiet: bool = False
    quiz_hash: str | None = None
    mode: Mode = Mode.PRACTICE
    due_at: datetime | None = None
    flagged: frozenset[str] = frozenset()

    def after(self, answered: Answered) -> "AttemptState":
        return replace(self, responses=(*self.responses, answered))

    def of_item(self, item_id: str) -> tuple[Answered, ...]:
        return tuple(each for each in self.responses if each.item_id == item_id)

    def find(self, item_id: str, step: int) -> Answered | None:
        return next((each for each in self.of_item(item_id) if each.step == step), None)

    def items(self, quiz: Quiz) -> tuple[Item, ...]:
        """What this attempt asks, in order: of each pool the same items throughout, with those answered already."""
        if not quiz.pools:
            return quiz.items
        answered = {each.item_id for each in self.responses}
        left_out: set[str] = set()
        for pool in quiz.pools:
            drawn = sorted(pool.items, key=lambda item: (item not in answered, _draw(self.id, item)))
            left_out.update(drawn[pool.pick :])
        return tuple(item for item in quiz.items if item.id not in left_out)

    def outside(self, quiz: Quiz) -> tuple[Answered, ...]:
        """Responses to items that the quiz no longer has."""
        items = {item.id for item in quiz.items}
        return tuple(each for each in self.responses if each.item_id not in items)

    def position(self, item: Item, steps: int | None = None) -> Position:
        """Where the learner stands in a scenario, or stood after so many steps."""
        assert isinstance(item.interaction, Scenario)
        taken = ((each.given.node, each.given.options[0]) for each in self.of_item(item.id)[:steps])
        return walk(item.interaction, taken)

    def is_done(self, item: Item) -> bool:
        """Whether nothing of the item is left to answer.

        A scenario is done at its ending; also where the path that was taken is no longer in it: it cannot go on.
        """
        if isinstance(item.interaction, Scenario):
            return self.position(item).node is None
        return bool(self.of_item(item.id))

    def open_items(self, quiz: Quiz) -> tuple[Item, ...]:
        """What is not done; nothing once it is finished, though the quiz may have grown since."""
        if self.finished_at is not None:
            return ()
        return tuple(item for item in self.items(quiz) if not self.is_done(item))

    def coming_items(self, quiz: Quiz) -> tuple[Item, ...]:
        """What is not done and does not wait."""
        return tuple(item for item in self.open_items(quiz) if not self._waits(item))

    def next_item(self, quiz: Quiz) -> Item | None:
        """The first item that is not done and does not wait."""
        return next(iter(self.coming_items(quiz)), None)

    def waiting_items(self, quiz: Quiz) -> tuple[Item, ...]:
        """What waits until the learner can listen: it is open, and never counts as failed."""
        return tuple(item for item in self.open_items(quiz) if self._waits(item))

    def _waits(self, item: Item) -> bool:
        return self.is_quiet and item.audio is not None

    def is_changed(self, item: Item, kept: Answered) -> bool:
        """Whether the item was changed so that the response no longer fits it, or would be graded otherwise."""
        graded = _grade_today(item, kept, self.mode)
        if graded is None or graded.score != kept.score:
            return True
        return isinstance(item.interaction, Scenario) and self.position(item, kept.step + 1).is_broken


def kept_grade(item: Item, kept: Answered, mode: Mode = Mode.PRACTICE) -> Grade:
    """The score as it was kept, with the options chosen; without them when the response no longer fits the item."""
    graded = _grade_today(item, kept, mode)
    return Grade(kept.score, (), item.competencies) if graded is None else replace(graded, score=kept.score)


def mixed(attempt_id: UUID, things: Sequence[Thing]) -> tuple[Thing, ...]:
    """Options or parts in the order of this attempt: mixed, and the same each time they are shown."""
    return tuple(sorted(things, key=lambda thing: _draw(attempt_id, thing.id)))


def _draw(attempt_id: UUID, name: str) -> bytes:
    return hashlib.sha256(f"{attempt_id}{name}".encode()).digest()


def _grade_today(item: Item, kept: Answered, mode: Mode) -> Grade | None:
    """What the item as it is now makes of a response; None when it no longer fits."""
    try:
        return grade(item, kept.given, mode)
    except UnfitAnswer:
        return None
