"""Items, and the quizzes that they make."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property

from trainer.domain.content.fingerprint import fingerprint
from trainer.domain.content.interactions import Interaction, Node, OneOf, Scenario, SomeOf
from trainer.domain.content.lessons import Fact, Source
from trainer.domain.content.phrases import Phrase
from trainer.domain.content.words import CefrLevel, ItemType, KeyStatus, Prose


class Result(StrEnum):
    """How an answer came out, for words that its author has ready for each case."""

    RIGHT = "right"
    PARTLY = "partly"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Origin:
    """What the file that an item was imported from says of it besides: for its authors, never shown to learners."""

    title: str = ""
    id: str = ""
    category: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """One thing asked. `content_hash` names the wording it was answered in.

    `audio` is a phrase that is played and not shown until it is answered. `explanation` is shown whatever was
    answered, `remarks` when it came out so; both are of imported items only. `guess_misleads` where a rule about the
    country would have led to a worse answer.
    """

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
    audio: Phrase | None = None
    explanation: Prose | None = None
    remarks: Mapping[Result, Prose] = field(default_factory=dict, hash=False)
    origin: Origin | None = None
    guess_misleads: bool = False


@dataclass(frozen=True, slots=True)
class Pool:
    """Items of a quiz of which each attempt asks some, at random."""

    items: tuple[str, ...]
    pick: int


@dataclass(frozen=True, slots=True)
class Assessment:
    """How a quiz is sat as an assessment: how long, how often, what passes, and what its end may tell.

    `pass_share` is the share of the result that passes. Who may see the answers may see what was right, too.
    """

    minutes: int
    attempts: int
    pass_share: float
    shows_correctness: bool = True
    shows_answers: bool = False
    is_practised: bool = True
    """Whether the same quiz can be practised, which tells all answers."""


@dataclass(frozen=True, slots=True)
class Imported:
    """The file that a quiz was made from: its name, format and the day; `digest` tells one file from another."""

    file: str
    format: str
    on: date
    digest: str = ""


@dataclass(frozen=True)
class Quiz:
    """`items` are all there are; of those in a pool an attempt asks only as many as the pool says.

    With an `assessment` it can be sat as one. An `imported` one may give no sources and no reasons. Without
    competencies it is for practice only.
    """

    id: str
    course_id: str
    title: str
    summary: Prose
    minutes: int
    lessons: tuple[str, ...]
    key_status: KeyStatus
    items: tuple[Item, ...]
    pools: tuple[Pool, ...] = ()
    assessment: Assessment | None = None
    imported: Imported | None = None

    @cached_property
    def content_hash(self) -> str:
        """Names all that decides what is asked, how it is graded and what is told of it."""
        return fingerprint(self)

    @cached_property
    def asked(self) -> int:
        """How many items an attempt asks."""
        return len(self.items) - sum(len(pool.items) - pool.pick for pool in self.pools)

    @cached_property
    def is_heard(self) -> bool:
        """Whether it holds items that play something."""
        return any(item.audio is not None for item in self.items)

    @cached_property
    def is_talked_through(self) -> bool:
        """Whether it holds conversations, of which each choice is final."""
        return any(isinstance(item.interaction, Scenario) for item in self.items)

    @cached_property
    def is_answered_by_choosing(self) -> bool:
        """Whether each of its items has options that stand in the content."""
        return all(isinstance(item.interaction, OneOf | SomeOf | Scenario) for item in self.items)

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
