"""What is told of charters: the people they name, who agreed to what, what is missing, and how both find the work."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, select

from trainer.database import Store
from trainer.domain.calendar import in_zone
from trainer.domain.charter import (
    Agreement,
    Charter,
    CharterGap,
    Commitment,
    Health,
    HealthState,
    Question,
    Sheet,
    compare,
    gaps_of_charter,
    quarter_of,
    read_charter,
    with_habits,
)
from trainer.domain.documents import DocumentKind
from trainer.domain.parties import Party
from trainer.domain.partners import PromiseState
from trainer.models import (
    CharterAgreement,
    CharterComment,
    Engagement,
    HealthAnswer,
    PromiseRow,
    WorkspaceDocumentRow,
    table,
)
from trainer.reporting.engagements import EngagementHead
from trainer.reporting.engagements.written import People, Written, load_written
from trainer.workspace import KeptDocument

_engagement = table(Engagement)
_promise, _agreement, _comment = table(PromiseRow), table(CharterAgreement), table(CharterComment)
_health, _document = table(HealthAnswer), table(WorkspaceDocumentRow)


@dataclass(frozen=True, slots=True)
class CharterNews:
    """What somebody of the partner said of a version."""

    version: int
    name: str
    words: str
    made_at: datetime


@dataclass(frozen=True, slots=True)
class KeptCharter:
    """A charter as it is in force, with what was said of it and what it lacks on a day.

    `commitments` are all promises of the partner's file, `health` is the state of the quarter of that day.
    """

    kept: KeptDocument
    charter: Charter
    people: People
    agreements: tuple[Agreement, ...]
    gaps: tuple[CharterGap, ...]
    commitments: tuple[Commitment, ...] = ()
    health: HealthState | None = None

    def newest_agreement(self, side: Party) -> Agreement | None:
        found = [each for each in self.agreements if each.side is side]
        return max(found, key=lambda each: (each.version, each.agreed_at), default=None)


@dataclass(frozen=True, slots=True)
class HealthCheck:
    """The health check of a quarter with the sheets that it was made of, the first answered first."""

    health: Health
    sheets: tuple[Sheet, ...]


def charter_of(store: Store, head: EngagementHead, *, at: datetime) -> KeptCharter:
    return charters_of(store, [head], at=at)[head.id]


def charters_of(
    store: Store, heads: Iterable[EngagementHead], written: Written | None = None, *, at: datetime
) -> dict[UUID, KeptCharter]:
    """The charter of each engagement, an empty one where none was begun; from what was `written`, where it was read."""
    heads = tuple(heads)
    ids = [head.id for head in heads]
    written = written or load_written(store, ids, DocumentKind.CHARTER)
    agreements, promised, checks = _agreements(store, ids), _commitments(store, ids), _checks(store, ids)
    found = {}
    for head in heads:
        kept, named = written.of(head.id, DocumentKind.CHARTER), written.people_of(head.id)
        charter = with_habits(read_charter(kept.document), named.habits)
        today = in_zone(at, head.zone).date()
        health = _state_of(checks.get(head.id, ()), quarter_of(today), head.zone)
        gaps = gaps_of_charter(
            charter,
            named.names,
            promised.get(head.id, ()),
            agreements.get(head.id, ()),
            version=kept.version,
            starts_on=head.starts_local.date(),
            today=today,
            health=health,
        )
        found[head.id] = KeptCharter(
            kept,
            charter,
            named,
            tuple(agreements.get(head.id, ())),
            gaps,
            tuple(promised.get(head.id, ())),
            health,
        )
    return found


def comments_of(store: Store, engagement_id: UUID) -> tuple[CharterNews, ...]:
    """The newest first."""
    rows = store.execute(
        select(_comment.c.version, _comment.c.name, _comment.c.words, _comment.c.made_at)
        .where(_comment.c.engagement_id == engagement_id)
        .order_by(_comment.c.made_at.desc(), _comment.c.id.desc())
    )
    return tuple(CharterNews(*row) for row in rows)


def health_of(store: Store, engagement_id: UUID, quarter: date) -> HealthCheck:
    rows = store.execute(
        select(_health)
        .where(_health.c.engagement_id == engagement_id, _health.c.quarter == quarter)
        .order_by(_health.c.answered_at, _health.c.respondent)
    )
    sheets = tuple(_sheet(row) for row in rows)
    return HealthCheck(compare(sheets), sheets)


def own_sheet(store: Store, engagement_id: UUID, quarter: date, respondent: str) -> Sheet | None:
    """What somebody answered already; `respondent` as it is kept: "user:<id>" or "link:<id>"."""
    row = store.execute(
        select(_health).where(
            _health.c.engagement_id == engagement_id,
            _health.c.quarter == quarter,
            _health.c.respondent == respondent,
        )
    ).first()
    return None if row is None else _sheet(row)


def _agreements(store: Store, ids: list[UUID]) -> dict[UUID, list[Agreement]]:
    rows = store.execute(
        select(
            _agreement.c.engagement_id,
            _agreement.c.party,
            _agreement.c.version,
            _agreement.c.name,
            _agreement.c.agreed_at,
        )
        .where(_agreement.c.engagement_id.in_(ids))
        .order_by(_agreement.c.agreed_at, _agreement.c.id)
    )
    found: dict[UUID, list[Agreement]] = {}
    for row in rows:
        agreement = Agreement(Party(row.party), row.version, row.name, row.agreed_at)
        found.setdefault(row.engagement_id, []).append(agreement)
    return found


def _commitments(store: Store, ids: list[UUID]) -> dict[UUID, list[Commitment]]:
    """Promises of the engagement's partner, whichever meeting they were made in."""
    is_asked: ColumnElement[bool] = _engagement.c.id.in_(ids)
    rows = store.execute(
        select(_engagement.c.id, _promise)
        .join(_promise, _promise.c.partner_id == _engagement.c.partner_id)
        .where(is_asked)
        .order_by(_promise.c.due_on, _promise.c.id)
    )
    found: dict[UUID, list[Commitment]] = {}
    for row in rows:
        is_kept = {PromiseState.KEPT: True, PromiseState.BROKEN: False}.get(PromiseState(row.state))
        owner = f"user:{row.owner_id}" if row.owner_id else ""
        person = f"person:{row.person_id}" if row.person_id else ""
        commitment = Commitment(Party(row.party), row.words, row.due_on, is_kept, owner, person, row.closed_on)
        found.setdefault(row[0], []).append(commitment)
    return found


def _checks(store: Store, ids: list[UUID]) -> dict[UUID, list[Row[Any]]]:
    """Of each charter when it was begun, with every answer to a health check; without one there is a row of none."""
    rows = store.execute(
        select(_document.c.engagement_id, _document.c.made_at, _health)
        .outerjoin(_health, _health.c.engagement_id == _document.c.engagement_id)
        .where(_document.c.engagement_id.in_(ids), _document.c.kind == DocumentKind.CHARTER, _document.c.version == 1)
        .order_by(_health.c.answered_at, _health.c.respondent)
    )
    found: dict[UUID, list[Row[Any]]] = {}
    for row in rows:
        found.setdefault(row[0], []).append(row)
    return found


def _state_of(rows: Sequence[Row[Any]], quarter: date, zone: str) -> HealthState:
    answers = [row for row in rows if row.quarter is not None]
    last: dict[Party, date] = {}
    for row in answers:
        last[Party(row.party)] = max(last.get(Party(row.party), date.min), row.quarter)
    return HealthState(
        quarter=quarter,
        health=compare(_sheet(row) for row in answers if row.quarter == quarter),
        last=last,
        begun_on=in_zone(rows[0].made_at, zone).date() if rows else None,
    )


def _sheet(row: Row[Any]) -> Sheet:
    return Sheet(Party(row.party), row.name, _marks(row.marks), row.note)


def _marks(found: Mapping[str, int]) -> dict[Question, int]:
    return {question: found[question] for question in Question if question in found}
