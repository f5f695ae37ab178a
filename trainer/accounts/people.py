"""People and teams: who is there, who may sign in, who is in which team."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, delete, func, select, update
from sqlalchemy.orm import Session

from trainer.accounts.sessions import close_all_sessions
from trainer.database import Store
from trainer.domain.planning import LEAST_DAILY, MOST_DAILY
from trainer.models import Assignment, Engagement, Membership, SeatRow, Team, User, new_id
from trainer.workspace import touch_engagements_ahead


class AccountError(ValueError):
    """A rule about accounts was broken; the text says what to do."""


@dataclass(frozen=True, slots=True)
class PersonInfo:
    """A person as an admin sees them."""

    id: UUID
    name: str
    email: str
    is_trainer: bool
    is_admin: bool
    is_disabled: bool
    teams: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TeamInfo:
    id: UUID
    name: str
    members: int
    managers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MemberInfo:
    id: UUID
    name: str
    email: str
    is_manager: bool


def set_daily_minutes(store: Store, user_id: UUID, minutes: int | None) -> None:
    """Keep how many minutes a day a person can study; None: they do not say."""
    if minutes is not None and not LEAST_DAILY <= minutes <= MOST_DAILY:
        raise AccountError(f"Write a number of minutes from {LEAST_DAILY} to {MOST_DAILY}, or leave it empty.")
    store.execute(update(User).where(User.id == user_id).values(daily_minutes=minutes))


def daily_minutes_of(store: Store, user_id: UUID) -> int | None:
    return store.scalar(select(User.daily_minutes).where(User.id == user_id))


def disable_user(session: Session, user_id: UUID, *, at: datetime) -> None:
    """Shut an account; its sign-ins end at once. The last active admin stays."""
    user = session.get_one(User, user_id)
    others = session.scalar(select(func.count()).where(User.is_admin, User.disabled_at.is_(None), User.id != user_id))
    if user.is_admin and not others:
        raise AccountError(f"{user.name} is the only administrator; make someone else one first")
    user.disabled_at = at
    close_all_sessions(session, user_id)
    touch_engagements_ahead(session, _engagements_with(user_id), at=at)


def enable_user(session: Session, user_id: UUID, *, at: datetime) -> None:
    session.get_one(User, user_id).disabled_at = None
    touch_engagements_ahead(session, _engagements_with(user_id), at=at)


def create_team(session: Session, name: str, *, at: datetime) -> UUID:
    name = name.strip()
    if session.scalar(select(Team.id).where(func.lower(Team.name) == name.lower())) is not None:
        raise AccountError(f"There is a team named {name} already. Choose another name.")
    team = Team(id=new_id(), name=name, created_at=at)
    session.add(team)
    session.flush()
    return team.id


def set_membership(session: Session, team_id: UUID, user_id: UUID, *, is_manager: bool, at: datetime) -> None:
    """Put a person in a team, as its manager or not."""
    touch_engagements_ahead(session, select(Engagement.id).where(Engagement.team_id == team_id), at=at)
    session.merge(Membership(team_id=team_id, user_id=user_id, is_manager=is_manager))


def leave_team(store: Store, team_id: UUID, user_id: UUID, *, at: datetime) -> None:
    """Take a person out of a team and off its seats, so that its manager sees no more of them."""
    touch_engagements_ahead(store, select(Engagement.id).where(Engagement.team_id == team_id), at=at)
    seats = select(SeatRow.id).join(Engagement, Engagement.id == SeatRow.engagement_id)
    store.execute(
        delete(Assignment).where(
            Assignment.user_id == user_id, Assignment.seat_id.in_(seats.where(Engagement.team_id == team_id))
        )
    )
    store.execute(delete(Membership).where(Membership.team_id == team_id, Membership.user_id == user_id))


def list_people(store: Store) -> tuple[PersonInfo, ...]:
    teams: dict[UUID, list[str]] = {}
    for user_id, team, is_manager in store.execute(
        select(Membership.user_id, Team.name, Membership.is_manager).join(Team).order_by(Team.name)
    ):
        teams.setdefault(user_id, []).append(f"{team} (manager)" if is_manager else team)
    users = store.execute(
        select(User.id, User.name, User.email, User.is_trainer, User.is_admin, User.disabled_at).order_by(User.name)
    )
    return tuple(
        PersonInfo(
            row.id,
            row.name,
            row.email,
            row.is_trainer,
            row.is_admin,
            row.disabled_at is not None,
            tuple(teams.get(row.id, ())),
        )
        for row in users
    )


def list_teams(store: Store, only: Sequence[UUID] | None = None) -> tuple[TeamInfo, ...]:
    """Every team, or those given."""
    teams = select(Team.id, Team.name).order_by(Team.name)
    if only is not None:
        teams = teams.where(Team.id.in_(only))
    people: dict[UUID, list[tuple[str, bool]]] = {}
    for team_id, name, is_manager in store.execute(
        select(Membership.team_id, User.name, Membership.is_manager).join(User, User.id == Membership.user_id)
    ):
        people.setdefault(team_id, []).append((name, is_manager))
    return tuple(
        TeamInfo(
            id=team_id,
            name=name,
            members=len(people.get(team_id, ())),
            managers=tuple(sorted(person for person, is_manager in people.get(team_id, ()) if is_manager)),
        )
        for team_id, name in store.execute(teams)
    )


def list_members(store: Store, team_id: UUID) -> tuple[MemberInfo, ...]:
    rows = store.execute(
        select(User.id, User.name, User.email, Membership.is_manager)
        .join(Membership, Membership.user_id == User.id)
        .where(Membership.team_id == team_id)
        .order_by(User.name)
    )
    return tuple(MemberInfo(*row) for row in rows)


def mark_demo(store: Store) -> None:
    """Mark everyone who is there as a person of the demo company."""
    store.execute(update(User).values(is_demo=True))


def set_demo_password(store: Store, emails: Sequence[str], password_hash: str) -> None:
    store.execute(update(User).where(User.is_demo, User.email.in_(emails)).values(password_hash=password_hash))


def has_demo_users(store: Store) -> bool:
    return store.scalar(select(User.id).where(User.is_demo).limit(1)) is not None


def has_users(store: Store) -> bool:
    return store.scalar(select(User.id).limit(1)) is not None


def _engagements_with(user_id: UUID) -> Select[tuple[UUID]]:
    """Ids of those in which a person can be named: of their teams, and where they are seated."""
    teams = select(Membership.team_id).where(Membership.user_id == user_id)
    seats = select(SeatRow.engagement_id).join(Assignment, Assignment.seat_id == SeatRow.id)
    return select(Engagement.id).where(
        Engagement.team_id.in_(teams) | Engagement.id.in_(seats.where(Assignment.user_id == user_id))
    )


def normal_email(email: str) -> str:
    return email.strip().lower()
