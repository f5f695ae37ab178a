"""What is taught: competencies, courses, lessons, phrases, quizzes and their items, as frozen values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property


class CompetencyKind(StrEnum):
    """What sort of ability a competency is; the heat map and the interpreter advice group by it."""

    LANGUAGE = "language"
    ETIQUETTE = "etiquette"
    COMMUNICATION = "communication"
    PARTNERING = "partnering"


class CefrLevel(StrEnum):
    """Levels of the Common European Framework of Reference, in ascending order."""

    PRE_A1 = "Pre-A1"
    A1 = "A1"
    A2 = "A2"
    A2_PLUS = "A2+"
    B1 = "B1"
    B1_PLUS = "B1+"
    B2 = "B2"
    B2_PLUS = "B2+"
    C1 = "C1"
    C2 = "C2"


class Mark(StrEnum):
    """How sure a fact is."""

    CONSENSUS = "consensus"
    CONTESTED = "contested"
    STEREOTYPE_RISK = "stereotype_risk"


class Register(StrEnum):
    CASUAL = "casual"
    NEUTRAL = "neutral"
    POLITE = "polite"
    FORMAL = "formal"
    VERY_FORMAL = "very_formal"


class Effect(StrEnum):
    """How well an option serves the situation, best first."""

    BEST = "best"
    ACCEPTABLE = "acceptable"
    WEAK = "weak"
    HARMFUL = "harmful"


class ItemType(StrEnum):
    BEST_NEXT_STEP = "best_next_step"
    CHOICE = "choice"
    MULTIPLE_CHOICE = "multiple_choice"
    WHAT_DOES_IT_MEAN = "what_does_it_mean"
    BRANCHING = "branching"


class Outcome(StrEnum):
    """How a branching scenario can end."""

    AGREEMENT = "agreement"
    POSTPONED = "postponed"
    DAMAGED = "damaged"


class KeyStatus(StrEnum):
    """Who stands behind the key of a quiz."""

    AUTHOR = "author"
    REVIEWED = "reviewed"
    RATED = "rated"


TOPICS = (
    "at_a_glance", "calendar", "names", "first_contact", "greeting", "cards", "punctuality", "meeting",
    "decision", "yes_no", "feedback", "negotiation", "gifts", "dining", "channels", "relationship",
)  # fmt: skip
"""The sixteen topics of a country course, in the order of working with a partner."""

FUNCTIONS: Mapping[str, str] = {
    "greeting_introduction": "Greeting and introducing",
    "business_card": "Exchanging business cards",
    "name_check": "Asking about a name",
    "small_talk": "Small talk",
    "open_meeting": "Opening a meeting",
    "turn_taking": "Taking and giving the floor",
    "present": "Presenting",
    "ask_opinion": "Asking for an opinion",
    "agree_acknowledge": "Agreeing and acknowledging",
    "disagree": "Disagreeing",
    "soft_refusal": "Refusing softly",
    "clarify": "Clarifying",
    "price_terms": "Prices and terms",
    "propose_concede": "Proposing and conceding",
    "buy_time": "Buying time",
    "close_meeting": "Closing a meeting",
    "phone": "On the phone",
    "call_trouble": "Trouble on a call",
    "email_opening": "Opening an e-mail",
    "email_body": "In an e-mail",
    "email_closing": "Closing an e-mail",
    "scheduling": "Scheduling",
    "apology": "Apologising",
    "thanks_followup": "Thanking and following up",
    "dining_toast": "Dining and toasts",
    "escalate_support": "Raising a problem",
}
"""Phrase functions: id to the words a learner reads."""


@dataclass(frozen=True, slots=True)
class Prose:
    """Words of an author: the source as written and the safe HTML made from it when the content was read."""

    source: str
    html: str

    def __html__(self) -> str:
        return self.html

    def __str__(self) -> str:
        return self.source


@dataclass(frozen=True, slots=True)
class Competency:
    """What a person can do, stated as a can-do; `scale` and `level` are the CEFR's for language ones."""

    id: str
    kind: CompetencyKind
    title: str
    can_do: str
    language: str | None = None
    scale: str | None = None
    level: CefrLevel | None = None
    functions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    id: str
    title: str
    address: str
    tier: str


@dataclass(frozen=True, slots=True)
class Fact:
    id: str
    text: Prose
    mark: Mark
    sources: tuple[Source, ...]
    checked: date
    volatile: bool


@dataclass(frozen=True, slots=True)
class WrongAdvice:
    advice: Prose
    why: Prose


@dataclass(frozen=True, slots=True)
class WrongForm:
    """What a learner may be tempted to say instead, and why not to."""

    text: str
    why: Prose


@dataclass(frozen=True, slots=True)
class Phrase:
    """One thing to say, in one register; `reading` is what decides its pronunciation where the script does not."""

    id: str
    lang: str
    function: str
    text: str
    reading: str | None
    translit: str | None
    literal: str
    natural: str
    register: Register
    channel: tuple[str, ...]
    to_role: str
    to_gender: str
    audio_text: str
    wrong: tuple[WrongForm, ...]
    note: Prose
    politeness: str | None = None
    speaker: str = "any"


@dataclass(frozen=True, slots=True)
class Lesson:
    id: str
    course_id: str
    title: str
    topic: str | None
    competencies: tuple[str, ...]
    goals: tuple[Prose, ...]
    minutes: int
    functions: tuple[str, ...]
    phrases: tuple[Phrase, ...]
    facts: tuple[Fact, ...]
    body: Prose
    wrong_advice: WrongAdvice | None = None
    safe_default: Prose | None = None
    people_differ: Prose | None = None


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


@dataclass(frozen=True, slots=True)
class RequirementTemplate:
    competency: str
    target: float
    is_must: bool


@dataclass(frozen=True, slots=True)
class SeatTemplate:
    id: str
    title: str
    is_speaking: bool
    requirements: tuple[RequirementTemplate, ...]


@dataclass(frozen=True, slots=True)
class EngagementTemplate:
    """The seats that a kind of meeting usually needs with a partner in a country (or in any, without one)."""

    id: str
    title: str
    country: str | None
    seats: tuple[SeatTemplate, ...]


@dataclass(frozen=True, slots=True)
class Course:
    """A pack: lessons in order, phrases, quizzes, and the engagement templates that rest on them."""

    id: str
    title: str
    country: str | None
    language: str | None
    summary: Prose
    cover: Prose
    minutes: int
    prerequisites: tuple[str, ...]
    licence: str
    reviewers: tuple[str, ...]
    lessons: tuple[Lesson, ...]
    phrases: tuple[Phrase, ...]
    quizzes: tuple[Quiz, ...]
    engagement_templates: tuple[EngagementTemplate, ...] = ()


@dataclass(frozen=True, eq=False)
class Content:
    """Everything that is taught, with what is looked up by id."""

    competencies: Mapping[str, Competency]
    courses: Mapping[str, Course]
    lessons: Mapping[str, Lesson] = field(init=False)
    phrases: Mapping[str, Phrase] = field(init=False)
    quizzes: Mapping[str, Quiz] = field(init=False)
    items: Mapping[str, Item] = field(init=False)
    facts: Mapping[str, tuple[Lesson, Fact]] = field(init=False)
    items_by_competency: Mapping[str, tuple[str, ...]] = field(init=False)

    def __post_init__(self) -> None:
        courses = self.courses.values()
        lessons = [lesson for course in courses for lesson in course.lessons]
        quizzes = [quiz for course in courses for quiz in course.quizzes]
        items = [item for quiz in quizzes for item in quiz.items]
        by_competency: dict[str, list[str]] = {competency: [] for competency in self.competencies}
        for item in items:
            for key, competencies in item_keys(item):
                for competency in competencies:
                    by_competency.setdefault(competency, []).append(key)
        put = object.__setattr__
        put(self, "lessons", {lesson.id: lesson for lesson in lessons})
        put(self, "phrases", {phrase.id: phrase for course in courses for phrase in course.phrases})
        put(self, "quizzes", {quiz.id: quiz for quiz in quizzes})
        put(self, "items", {item.id: item for item in items})
        put(self, "facts", {fact.id: (lesson, fact) for lesson in lessons for fact in lesson.facts})
        put(self, "items_by_competency", {key: tuple(ids) for key, ids in by_competency.items()})


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
