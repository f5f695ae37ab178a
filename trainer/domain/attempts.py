"""One attempt of a quiz: what is answered, what is open, and the order in which its options are shown."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from trainer.domain.content import Item, Option, Quiz, Scenario
from trainer.domain.grading import Given
from trainer.domain.scenario import Position, walk


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
    """One attempt with all its responses, in order."""

    id: UUID
    learner_id: UUID
    quiz_id: str
    number: int
    finished_at: datetime | None
    responses: tuple[Answered, ...]

    def after(self, answered: Answered) -> "AttemptState":
        return replace(self, responses=(*self.responses, answered))

    def of_item(self, item_id: str) -> tuple[Answered, ...]:
        return tuple(each for each in self.responses if each.item_id == item_id)

    def find(self, item_id: str, step: int) -> Answered | None:
        return next((each for each in self.of_item(item_id) if each.step == step), None)

    def position(self, item: Item, steps: int | None = None) -> Position:
        """Where the learner stands in a scenario, or stood after so many steps."""
        assert isinstance(item.interaction, Scenario)
        return walk(item.interaction, (each.given.options[0] for each in self.of_item(item.id)[:steps]))

    def is_done(self, item: Item) -> bool:
        if isinstance(item.interaction, Scenario):
            return self.position(item).ending is not None
        return bool(self.of_item(item.id))

    def next_item(self, quiz: Quiz) -> Item | None:
        """The first item that is not done; none once it is finished, though the quiz may have grown since."""
        if self.finished_at is not None:
            return None
        return next((item for item in quiz.items if not self.is_done(item)), None)


def shown_options(attempt_id: UUID, options: Sequence[Option]) -> tuple[Option, ...]:
    """The options in the order of this attempt: mixed, and the same each time they are shown."""
    return tuple(sorted(options, key=lambda option: hashlib.sha256(f"{attempt_id}{option.id}".encode()).digest()))
