"""The blueprint of authoring, and how its views find a document."""

from dataclasses import dataclass, replace

from flask import Blueprint, request

from trainer import authoring
from trainer.authoring import Document
from trainer.authoring.entries import DocumentKind, Entry, NotReadable, course_of, entries_of, kind_of
from trainer.domain.access import Action
from trainer.library import Library
from trainer.web import authorize, found, reading, services
from trainer.web.authoring.words import file_words

bp = Blueprint("authoring", __name__, url_prefix="/content")


@dataclass(frozen=True)
class Opened:
    """A document that is worked on: its text, and its entries as far as the text can be read."""

    document: Document
    text: str
    entries: tuple[Entry, ...]
    mistake: str = ""
    """Why there are no entries: the text must be mended first."""

    @property
    def path(self) -> str:
        return self.document.path

    @property
    def kind(self) -> DocumentKind:
        return kind_of(self.path)

    @property
    def course_id(self) -> str:
        return course_of(self.path)

    @property
    def title(self) -> str:
        """As its head says, else as its file is called."""
        head = self.entry("head")
        return str(head.data.get("title") or "" if head else "") or file_words(self.path)

    @property
    def last_author(self) -> str:
        """Who saved last."""
        versions = self.document.versions
        return (versions[0].author_name if versions else None) or "Somebody"

    def entry(self, key: str) -> Entry | None:
        return next((entry for entry in self.entries if entry.key == key), None)

    def again(self, before: Entry) -> Entry | None:
        """An entry in another text of the document: by its key, or by its place where its id was changed."""
        beside = (each for each in self.entries if each.list_key == before.list_key and each.place == before.place)
        return self.entry(before.key) or (next(beside, None) if before.list_key else None)

    def with_text(self, text: str) -> "Opened":
        return opened(replace(self.document, text=text))


def library() -> Library:
    return services().library


def open_document(path: str) -> Opened:
    """The document of a path, for somebody who may edit content; else the answer 403 or 404."""
    authorize(Action.EDIT_CONTENT)
    return opened(found(authoring.load_document(reading(), library(), path)))


def opened(document: Document) -> Opened:
    text = document.text or ""
    try:
        return Opened(document, text, entries_of(document.path, text))
    except NotReadable as error:
        return Opened(document, text, (), str(error))


def number_sent(name: str) -> int:
    """A number that a form sends along; -1 for anything else."""
    words = request.form.get(name, "")
    return int(words) if words.isdecimal() and len(words) < 10 else -1
