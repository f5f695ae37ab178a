"""Gathers what is missing for engagements: of their people, of what their teams have agreed on, and of the partner."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from trainer.database import Store
from trainer.domain.calendar import in_zone
from trainer.domain.charter import PROMISE, CharterGap, as_gap
from trainer.domain.content import Content
from trainer.domain.documents import DocumentKind
from trainer.domain.parties import Party
from trainer.domain.partners import PartnerFile, gaps_of_partner
from trainer.domain.readiness import Readiness
from trainer.domain.report import Report, gaps_of_people, judge
from trainer.reporting.charters import charters_of
from trainer.reporting.engagements import EngagementHead
from trainer.reporting.engagements.written import load_written
from trainer.reporting.meetings import meetings_of
from trainer.reporting.partners import files_for_gaps


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
    written = load_written(store, [head.id for head in heads], DocumentKind.MEETING, DocumentKind.CHARTER)
    meetings, charters = meetings_of(store, heads, written, at=at), charters_of(store, heads, written, at=at)
    files = files_for_gaps(store, {head.partner_id for head in heads})
    found = {}
    for head in heads:
        file, today = files[head.partner_id], in_zone(at, head.zone).date()
        people = gaps_of_people(
            readiness[head.id],
            content.competencies,
            head.starts_local.date(),
            has_interpreter=meetings[head.id].plan.is_interpreter_booked,
        )
        agreed = (as_gap(each) for each in charters[head.id].gaps if not _is_told(each, file, today))
        found[head.id] = judge([*people, *meetings[head.id].gaps, *agreed, *gaps_of_partner(file, today)])
    return found


def _is_told(gap: CharterGap, file: PartnerFile, today: date) -> bool:
    """Whether it is a promise of ours that is late: the partner file tells of it, and there it blocks."""
    late = (each.words for each in file.promises if each.party is Party.OURS and each.is_overdue(today))
    return gap.kind == PROMISE and gap.about in late
