"""Templates of lessons: what a lesson shows line by line, and what the workspace of an engagement fills in by it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from trainer.domain.content.words import Prose


class TemplateUse(StrEnum):
    """Where in the workspace a template is used: parts of a charter, a meeting's page, what follows, partner files."""

    OBJECTIVE = "objective"
    WORKING = "working"
    CONTACTS = "contacts"
    ESCALATION = "escalation"
    INFORMATION = "information"
    TRUST = "trust"
    LANGUAGES = "languages"
    QUESTIONS = "questions"
    LINE = "line"
    RESEARCH = "research"
    AGENDA = "agenda"
    FOLLOW_UP = "follow_up"


@dataclass(frozen=True, slots=True)
class TemplateLine:
    """One line to fill in, to ask or to try. `id` is the template's own and never given to something else: what teams
    keep of a line is found by it.
    """

    id: str
    words: str
    help: Prose | None = None
    group: str | None = None


@dataclass(frozen=True, slots=True)
class LessonTemplate:
    """What a lesson shows and the workspace uses. Not the charter that a team begins from, nor what a course fills."""

    id: str
    lesson_id: str
    use: TemplateUse
    title: str
    lead: Prose
    lines: tuple[TemplateLine, ...]

    @property
    def groups(self) -> tuple[tuple[str | None, tuple[TemplateLine, ...]], ...]:
        """The lines under the headings that they stand under, in their order."""
        return tuple((group, tuple(lines)) for group, lines in groupby(self.lines, lambda line: line.group))

    @property
    def words(self) -> Mapping[str, str]:
        """What each line says, by its id."""
        return {line.id: line.words for line in self.lines}
