"""How items are answered: each way with what its key needs."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import time
from decimal import Decimal

from trainer.domain.answers import AnswerKey
from trainer.domain.content.phrases import Phrase
from trainer.domain.content.words import Effect, Meter, Outcome, Prose

METER_TOP = 100


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to choose; `score` runs from 0 to 1. Graded options also carry an effect and move the meters.

    `share` is what choosing it adds to the score or takes away, where its author says so.
    """

    id: str
    text: Prose
    score: float
    explanation: Prose
    effect: Effect | None = None
    trust: int = 0
    clarity: int = 0
    consequence: Prose | None = None
    say: Phrase | None = None
    share: float | None = None

    @property
    def is_right(self) -> bool:
        return self.score >= 1.0


@dataclass(frozen=True, slots=True)
class OneOf:
    """Choose one option."""

    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class SomeOf:
    """Choose every option that applies. `is_in_order` keeps the author's order, as of the passages of a mail.

    `is_whole`: only the whole set of right options counts.
    """

    options: tuple[Option, ...]
    is_in_order: bool = False
    is_whole: bool = False


@dataclass(frozen=True, slots=True)
class RateEach:
    """Say of each option how well it serves: each has an effect, which is the key."""

    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class MostAndLeast:
    """Choose the most and the least effective option."""

    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class GradedNumber:
    """A number with a score of its own, from 0 to 1, within its tolerance."""

    value: Decimal
    tolerance: Decimal
    score: float
    explanation: Prose | None = None


@dataclass(frozen=True, slots=True)
class Numeric:
    """Type a number, written as in any of the `locales` (of CLDR, such as de_DE); right within the tolerance.

    With `graded`, the first of them that fits says the score; `value` is then the best of them.
    """

    value: Decimal
    tolerance: Decimal
    unit: str
    locales: tuple[str, ...]
    explanation: Prose
    graded: tuple[GradedNumber, ...] = ()


@dataclass(frozen=True, slots=True)
class Gap:
    """A place to type in, with its key; `why` explains answers of the key, mostly the rejected ones.

    `shares` are the scores of accepted answers that count less than 1. Of a gap with `offered`, one of these texts is
    chosen instead of typed; one with a `number` takes a number. `mark` says how much the gap counts beside the others.
    """

    id: str
    key: AnswerKey
    why: Mapping[str, Prose] = field(default_factory=dict, hash=False)
    shares: Mapping[str, float] = field(default_factory=dict, hash=False)
    offered: tuple[str, ...] = ()
    number: Numeric | None = None
    mark: int = 1

    @property
    def lang(self) -> str:
        return self.key.lang


@dataclass(frozen=True, slots=True)
class Typed:
    """Type one text: a translation, what one would say, or what was heard.

    `slip_score` is what an accepted answer with a slip counts: an ending that was misheard looks like one.
    """

    gap: Gap
    explanation: Prose
    slip_score: float = 1.0


@dataclass(frozen=True, slots=True)
class Cloze:
    """Fill the gaps of a text. `pieces` are its words, and between two of them stands a gap, in order."""

    pieces: tuple[Prose, ...]
    gaps: tuple[Gap, ...]
    explanation: Prose


@dataclass(frozen=True, slots=True)
class Part:
    """A word or a step to be put in order; a side of a pair to be matched."""

    id: str
    text: Prose


@dataclass(frozen=True, slots=True)
class Ordering:
    """Put parts in order; the first of `orders` is shown as the best, the others are as right."""

    parts: tuple[Part, ...]
    orders: tuple[tuple[str, ...], ...]
    explanation: Prose


@dataclass(frozen=True, slots=True)
class Pair:
    """What belongs together, and why. Both sides carry the pair's id."""

    left: Part
    right: Part
    explanation: Prose


@dataclass(frozen=True, slots=True)
class Matching:
    """Find for each left side its right one; `extras` belong to none."""

    pairs: tuple[Pair, ...]
    extras: tuple[Part, ...]
    explanation: Prose

    @property
    def rights(self) -> tuple[Part, ...]:
        """What there is to choose from; a right side that belongs to several left ones is there once."""
        by_words: dict[str, Part] = {}
        for part in (*(pair.right for pair in self.pairs), *self.extras):
            by_words.setdefault(part.text.plain, part)
        return tuple(by_words.values())


@dataclass(frozen=True, slots=True)
class Side:
    """Where one side of a call is and when it works: local hours of a working day, from and until."""

    name: str
    country: str
    zone: str
    opens: time
    closes: time


@dataclass(frozen=True, slots=True)
class SlotSearch:
    """Find a slot for a call of both sides. The key is computed from holidays and time zones.

    The search begins on the next `month` and `day` to come and goes on for `days`.
    """

    ours: Side
    theirs: Side
    month: int
    day: int
    days: int
    minutes: int


ChoiceKey = tuple[str, str]
"""A choice of a scenario by the ids of its node and its option."""


@dataclass(frozen=True, slots=True)
class Bound:
    """What a meter must read: `at_least` or above, and `below`."""

    meter: Meter
    at_least: int = 0
    below: int = METER_TOP + 1


@dataclass(frozen=True, slots=True)
class Condition:
    """Holds when every bound does, every choice of `chose` was made before and none of `not_chose`."""

    bounds: tuple[Bound, ...] = ()
    chose: tuple[ChoiceKey, ...] = ()
    not_chose: tuple[ChoiceKey, ...] = ()


ALWAYS = Condition()


@dataclass(frozen=True, slots=True)
class Detour:
    """Another place that a choice leads to, when its condition holds after the choice."""

    to: str
    when: Condition


@dataclass(frozen=True, slots=True)
class Choice:
    """An option of a scenario's node, with where it leads and, if they are not the item's, its competencies.

    It is offered `when` its condition holds. It leads to the first of its detours whose condition holds, else to
    `next`. `time` is what it saves or costs, as trust and clarity of an option.
    """

    option: Option
    next: str
    competencies: tuple[str, ...] = ()
    time: int = 0
    when: Condition = ALWAYS
    detours: tuple[Detour, ...] = ()

    @property
    def targets(self) -> tuple[str, ...]:
        """Every place it may lead to."""
        return (*(detour.to for detour in self.detours), self.next)

    @property
    def conditions(self) -> tuple[Condition, ...]:
        return (self.when, *(detour.when for detour in self.detours))


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
    nodes: Mapping[str, Node] = field(hash=False)
    endings: Mapping[str, Ending] = field(hash=False)

    @property
    def choices(self) -> Iterator[tuple[Node, Choice]]:
        return ((node, choice) for node in self.nodes.values() for choice in node.choices)

    @property
    def meters(self) -> tuple[Meter, ...]:
        """Those that its choices move: time only where the author gave it."""
        has_time = any(choice.time for _, choice in self.choices)
        return tuple(meter for meter in Meter if has_time or meter is not Meter.TIME)


Interaction = (
    OneOf | SomeOf | RateEach | MostAndLeast | Typed | Cloze | Ordering | Matching | Numeric | SlotSearch | Scenario
)
"""How an item is answered; grading and the player have a case for each."""
