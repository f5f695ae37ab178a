"""Keeps the documents that a team writes together about an engagement: every version, the newest in force."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, bindparam, func, insert, select, update

from trainer.database import Store
from trainer.domain.documents import Clash, Document, DocumentKind, merge
from trainer.models import Engagement, User, WorkspaceDocumentRow, table

_document, _user, _engagement = table(WorkspaceDocumentRow), table(User), table(Engagement)


def _versions() -> Select[Any]:
    return select(
        _document.c.engagement_id,
        _document.c.kind,
        _document.c.version,
        _document.c.document,
        _document.c.made_at,
        _user.c.name.label("made_by"),
    ).outerjoin(_user, _user.c.id == _document.c.made_by_id)


def _newest() -> Select[Any]:
    newer = _document.alias("newer")
    last = (
        select(func.max(newer.c.version))
        .where(newer.c.engagement_id == _document.c.engagement_id, newer.c.kind == _document.c.kind)
        .scalar_subquery()
    )
    return _versions().where(
        _document.c.engagement_id.in_(bindparam("engagements", expanding=True)),
        _document.c.kind.in_(bindparam("kinds", expanding=True)),
        _document.c.version == last,
    )


_NEWEST = _newest()
_OF_KIND = _versions().where(
    _document.c.engagement_id == bindparam("engagement"), _document.c.kind == bindparam("kind")
)
_AT = _OF_KIND.where(_document.c.version == bindparam("version"))


@dataclass(frozen=True, slots=True)
class KeptDocument:
    """A version of a document. Version 0 is the empty one that everything starts from: nobody made it.

    `made_by` is a name, None when that person is gone.
    """

    version: int = 0
    document: Document = field(default_factory=dict)
    made_at: datetime | None = None
    made_by: str | None = None


NO_DOCUMENT = KeptDocument()


class DocumentClash(ValueError):
    """Somebody changed the same meanwhile, in another way; nothing was kept.

    `newest` is what they made. A change that says it has seen that version is taken as it is.
    """

    def __init__(self, clashes: tuple[Clash, ...], newest: KeptDocument) -> None:
        super().__init__("Somebody changed the same meanwhile. Compare both, then save what shall hold.")
        self.clashes = clashes
        self.newest = newest


class NoSuchVersion(ValueError):
    """A document has no such version; it never had."""


def newest_document(store: Store, engagement_id: UUID, kind: DocumentKind) -> KeptDocument:
    return newest_documents(store, [engagement_id], [kind]).get((engagement_id, kind), NO_DOCUMENT)


def newest_documents(
    store: Store, engagements: Collection[UUID], kinds: Collection[DocumentKind]
) -> dict[tuple[UUID, DocumentKind], KeptDocument]:
    """The newest version of each that there is: one statement for any number of engagements."""
    rows = store.execute(_NEWEST, {"engagements": list(engagements), "kinds": list(kinds)})
    return {(row.engagement_id, DocumentKind(row.kind)): _kept(row) for row in rows}


def document_at(store: Store, engagement_id: UUID, kind: DocumentKind, version: int) -> KeptDocument | None:
    if version == NO_DOCUMENT.version:
        return NO_DOCUMENT
    row = store.execute(_AT, {"engagement": engagement_id, "kind": kind, "version": version}).first()
    return None if row is None else _kept(row)


def versions_of(store: Store, engagement_id: UUID, kind: DocumentKind) -> tuple[KeptDocument, ...]:
    """All of them, the newest first."""
    rows = store.execute(_OF_KIND.order_by(_document.c.version.desc()), {"engagement": engagement_id, "kind": kind})
    return tuple(_kept(row) for row in rows)


def change_document(
    store: Store,
    engagement_id: UUID,
    kind: DocumentKind,
    change: Callable[[Document], Document],
    *,
    seen: int,
    by: UUID,
    at: datetime,
) -> int:
    """Keep a change that was made to the version `seen`, together with what others changed since; the newest version.

    `change` gets the document as it was seen. Raises `DocumentClash` and `NoSuchVersion`.
    """
    touch_engagement(store, engagement_id, at=at)
    newest = newest_document(store, engagement_id, kind)
    base = newest if newest.version == seen else document_at(store, engagement_id, kind, seen)
    if base is None:
        raise NoSuchVersion(f"The {kind} has no version {seen}. Load the page again.")
    merged = merge(base.document, change(base.document), newest.document)
    if merged.clashes:
        raise DocumentClash(merged.clashes, newest)
    if merged.document == newest.document:
        return newest.version
    store.execute(
        insert(_document).values(
            engagement_id=engagement_id,
            kind=kind,
            version=newest.version + 1,
            document=merged.document,
            made_by_id=by,
            made_at=at,
        )
    )
    return newest.version + 1


def touch_engagement(store: Store, engagement_id: UUID, *, at: datetime) -> None:
    """Give an engagement a new version. Comes first: whoever else changes it waits until this is done."""
    store.execute(update(_engagement).where(_engagement.c.id == engagement_id).values(updated_at=at))


def touch_engagements_ahead(store: Store, which: Select[tuple[UUID]], *, at: datetime) -> None:
    """The same for those, by their ids, that have not begun yet."""
    is_asked = _engagement.c.id.in_(which) & (_engagement.c.starts_at > at)
    store.execute(update(_engagement).where(is_asked).values(updated_at=at))


def _kept(row: Row[Any]) -> KeptDocument:
    return KeptDocument(row.version, row.document, row.made_at, row.made_by)
