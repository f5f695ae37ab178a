"""Reads documents: content files with the versions that were written of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any
from uuid import UUID

from sqlalchemy import Row, func, select

from trainer.authoring.saving import CONTENT_PATH, Checked
from trainer.catalog import Tree
from trainer.database import Store
from trainer.domain.authoring import State
from trainer.library import Library, text_hash
from trainer.models import ContentVersion, User, table

_version, _user = table(ContentVersion), table(User)
_author, _reviewer, _publisher = _user.alias("author"), _user.alias("reviewer"), _user.alias("publisher")
_VERSIONS = (
    select(
        *(column for column in _version.c if column.name != "text"),
        _author.c.name.label("author_name"),
        _reviewer.c.name.label("reviewer_name"),
        _publisher.c.name.label("publisher_name"),
    )
    .outerjoin(_author, _author.c.id == _version.c.author_id)
    .outerjoin(_reviewer, _reviewer.c.id == _version.c.reviewer_id)
    .outerjoin(_publisher, _publisher.c.id == _version.c.published_by_id)
    .order_by(_version.c.path, _version.c.number.desc())
)


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a document, without its text. Names are None where nobody did it, or a command."""

    path: str
    number: int
    state: State
    note: str
    shipped_hash: str | None
    author_id: UUID | None
    author_name: str | None
    saved_at: datetime
    reviewer_name: str | None
    reviewed_at: datetime | None
    publisher_name: str | None
    published_at: datetime | None


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document in a list: its newest version and the one in force; neither where it is as shipped."""

    path: str
    newest: Version | None
    in_force: Version | None
    is_shipped: bool
    """Whether the release has a file of this name."""

    @property
    def course_id(self) -> str:
        """The folder it stands in; empty beside the folders."""
        parts = PurePosixPath(self.path).parts
        return parts[1] if len(parts) > 2 else ""

    @property
    def waits(self) -> bool:
        """Whether something is written that is not in force."""
        return self.newest is not None and self.newest.state in (State.DRAFT, State.REVIEWED)


@dataclass(frozen=True, slots=True)
class Document:
    """A document to work on: the newest text that was not set aside, else the shipped one.

    `number` is the version that the text is, 0 for the shipped file; `text` is None where it was taken away.
    """

    path: str
    text: str | None
    number: int
    newest_number: int
    versions: tuple[Version, ...]
    shipped: str | None

    @property
    def version(self) -> Version | None:
        return next((each for each in self.versions if each.number == self.number), None)

    @property
    def in_force(self) -> Version | None:
        return next((each for each in self.versions if each.state is State.PUBLISHED), None)

    @property
    def is_behind(self) -> bool:
        """Whether the release brought another file since the text in force was written."""
        in_force = self.in_force
        if in_force is None or self.shipped is None:
            return False
        return in_force.shipped_hash != text_hash(self.shipped)


def list_documents(store: Store, library: Library) -> tuple[DocumentRow, ...]:
    """All documents, in order of their paths."""
    versions: dict[str, list[Version]] = {}
    for row in store.execute(_VERSIONS):
        versions.setdefault(row.path, []).append(_version_of(row))
    shipped = {name for name in Tree(library.root).names if CONTENT_PATH.fullmatch(name)}
    return tuple(
        DocumentRow(
            path,
            next(iter(versions.get(path, ())), None),
            _in_force(versions.get(path, ())),
            path in shipped,
        )
        for path in sorted(shipped | versions.keys(), key=PurePosixPath)
    )


def load_document(store: Store, library: Library, path: str) -> Document | None:
    """A document with all its versions, newest first; None when there is no such file and never was."""
    versions = tuple(map(_version_of, store.execute(_VERSIONS.where(_version.c.path == path))))
    shipped = library.shipped(path) if path in Tree(library.root) else None
    if not versions and shipped is None:
        return None
    number = next((each.number for each in versions if each.state is not State.SET_ASIDE), 0)
    text = shipped if number == 0 else load_version(store, path, number)
    return Document(path, text, number, versions[0].number if versions else 0, versions, shipped)


def load_version(store: Store, path: str, number: int) -> str | None:
    """The text of a version; None where it takes the file away, or is not there."""
    return store.scalar(select(_version.c.text).where(_version.c.path == path, _version.c.number == number))


def check_document(store: Store, library: Library, path: str, text: str | None) -> Checked:
    """What would be taught with this text in force, and every mistake that it makes."""
    return Checked(*library.check(store, {path: text}))


def newest_numbers(store: Store, paths: Iterable[str]) -> Mapping[str, int]:
    """The number of the newest version of each path that has any."""
    rows = store.execute(
        select(_version.c.path, func.max(_version.c.number)).where(_version.c.path.in_(tuple(paths))).group_by("path")
    )
    return {row[0]: row[1] for row in rows}


def _in_force(versions: Iterable[Version]) -> Version | None:
    return next((each for each in versions if each.state is State.PUBLISHED), None)


def _version_of(row: Row[Any]) -> Version:
    return Version(
        path=row.path,
        number=row.number,
        state=State(row.state),
        note=row.note,
        shipped_hash=row.shipped_hash,
        author_id=row.author_id,
        author_name=row.author_name,
        saved_at=row.saved_at,
        reviewer_name=row.reviewer_name,
        reviewed_at=row.reviewed_at,
        publisher_name=row.publisher_name,
        published_at=row.published_at,
    )
