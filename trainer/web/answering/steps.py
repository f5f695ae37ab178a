"""What the player shows of an item at one step: its words, and what there is to choose, mix or fill."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from trainer.domain.attempts import Answered, AttemptState, mixed
from trainer.domain.content import (
    Cloze,
    Effect,
    Gap,
    Interaction,
    Item,
    Matching,
    MostAndLeast,
    Node,
    Numeric,
    OneOf,
    Option,
    Ordering,
    Part,
    RateEach,
    Scenario,
    SlotSearch,
    SomeOf,
    Typed,
)
from trainer.domain.grading.choosing import LEAST, MOST
from trainer.domain.grading.numbers import NUMBER
from trainer.domain.scenario import Position
from trainer.domain.slots import offered_slots

FORMS: Mapping[type[Interaction], str] = {
    OneOf: "options",
    SomeOf: "options",
    SlotSearch: "options",
    Scenario: "options",
    RateEach: "ratings",
    MostAndLeast: "most_and_least",
    Typed: "text",
    Cloze: "cloze",
    Ordering: "ordering",
    Matching: "matching",
    Numeric: "number",
}


@dataclass(frozen=True)
class Step:
    """What is shown at one step, all in the order of the attempt.

    `options` are chosen from or rated, `parts` are put in order or matched with one of `rights`, `gaps` are filled.
    `closed` are choices of a scenario's node that what came before had closed.
    """

    item: Item
    number: int
    options: tuple[Option, ...] = ()
    parts: tuple[Part, ...] = ()
    rights: tuple[Part, ...] = ()
    gaps: tuple[Gap, ...] = ()
    position: Position | None = None
    node: Node | None = None
    closed: tuple[Option, ...] = ()

    @property
    def form(self) -> str:
        """Which part of the page asks for it."""
        return FORMS[type(self.item.interaction)]

    @property
    def takes_many(self) -> bool:
        return isinstance(self.item.interaction, SomeOf)

    @property
    def slots(self) -> dict[str, tuple[str, ...]]:
        """The places that an entry is made for, with what may be put there; nothing where anything may be typed."""
        match self.item.interaction:
            case RateEach():
                return dict.fromkeys((option.id for option in self.options), tuple(Effect))
            case MostAndLeast():
                return dict.fromkeys((MOST, LEAST), tuple(option.id for option in self.options))
            case Ordering():
                places = tuple(str(place) for place in range(1, len(self.parts) + 1))
                return dict.fromkeys((part.id for part in self.parts), places)
            case Matching():
                return dict.fromkeys((part.id for part in self.parts), tuple(part.id for part in self.rights))
            case Typed() | Cloze():
                return {gap.id: gap.offered for gap in self.gaps}
            case Numeric():
                return {NUMBER: ()}
            case OneOf() | SomeOf() | SlotSearch() | Scenario():
                return {}


def next_step(attempt: AttemptState, item: Item) -> Step:
    """What is asked next of an item that is not done."""
    if not isinstance(item.interaction, Scenario):
        return _plain_step(attempt, item)
    position = attempt.position(item)
    assert position.node is not None
    return scenario_step(item, position, attempt.id)


def answered_step(attempt: AttemptState, item: Item, kept: Answered) -> Step:
    """The step that was answered, as far as the item still has it, with the position after it."""
    if not isinstance(item.interaction, Scenario):
        return _plain_step(attempt, item)
    node = item.interaction.nodes.get(kept.given.node or "")
    return answered_choice(item, node, attempt.position(item, steps=kept.step + 1), kept.step, attempt.id)


def scenario_step(item: Item, position: Position, sitting_id: UUID) -> Step:
    """Where a scenario stands: what is offered there, in the order of the sitting."""
    options = [choice.option for choice in position.offered]
    return Step(item, len(position.steps), mixed(sitting_id, options), position=position, node=position.node)


def answered_choice(item: Item, node: Node | None, position: Position, number: int, sitting_id: UUID) -> Step:
    """A step of a scenario with what was offered at it, as far as that is still known, and the position after it."""
    taken = position.steps[number] if number < len(position.steps) else None
    choices = taken.offered if taken else node.choices if node else ()
    closed = tuple(choice.option for choice in node.choices if choice not in choices) if node else ()
    options = mixed(sitting_id, [choice.option for choice in choices])
    return Step(item, number, options, position=position, node=node, closed=closed)


def _plain_step(attempt: AttemptState, item: Item) -> Step:
    match item.interaction:
        case SomeOf(options, is_in_order=True):
            return Step(item, 0, options)
        case OneOf(options) | SomeOf(options) | RateEach(options) | MostAndLeast(options):
            return Step(item, 0, mixed(attempt.id, options))
        case SlotSearch() as search:
            return Step(item, 0, offered_slots(search, attempt.started_at.date(), str(attempt.id)))
        case _:
            return _entry_step(attempt, item)


def _entry_step(attempt: AttemptState, item: Item) -> Step:
    match item.interaction:
        case Ordering(parts):
            return Step(item, 0, parts=mixed(attempt.id, parts))
        case Matching(pairs) as matching:
            lefts = tuple(pair.left for pair in pairs)
            return Step(item, 0, parts=mixed(attempt.id, lefts), rights=mixed(attempt.id, matching.rights))
        case Typed(gap):
            return Step(item, 0, gaps=(gap,))
        case Cloze(gaps=gaps):
            return Step(item, 0, gaps=gaps)
        case _:
            return Step(item, 0)
