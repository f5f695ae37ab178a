"""Loads a glossary to work on, and puts what was changed in force at once."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from trainer.authoring.documents import Document, load_document
from trainer.authoring.glossaries.terms import with_head
from trainer.authoring.publishing import publish
from trainer.authoring.saving import AuthoringError, save_document
from trainer.database import Store
from trainer.domain.authoring import State
from trainer.library import Library

_NEW = """\
id: {glossary_id}
title: x
summary: x
licence: {licence}
reviewers: []
terms: []
"""
LICENCE = "Company use only"
"""Of what a company keeps for itself."""


@dataclass(frozen=True, slots=True)
class Keeping:
    """A glossary to work on: its text in force, and the newest version that there is."""

    path: str
    text: str
    newest_number: int
    author_name: str | None = None
    saved_at: datetime | None = None
    """Who changed it last in the browser, and when."""


def path_of(glossary_id: str) -> str:
    return f"lessons/glossaries/{glossary_id}.yaml"


def load_keeping(store: Store, library: Library, glossary_id: str) -> Keeping | None:
    """None when there is no such glossary. Raises `AuthoringError` while a draft of its text waits."""
    path = path_of(glossary_id)
    document = load_document(store, library, path)
    if document is None or document.text is None:
        return None
    version = document.version
    if version is not None and version.state in (State.DRAFT, State.REVIEWED):
        whose = version.author_name or "somebody"
        raise AuthoringError(
            f"There is a draft of this glossary’s text by {whose} that is not in force. It is to be published or set "
            "aside first, so that nothing of it is lost."
        )
    return _keeping(path, document.text, document)


def create_glossary(
    store: Store, library: Library, glossary_id: str, head: dict[str, str], *, by_id: UUID, at: datetime
) -> None:
    """Begin a glossary without terms. Raises `AuthoringError` when there is, or was, one of this name."""
    path = path_of(glossary_id)
    if load_document(store, library, path) is not None:
        raise AuthoringError("There is a glossary of this name already. Choose another title.")
    text = with_head(_NEW.format(glossary_id=glossary_id, licence=LICENCE), head)
    keep(store, library, Keeping(path, "", 0), text, by_id=by_id, at=at, note="New glossary")


def keep(store: Store, library: Library, keeping: Keeping, text: str, *, by_id: UUID, at: datetime, note: str) -> None:
    """Put a changed text in force: a term is needed in today's meeting, and `reviewers` says what nobody has read.

    Raises `Conflict` when somebody was faster, `Mistakes` when the content would be broken.
    """
    if text == keeping.text:
        return
    number = save_document(
        store, library, keeping.path, text, base=keeping.newest_number, author_id=by_id, note=note, at=at
    )
    publish(store, library, {keeping.path: number}, by_id=by_id, at=at, needs_review=False)


def _keeping(path: str, text: str, document: Document) -> Keeping:
    newest = document.version
    return Keeping(
        path,
        text,
        document.newest_number,
        newest.author_name if newest else None,
        newest.saved_at if newest else None,
    )
