"""Courses, the engagement templates that rest on them, and all content with its look-ups."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from trainer.domain.charter import CharterTemplate
from trainer.domain.content.dialogues import Dialogue, DialogueLine, Sayable
from trainer.domain.content.examples import MailModel, RegisterContrast
from trainer.domain.content.glossaries import Glossary, WordList
from trainer.domain.content.lessons import Competency, Fact, Lesson
from trainer.domain.content.phrases import Phrase
from trainer.domain.content.quizzes import Item, Quiz, item_keys
from trainer.domain.content.templates import LessonTemplate, TemplateUse
from trainer.domain.content.words import CourseTemplate, Prose


@dataclass(frozen=True, slots=True)
class RequirementTemplate:
    competency: str
    target: float
    is_must: bool
    weight: int = 1


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
class Reading:
    """One reading of a whole course by somebody who did not write it: when, how much was found, how much changed."""

    on: date
    found: int
    changed: int


@dataclass(frozen=True, slots=True)
class Review:
    """How a course was reviewed; `by` whom or what, and `words` tells what was found and what is open."""

    by: str
    truth: Reading
    language: Reading | None
    words: Prose


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
    dialogues: tuple[Dialogue, ...] = ()
    charter_templates: tuple[CharterTemplate, ...] = ()
    mails: tuple[MailModel, ...] = ()
    contrasts: tuple[RegisterContrast, ...] = ()
    templates: tuple[CourseTemplate, ...] = ()
    review: Review | None = None
    lesson_templates: tuple[LessonTemplate, ...] = ()

    @property
    def quizzes_by_lesson(self) -> tuple[Quiz, ...]:
        """In the order of the lessons that each asks for, by their mean place: a mixed quiz comes late."""
        places = {lesson.id: place for place, lesson in enumerate(self.lessons)}

        def place_of(quiz: Quiz) -> float:
            own = [places[name] for name in quiz.lessons if name in places]
            return sum(own) / len(own) if own else float(len(places))

        return tuple(sorted(self.quizzes, key=place_of))


@dataclass(frozen=True, eq=False)
class Content:
    """Everything that is taught, with what is looked up by id.

    `drills` are quizzes of items that were made from phrases. They and their items are found like all others, but
    readiness rests on what authors wrote: hundreds of items to recognise a phrase would drown the few situations that
    a competency stands for. A competency of which no author wrote an item counts those made from phrases.
    `counted_quizzes` are the quizzes that hold anything that counts: a plan of study is made of these. Those of a
    glossary count for its own competencies, which stand beside the ones that were written.
    """

    competencies: Mapping[str, Competency]
    courses: Mapping[str, Course]
    drills: tuple[Quiz, ...] = ()
    glossaries: Mapping[str, Glossary] = field(default_factory=dict)
    lessons: Mapping[str, Lesson] = field(init=False)
    phrases: Mapping[str, Phrase] = field(init=False)
    quizzes: Mapping[str, Quiz] = field(init=False)
    items: Mapping[str, Item] = field(init=False)
    facts: Mapping[str, tuple[Lesson, Fact]] = field(init=False)
    items_by_competency: Mapping[str, tuple[str, ...]] = field(init=False)
    counted_quizzes: tuple[Quiz, ...] = field(init=False)

    def __post_init__(self) -> None:
        courses = self.courses.values()
        lessons = [lesson for course in courses for lesson in course.lessons]
        lists = [each for glossary in self.glossaries.values() for each in glossary.lists.values()]
        competencies = {**self.competencies, **{each.competency.id: each.competency for each in lists}}
        quizzes = [
            *(quiz for course in courses for quiz in course.quizzes),
            *(quiz for each in lists for quiz in each.quizzes),
        ]
        phrases = [
            *(phrase for course in courses for phrase in course.phrases),
            *(phrase for each in lists for phrase in each.phrases),
        ]
        by_competency = dict.fromkeys(competencies, ()) | _keys_by_competency(quizzes)
        made = _keys_by_competency(self.drills)
        lonely = {name: made[name] for name, keys in by_competency.items() if not keys and name in made}
        found = [*quizzes, *self.drills]
        put = object.__setattr__
        put(self, "competencies", competencies)
        put(self, "lessons", {lesson.id: lesson for lesson in lessons})
        put(self, "phrases", {phrase.id: phrase for phrase in phrases})
        put(self, "quizzes", {quiz.id: quiz for quiz in found})
        put(self, "items", {item.id: item for quiz in found for item in quiz.items})
        put(self, "facts", {fact.id: (lesson, fact) for lesson in lessons for fact in lesson.facts})
        put(self, "items_by_competency", by_competency | lonely)
        counted = (drill for drill in self.drills if not lonely.keys().isdisjoint(drill.competencies))
        put(self, "counted_quizzes", (*quizzes, *counted))

    def title_of(self, quiz: Quiz) -> str:
        """The title of the course or the glossary that a quiz belongs to."""
        return (self.courses.get(quiz.course_id) or self.glossaries[quiz.course_id]).title

    @cached_property
    def glossary_lists(self) -> Mapping[str, tuple[Glossary, WordList]]:
        """By competency: the terms that it is about, with their glossary."""
        return {
            each.competency.id: (glossary, each)
            for glossary in self.glossaries.values()
            for each in glossary.lists.values()
        }

    @cached_property
    def dialogues(self) -> Mapping[str, Dialogue]:
        return {dialogue.id: dialogue for course in self.courses.values() for dialogue in course.dialogues}

    @cached_property
    def dialogue_lines(self) -> Mapping[str, DialogueLine]:
        """Those that are heard under their own names, because they say no phrase."""
        return {line.id: line for dialogue in self.dialogues.values() for line in dialogue.own_lines}

    def sayable(self, line_id: str) -> Sayable | None:
        """The phrase, or the line of a dialogue, of this id."""
        return self.phrases.get(line_id) or self.dialogue_lines.get(line_id)

    @cached_property
    def templates(self) -> Mapping[TemplateUse, LessonTemplate]:
        """Those of lessons, by where the workspace uses them."""
        return {each.use: each for course in self.courses.values() for each in course.lesson_templates}

    def lines_for(self, use: TemplateUse) -> Mapping[str, str]:
        """What the template of this use says line by line, by the ids of the lines; nothing where there is none."""
        template = self.templates.get(use)
        return template.words if template else {}

    @cached_property
    def drill_of(self) -> Mapping[str, Quiz]:
        """The drill of each course that has one."""
        return {drill.course_id: drill for drill in self.drills}


def _keys_by_competency(quizzes: Iterable[Quiz]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for quiz in quizzes:
        for item in quiz.items:
            for key, competencies in item_keys(item):
                for competency in competencies:
                    found.setdefault(competency, []).append(key)
    return {competency: tuple(keys) for competency, keys in found.items()}
