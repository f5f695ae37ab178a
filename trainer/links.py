"""Signed links: addresses that let whoever has them see or do one thing without an account, for a while."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, insert, select, update

from trainer.database import Store
from trainer.models import SignedLink, new_id, table
from trainer.tokens import hash_token, new_token

_link = table(SignedLink)
_LINKS = select(
    _link.c.id,
    _link.c.purpose,
    _link.c.engagement_id,
    _link.c.user_id,
    _link.c.label,
    _link.c.details,
    _link.c.made_at,
    _link.c.expires_at,
    _link.c.revoked_at,
    _link.c.used_at,
)


class Purpose(StrEnum):
    """What a link lets one do."""

    CHARTER = "charter"
    """Reading a version of the charter, agreeing to it or commenting on it."""
    HEALTH_CHECK = "health_check"
    """Answering the six questions of a health check."""
    REPORT = "report"
    """Reading the readiness report, without the names of people."""
    FEED = "feed"
    """A calendar that a program reads, of one person's engagements."""


@dataclass(frozen=True, slots=True)
class Link:
    """A link without its token, which is told once and not kept. `label` says for whom it was made."""

    id: UUID
    purpose: Purpose
    engagement_id: UUID | None
    user_id: UUID | None
    label: str
    details: dict[str, Any]
    made_at: datetime
    expires_at: datetime | None
    revoked_at: datetime | None
    used_at: datetime | None

    def is_open(self, at: datetime) -> bool:
        return self.revoked_at is None and (self.expires_at is None or at < self.expires_at)


def make_link(
    store: Store,
    purpose: Purpose,
    *,
    engagement_id: UUID | None = None,
    user_id: UUID | None = None,
    label: str = "",
    details: dict[str, Any] | None = None,
    expires_at: datetime | None = None,
    by: UUID,
    at: datetime,
) -> str:
    """The token of a new link about an engagement or a person, which nobody can be told again."""
    token = new_token()
    store.execute(
        insert(_link).values(
            id=new_id(),
            token_hash=hash_token(token),
            purpose=purpose,
            engagement_id=engagement_id,
            user_id=user_id,
            label=label.strip(),
            details=details or {},
            made_by_id=by,
            made_at=at,
            expires_at=expires_at,
        )
    )
    return token


def open_link(store: Store, token: str, purpose: Purpose, *, at: datetime) -> Link | None:
    """The link of a token; None when there is none, when it is for something else, over or revoked."""
    row = store.execute(_LINKS.where(_link.c.token_hash == hash_token(token), _link.c.purpose == purpose)).first()
    link = None if row is None else _to_link(row)
    return link if link is not None and link.is_open(at) else None


def note_use(store: Store, link_id: UUID, *, at: datetime) -> None:
    """Note that something was done by a link; the last time counts."""
    store.execute(update(_link).where(_link.c.id == link_id).values(used_at=at))


def links_of(store: Store, engagement_id: UUID) -> tuple[Link, ...]:
    """Links about an engagement, revoked and past ones too, the newest first."""
    return _links(store, _link.c.engagement_id == engagement_id)


def feeds_of(store: Store, user_id: UUID) -> tuple[Link, ...]:
    """The calendar feeds of a person, revoked ones too, the newest first."""
    return _links(store, _link.c.user_id == user_id, _link.c.purpose == Purpose.FEED)


def revoke_link(
    store: Store, link_id: UUID, *, engagement_id: UUID | None = None, user_id: UUID | None = None, at: datetime
) -> None:
    """End a link about this engagement or this person; one that is over already stays as it is."""
    store.execute(
        update(_link)
        .where(
            _link.c.id == link_id,
            _link.c.engagement_id.is_not_distinct_from(engagement_id),
            _link.c.user_id.is_not_distinct_from(user_id),
            _link.c.revoked_at.is_(None),
        )
        .values(revoked_at=at)
    )


def _links(store: Store, *where: ColumnElement[bool]) -> tuple[Link, ...]:
    return tuple(
        _to_link(row) for row in store.execute(_LINKS.where(*where).order_by(_link.c.made_at.desc(), _link.c.id))
    )


def _to_link(row: Row[Any]) -> Link:
    return Link(
        row.id,
        Purpose(row.purpose),
        row.engagement_id,
        row.user_id,
        row.label,
        row.details,
        row.made_at,
        row.expires_at,
        row.revoked_at,
        row.used_at,
    )
