"""Puts the catalog together from its two folders."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from trainer.catalog.interactions import Known
from trainer.catalog.lessons import (
    CourseHead,
    read_competencies,
    read_course_head,
    read_engagement_templates,
    read_lessons,
    read_phrases,
)
from trainer.catalog.quizzes import read_quiz
from trainer.catalog.reading import Problem, Report, read_yaml
from trainer.domain.content import Competency, Content, Course, Lesson, Phrase, Quiz, Scenario

CONTENT_ENDINGS = {".yaml": ".yaml", ".yml": ".yaml", ".md": ".md"}
"""Endings by which a file looks like content, and how the name of such a file must end."""


class BrokenContent(Exception):
    """The content has mistakes; its text lists them all."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = tuple(problems)


@dataclass(frozen=True)
class _Draft:
    """A course whose quizzes are still to be read."""

    id: str
    head: CourseHead
    lessons: tuple[Lesson, ...]
    phrases: tuple[Phrase, ...]
    course: Course


def load_catalog(root: Path) -> Content:
    """The content of `root`/lessons and `root`/quizzes. Raises `BrokenContent` when it has any mistake."""
    content, problems = check_catalog(root)
    if problems:
        raise BrokenContent(problems)
    return content


def check_catalog(root: Path) -> tuple[Content, tuple[Problem, ...]]:
    """All that could be read, and every mistake in order of path and line."""
    report = Report()
    _report_strays(report, root)
    lessons_folder = root / "lessons"
    _read_retired(report, lessons_folder / "retired.yaml", "lessons/retired.yaml")
    competencies = read_competencies(report, lessons_folder / "competencies.yaml", "lessons/competencies.yaml")
    folders = sorted(folder for folder in lessons_folder.glob("*") if folder.is_dir())
    drafts = [draft for folder in folders if (draft := _read_course(report, root, folder, competencies)) is not None]
    _check_prerequisites(drafts)
    quizzes = _read_quizzes(report, root, drafts, competencies)
    courses = {draft.id: _with_quizzes(draft.course, quizzes.get(draft.id, ())) for draft in drafts}
    content = Content(competencies=competencies, courses=courses)
    return content, tuple(sorted(set(report.problems)))


def count_catalog(content: Content) -> dict[str, dict[str, int]]:
    """How much each course holds; `branching` counts scenarios, `functions` the phrase functions covered."""
    return {
        course.id: {
            "lessons": len(course.lessons),
            "phrases": len(course.phrases),
            "functions": len({phrase.function for phrase in course.phrases}),
            "quizzes": len(course.quizzes),
            "items": sum(len(quiz.items) for quiz in course.quizzes),
            "branching": sum(isinstance(item.interaction, Scenario) for quiz in course.quizzes for item in quiz.items),
        }
        for course in content.courses.values()
    }


def _report_strays(report: Report, root: Path) -> None:
    """Tell of content that would be passed over, for its ending, its name or its folder."""
    for folder in ("lessons", "quizzes"):
        for path in (root / folder).rglob("*"):
            looks_like_content = path.suffix.lower() in CONTENT_ENDINGS and path.stem.lower() != "readme"
            name = path.relative_to(root)
            words = _why_not_read(name) if looks_like_content and path.is_file() else None
            if words is not None:
                report.add(str(name), 1, words)


def _why_not_read(name: Path) -> str | None:
    ending = CONTENT_ENDINGS[name.suffix.lower()]
    match name.parts:
        case _ if name.suffix != ending:
            return f"is not read: end its name with {ending}"
        case ("lessons", "competencies.yaml" | "retired.yaml"):
            return None
        case ("lessons", _, "course.yaml" | "phrases.yaml" | "engagements.yaml"):
            return None
        case ("lessons", _, _) if ending == ".md":
            return None
        case ("quizzes", _, _) if ending == ".yaml":
            return None
        case ("quizzes", *_):
            return "is not read: a quiz is a .yaml file in the folder of its course, such as quizzes/japan/"
    return (
        "is not read: a course is a folder in lessons/ with course.yaml, phrases.yaml, engagements.yaml and lessons "
        "named NN-topic.md; beside the folders stand competencies.yaml and retired.yaml"
    )


def _read_retired(report: Report, path: Path, name: str) -> None:
    """Ids that were used once and are gone: the log still holds them, so nothing new may take them."""
    value = read_yaml(report, path, name) if path.exists() else None
    for each in value.data if value is not None and isinstance(value.data, list) else ():
        report.ids[str(each.data)] = Problem(name, each.line, str(each.data))


def _read_course(report: Report, root: Path, folder: Path, competencies: Mapping[str, Competency]) -> _Draft | None:
    head = read_course_head(report, folder / "course.yaml", str((folder / "course.yaml").relative_to(root)))
    if head is None:
        return None
    phrases = read_phrases(report, folder / "phrases.yaml", str((folder / "phrases.yaml").relative_to(root)))
    lessons = read_lessons(report, folder, root, head, competencies, phrases)
    templates_path = folder / "engagements.yaml"
    course = Course(
        id=folder.name,
        title=head.title,
        country=head.country,
        language=head.language,
        summary=head.summary,
        cover=head.cover,
        minutes=head.minutes,
        prerequisites=head.prerequisites,
        licence=head.licence,
        reviewers=head.reviewers,
        lessons=lessons,
        phrases=phrases,
        quizzes=(),
        engagement_templates=read_engagement_templates(
            report, templates_path, str(templates_path.relative_to(root)), head.country, competencies
        ),
    )
    return _Draft(folder.name, head, lessons, phrases, course)


def _read_quizzes(
    report: Report, root: Path, drafts: Sequence[_Draft], competencies: Mapping[str, Competency]
) -> dict[str, tuple[Quiz, ...]]:
    by_id = {draft.id: draft for draft in drafts}
    quizzes: dict[str, tuple[Quiz, ...]] = {}
    folder = root / "quizzes"
    for course_folder in sorted(path for path in folder.glob("*") if path.is_dir()):
        draft = by_id.get(course_folder.name)
        if draft is None:
            report.add(str(course_folder.relative_to(root)), 1, "there is no course of this name in lessons/")
            continue
        known = Known(
            competencies=competencies,
            lessons={lesson.id: lesson for lesson in draft.lessons},
            facts={fact.id: fact for lesson in draft.lessons for fact in lesson.facts},
            phrases={phrase.id: phrase for phrase in draft.phrases},
            sources=draft.head.sources,
        )
        found = [
            read_quiz(report, path, str(path.relative_to(root)), draft.id, known)
            for path in sorted(course_folder.glob("*.yaml"))
        ]
        quizzes[draft.id] = tuple(quiz for quiz in found if quiz is not None)
    return quizzes


def _check_prerequisites(drafts: Sequence[_Draft]) -> None:
    known = {draft.id for draft in drafts}
    for draft in drafts:
        for prerequisite in draft.head.prerequisites:
            if prerequisite not in known or prerequisite == draft.id:
                draft.head.fields.problem(f"unknown prerequisite course {prerequisite!r}", "prerequisites")


def _with_quizzes(course: Course, quizzes: tuple[Quiz, ...]) -> Course:
    return replace(course, quizzes=quizzes)
