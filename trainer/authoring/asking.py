"""Asks other trainers to read a draft, and tells which drafts wait for them."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import insert, select

from trainer.authoring.saving import AuthoringError
from trainer.database import Store
from trainer.domain.authoring import State
from trainer.models import ContentVersion, ReviewRequest, table

_version, _request = table(ContentVersion), table(ReviewRequest)


def ask_for_review(store: Store, path: str, number: int, *, by_id: UUID, at: datetime) -> None:
    """Say that a draft is ready to be read. Asking twice changes nothing.

    Raises `AuthoringError` when it is not the newest version, or no draft.
    """
    newest = store.execute(
        select(_version.c.number, _version.c.state)
        .where(_version.c.path == path)
        .order_by(_version.c.number.desc())
        .limit(1)
    ).first()
    if newest is None or newest.number != number:
        raise AuthoringError(f"{path} has been changed since. Look at the newest version first.")
    if newest.state != State.DRAFT:
        raise AuthoringError("Only a draft can be sent to review.")
    if (path, number) not in waiting_reviews(store):
        store.execute(insert(_request).values(path=path, number=number, asked_by_id=by_id, asked_at=at))


def waiting_reviews(store: Store) -> frozenset[tuple[str, int]]:
    """Path and number of the drafts that somebody asked to have read."""
    is_same = (_version.c.path == _request.c.path) & (_version.c.number == _request.c.number)
    rows = store.execute(
        select(_request.c.path, _request.c.number).join(_version, is_same).where(_version.c.state == State.DRAFT)
    )
    return frozenset((row.path, row.number) for row in rows)
