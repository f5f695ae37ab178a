"""Debriefs: what someone is asked and has said, what surprised the team, and what its people say together."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select

from trainer.database import Store
from trainer.domain.content import Content
from trainer.domain.debrief import OPEN_FOR, GroupFigure, Told, group_figures, is_fixed
from trainer.domain.readiness import MIN_GROUP
from trainer.models import Assignment, DebriefNoteRow, DebriefRow, Engagement, RequirementRow, SeatRow, User, table
from trainer.reporting.engagements import HEADS, EngagementHead, to_head

_debrief, _note = table(DebriefRow), table(DebriefNoteRow)
_seat, _assignment, _user = table(SeatRow), table(Assignment), table(User)


@dataclass(frozen=True, slots=True)
class OwnDebrief:
    """What someone is asked: the competencies that their seats required. `told` and `surprise` are what they said."""

    competencies: tuple[str, ...]
    told: Mapping[str, Told]
    surprise: str


@dataclass(frozen=True, slots=True)
class Surprise:
    """What surprised someone, in their words."""

    author: str
    words: str


@dataclass(frozen=True, slots=True)
class TeamDebrief:
    """What the team is told. `figures` are None until the debrief is fixed: those of each day would tell of the last
    person who spoke. They are of five people or more."""

    surprises: tuple[Surprise, ...]
    figures: tuple[GroupFigure, ...] | None


@dataclass(frozen=True, slots=True)
class DueDebrief:
    """A meeting that is over, of which someone can still say how it went."""

    engagement: EngagementHead
    has_told: bool
    until: datetime


def people_in_seats(store: Store, engagement_id: UUID) -> frozenset[UUID]:
    held = select(_assignment.c.user_id).join(_seat, _seat.c.id == _assignment.c.seat_id)
    return frozenset(store.scalars(held.where(_seat.c.engagement_id == engagement_id)))


def own_debrief(store: Store, content: Content, engagement_id: UUID, learner_id: UUID) -> OwnDebrief:
    """What someone who held seats is asked, and what they have said: three statements."""
    required = store.scalars(
        select(RequirementRow.competency_id)
        .join(SeatRow, SeatRow.id == RequirementRow.seat_id)
        .join(Assignment, Assignment.seat_id == SeatRow.id)
        .where(SeatRow.engagement_id == engagement_id, Assignment.user_id == learner_id)
        .order_by(SeatRow.position, RequirementRow.position)
    )
    told = store.execute(
        select(_debrief.c.competency_id, _debrief.c.share).where(
            _debrief.c.learner_id == learner_id, _debrief.c.engagement_id == engagement_id
        )
    )
    surprise = store.scalar(
        select(_note.c.surprise).where(_note.c.learner_id == learner_id, _note.c.engagement_id == engagement_id)
    )
    return OwnDebrief(
        tuple(name for name in dict.fromkeys(required) if name in content.competencies),
        {row.competency_id: Told(row.competency_id, row.share) for row in told},
        surprise or "",
    )


def team_debrief(store: Store, content: Content, head: EngagementHead, *, at: datetime) -> TeamDebrief:
    """What surprised the team, and from five people on what they say together: two statements."""
    surprises = store.execute(
        select(_user.c.name, _note.c.surprise)
        .join(_user, _user.c.id == _note.c.learner_id)
        .where(_note.c.engagement_id == head.id)
        .order_by(_user.c.name, _user.c.id)
    )
    told = store.execute(
        select(_debrief.c.competency_id, _debrief.c.share).where(_debrief.c.engagement_id == head.id)
    ).all()
    figures = group_figures((Told(*row) for row in told), tuple(content.competencies), MIN_GROUP)
    return TeamDebrief(tuple(Surprise(*row) for row in surprises), figures if is_fixed(head.starts_at, at) else None)


def debriefs_due(store: Store, learner_id: UUID, *, at: datetime) -> tuple[DueDebrief, ...]:
    """Meetings that are over, but not for long, in which someone held a seat; the last first: one statement."""
    has_told = (
        select(_debrief.c.learner_id)
        .where(_debrief.c.learner_id == learner_id, _debrief.c.engagement_id == Engagement.id)
        .exists()
    )
    seats = select(SeatRow.engagement_id).join(Assignment, Assignment.seat_id == SeatRow.id)
    rows = store.execute(
        HEADS.add_columns(has_told.label("has_told"))
        .where(
            Engagement.id.in_(seats.where(Assignment.user_id == learner_id)),
            Engagement.starts_at <= at,
            Engagement.starts_at > at - OPEN_FOR,
        )
        .order_by(Engagement.starts_at.desc())
    )
    due = (DueDebrief(to_head(row), row.has_told, row.starts_at + OPEN_FOR) for row in rows)
    return tuple(each for each in due if _ends_at(each.engagement) <= at)


def _ends_at(head: EngagementHead) -> datetime:
    return head.starts_at + timedelta(minutes=head.agenda_minutes)
