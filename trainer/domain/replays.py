"""A practice run through one scenario from a decision on: what came before it is taken as it was."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from trainer.domain.attempts import Answered
from trainer.domain.content import ChoiceKey, Item, Scenario
from trainer.domain.scenario import Position, walk


@dataclass(frozen=True, slots=True)
class ReplayState:
    """A replay with its responses, in order. `attempt_id` is the attempt whose decision is taken anew.

    The scenario may have been changed since: then its position is broken, and it cannot go on.
    """

    id: UUID
    learner_id: UUID
    attempt_id: UUID
    quiz_id: str
    item_id: str
    taken: tuple[ChoiceKey, ...]
    started_at: datetime
    finished_at: datetime | None
    responses: tuple[Answered, ...] = ()

    @property
    def first_step(self) -> int:
        """The number of the decision that it starts at."""
        return len(self.taken)

    def after(self, answered: Answered) -> "ReplayState":
        return replace(self, responses=(*self.responses, answered))

    def find(self, step: int) -> Answered | None:
        return next((each for each in self.responses if each.step == step), None)

    def position(self, item: Item, steps: int | None = None) -> Position:
        """Where it stands in the scenario, or stood after so many steps of the whole path."""
        assert isinstance(item.interaction, Scenario)
        own = ((each.given.node, each.given.options[0]) for each in self.responses)
        path: list[tuple[str | None, str]] = [*self.taken, *own]
        return walk(item.interaction, path[:steps])
