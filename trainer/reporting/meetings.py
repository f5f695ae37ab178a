"""What is told of a meeting's times: its plan and what that lacks, how to reach people, and a person's calendar."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, and_, or_, select

from trainer.database import Store
from trainer.domain.calendar import in_zone
from trainer.domain.documents import DocumentKind
from trainer.domain.follow_up import FollowUp
from trainer.domain.gaps import Gap
from trainer.domain.meeting import MeetingFacts, MeetingPlan, gaps_of_meeting, read_plan
from trainer.domain.meeting.reading import people_in
from trainer.models import (
    Assignment,
    Engagement,
    ForecastRow,
    Membership,
    Partner,
    PartnerPerson,
    SeatRow,
    User,
    table,
)
from trainer.reporting.engagements import EngagementHead
from trainer.reporting.engagements.written import People, Written, load_written
from trainer.reporting.follow_ups import follow_up_of
from trainer.workspace import KeptDocument

_engagement, _partner, _user, _membership = table(Engagement), table(Partner), table(User), table(Membership)
_seat, _assignment, _forecast, _person = table(SeatRow), table(Assignment), table(ForecastRow), table(PartnerPerson)
_ENTRIES = select(
    _engagement.c.id,
    _engagement.c.team_id,
    _engagement.c.title,
    _partner.c.name.label("partner"),
    _engagement.c.place,
    _engagement.c.is_call,
    _engagement.c.starts_at,
    _engagement.c.zone,
    _engagement.c.agenda_minutes,
    _engagement.c.created_at,
    _engagement.c.updated_at,
    _engagement.c.cancelled_at,
).join(_partner, _partner.c.id == _engagement.c.partner_id)
_OF_ENTRY = (DocumentKind.MEETING, DocumentKind.FOLLOW_UP, DocumentKind.CHARTER)


@dataclass(frozen=True, slots=True)
class KeptMeeting:
    """The plan of a meeting as it is in force, the people that it can name, and what it lacks on a day."""

    kept: KeptDocument
    plan: MeetingPlan
    facts: MeetingFacts
    people: People
    gaps: tuple[Gap, ...]


@dataclass(frozen=True, slots=True)
class Reachable:
    """How somebody is reached; empty where it is not known."""

    name: str
    phone: str
    email: str


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """What a calendar holds of an engagement, cancelled ones too."""

    id: UUID
    team_id: UUID
    title: str
    partner: str
    place: str
    is_call: bool
    starts_at: datetime
    zone: str
    agenda_minutes: int
    created_at: datetime
    updated_at: datetime
    cancelled_at: datetime | None
    plan: MeetingPlan
    follow_up: FollowUp
    people: People

    @property
    def facts(self) -> MeetingFacts:
        return MeetingFacts(self.starts_at, self.zone, self.agenda_minutes, self.is_call)


def meeting_of(store: Store, head: EngagementHead, *, at: datetime) -> KeptMeeting:
    return meetings_of(store, [head], at=at)[head.id]


def meetings_of(
    store: Store, heads: Iterable[EngagementHead], written: Written | None = None, *, at: datetime
) -> dict[UUID, KeptMeeting]:
    """The plan of each meeting, an empty one where none was begun; from what was `written`, where it was read."""
    heads = tuple(heads)
    written = written or load_written(store, [head.id for head in heads], DocumentKind.MEETING)
    found = {}
    for head in heads:
        kept = written.of(head.id, DocumentKind.MEETING)
        plan = read_plan(kept.document, head.zone)
        facts = MeetingFacts(head.starts_at, head.zone, head.agenda_minutes, head.is_call)
        gaps = tuple(gaps_of_meeting(plan, facts, in_zone(at, head.zone).date()))
        found[head.id] = KeptMeeting(kept, plan, facts, written.people_of(head.id), gaps)
    return found


def reach(store: Store, head: EngagementHead, references: Iterable[str]) -> dict[str, Reachable]:
    """How people are reached who are named for an engagement: of ours by e-mail, of the partner by their file."""
    wanted = {reference for reference in references if reference}
    ours = select(_user.c.id, _user.c.name, _user.c.email).where(_user.c.id.in_(_ids(wanted, "user")))
    theirs = (
        select(_person.c.id, _person.c.name, _person.c.phone, _person.c.email)
        .join(_engagement, _engagement.c.partner_id == _person.c.partner_id)
        .where(_engagement.c.id == head.id, _person.c.id.in_(_ids(wanted, "person")))
    )
    return {
        **{f"user:{row.id}": Reachable(row.name, "", row.email) for row in store.execute(ours)},
        **{f"person:{row.id}": Reachable(row.name, row.phone, row.email) for row in store.execute(theirs)},
    }


def calendar_entry(store: Store, engagement_id: UUID) -> CalendarEntry | None:
    """What a calendar holds of one engagement, a cancelled one too."""
    return next(iter(_entries(store, _engagement.c.id == engagement_id)), None)


def feed_of(store: Store, user_id: UUID, *, since: datetime) -> tuple[CalendarEntry, ...] | None:
    """Engagements in which a person is seated or whose team they manage, the next first; None for who is gone.

    Taking an engagement away takes its seats: who had one is known by what was forecast of them.
    """
    is_here = select(_user.c.id).where(_user.c.id == user_id, _user.c.disabled_at.is_(None))
    if store.scalar(is_here) is None:
        return None
    seated = (
        select(_seat.c.engagement_id)
        .join(_assignment, _assignment.c.seat_id == _seat.c.id)
        .where(_assignment.c.user_id == user_id)
    )
    managed = select(_membership.c.team_id).where(_membership.c.user_id == user_id, _membership.c.is_manager.is_(True))
    was_seated = select(_forecast.c.engagement_id).where(_forecast.c.learner_id == user_id)
    is_own = or_(
        _engagement.c.id.in_(seated),
        _engagement.c.team_id.in_(managed),
        and_(_engagement.c.cancelled_at.is_not(None), _engagement.c.id.in_(was_seated)),
    )
    return _entries(store, is_own & (_engagement.c.starts_at >= since))


def _entries(store: Store, where: ColumnElement[bool]) -> tuple[CalendarEntry, ...]:
    rows = store.execute(_ENTRIES.where(where).order_by(_engagement.c.starts_at, _engagement.c.id)).all()
    written = load_written(store, [row.id for row in rows], *_OF_ENTRY)
    return tuple(_to_entry(row, written) for row in rows)


def _to_entry(row: Row[Any], written: Written) -> CalendarEntry:
    meeting, follow_up, charter = (written.of(row.id, kind).document for kind in _OF_ENTRY)
    return CalendarEntry(
        **row._mapping,
        plan=read_plan(meeting, row.zone),
        follow_up=follow_up_of(row, follow_up, charter),
        people=written.people_of(row.id),
    )


def _ids(references: Iterable[str], kind: str) -> list[UUID]:
    return [person for each in references for person in people_in(each, kind)]
