"""Pages of documents: all of them, and one with its entries."""

from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus

from flask import request, url_for
from flask.typing import ResponseReturnValue

from trainer import authoring
from trainer.authoring.entries import DocumentKind, Entry
from trainer.catalog import Problem
from trainer.domain.access import Action
from trainer.domain.content import FUNCTIONS, ItemType
from trainer.web import authorize, content, found, me, page, reading, to
from trainer.web.authoring.blueprint import Opened, bp, library, open_document
from trainer.web.authoring.listing import place_of, search, shelves
from trainer.web.authoring.words import KIND_WORDS, TYPE_WORDS, kind_words, title_of, version_state

MOST_WORDS = 60
ADDED = {
    DocumentKind.LESSON: (("facts", "Fact"),),
    DocumentKind.QUIZ: tuple((f"items.{kind.value}", TYPE_WORDS[kind]) for kind in ItemType),
    DocumentKind.PHRASES: tuple((f"phrases.{function}", words) for function, words in FUNCTIONS.items()),
}
"""What may be added to a document: the list, and the type or function of the new member."""


@dataclass(frozen=True)
class Row:
    """An entry in the list of its document."""

    entry: Entry
    title: str
    kind: str
    mistakes: int


@bp.get("")
def list_documents() -> ResponseReturnValue:
    authorize(Action.EDIT_CONTENT)
    rows = authoring.list_documents(reading(), library())
    words = request.args.get("q", "").strip()[:MOST_WORDS]
    return page(
        "authoring/list.html",
        shelves=shelves(content(), rows, authoring.waiting_reviews(reading())),
        words=words,
        hits=search(content(), rows, words) if words else [],
    )


@bp.get("/documents/<path:path>")
def show_document(path: str) -> ResponseReturnValue:
    return document_page(open_document(path))


@bp.get("/of/<kind>/<name>")
def find_entry_of(kind: str, name: str) -> ResponseReturnValue:
    """To where something that is taught is written."""
    authorize(Action.EDIT_CONTENT)
    path, key = found(place_of(content(), authoring.list_documents(reading(), library()), kind, name))
    if key is None:
        return to("authoring.show_document", path=path)
    return to("authoring.edit_entry", path=path, key=key)


def document_page(shown: Opened, notice: str = "", status: int = HTTPStatus.OK) -> ResponseReturnValue:
    checked = authoring.check_document(reading(), library(), shown.path, shown.document.text)
    problems = checked.of(shown.path)
    version = shown.document.version
    asked = authoring.waiting_reviews(reading())
    is_asked = version is not None and (shown.path, version.number) in asked
    course = content().courses.get(shown.course_id)
    return page(
        "authoring/document.html",
        status,
        opened=shown,
        document=shown.document,
        version=version,
        is_asked=is_asked,
        state_words=version_state(version, is_asked=is_asked),
        kind=KIND_WORDS[shown.kind],
        course=course,
        rows=_rows(shown, problems),
        problems=[(problem, entry_at(shown, problem.line)) for problem in problems],
        elsewhere=[problem for problem in checked.problems if problem.path != shown.path],
        added=ADDED.get(shown.kind, ()),
        learners_page=_learners_page(shown),
        notice=notice,
        own_id=me().id,
    )


def entry_at(shown: Opened, line: int) -> Entry | None:
    """The innermost entry on a line."""
    inside = [entry for entry in shown.entries if entry.first_line <= line <= entry.last_line and entry.key != "head"]
    return min(inside, key=lambda entry: entry.last_line - entry.first_line, default=shown.entry("head"))


def _rows(shown: Opened, problems: Sequence[Problem]) -> list[Row]:
    """Its own entries, not those inside an entry."""
    entries = [entry for entry in shown.entries if entry.key.count(":") <= 1]
    mistakes = {entry.key: 0 for entry in entries}
    for problem in problems:
        place = entry_at(shown, problem.line)
        key = ":".join(place.key.split(":")[:2]) if place else ""
        if key in mistakes:
            mistakes[key] += 1
    return [Row(entry, title_of(entry), kind_words(entry), mistakes[entry.key]) for entry in entries]


def _learners_page(shown: Opened) -> str | None:
    """Where learners see what this document teaches now."""
    course = content().courses.get(shown.course_id)
    if course is None:
        return None
    if shown.kind is DocumentKind.QUIZ:
        quiz_id = shown.path.rsplit("/", 1)[-1].removesuffix(".yaml")
        return url_for("quizzes.show_quiz", quiz_id=quiz_id) if quiz_id in content().quizzes else None
    head = shown.entry("head")
    lesson_id = str(head.data.get("id")) if head and shown.kind is DocumentKind.LESSON else ""
    if lesson_id in content().lessons:
        return url_for("learn.show_lesson", lesson_id=lesson_id)
    return url_for("learn.show_course", course_id=course.id)
