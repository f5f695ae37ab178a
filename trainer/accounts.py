"""Use cases about people: sign in and out, invite and join, teams, who is there."""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from sqlalchemy import bindparam, delete, func, select, update
from sqlalchemy.orm import Session
from zxcvbn.frequency_lists import FREQUENCY_LISTS

from trainer.domain.access import Actor, Role
from trainer.models import Invitation, Membership, Team, User, UserSession, new_id, table

MIN_PASSWORD = 12
MAX_PASSWORD = 128
INVITATION_DAYS = 7
SEEN_EVERY = timedelta(minutes=5)
"""How old `last_seen_at` may grow before a request renews it."""

_hasher = PasswordHasher()
_common_passwords = frozenset(FREQUENCY_LISTS["passwords"])
_nobody_hash = _hasher.hash(secrets.token_urlsafe())
"""What a password is checked against when there is no such account, so that both take as long."""


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


class AccountError(ValueError):
    """A rule about accounts was broken; the text says what to do."""


@dataclass(frozen=True, slots=True)
class SessionInfo:
    """A signed-in browser, as its owner sees it."""

    id: str
    user_agent: str
    created_at: datetime
    last_seen_at: datetime


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


@dataclass(frozen=True, slots=True)
class InvitationInfo:
    """An open invitation. `is_reset`: the person is there already and chooses a new password."""

    email: str
    name: str
    is_reset: bool


@dataclass(frozen=True, slots=True)
class NewPerson:
    """Whom to invite, and as what."""

    email: str
    name: str
    is_trainer: bool = False
    is_admin: bool = False
    team_id: UUID | None = None
    is_manager: bool = False


def load_actor(session: Session, token: str, idle: timedelta, *, at: datetime) -> tuple[Actor, datetime] | None:
    """Who is signed in with this token, and when they were last seen; None when the sign-in is over."""
    rows = session.execute(_ACTOR, {"session_id": hash_token(token), "at": at, "seen_after": at - idle}).all()
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
    return actor, first.last_seen_at


def check_password(session: Session, email: str, password: str) -> UUID | None:
    """The person with this e-mail address and password, or None. Takes as long for a stranger as for a member."""
    row = session.execute(
        select(User.id, User.password_hash).where(User.email == normal_email(email), User.disabled_at.is_(None))
    ).first()
    known_hash = row.password_hash if row and row.password_hash else _nobody_hash
    try:
        _hasher.verify(known_hash, password)
    except (VerifyMismatchError, InvalidHashError):
        return None
    return row.id if row else None


def open_session(session: Session, user_id: UUID, user_agent: str, max_age: timedelta, *, at: datetime) -> str:
    """Sign a person in; the token for their cookie. Only its hash is kept."""
    token = secrets.token_urlsafe(32)
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


def touch_session(session: Session, session_id: str, *, at: datetime) -> None:
    session.execute(update(UserSession).where(UserSession.id == session_id).values(last_seen_at=at))


def close_session(session: Session, user_id: UUID, session_id: str) -> None:
    session.execute(delete(UserSession).where(UserSession.id == session_id, UserSession.user_id == user_id))


def close_all_sessions(session: Session, user_id: UUID) -> None:
    session.execute(delete(UserSession).where(UserSession.user_id == user_id))


def list_sessions(session: Session, user_id: UUID) -> tuple[SessionInfo, ...]:
    rows = session.execute(
        select(UserSession.id, UserSession.user_agent, UserSession.created_at, UserSession.last_seen_at)
        .where(UserSession.user_id == user_id)
        .order_by(UserSession.last_seen_at.desc())
    )
    return tuple(SessionInfo(*row) for row in rows)


def invite(session: Session, person: NewPerson, *, at: datetime) -> str:
    """Make a one-time link's token for a person; an earlier open link of theirs ends."""
    email = normal_email(person.email)
    known = session.scalar(select(User).where(User.email == email))
    if known is not None:
        raise AccountError(f"{known.name} <{email}> is here already; send a new sign-in link from the list of people")
    return _new_invitation(session, person, at=at)


def invite_again(session: Session, user_id: UUID, *, at: datetime) -> str:
    """A one-time link with which a person chooses a new password. All their sign-ins end."""
    user = session.get_one(User, user_id)
    if user.disabled_at is not None:
        raise AccountError(f"{user.name} is disabled; enable the account first")
    close_all_sessions(session, user_id)
    return _new_invitation(session, NewPerson(user.email, user.name), at=at)


def find_invitation(session: Session, token: str, *, at: datetime) -> InvitationInfo | None:
    """The open invitation of a link, or None when it was used, is too old or never was."""
    row = _open_invitation(session, token, at)
    if row is None:
        return None
    is_reset = session.scalar(select(User.id).where(User.email == row.email)) is not None
    return InvitationInfo(row.email, row.name, is_reset)


def accept_invitation(session: Session, token: str, name: str, password_hash: str, *, at: datetime) -> UUID:
    """Join, or choose a new password; the link is used up. `password_hash` comes from `hash_password`."""
    invitation = _open_invitation(session, token, at)
    if invitation is None:
        raise AccountError("This link was used already or is too old. Ask for a new one.")
    invitation.used_at = at
    user = session.scalar(select(User).where(User.email == invitation.email))
    if user is not None and user.disabled_at is not None:
        raise AccountError("This account is disabled. Ask an administrator.")
    if user is None:
        user = User(
            id=new_id(),
            email=invitation.email,
            name=name.strip(),
            is_trainer=invitation.is_trainer,
            is_admin=invitation.is_admin,
            created_at=at,
        )
        session.add(user)
        session.flush()
        if invitation.team_id is not None:
            session.add(Membership(team_id=invitation.team_id, user_id=user.id, is_manager=invitation.is_manager))
    user.password_hash = password_hash
    session.flush()
    close_all_sessions(session, user.id)
    return user.id


def password_problem(password: str, email: str, name: str) -> str | None:
    """Why a password may not be used, in words that say what to do; None when it may (ASVS 6.2)."""
    if len(password) < MIN_PASSWORD:
        return f"Use {MIN_PASSWORD} characters or more. A few words in a row are easy to remember."
    if len(password) > MAX_PASSWORD:
        return f"Use {MAX_PASSWORD} characters or fewer."
    folded = password.casefold()
    if folded in _common_passwords or len(set(folded)) < 4:
        return "This password is on lists of common passwords. Choose another."
    own_words = {*email.casefold().split("@")[0].split("."), *name.casefold().split(), "entente"}
    rest = folded
    for word in sorted((word for word in own_words if len(word) > 2), key=len, reverse=True):
        rest = rest.replace(word, "")
    if len(rest) < MIN_PASSWORD // 2:
        return "This password is mostly your name or address. Choose another."
    return None


def hash_password(password: str) -> str:
    return _hasher.hash(password)


def disable_user(session: Session, user_id: UUID, *, at: datetime) -> None:
    """Shut an account; its sign-ins end at once. The last active admin stays."""
    user = session.get_one(User, user_id)
    others = session.scalar(select(func.count()).where(User.is_admin, User.disabled_at.is_(None), User.id != user_id))
    if user.is_admin and not others:
        raise AccountError(f"{user.name} is the only administrator; make someone else one first")
    user.disabled_at = at
    close_all_sessions(session, user_id)


def enable_user(session: Session, user_id: UUID) -> None:
    session.get_one(User, user_id).disabled_at = None


def create_team(session: Session, name: str, *, at: datetime) -> UUID:
    name = name.strip()
    if session.scalar(select(Team.id).where(func.lower(Team.name) == name.lower())) is not None:
        raise AccountError(f"There is a team named {name} already. Choose another name.")
    team = Team(id=new_id(), name=name, created_at=at)
    session.add(team)
    session.flush()
    return team.id


def set_membership(session: Session, team_id: UUID, user_id: UUID, *, is_manager: bool) -> None:
    """Put a person in a team, as its manager or not."""
    session.merge(Membership(team_id=team_id, user_id=user_id, is_manager=is_manager))


def leave_team(session: Session, team_id: UUID, user_id: UUID) -> None:
    session.execute(delete(Membership).where(Membership.team_id == team_id, Membership.user_id == user_id))


def list_people(session: Session) -> tuple[PersonInfo, ...]:
    teams: dict[UUID, list[str]] = {}
    for user_id, team, is_manager in session.execute(
        select(Membership.user_id, Team.name, Membership.is_manager).join(Team).order_by(Team.name)
    ):
        teams.setdefault(user_id, []).append(f"{team} (manager)" if is_manager else team)
    users = session.execute(
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


def list_teams(session: Session, only: Sequence[UUID] | None = None) -> tuple[TeamInfo, ...]:
    """Every team, or those given."""
    teams = select(Team.id, Team.name).order_by(Team.name)
    if only is not None:
        teams = teams.where(Team.id.in_(only))
    people: dict[UUID, list[tuple[str, bool]]] = {}
    for team_id, name, is_manager in session.execute(
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
        for team_id, name in session.execute(teams)
    )


def list_members(session: Session, team_id: UUID) -> tuple[MemberInfo, ...]:
    rows = session.execute(
        select(User.id, User.name, User.email, Membership.is_manager)
        .join(Membership, Membership.user_id == User.id)
        .where(Membership.team_id == team_id)
        .order_by(User.name)
    )
    return tuple(MemberInfo(*row) for row in rows)


def mark_demo(session: Session) -> None:
    """Mark everyone who is there as a person of the demo company."""
    session.execute(update(User).values(is_demo=True))


def set_demo_password(session: Session, emails: Sequence[str], password_hash: str) -> None:
    session.execute(update(User).where(User.is_demo, User.email.in_(emails)).values(password_hash=password_hash))


def has_demo_users(session: Session) -> bool:
    return session.scalar(select(User.id).where(User.is_demo).limit(1)) is not None


def has_users(session: Session) -> bool:
    return session.scalar(select(User.id).limit(1)) is not None


def normal_email(email: str) -> str:
    return email.strip().lower()


def hash_token(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _open_invitation(session: Session, token: str, at: datetime) -> Invitation | None:
    return session.scalar(
        select(Invitation).where(
            Invitation.token_hash == hash_token(token), Invitation.used_at.is_(None), Invitation.expires_at > at
        )
    )


def _new_invitation(session: Session, person: NewPerson, *, at: datetime) -> str:
    email = normal_email(person.email)
    session.execute(
        update(Invitation).where(Invitation.email == email, Invitation.used_at.is_(None)).values(used_at=at)
    )
    token = secrets.token_urlsafe(24)
    session.add(
        Invitation(
            token_hash=hash_token(token),
            email=email,
            name=person.name.strip(),
            is_trainer=person.is_trainer,
            is_admin=person.is_admin,
            team_id=person.team_id,
            is_manager=person.is_manager,
            created_at=at,
            expires_at=at + timedelta(days=INVITATION_DAYS),
        )
    )
    return token
