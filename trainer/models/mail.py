"""Tables of e-mails: who wants which, and which were sent."""

from datetime import datetime, time
from uuid import UUID

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from trainer.models.base import Base


class MailChoiceRow(Base):
    """What somebody has chosen; who has no row has what the company's settings say.

    The zone is one of the IANA database, quiet hours are local times in it.
    """

    __tablename__ = "mail_choice"

    user_id: Mapped[UUID] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), primary_key=True)
    language: Mapped[str] = mapped_column(String(2))
    zone: Mapped[str] = mapped_column(String(64))
    wants_digest: Mapped[bool]
    wants_due: Mapped[bool]
    quiet_from: Mapped[time | None]
    quiet_until: Mapped[time | None]


class MailSentRow(Base):
    """A mail that is done with: sent, refused for good, or found to have nothing to tell. `key` is the day it is of."""

    __tablename__ = "mail_sent"

    user_id: Mapped[UUID] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(10), primary_key=True)
    key: Mapped[str] = mapped_column(String(10), primary_key=True)
    sent_at: Mapped[datetime] = mapped_column(index=True)
