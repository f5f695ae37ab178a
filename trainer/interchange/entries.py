"""What other programs' question banks hold, in values that belong to no format.

Weights are shares of the full mark (1 = all of it, may be negative). Text keeps the format that its file named; what
may run in a browser has already been taken out of it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from html import unescape
from re import compile as pattern_of

ZERO = Decimal(0)
ONE = Decimal(1)
GAP_MARKER = pattern_of(r"\{#([0-9]{1,4})\}")
NAME_CHARACTERS = 80
_TAG = pattern_of(r"<[^<>]{0,1000}>")


class EntryType(StrEnum):
    CHOICE = "choice"
    MULTIPLE_CHOICE = "multiple_choice"
    TRUE_FALSE = "true_false"
    TYPED = "typed"
    NUMERIC = "numeric"
    MATCHING = "matching"
    CLOZE = "cloze"
    ESSAY = "essay"
    DESCRIPTION = "description"
    ORDERING = "ordering"


class TextFormat(StrEnum):
    """`moodle` is Moodle's own: HTML whose line breaks count."""

    HTML = "html"
    MARKDOWN = "markdown"
    PLAIN = "plain"
    MOODLE = "moodle"


class MatchKind(StrEnum):
    """How a typed answer is compared: as a text, or as Moodle's pattern (`*` is anything, `\\*` is a star)."""

    TEXT = "text"
    PATTERN = "pattern"


@dataclass(frozen=True, slots=True)
class Text:
    text: str = ""
    format: TextFormat = TextFormat.PLAIN

    def __bool__(self) -> bool:
        return bool(self.text)

    @property
    def words(self) -> str:
        """The text without its tags, for a title or a list; not safe as HTML."""
        if self.format in (TextFormat.PLAIN, TextFormat.MARKDOWN):
            return self.text
        return " ".join(unescape(_TAG.sub(" ", self.text)).split())


NO_TEXT = Text()


@dataclass(frozen=True, slots=True)
class Option:
    text: Text
    weight: Decimal = ZERO
    feedback: Text = NO_TEXT


@dataclass(frozen=True, slots=True)
class Choice:
    """`all_or_nothing` of a multiple choice: only the whole set of right options counts, the weights say which."""

    options: tuple[Option, ...]
    single: bool = True
    all_or_nothing: bool = False


@dataclass(frozen=True, slots=True)
class TrueFalse:
    answer: bool
    when_true: Text = NO_TEXT
    when_false: Text = NO_TEXT


@dataclass(frozen=True, slots=True)
class TypedAnswer:
    text: str
    weight: Decimal = ONE
    match: MatchKind = MatchKind.TEXT
    feedback: Text = NO_TEXT


@dataclass(frozen=True, slots=True)
class Typed:
    answers: tuple[TypedAnswer, ...]
    case_sensitive: bool = False


@dataclass(frozen=True, slots=True)
class NumericAnswer:
    """`value` ± `tolerance`, both ends included; without a value any answer that no earlier line accepts."""

    value: Decimal | None
    tolerance: Decimal = ZERO
    weight: Decimal = ONE
    feedback: Text = NO_TEXT

    @classmethod
    def between(cls, low: Decimal, high: Decimal, weight: Decimal = ONE, feedback: Text = NO_TEXT) -> "NumericAnswer":
        middle = (low + high) / 2
        return cls(middle, high - middle, weight, feedback)

    @property
    def low(self) -> Decimal | None:
        return None if self.value is None else self.value - self.tolerance

    @property
    def high(self) -> Decimal | None:
        return None if self.value is None else self.value + self.tolerance


@dataclass(frozen=True, slots=True)
class Numeric:
    """The first answer that fits decides."""

    answers: tuple[NumericAnswer, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    left: Text
    right: Text


@dataclass(frozen=True, slots=True)
class Matching:
    """`distractors` are right sides that belong to no left one."""

    pairs: tuple[Pair, ...]
    distractors: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class Gap:
    """One gap of a cloze; `layout` is how Moodle shows the options: in a list, in a column or in a row."""

    body: Typed | Choice | Numeric
    mark: int = 1
    layout: str = "list"


@dataclass(frozen=True, slots=True)
class Cloze:
    """The gaps in their order; the prompt has `{#1}`, `{#2}`, … where they stand."""

    gaps: tuple[Gap, ...]


@dataclass(frozen=True, slots=True)
class Essay:
    for_grader: Text = NO_TEXT
    template: Text = NO_TEXT


@dataclass(frozen=True, slots=True)
class Description:
    """A text to read, without a question."""


@dataclass(frozen=True, slots=True)
class Ordering:
    """The steps in their right order."""

    steps: tuple[Text, ...]


Body = Choice | TrueFalse | Typed | Numeric | Matching | Cloze | Essay | Description | Ordering

_TYPES: dict[type[Body], EntryType] = {
    TrueFalse: EntryType.TRUE_FALSE,
    Typed: EntryType.TYPED,
    Numeric: EntryType.NUMERIC,
    Matching: EntryType.MATCHING,
    Cloze: EntryType.CLOZE,
    Essay: EntryType.ESSAY,
    Description: EntryType.DESCRIPTION,
    Ordering: EntryType.ORDERING,
}


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an entry stood: which one of its file, its line, and the member if the file was a package."""

    entry: int = 0
    line: int | None = None
    member: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    body: Body
    prompt: Text = NO_TEXT
    title: str = ""
    general_feedback: Text = NO_TEXT
    when_right: Text = NO_TEXT
    when_partly: Text = NO_TEXT
    when_wrong: Text = NO_TEXT
    hints: tuple[Text, ...] = ()
    tags: tuple[str, ...] = ()
    id: str = ""
    category: tuple[str, ...] = ()
    origin: Origin = field(default=Origin(), compare=False)

    @property
    def type(self) -> EntryType:
        if isinstance(self.body, Choice):
            return EntryType.CHOICE if self.body.single else EntryType.MULTIPLE_CHOICE
        return _TYPES[type(self.body)]

    @property
    def name(self) -> str:
        """The title, or the beginning of the prompt."""
        words = self.title or self.prompt.words
        return words if len(words) <= NAME_CHARACTERS else words[: NAME_CHARACTERS - 1].rstrip() + "…"


def pieces(prompt: str) -> Iterator[str | int]:
    """A cloze's prompt cut at its markers: texts, and numbers of gaps (from 1)."""
    at = 0
    for marker in GAP_MARKER.finditer(prompt):
        yield prompt[at : marker.start()]
        yield int(marker.group(1))
        at = marker.end()
    yield prompt[at:]
