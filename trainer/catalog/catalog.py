"""Puts the catalog together from its two folders."""

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from trainer.catalog.courses import ReadCourse, quiz_folder, read_course
from trainer.catalog.glossaries import FOLDER as GLOSSARIES
from trainer.catalog.glossaries import read_glossary
from trainer.catalog.lessons import CourseHead, read_competencies
from trainer.catalog.reading import Problem, Report, read_yaml
from trainer.catalog.reviews import NOTES
from trainer.catalog.templates import check_uses
from trainer.catalog.tree import Tree
from trainer.domain.content import Competency, Content, Course, Glossary, Scenario

COMPETENCIES = "lessons/competencies.yaml"

CONTENT_ENDINGS = {".yaml": ".yaml", ".yml": ".yaml", ".md": ".md"}
"""Endings by which a file looks like content, and how the name of such a file must end."""

COURSE_FILES = (
    "course.yaml", "phrases.yaml", "dialogues.yaml", "mails.yaml", "registers.yaml", "engagements.yaml",
    "charters.yaml", "templates.yaml",
)  # fmt: skip
"""What a course folder may hold beside its lessons."""

_WHERE = {
    "lessons": "is not read: a course is a folder in lessons/ with course.yaml, phrases.yaml, dialogues.yaml, "
    "mails.yaml, registers.yaml, engagements.yaml, charters.yaml, templates.yaml and lessons named NN-topic.md; beside "
    "the folders stand competencies.yaml and retired.yaml",
    "quizzes": "is not read: a quiz is a .yaml file in the folder of its course, such as quizzes/japan/",
    "glossaries": "is not read: a glossary is a .yaml file in lessons/glossaries/",
}
"""Where content that was passed over would have to stand."""


class BrokenContent(Exception):
    """The content has mistakes; its text lists them all."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = tuple(problems)


@dataclass(frozen=True)
class Findings:
    """What could be read, every mistake, and what is none by itself but wants a look: both by path and line."""

    content: Content
    problems: tuple[Problem, ...]
    reviews: tuple[Problem, ...]


@dataclass(frozen=True)
class _ReadGlossary:
    stamp: str
    report: Report
    glossary: Glossary | None


class Shelf:
    """Courses and glossaries that were read before: one whose files are the same is not read again."""

    def __init__(self) -> None:
        self.courses: dict[str, ReadCourse] = {}
        self.before: dict[str, ReadCourse] = {}
        """The states before those: whoever looks at a draft goes to and fro between two."""
        self.glossaries: dict[str, _ReadGlossary] = {}

    def stamps(self) -> dict[str, str]:
        """Which state of each stands on it."""
        courses = {name: each.stamp for name, each in self.courses.items()}
        return courses | {name: each.stamp for name, each in self.glossaries.items()}


def load_catalog(root: Path, changed: Mapping[str, str | None] | None = None, shelf: Shelf | None = None) -> Content:
    """The content of `root`/lessons and `root`/quizzes. Raises `BrokenContent` when it has any mistake."""
    content, problems = check_catalog(root, changed, shelf)
    if problems:
        raise BrokenContent(problems)
    return content


def check_catalog(
    root: Path, changed: Mapping[str, str | None] | None = None, shelf: Shelf | None = None
) -> tuple[Content, tuple[Problem, ...]]:
    """All that could be read, and every mistake in order of path and line."""
    found = inspect_catalog(root, changed, shelf)
    return found.content, found.problems


def inspect_catalog(
    root: Path, changed: Mapping[str, str | None] | None = None, shelf: Shelf | None = None
) -> Findings:
    """The same, with what a person should look at again.

    `changed` holds texts that count instead of those of the files, None where a file is taken away. Courses that stand
    on the `shelf` are taken from it, and those that were read are put there.
    """
    tree, report, shelf = Tree(root, changed), Report(), shelf or Shelf()
    _report_strays(report, tree)
    _read_retired(report, tree, "lessons/retired.yaml")
    competencies = read_competencies(report, tree, COMPETENCIES)
    folders = [folder for folder in tree.folders("lessons") if folder != GLOSSARIES]
    read = [_from_shelf(tree, folder, competencies, shelf) for folder in folders]
    glossaries = [_glossary_from_shelf(tree, name, shelf) for name in tree.within(GLOSSARIES, ".yaml")]
    for found in [each.report for each in read] + [each.report for each in glossaries]:
        report.take(found)
    _check_quiz_folders(report, tree, {each.course.id for each in read if each.course is not None})
    _check_prerequisites(report, {each.course.id: each.head for each in read if each.course and each.head})
    courses = {course.id: course for course in _in_order(each.course for each in read if each.course is not None)}
    drills = tuple(each.drill for each in read if each.drill is not None)
    _check_names(report, glossaries, courses)
    check_uses(report, courses.values())
    by_id = {each.glossary.id: each.glossary for each in glossaries if each.glossary is not None}
    content = Content(competencies, courses, drills, by_id)
    return Findings(content, tuple(sorted(set(report.problems))), tuple(sorted(set(report.reviews))))


def count_catalog(content: Content) -> dict[str, dict[str, int]]:
    """How much each course holds; `branching` counts scenarios, `functions` the phrase functions covered."""
    return {
        course.id: {
            "lessons": len(course.lessons),
            "phrases": len(course.phrases),
            "dialogues": len(course.dialogues),
            "mails": len(course.mails),
            "contrasts": len(course.contrasts),
            "functions": len({phrase.function for phrase in course.phrases}),
            "facts": sum(len(lesson.facts) for lesson in course.lessons),
            "quizzes": len(course.quizzes),
            "items": sum(len(quiz.items) for quiz in course.quizzes),
            "branching": sum(isinstance(item.interaction, Scenario) for quiz in course.quizzes for item in quiz.items),
        }
        for course in content.courses.values()
    }


def _in_order(courses: Iterable[Course]) -> list[Course]:
    """As learners find them: what others build on comes first."""
    return sorted(courses, key=lambda course: (bool(course.prerequisites), course.title))


def _report_strays(report: Report, tree: Tree) -> None:
    """Tell of content that would be passed over, for its ending, its name or its folder."""
    for name in tree.names:
        path = PurePosixPath(name)
        looks_like_content = path.suffix.lower() in CONTENT_ENDINGS and path.stem.lower() not in NOTES
        words = _why_not_read(path) if looks_like_content else None
        if words is not None:
            report.add(name, 1, words)


def _why_not_read(name: PurePosixPath) -> str | None:
    ending = CONTENT_ENDINGS[name.suffix.lower()]
    if name.suffix != ending:
        return f"is not read: end its name with {ending}"
    match name.parts:
        case ("lessons", "competencies.yaml" | "retired.yaml"):
            return None
        case ("lessons" | "quizzes" as top, folder, file):
            return None if _is_read(top, folder, file, ending) else _WHERE[folder if folder == "glossaries" else top]
    return _WHERE[name.parts[0]]


def _is_read(top: str, folder: str, file: str, ending: str) -> bool:
    if top == "quizzes" or folder == "glossaries":
        return ending == ".yaml"
    return ending == ".md" or file in COURSE_FILES


def _read_retired(report: Report, tree: Tree, name: str) -> None:
    """Ids that were used once and are gone: the log still holds them, so nothing new may take them."""
    value = read_yaml(report, tree, name) if name in tree else None
    for each in value.data if value is not None and isinstance(value.data, list) else ():
        report.ids[str(each.data)] = Problem(name, each.line, str(each.data))


def _from_shelf(tree: Tree, folder: str, competencies: Mapping[str, Competency], shelf: Shelf) -> ReadCourse:
    stamp = tree.stamp(COMPETENCIES, folder, quiz_folder(folder))
    kept = shelf.courses.get(folder)
    if kept is not None and kept.stamp == stamp:
        return kept
    older = shelf.before.get(folder)
    if kept is not None:
        shelf.before[folder] = kept
    found = older if older is not None and older.stamp == stamp else read_course(tree, folder, competencies, stamp)
    shelf.courses[folder] = found
    return found


def _glossary_from_shelf(tree: Tree, name: str, shelf: Shelf) -> _ReadGlossary:
    stamp = tree.stamp(name)
    kept = shelf.glossaries.get(name)
    if kept is None or kept.stamp != stamp:
        report = Report()
        kept = shelf.glossaries[name] = _ReadGlossary(stamp, report, read_glossary(report, tree, name))
    return kept


def _check_quiz_folders(report: Report, tree: Tree, courses: Set[str]) -> None:
    for folder in tree.folders("quizzes"):
        if PurePosixPath(folder).name not in courses:
            report.add(folder, 1, "there is no course of this name in lessons/")


def _check_names(report: Report, glossaries: Sequence[_ReadGlossary], courses: Mapping[str, Course]) -> None:
    """A glossary and a course of one name would have quizzes of one name."""
    for each in glossaries:
        if each.glossary is not None and each.glossary.id in courses:
            report.add(f"{GLOSSARIES}/{each.glossary.id}.yaml", 1, "there is a course of this name: choose another")


def _check_prerequisites(report: Report, heads: Mapping[str, CourseHead]) -> None:
    for own, head in heads.items():
        for name in head.prerequisites:
            if name not in heads or name == own:
                line = head.fields.line_of("prerequisites")
                report.add(head.fields.path, line, f"unknown prerequisite course {name!r}")
