"""Gathers what is missing for engagements: of their people and of what their teams have agreed on."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from trainer.database import Store
from trainer.domain.calendar import in_zone
from trainer.domain.charter import as_gap
from trainer.domain.content import Content
from trainer.domain.documents import Document, DocumentKind
from trainer.domain.gaps import Gap
from trainer.domain.partners import gaps_of_partner
from trainer.domain.readiness import Readiness
from trainer.domain.report import Report, gaps_of_people, judge
from trainer.reporting.charters import charters_of
from trainer.reporting.engagements import EngagementHead
from trainer.reporting.partners import files_for_gaps
from trainer.workspace import NO_DOCUMENT, newest_documents


def report_of(store: Store, content: Content, head: EngagementHead, readiness: Readiness, *, at: datetime) -> Report:
    return reports_of(store, content, [head], {head.id: readiness}, at=at)[head.id]


def reports_of(
    store: Store,
    content: Content,
    heads: Sequence[EngagementHead],
    readiness: Mapping[UUID, Readiness],
    *,
    at: datetime,
) -> dict[UUID, Report]:
    """The report of each engagement, with as many statements as for one."""
    today = {head.id: in_zone(at, head.zone).date() for head in heads}
    charters = charters_of(store, heads, at=at)
    files = files_for_gaps(store, {head.partner_id for head in heads})
    documents = newest_documents(store, [head.id for head in heads], list(DocumentKind))
    return {
        head.id: judge(
            [
                *_gaps(
                    head,
                    readiness[head.id],
                    content,
                    {kind: documents.get((head.id, kind), NO_DOCUMENT).document for kind in DocumentKind},
                ),
                *map(as_gap, charters[head.id].gaps),
                *gaps_of_partner(files[head.partner_id], today[head.id]),
            ]
        )
        for head in heads
    }


def _gaps(
    head: EngagementHead, readiness: Readiness, content: Content, documents: Mapping[DocumentKind, Document]
) -> Iterator[Gap]:
    interpreter = documents[DocumentKind.MEETING].get("interpreter", {})
    yield from gaps_of_people(
        readiness,
        content.competencies,
        head.starts_local.date(),
        has_interpreter=bool(interpreter.get("is_booked")),
    )
