"""Items of every type, and the quizzes that they make."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from trainer.domain.content.lessons import Fact, Phrase, Source
from trainer.domain.content.words import CefrLevel, Effect, ItemType, KeyStatus, Outcome, Prose


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to choose; `score` runs from 0 to 1. Graded options also carry an effect and move the meters."""

    id: str
    text: Prose
    score: float
    explanation: Prose
    effect: Effect | None = None
    trust: int = 0
    clarity: int = 0
    consequence: Prose | None = None
    say: Phrase | None = None

    @property
    def is_right(self) -> bool:
        return self.score >= 1.0


@dataclass(frozen=True, slots=True)
class OneOf:
    """Choose one option."""

    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class SomeOf:
    """Choose every option that applies; two or more do."""

    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """An option of a scenario's node, with where it leads and, if they are not the item's, its competencies."""

    option: Option
    next: str
    competencies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Node:
    """One step of a scenario; a repair node is one that brings a conversation back after a bad choice."""

    id: str
    title: str
    text: Prose
    ask: Prose
    choices: tuple[Choice, ...]
    is_repair: bool = False


@dataclass(frozen=True, slots=True)
class Ending:
    id: str
    outcome: Outcome
    title: str
    text: Prose


@dataclass(frozen=True, slots=True)
class Scenario:
    """A branching conversation: nodes joined by choices, with endings."""

    title: str
    start: str
    nodes: Mapping[str, Node]
    endings: Mapping[str, Ending]


Interaction = OneOf | SomeOf | Scenario
"""How an item is answered; each item type has one. Later types add a member here and a case in grading."""


@dataclass(frozen=True, slots=True)
class Item:
    """One thing asked. `content_hash` names the wording it was answered in."""

    id: str
    quiz_id: str
    type: ItemType
    competencies: tuple[str, ...]
    stem: Prose
    ask: Prose | None
    interaction: Interaction
    sources: tuple[Source, ...]
    content_hash: str
    facts: tuple[Fact, ...] = ()
    lesson_id: str | None = None
    topic: str | None = None
    level: CefrLevel | None = None
    misreading: Prose | None = None
    counter_case: Prose | None = None


@dataclass(frozen=True)
class Quiz:
    id: str
    course_id: str
    title: str
    summary: Prose
    minutes: int
    lessons: tuple[str, ...]
    key_status: KeyStatus
    items: tuple[Item, ...]

    @cached_property
    def competencies(self) -> tuple[str, ...]:
        """Ids of all competencies that its items serve, in order of first appearance."""
        return tuple(dict.fromkeys(c for item in self.items for c in item.competencies))


def item_keys(item: Item) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """What is remembered of an item, with the competencies each part serves: itself, or a scenario's nodes."""
    if not isinstance(item.interaction, Scenario):
        return ((item.id, item.competencies),)
    return tuple((node_key(item, node), node_competencies(item, node)) for node in item.interaction.nodes.values())


def node_key(item: Item, node: Node) -> str:
    return f"{item.id}#{node.id}"


def node_competencies(item: Item, node: Node) -> tuple[str, ...]:
    """The competencies that a node asks for: those its choices name, else the item's."""
    named = tuple(dict.fromkeys(c for choice in node.choices for c in choice.competencies))
    return named or item.competencies
