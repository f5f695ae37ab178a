"""Use cases of the charter: beginning and writing it, asking the partner, and what both sides say of it."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select

from trainer.database import Store, upsert
from trainer.domain.charter import CharterTemplate, Question, document_of, is_shown
from trainer.domain.documents import (
    Document,
    DocumentKind,
    find_entry,
    with_entry,
    with_fields,
    without_entry,
)
from trainer.domain.parties import Party
from trainer.engagements.planning import EngagementError
from trainer.links import Link, Purpose, make_link, note_use
from trainer.models import CharterAgreement, CharterComment, HealthAnswer, new_id, table
from trainer.workspace import change_document, document_at, newest_document, touch_engagement

CHARTER = DocumentKind.CHARTER
LINK_DAYS = 30
_agreement, _comment, _health = table(CharterAgreement), table(CharterComment), table(HealthAnswer)
_SHOWN = "shown"
"""Where nothing said and “no” are not the same: what it means without a word hangs on the rule."""


def start_charter(store: Store, engagement_id: UUID, template: CharterTemplate, *, by: UUID, at: datetime) -> int:
    """Begin with what is usual for a kind of engagement. Raises `EngagementError` where a charter was begun already."""
    touch_engagement(store, engagement_id, at=at)
    if newest_document(store, engagement_id, CHARTER).version:
        raise EngagementError("This charter was begun already. What you find here is what your team has written.")
    return change_document(store, engagement_id, CHARTER, lambda _: document_of(template), seen=0, by=by, at=at)


def write_section(
    store: Store, engagement_id: UUID, part: str, fields: Mapping[str, Any], *, seen: int, by: UUID, at: datetime
) -> int:
    """Write fields of a part as they were in the version `seen`. Raises `DocumentClash` and `NoSuchVersion`."""

    def change(document: Document) -> Document:
        said = _said(fields, document.get(part, {}))
        return with_fields(document, part, said) if said else document

    return change_document(store, engagement_id, CHARTER, change, seen=seen, by=by, at=at)


def write_entry(
    store: Store,
    engagement_id: UUID,
    part: str,
    entry_id: str,
    fields: Mapping[str, Any],
    *,
    seen: int,
    by: UUID,
    at: datetime,
) -> int:
    """The same for an entry of a list, which is added where there is none of this id."""

    def change(document: Document) -> Document:
        before = find_entry(document, part, entry_id) or {}
        return with_entry(document, part, {**before, "id": entry_id, **_said(fields, before)})

    return change_document(store, engagement_id, CHARTER, change, seen=seen, by=by, at=at)


def remove_entry(
    store: Store, engagement_id: UUID, part: str, entry_id: str, *, seen: int, by: UUID, at: datetime
) -> int:
    return change_document(
        store,
        engagement_id,
        CHARTER,
        lambda document: without_entry(document, part, entry_id),
        seen=seen,
        by=by,
        at=at,
    )


def ask_partner(
    store: Store,
    engagement_id: UUID,
    version: int,
    label: str,
    person: str,
    *,
    days: int = LINK_DAYS,
    by: UUID,
    at: datetime,
) -> str:
    """The token of a link by which somebody of the partner reads a version and agrees to it or comments on it.

    `person` is their reference, empty for somebody who is not in the partner file.
    """
    if not version or document_at(store, engagement_id, CHARTER, version) is None:
        raise EngagementError("There is nothing to agree to yet. Write the charter first.")
    return make_link(
        store,
        Purpose.CHARTER,
        engagement_id=engagement_id,
        label=label,
        details={"version": version, "person": person},
        expires_at=at + timedelta(days=days),
        by=by,
        at=at,
    )


def invite_to_health_check(
    store: Store,
    engagement_id: UUID,
    quarter: date,
    label: str,
    person: str,
    *,
    days: int = LINK_DAYS,
    by: UUID,
    at: datetime,
) -> str:
    """The token of a link by which somebody of the partner answers the health check of a quarter."""
    return make_link(
        store,
        Purpose.HEALTH_CHECK,
        engagement_id=engagement_id,
        label=label,
        details={"quarter": quarter.isoformat(), "person": person},
        expires_at=at + timedelta(days=days),
        by=by,
        at=at,
    )


def agree_for_us(store: Store, engagement_id: UUID, version: int, *, by: UUID, name: str, at: datetime) -> None:
    """Agree to the newest version for our side. Raises `EngagementError` when it is no longer the newest."""
    touch_engagement(store, engagement_id, at=at)
    newest = newest_document(store, engagement_id, CHARTER).version
    if not version or version != newest:
        raise EngagementError("The charter has changed meanwhile. Read it through once more, then agree.")
    _keep_agreement(store, engagement_id, version, Party.OURS, name, at, user_id=by)


def agree_by_link(store: Store, link: Link, name: str, *, at: datetime) -> None:
    """Agree for the partner to the version that the link is about."""
    engagement_id, version = _of_link(link)
    touch_engagement(store, engagement_id, at=at)
    _keep_agreement(store, engagement_id, version, Party.THEIRS, name, at, link_id=link.id)
    note_use(store, link.id, at=at)


def comment_by_link(store: Store, link: Link, name: str, words: str, *, at: datetime) -> None:
    """Keep what the partner says of the version that the link is about."""
    engagement_id, version = _of_link(link)
    store.execute(
        insert(_comment).values(
            id=new_id(),
            engagement_id=engagement_id,
            version=version,
            party=Party.THEIRS,
            name=name.strip(),
            link_id=link.id,
            words=words.strip(),
            made_at=at,
        )
    )
    note_use(store, link.id, at=at)


def answer_health_check(
    store: Store,
    engagement_id: UUID,
    quarter: date,
    side: Party,
    respondent: UUID,
    name: str,
    marks: Mapping[Question, int],
    note: str,
    *,
    at: datetime,
) -> None:
    """Keep somebody's answers of a quarter, in place of those they gave before.

    `respondent` is the person's id on our side, and the link's on theirs.
    """
    touch_engagement(store, engagement_id, at=at)
    prefix = "user" if side is Party.OURS else "link"
    upsert(
        store,
        _health,
        [
            {
                "engagement_id": engagement_id,
                "quarter": quarter,
                "respondent": f"{prefix}:{respondent}",
                "party": side.value,
                "name": name.strip(),
                "marks": {question.value: mark for question, mark in marks.items()},
                "note": note.strip(),
                "answered_at": at,
            }
        ],
    )
    if side is Party.THEIRS:
        note_use(store, respondent, at=at)


def _of_link(link: Link) -> tuple[UUID, int]:
    assert link.engagement_id is not None
    return link.engagement_id, int(link.details["version"])


def _keep_agreement(
    store: Store,
    engagement_id: UUID,
    version: int,
    side: Party,
    name: str,
    at: datetime,
    *,
    user_id: UUID | None = None,
    link_id: UUID | None = None,
) -> None:
    """Once: who presses the button twice has agreed to nothing more."""
    own = {
        "engagement_id": engagement_id,
        "version": version,
        "party": side.value,
        "name": name.strip(),
        "user_id": user_id,
        "link_id": link_id,
    }
    is_same = (_agreement.c[column].is_not_distinct_from(value) for column, value in own.items())
    if store.scalar(select(_agreement.c.id).where(*is_same).limit(1)) is None:
        store.execute(insert(_agreement).values(id=new_id(), agreed_at=at, **own))


def _said(fields: Mapping[str, Any], before: Mapping[str, Any]) -> dict[str, Any]:
    """What was written: a field left empty that was not there before is no change, and clashes with nobody's."""
    return {
        name: value
        for name, value in fields.items()
        if name in before or (value is not _unsaid(fields, before) if name == _SHOWN else _is_filled(value))
    }


def _unsaid(fields: Mapping[str, Any], before: Mapping[str, Any]) -> bool:
    """Whether a rule would be shown if nothing were said of it."""
    return is_shown({**before, **{name: value for name, value in fields.items() if name != _SHOWN}})


def _is_filled(value: Any) -> bool:
    """Nought is filled in, though it equals False."""
    return value is not None and value is not False and value != ""
