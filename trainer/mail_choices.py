"""Keeps who wants which e-mails, and which of them are done with."""

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Row, delete, func, select

from trainer.database import Store, insert_missing, upsert
from trainer.domain.mail import MailChoice, MailKind, Reader
from trainer.models import MailChoiceRow, MailSentRow, User, table

KEPT = timedelta(days=60)
"""For so long it is known that a mail was sent: longer than any could be sent again."""
_user, _choice, _sent = table(User), table(MailChoiceRow), table(MailSentRow)
_OF_CHOICE = [_choice.c[name] for name in MailChoice.__slots__]


@dataclass(frozen=True, slots=True)
class Subscriber:
    """Somebody who may be written to, and the last mail of each kind that is done with."""

    reader: Reader
    choice: MailChoice
    last: dict[MailKind, str | None]


def choice_of(store: Store, user_id: UUID, usual: MailChoice) -> MailChoice:
    """What somebody has chosen, else what is usual."""
    row = store.execute(select(*_OF_CHOICE).where(_choice.c.user_id == user_id)).first()
    return usual if row is None else MailChoice(*row)


def choose(store: Store, user_id: UUID, choice: MailChoice) -> None:
    upsert(store, _choice, [{"user_id": user_id, **asdict(choice)}])


def stop(store: Store, user_id: UUID, kind: MailKind, usual: MailChoice) -> bool:
    """Send somebody no more of a kind; False when there is no such person any more."""
    if store.scalar(select(_user.c.id).where(_user.c.id == user_id)) is None:
        return False
    choose(store, user_id, choice_of(store, user_id, usual).without(kind))
    return True


def subscribers(store: Store, usual: MailChoice) -> tuple[Subscriber, ...]:
    """Everybody whose account is open: one statement."""
    last = [
        select(func.max(_sent.c.key))
        .where(_sent.c.user_id == _user.c.id, _sent.c.kind == kind)
        .scalar_subquery()
        .label(f"last_{kind}")
        for kind in MailKind
    ]
    rows = store.execute(
        select(_user.c.id, _user.c.name, _user.c.email, *_OF_CHOICE, *last)
        .outerjoin(_choice, _choice.c.user_id == _user.c.id)
        .where(_user.c.disabled_at.is_(None))
        .order_by(_user.c.id)
    )
    return tuple(_subscriber(row, usual) for row in rows)


def subscriber(store: Store, user_id: UUID, kind: MailKind, key: str, usual: MailChoice) -> Subscriber | None:
    """Somebody who is still to get a mail; None when it is done with, or is not wanted any more."""
    is_done = select(_sent.c.key).where(_sent.c.user_id == user_id, _sent.c.kind == kind, _sent.c.key == key).exists()
    row = store.execute(
        select(_user.c.id, _user.c.name, _user.c.email, *_OF_CHOICE)
        .outerjoin(_choice, _choice.c.user_id == _user.c.id)
        .where(_user.c.id == user_id, _user.c.disabled_at.is_(None), ~is_done)
    ).first()
    found = None if row is None else _subscriber(row, usual)
    return found if found is not None and found.choice.wants(kind) else None


def note_done(store: Store, user_id: UUID, kind: MailKind, key: str, *, at: datetime) -> None:
    """Keep that a mail was sent, or that there was nothing to send: it is not looked into again."""
    insert_missing(store, _sent, [{"user_id": user_id, "kind": kind.value, "key": key, "sent_at": at}])


def forget_old(store: Store, *, at: datetime) -> None:
    store.execute(delete(_sent).where(_sent.c.sent_at < at - KEPT))


def _subscriber(row: Row[Any], usual: MailChoice) -> Subscriber:
    names = MailChoice.__slots__
    has_chosen = row.language is not None
    choice = MailChoice(**{name: getattr(row, name) for name in names}) if has_chosen else usual
    last = {kind: getattr(row, f"last_{kind}", None) for kind in MailKind}
    return Subscriber(Reader(row.id, row.name, row.email), choice, last)
