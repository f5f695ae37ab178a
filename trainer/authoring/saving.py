"""Saves a text as the next version of its document, and tells whoever would write over somebody else's."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError

from trainer.catalog import Problem
from trainer.database import Store
from trainer.domain.authoring import State
from trainer.domain.content import Content
from trainer.library import Library, text_hash
from trainer.models import NOTE_LENGTH, PATH_LENGTH, ContentVersion, table

MAX_TEXT = 1_000_000
"""Characters of a document: more is not written by hand."""
CONTENT_PATH = re.compile(
    r"lessons/(competencies|retired)\.yaml"
    r"|lessons/[a-z0-9-]+/((course|phrases|dialogues|mails|registers|engagements|charters|templates)\.yaml"
    r"|\d\d-[a-z0-9-]+\.md|REVIEW\.md)"
    r"|lessons/glossaries/[a-z0-9-]+\.yaml"
    r"|quizzes/[a-z0-9-]+/[a-z0-9-]+\.yaml"
)
"""Names of content files; no other is ever written."""
_version = table(ContentVersion)


class AuthoringError(ValueError):
    """What was asked for cannot be done; the text says what to do."""


class Conflict(AuthoringError):
    """Somebody saved another version meanwhile: `newest` is its number."""

    def __init__(self, path: str, newest: int) -> None:
        super().__init__(f"{path} was changed by someone else while you worked on it. Compare before you save.")
        self.newest = newest


class Mistakes(AuthoringError):
    """The content would be broken; `problems` says where."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("There are mistakes to mend first: " + "; ".join(map(str, problems)))
        self.problems = tuple(problems)


@dataclass(frozen=True, slots=True)
class Checked:
    """What would be taught with some texts, and every mistake of it."""

    content: Content
    problems: tuple[Problem, ...]

    def of(self, path: str) -> tuple[Problem, ...]:
        return tuple(each for each in self.problems if each.path == path)


def save_document(
    store: Store,
    library: Library,
    path: str,
    content: str | None,
    *,
    base: int,
    author_id: UUID | None,
    at: datetime,
    note: str = "",
) -> int:
    """Keep a text as the next version, a draft, and give its number. It may hold mistakes: they bar publishing only.

    `base` is the newest version that its author knew of, 0 for none. Without `content` the draft takes the file away.
    The text of the newest version makes no other. Raises `Conflict`, or `AuthoringError` for a name that is no
    content file's, a text that is too long, or a file that is not there to be taken away.
    """
    if not CONTENT_PATH.fullmatch(path) or len(path) > PATH_LENGTH:
        raise AuthoringError(f"{path} is not the name of a content file.")
    if content is not None and len(content) > MAX_TEXT:
        raise AuthoringError(f"This is too long: a file has {MAX_TEXT:,} characters at most.")
    newest = store.execute(
        select(_version.c.number, _version.c.text, _version.c.state)
        .where(_version.c.path == path)
        .order_by(_version.c.number.desc())
        .limit(1)
    ).first()
    number = newest.number if newest is not None else 0
    if base != number:
        raise Conflict(path, number)
    shipped = library.shipped(path)
    before = newest.text if newest is not None else shipped
    is_set_aside = newest is not None and newest.state == State.SET_ASIDE
    content = None if content is None else content.replace("\r\n", "\n")
    if content == before and not is_set_aside:
        if content is None:
            raise AuthoringError(f"There is no {path} to take away.")
        return number
    return _insert(store, path, number + 1, content, shipped, author_id, note, at)


def restore_version(
    store: Store, library: Library, path: str, number: int, *, base: int, author_id: UUID | None, at: datetime
) -> int:
    """Make the text of an older version (0: the shipped one) the newest draft, and give its number."""
    if number == 0:
        content = library.shipped(path)
    else:
        row = store.execute(select(_version.c.text).where(_version.c.path == path, _version.c.number == number)).first()
        if row is None:
            raise AuthoringError("There is no such version.")
        content = row.text
    note = "As shipped" if number == 0 else f"As version {number}"
    return save_document(store, library, path, content, base=base, author_id=author_id, note=note, at=at)


def _insert(
    store: Store,
    path: str,
    number: int,
    content: str | None,
    shipped: str | None,
    author_id: UUID | None,
    note: str,
    at: datetime,
) -> int:
    row = {
        "path": path,
        "number": number,
        "text": content,
        "state": State.DRAFT,
        "note": note.strip()[:NOTE_LENGTH],
        "shipped_hash": None if shipped is None else text_hash(shipped),
        "author_id": author_id,
        "saved_at": at,
    }
    try:
        store.execute(insert(_version), row)
    except IntegrityError as error:
        raise Conflict(path, number) from error
    return number
