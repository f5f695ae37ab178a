"""Gathers what is missing for engagements: of their people, of what their teams have agreed on, and of the partner."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from trainer.database import Store
from trainer.domain.calendar import in_zone
from trainer.domain.charter import as_gap
from trainer.domain.content import Content, TemplateUse
from trainer.domain.documents import DocumentKind
from trainer.domain.gaps import Gap
from trainer.domain.partners import PartnerFile, gaps_of_partner
from trainer.domain.readiness import Readiness
from trainer.domain.report import Report, gaps_of_people, judge
from trainer.reporting.charters import KeptCharter, charters_of
from trainer.reporting.engagements import EngagementHead
from trainer.reporting.engagements.written import load_written
from trainer.reporting.meetings import KeptMeeting, meetings_of
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
    teamwork = teamwork_of(store, content, heads, at=at)
    return {head.id: judge_all(content, head, readiness[head.id], teamwork[head.id]) for head in heads}


@dataclass(frozen=True, slots=True)
class Teamwork:
    """What a team has agreed on and knows of its partner, and what is missing of that; nothing of how people learn."""

    meeting: KeptMeeting
    charter: KeptCharter
    partner: PartnerFile
    gaps: tuple[Gap, ...]


def judge_all(content: Content, head: EngagementHead, readiness: Readiness, teamwork: Teamwork) -> Report:
    """The report of an engagement's people and of what its team has agreed on."""
    people = gaps_of_people(
        readiness,
        content.competencies,
        head.starts_local.date(),
        has_interpreter=teamwork.meeting.plan.is_interpreter_booked,
    )
    return judge([*people, *teamwork.gaps])


def teamwork_of(
    store: Store, content: Content, heads: Sequence[EngagementHead], *, at: datetime
) -> dict[UUID, Teamwork]:
    """Of each engagement, with as many statements as for one. The files are as far as `files_for_gaps` reads them."""
    written = load_written(store, [head.id for head in heads], DocumentKind.MEETING, DocumentKind.CHARTER)
    meetings, charters = meetings_of(store, heads, written, at=at), charters_of(store, heads, written, at=at)
    files = files_for_gaps(store, {head.partner_id for head in heads}, content.lines_for(TemplateUse.RESEARCH))
    found = {}
    for head in heads:
        meeting, charter, file = meetings[head.id], charters[head.id], files[head.partner_id]
        today = in_zone(at, head.zone).date()
        gaps = (*meeting.gaps, *map(as_gap, charter.gaps), *gaps_of_partner(file, today))
        found[head.id] = Teamwork(meeting, charter, file, gaps)
    return found
