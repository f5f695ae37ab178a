"""One-time links: to join, or to choose a new password."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select, update
from sqlalchemy.orm import Session

from trainer.accounts.people import AccountError, normal_email
from trainer.accounts.sessions import close_all_sessions
from trainer.database import Store
from trainer.models import Invitation, Membership, User, new_id
from trainer.tokens import hash_token, new_token

INVITATION_DAYS = 7


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


def find_invitation(store: Store, token: str, *, at: datetime) -> InvitationInfo | None:
    """The open invitation of a link, or None when it was used, is too old or never was."""
    row = store.execute(_open(select(Invitation.email, Invitation.name), token, at)).first()
    if row is None:
        return None
    is_reset = store.scalar(select(User.id).where(User.email == row.email)) is not None
    return InvitationInfo(row.email, row.name, is_reset)


def accept_invitation(session: Session, token: str, name: str, password_hash: str, *, at: datetime) -> UUID:
    """Join, or choose a new password; the link is used up. `password_hash` comes from `hash_password`."""
    invitation: Invitation | None = session.scalar(_open(select(Invitation), token, at))
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


def _open(invitations: Select[Any], token: str, at: datetime) -> Select[Any]:
    return invitations.where(
        Invitation.token_hash == hash_token(token), Invitation.used_at.is_(None), Invitation.expires_at > at
    )


def _new_invitation(session: Session, person: NewPerson, *, at: datetime) -> str:
    email = normal_email(person.email)
    session.execute(
        update(Invitation).where(Invitation.email == email, Invitation.used_at.is_(None)).values(used_at=at)
    )
    token = new_token()
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
