"""Tables of what both sides said of a charter: who agreed to which version, comments, and health checks."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Date, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from trainer.models.base import Base, new_id

NAME_LENGTH = 160


class CharterAgreement(Base):
    """That somebody agreed to a version for their side: one of us signed in, or the partner by a link."""

    __tablename__ = "charter_agreement"
    __table_args__ = (CheckConstraint("party in ('ours', 'theirs')", name="party"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    engagement_id: Mapped[UUID] = mapped_column(ForeignKey("engagement.id", ondelete="CASCADE"), index=True)
    version: Mapped[int]
    party: Mapped[str] = mapped_column(String(6))
    name: Mapped[str] = mapped_column(String(NAME_LENGTH))
    link_id: Mapped[UUID | None] = mapped_column(ForeignKey("signed_link.id", ondelete="SET NULL"))
    user_id: Mapped[UUID | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    agreed_at: Mapped[datetime]


class CharterComment(Base):
    """What the partner said of a version instead of agreeing, or beside it."""

    __tablename__ = "charter_comment"
    __table_args__ = (CheckConstraint("party in ('ours', 'theirs')", name="party"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    engagement_id: Mapped[UUID] = mapped_column(ForeignKey("engagement.id", ondelete="CASCADE"), index=True)
    version: Mapped[int]
    party: Mapped[str] = mapped_column(String(6))
    name: Mapped[str] = mapped_column(String(NAME_LENGTH))
    link_id: Mapped[UUID | None] = mapped_column(ForeignKey("signed_link.id", ondelete="SET NULL"))
    words: Mapped[str] = mapped_column(Text)
    made_at: Mapped[datetime]


class HealthAnswer(Base):
    """The health check of somebody for a quarter, which is named by its first day.

    `respondent` is "user:<id>" or "link:<id>"; who answers again changes their answer.
    """

    __tablename__ = "health_answer"
    __table_args__ = (CheckConstraint("party in ('ours', 'theirs')", name="party"),)

    engagement_id: Mapped[UUID] = mapped_column(ForeignKey("engagement.id", ondelete="CASCADE"), primary_key=True)
    quarter: Mapped[date] = mapped_column(Date, primary_key=True)
    respondent: Mapped[str] = mapped_column(String(50), primary_key=True)
    party: Mapped[str] = mapped_column(String(6))
    name: Mapped[str] = mapped_column(String(NAME_LENGTH))
    marks: Mapped[dict[str, Any]]
    note: Mapped[str] = mapped_column(Text)
    answered_at: Mapped[datetime]
