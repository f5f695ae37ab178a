"""Teams and their people, and the facts that learners reported."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select

from trainer.database import Store
from trainer.models import (
    FactReport,
    Membership,
    Team,
    User,
)


@dataclass(frozen=True, slots=True)
class ReportedFact:
    """A learner's report of a fact, as a trainer sees it."""

    id: UUID
    fact_id: str
    reporter: str
    problem: str
    reported_at: datetime
    closed_at: datetime | None
    decision: str | None


@dataclass(frozen=True, slots=True)
class TeamHead:
    id: UUID
    name: str
    members: int


@dataclass(frozen=True, slots=True)
class Member:
    id: UUID
    name: str
    is_manager: bool


def members_of(store: Store, team_id: UUID) -> tuple[Member, ...]:
    rows = store.execute(
        select(User.id, User.name, Membership.is_manager)
        .join(Membership, Membership.user_id == User.id)
        .where(Membership.team_id == team_id, User.disabled_at.is_(None))
        .order_by(User.name)
    )
    return tuple(Member(*row) for row in rows)


def list_teams(store: Store, teams: Collection[UUID]) -> tuple[TeamHead, ...]:
    """Some teams with the number of their active people."""
    rows = store.execute(
        select(Team.id, Team.name, func.count(User.id))
        .outerjoin(Membership, Membership.team_id == Team.id)
        .outerjoin(User, (User.id == Membership.user_id) & User.disabled_at.is_(None))
        .where(Team.id.in_(teams))
        .group_by(Team.id, Team.name)
        .order_by(Team.name)
    )
    return tuple(TeamHead(*row) for row in rows)


def name_of(store: Store, user_id: UUID) -> str | None:
    """Of somebody, whether in a team or not; None when they are gone."""
    return store.scalar(select(User.name).where(User.id == user_id))


def team_names(store: Store) -> dict[UUID, str]:
    """Of all teams of the company, by their names."""
    return {row.id: row.name for row in store.execute(select(Team.id, Team.name).order_by(Team.name, Team.id))}


def all_learners(store: Store) -> tuple[UUID, ...]:
    return tuple(store.scalars(select(User.id).order_by(User.id)))


def reported_facts(store: Store) -> tuple[ReportedFact, ...]:
    """All reports, open ones first, then the newest."""
    rows = store.execute(
        select(
            FactReport.id,
            FactReport.fact_id,
            User.name,
            FactReport.problem,
            FactReport.reported_at,
            FactReport.closed_at,
            FactReport.decision,
        )
        .join(User, User.id == FactReport.reporter_id)
        .order_by(FactReport.closed_at.is_not(None), FactReport.reported_at.desc())
    )
    return tuple(ReportedFact(*row) for row in rows)
