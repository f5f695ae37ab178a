"""The list of all documents by course, with what is found in them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from trainer.authoring import DocumentRow
from trainer.authoring.entries import DocumentKind, kind_of
from trainer.domain.content import Content, Lesson
from trainer.web.authoring.words import KIND_WORDS, file_words, row_state

MOST_HITS = 40


@dataclass(frozen=True)
class Listed:
    """A document as the list prints it: css name, words and mark of its state, and who wrote what waits."""

    path: str
    title: str
    kind: str
    state: tuple[str, str, str]
    author: str


@dataclass(frozen=True)
class Shelf:
    """The documents of a course, or those that belong to all."""

    id: str
    title: str
    documents: tuple[Listed, ...]


@dataclass(frozen=True)
class Hit:
    """An entry in which the searched words stand."""

    path: str
    key: str
    words: str


def shelves(content: Content, rows: Sequence[DocumentRow], asked: frozenset[tuple[str, int]]) -> list[Shelf]:
    titles = {path: lesson.title for path, lesson in lesson_paths(content, rows).items()}
    found: dict[str, list[Listed]] = {}
    for row in rows:
        found.setdefault(row.course_id, []).append(_listed(content, row, titles, asked))
    named = {course.id: course.title for course in content.courses.values()}
    order = [*named, *sorted(found.keys() - named.keys() - {""}), ""]
    return [
        Shelf(name, named.get(name) or file_words(name) or "For all courses", tuple(found[name]))
        for name in order
        if name in found
    ]


def lesson_paths(content: Content, rows: Sequence[DocumentRow]) -> dict[str, Lesson]:
    """The lessons in force by the names of their files: both are in the same order."""
    found: dict[str, Lesson] = {}
    for course in content.courses.values():
        paths = [
            row.path
            for row in rows
            if row.course_id == course.id
            and kind_of(row.path) is DocumentKind.LESSON
            and (row.is_shipped or row.in_force is not None)
        ]
        if len(paths) == len(course.lessons):
            found |= dict(zip(sorted(paths), course.lessons, strict=True))
    return found


def search(content: Content, rows: Sequence[DocumentRow], words: str) -> list[Hit]:
    """Entries in force that hold the words, whatever their case."""
    wanted = words.casefold()
    hits = (hit for hit in _everything(content, rows) if wanted in f"{hit.key} {hit.words}".casefold())
    return [hit for hit, _ in zip(hits, range(MOST_HITS), strict=False)]


def place_of(content: Content, rows: Sequence[DocumentRow], kind: str, name: str) -> tuple[str, str | None] | None:
    """The document of something that is taught, and the key of its entry where it is one."""
    if kind == "phrase":
        course_id = next((each.id for each in content.courses.values() if name in {p.id for p in each.phrases}), None)
        return (f"lessons/{course_id}/phrases.yaml", f"phrases:{name}") if course_id else None
    if kind in ("quiz", "item"):
        item = content.items.get(name) if kind == "item" else None
        quiz = content.quizzes.get(item.quiz_id if item else name)
        return (path_of_quiz(quiz.course_id, quiz.id), f"items:{name}" if item else None) if quiz else None
    lesson_id = content.facts[name][0].id if kind == "fact" and name in content.facts else name
    paths = {lesson.id: path for path, lesson in lesson_paths(content, rows).items()}
    if lesson_id not in paths:
        return None
    return paths[lesson_id], f"facts:{name}" if kind == "fact" else None


def path_of_quiz(course_id: str, quiz_id: str) -> str:
    return f"quizzes/{course_id}/{quiz_id}.yaml"


def _everything(content: Content, rows: Sequence[DocumentRow]) -> Iterator[Hit]:
    for path, lesson in lesson_paths(content, rows).items():
        yield Hit(path, "head", lesson.title)
        yield from (Hit(path, f"facts:{fact.id}", fact.text.plain) for fact in lesson.facts)
        if lesson.body.source:
            yield Hit(path, "body", " ".join(lesson.body.plain.split()))
    for course in content.courses.values():
        for phrase in course.phrases:
            yield Hit(f"lessons/{course.id}/phrases.yaml", f"phrases:{phrase.id}", f"{phrase.text} ({phrase.natural})")
        for quiz in course.quizzes:
            path = path_of_quiz(course.id, quiz.id)
            yield Hit(path, "head", quiz.title)
            for item in quiz.items:
                yield Hit(path, f"items:{item.id}", f"{item.stem.plain} {item.ask.plain if item.ask else ''}")


def _listed(content: Content, row: DocumentRow, titles: dict[str, str], asked: frozenset[tuple[str, int]]) -> Listed:
    kind = kind_of(row.path)
    quiz = content.quizzes.get(row.path.rsplit("/", 1)[-1].removesuffix(".yaml"))
    title = titles.get(row.path) or (quiz.title if quiz and kind is DocumentKind.QUIZ else file_words(row.path))
    is_asked = row.newest is not None and (row.path, row.newest.number) in asked
    author = (row.newest.author_name or "") if row.newest is not None and row.waits else ""
    return Listed(row.path, title, KIND_WORDS[kind], row_state(row, is_asked=is_asked), author)
