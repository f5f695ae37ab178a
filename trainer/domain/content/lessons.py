"""Competencies, facts, phrases and lessons."""

from dataclasses import dataclass
from datetime import date

from trainer.domain.content.words import CefrLevel, CompetencyKind, Mark, Prose, Register


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
    """`file` is where it stands in the content, for whoever has to change it."""

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
    file: str = ""
