"""Signing in and out: a browser that is signed in is a row, its cookie a random token."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.orm import Session

from trainer.database import Store
from trainer.domain.access import Actor, Role
from trainer.library import NEWEST_EDITION
from trainer.models import Membership, User, UserSession, table
from trainer.tokens import hash_token, new_token

SEEN_EVERY = timedelta(minutes=5)
"""How old `last_seen_at` may grow before a request renews it."""
_user, _session, _membership = table(User), table(UserSession), table(Membership)
_ACTOR = (
    select(
        _user.c.id,
        _user.c.name,
        _user.c.email,
        _user.c.is_trainer,
        _user.c.is_admin,
        _user.c.is_demo,
        _session.c.id.label("session_id"),
        _session.c.last_seen_at,
        _membership.c.team_id,
        _membership.c.is_manager,
        NEWEST_EDITION.scalar_subquery().label("edition"),
    )
    .select_from(_user.join(_session, _session.c.user_id == _user.c.id))
    .outerjoin(_membership, _membership.c.user_id == _user.c.id)
    .where(
        _session.c.id == bindparam("session_id"),
        _session.c.expires_at > bindparam("at"),
        _session.c.last_seen_at > bindparam("seen_after"),
        _user.c.disabled_at.is_(None),
    )
)
"""Made once: it runs with every request, and making it would cost more than running it."""


@dataclass(frozen=True, slots=True)
class SessionInfo:
    """A signed-in browser, as its owner sees it."""

    id: str
    user_agent: str
    created_at: datetime
    last_seen_at: datetime


def load_actor(store: Store, token: str, idle: timedelta, *, at: datetime) -> tuple[Actor, datetime, int] | None:
    """Who is signed in with this token, when they were last seen, and the content's edition; None when it is over."""
    rows = store.execute(_ACTOR, {"session_id": hash_token(token), "at": at, "seen_after": at - idle}).all()
    if not rows:
        return None
    first = rows[0]
    roles = {Role.LEARNER}
    roles |= {Role.TRAINER} if first.is_trainer else set()
    roles |= {Role.ADMIN} if first.is_admin else set()
    actor = Actor(
        id=first.id,
        name=first.name,
        email=first.email,
        roles=frozenset(roles),
        teams=frozenset(row.team_id for row in rows if row.team_id),
        managed_teams=frozenset(row.team_id for row in rows if row.team_id and row.is_manager),
        session_id=first.session_id,
        is_demo=first.is_demo,
    )
    return actor, first.last_seen_at, first.edition


def open_session(session: Session, user_id: UUID, user_agent: str, max_age: timedelta, *, at: datetime) -> str:
    """Sign a person in; the token for their cookie. Only its hash is kept."""
    token = new_token()
    session.execute(delete(UserSession).where(UserSession.user_id == user_id, UserSession.expires_at <= at))
    session.add(
        UserSession(
            id=hash_token(token),
            user_id=user_id,
            created_at=at,
            last_seen_at=at,
            expires_at=at + max_age,
            user_agent=user_agent[:200],
        )
    )
    return token


def touch_session(store: Store, session_id: str, *, at: datetime) -> None:
    store.execute(update(UserSession).where(UserSession.id == session_id).values(last_seen_at=at))


def close_session(store: Store, user_id: UUID, session_id: str) -> None:
    store.execute(delete(UserSession).where(UserSession.id == session_id, UserSession.user_id == user_id))


def close_all_sessions(store: Store, user_id: UUID) -> None:
    store.execute(delete(UserSession).where(UserSession.user_id == user_id))


def list_sessions(store: Store, user_id: UUID) -> tuple[SessionInfo, ...]:
    rows = store.execute(
        select(UserSession.id, UserSession.user_agent, UserSession.created_at, UserSession.last_seen_at)
        .where(UserSession.user_id == user_id)
        .order_by(UserSession.last_seen_at.desc())
    )
    return tuple(SessionInfo(*row) for row in rows)
