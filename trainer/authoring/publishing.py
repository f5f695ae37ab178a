"""Puts texts in force: reviewed by somebody else, without a mistake, all of one publication or none."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, exists, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from trainer.authoring.saving import AuthoringError, Mistakes
from trainer.database import Store
from trainer.domain.authoring import State
from trainer.library import SHIPPED_EDITION, Library
from trainer.models import ContentEdition, ContentVersion, User, table

_version, _edition, _user = table(ContentVersion), table(ContentEdition), table(User)


def review_version(store: Store, path: str, number: int, *, reviewer_id: UUID, at: datetime) -> None:
    """Note that somebody read the newest draft and found it right; the author only where there is no other trainer.

    Raises `AuthoringError` when it is not the newest version, no draft, or its author's while others could read it.
    """
    row = _newest(store, path, number)
    if row.state != State.DRAFT:
        raise AuthoringError("Only a draft can be reviewed.")
    if row.author_id == reviewer_id and _has_other_trainers(store, reviewer_id):
        raise AuthoringError("Ask another trainer to review it: whoever wrote it does not see its mistakes any more.")
    _change(store, path, number, state=State.REVIEWED, reviewer_id=reviewer_id, reviewed_at=at)


def set_aside(store: Store, path: str, number: int) -> None:
    """Give up the newest version before it is published: what was before it is worked on again."""
    if _newest(store, path, number).state not in (State.DRAFT, State.REVIEWED):
        raise AuthoringError("Only what is not published yet can be set aside.")
    _change(store, path, number, state=State.SET_ASIDE)


def publish(
    store: Store,
    library: Library,
    numbers: Mapping[str, int],
    *,
    by_id: UUID | None,
    at: datetime,
    needs_review: bool = True,
) -> int:
    """Put the newest versions of some documents in force together, and give the number of the edition.

    Raises `AuthoringError` when one is not the newest or not reviewed, `Mistakes` when the content would be broken.
    Servers that run take it up with the next request.
    """
    texts: dict[str, str | None] = {}
    for path, number in numbers.items():
        row = _newest(store, path, number)
        if row.state not in ((State.REVIEWED,) if needs_review else (State.REVIEWED, State.DRAFT)):
            raise AuthoringError(f"{path} is not reviewed yet. Ask another trainer to read it first.")
        texts[path] = row.text
    problems = library.check(store, texts)[1]
    if problems:
        raise Mistakes(problems)
    for path, number in numbers.items():
        _change(store, path, number, state=State.PUBLISHED, published_by_id=by_id, published_at=at)
    return make_edition(store, numbers, by_id=by_id, at=at)


def make_edition(store: Store, numbers: Mapping[str, int], *, by_id: UUID | None, at: datetime) -> int:
    """Let all servers look at the content anew, because of these versions or of something that goes with them.

    Raises `AuthoringError` when somebody else does so at the same moment.
    """
    number = (store.scalar(select(func.max(_edition.c.number))) or SHIPPED_EDITION) + 1
    try:
        store.execute(
            insert(_edition).values(
                number=number, made_at=at, made_by_id=by_id, published=dict(sorted(numbers.items()))
            )
        )
    except IntegrityError as error:
        raise AuthoringError("Somebody published at the same moment. Look at the document again.") from error
    return number


def _newest(store: Store, path: str, number: int) -> Row[Any]:
    row = store.execute(
        select(_version).where(_version.c.path == path).order_by(_version.c.number.desc()).limit(1)
    ).first()
    if row is None or row.number != number:
        raise AuthoringError(f"{path} has been changed since. Look at the newest version first.")
    return row


def _change(store: Store, path: str, number: int, **values: object) -> None:
    store.execute(update(_version).where(_version.c.path == path, _version.c.number == number).values(**values))


def _has_other_trainers(store: Store, own_id: UUID) -> bool:
    others = exists().where(_user.c.is_trainer, _user.c.disabled_at.is_(None), _user.c.id != own_id)
    return bool(store.scalar(select(others)))
