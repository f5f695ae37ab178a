"""Courses, the engagement templates that rest on them, and all content with its look-ups."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from trainer.domain.content.lessons import Competency, Fact, Lesson, Phrase
from trainer.domain.content.quizzes import Item, Quiz, item_keys
from trainer.domain.content.words import Prose


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
