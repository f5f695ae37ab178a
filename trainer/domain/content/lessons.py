"""Competencies, facts and lessons."""

from dataclasses import dataclass
from datetime import date

from trainer.domain.content.dialogues import Dialogue
from trainer.domain.content.examples import MailModel, RegisterContrast
from trainer.domain.content.phrases import Phrase
from trainer.domain.content.templates import LessonTemplate
from trainer.domain.content.words import CefrLevel, CompetencyKind, Mark, Prose


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

    @property
    def best_tier(self) -> str:
        """Of its sources; none where it names none."""
        return min((source.tier for source in self.sources), default="")


@dataclass(frozen=True, slots=True)
class WrongAdvice:
    advice: Prose
    why: Prose


@dataclass(frozen=True, slots=True)
class Lesson:
    """`file` is where it stands in the content, for whoever has to change it.

    It shows the phrases of its `functions`, and points to the lessons that show those of its `see_functions`.
    """

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
    dialogues: tuple[Dialogue, ...] = ()
    mails: tuple[MailModel, ...] = ()
    contrasts: tuple[RegisterContrast, ...] = ()
    see_functions: tuple[str, ...] = ()
    template: LessonTemplate | None = None
