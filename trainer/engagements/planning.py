"""Use cases of planning an engagement: what, when, with whom, which seats, who takes them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from trainer.company import NEWEST_VERSION, rules_in_force
from trainer.database import Store
from trainer.domain.calendar import moment
from trainer.domain.content import EngagementTemplate
from trainer.models import (
    Assignment,
    Engagement,
    Membership,
    Partner,
    PartnerTeam,
    ReadinessSnapshot,
    RequirementRow,
    SeatRow,
    new_id,
)
from trainer.workspace import touch_engagement


class EngagementError(ValueError):
    """A rule about engagements was broken; the text says what to do."""


@dataclass(frozen=True, slots=True)
class EngagementDraft:
    """What a manager says about an engagement. `starts_local` is naive, in `zone`."""

    title: str
    partner: str
    country: str
    language: str
    place: str
    is_call: bool
    starts_local: datetime
    zone: str
    agenda_minutes: int
    is_high_stakes: bool = False


def plan_engagement(
    session: Session, team_id: UUID, draft: EngagementDraft, template: EngagementTemplate, *, at: datetime
) -> UUID:
    """Make an engagement with the seats of a template, to be judged by the company's rules as they are now.

    Raises `ImpossibleTime` for a time the clocks skip.
    """
    starts_at = moment(draft.starts_local, draft.zone)
    if starts_at <= at:
        raise EngagementError("This date is over. Choose a time that lies ahead.")
    engagement = Engagement(
        id=new_id(),
        team_id=team_id,
        partner_id=_partner(session, team_id, draft, at),
        template_id=template.id,
        created_at=at,
        updated_at=at,
        starts_at=starts_at,
        rules_version=session.scalar(select(NEWEST_VERSION)),
        **_facts(draft),
    )
    session.add(engagement)
    session.flush()
    _add_seats(session, engagement.id, template)
    session.flush()
    return engagement.id


def change_engagement(session: Session, engagement_id: UUID, draft: EngagementDraft, *, at: datetime) -> None:
    """Change what, when and with whom; the seats stay."""
    engagement = session.get_one(Engagement, engagement_id)
    engagement.starts_at = moment(draft.starts_local, draft.zone)
    engagement.partner_id = _partner(session, engagement.team_id, draft, at)
    engagement.updated_at = at
    for name, value in _facts(draft).items():
        setattr(engagement, name, value)
    session.flush()


def adopt_rules(session: Session, engagement_id: UUID, version: int, *, at: datetime) -> None:
    """Judge an engagement by the company's rules in force; `version` is the one that its manager was shown."""
    engagement = session.get_one(Engagement, engagement_id)
    if engagement.starts_at <= at:
        raise EngagementError("This engagement is over. It stays judged by the rules that it has.")
    if rules_in_force(session).version != version:
        raise EngagementError("The company's rules have changed again. Read what is in force now, then choose.")
    engagement.rules_version = version
    engagement.updated_at = at
    session.flush()


def cancel_engagement(store: Store, engagement_id: UUID, *, at: datetime) -> None:
    """Take an engagement away with its seats and trend. What people have learnt for it stays theirs.

    Its forecasts and debriefs stay as they were told, or the record of the forecasts could be picked.
    """
    store.execute(delete(SeatRow).where(SeatRow.engagement_id == engagement_id))
    store.execute(delete(ReadinessSnapshot).where(ReadinessSnapshot.engagement_id == engagement_id))
    store.execute(update(Engagement).where(Engagement.id == engagement_id).values(cancelled_at=at, updated_at=at))


def assign(session: Session, engagement_id: UUID, seat_id: UUID, people: Sequence[UUID], *, at: datetime) -> None:
    """Say who takes a seat, or could. Only members of the engagement's team can."""
    touch_engagement(session, engagement_id, at=at)
    _seat_of(session, engagement_id, seat_id)
    members = set(
        session.scalars(
            select(Membership.user_id)
            .join(Engagement, Engagement.team_id == Membership.team_id)
            .where(Engagement.id == engagement_id)
        )
    )
    if not set(people) <= members:
        raise EngagementError("Only members of the team can take a seat. Ask an administrator to add them first.")
    session.execute(delete(Assignment).where(Assignment.seat_id == seat_id))
    session.add_all(Assignment(seat_id=seat_id, user_id=person) for person in dict.fromkeys(people))
    session.flush()


def add_seat(session: Session, engagement_id: UUID, title: str, is_speaking: bool, *, at: datetime) -> UUID:
    touch_engagement(session, engagement_id, at=at)
    last = session.scalar(select(func.max(SeatRow.position)).where(SeatRow.engagement_id == engagement_id))
    seat = SeatRow(
        id=new_id(),
        engagement_id=engagement_id,
        position=0 if last is None else last + 1,
        title=title.strip(),
        is_speaking=is_speaking,
    )
    session.add(seat)
    session.flush()
    return seat.id


def remove_seat(session: Session, engagement_id: UUID, seat_id: UUID, *, at: datetime) -> None:
    touch_engagement(session, engagement_id, at=at)
    session.delete(_seat_of(session, engagement_id, seat_id))
    session.flush()


def require(
    session: Session,
    engagement_id: UUID,
    seat_id: UUID,
    competency_id: str,
    *,
    target: float,
    is_must: bool,
    weight: int = 1,
    at: datetime,
) -> None:
    """Add a requirement to a seat, or change the one for this competency."""
    touch_engagement(session, engagement_id, at=at)
    _seat_of(session, engagement_id, seat_id)
    row = session.get(RequirementRow, (seat_id, competency_id))
    if row is None:
        last = session.scalar(select(func.max(RequirementRow.position)).where(RequirementRow.seat_id == seat_id))
        row = RequirementRow(seat_id=seat_id, competency_id=competency_id, position=0 if last is None else last + 1)
        session.add(row)
    row.target = target
    row.is_must = is_must
    row.weight = weight
    session.flush()


def drop_requirement(session: Session, engagement_id: UUID, seat_id: UUID, competency_id: str, *, at: datetime) -> None:
    touch_engagement(session, engagement_id, at=at)
    _seat_of(session, engagement_id, seat_id)
    session.execute(
        delete(RequirementRow).where(RequirementRow.seat_id == seat_id, RequirementRow.competency_id == competency_id)
    )


def _add_seats(session: Session, engagement_id: UUID, template: EngagementTemplate) -> None:
    for position, seat in enumerate(template.seats):
        row = SeatRow(
            id=new_id(),
            engagement_id=engagement_id,
            position=position,
            title=seat.title,
            is_speaking=seat.is_speaking,
        )
        session.add(row)
        session.flush()
        session.add_all(
            RequirementRow(
                seat_id=row.id,
                competency_id=each.competency,
                position=number,
                target=each.target,
                is_must=each.is_must,
                weight=each.weight,
            )
            for number, each in enumerate(seat.requirements)
        )


def _seat_of(session: Session, engagement_id: UUID, seat_id: UUID) -> SeatRow:
    seat = session.get(SeatRow, seat_id)
    if seat is None or seat.engagement_id != engagement_id:
        raise EngagementError("This seat is gone. Load the page again.")
    return seat


def _facts(draft: EngagementDraft) -> dict[str, object]:
    return {
        "title": _one_line(draft.title),
        "place": _one_line(draft.place),
        "is_call": draft.is_call,
        "starts_local": draft.starts_local,
        "zone": draft.zone,
        "agenda_minutes": draft.agenda_minutes,
        "is_high_stakes": draft.is_high_stakes,
    }


def _one_line(words: str) -> str:
    """Without the line breaks that only a program sends: titles stand in subjects and in names of calendars."""
    return " ".join(words.split())


def _partner(session: Session, team_id: UUID, draft: EngagementDraft, at: datetime) -> UUID:
    """The partner of this name, or a new one, which the team then looks after.

    Only a team that looks after a partner changes its country and language by planning.
    """
    name = draft.partner.strip()
    partner = session.scalar(select(Partner).where(func.lower(Partner.name) == name.lower()).with_for_update())
    told = (draft.country, draft.language)
    if partner is None:
        partner = Partner(id=new_id(), name=name, created_at=at, country=draft.country, language=draft.language)
        session.add(partner)
        session.flush()
        session.add(PartnerTeam(partner_id=partner.id, team_id=team_id))
    elif told != (partner.country, partner.language) and session.get(PartnerTeam, (partner.id, team_id)) is not None:
        session.execute(update(Engagement).where(Engagement.partner_id == partner.id).values(updated_at=at))
        partner.country, partner.language = told
        partner.version += 1
    session.flush()
    return partner.id
