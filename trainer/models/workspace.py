"""Tables of an engagement's workspace: what a team writes together, and links for people without an account."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from trainer.models.base import Base, new_id


class WorkspaceDocumentRow(Base):
    """A version of a document that a team writes together, appended: the newest is in force."""

    __tablename__ = "workspace_document"
    __table_args__ = (CheckConstraint("kind in ('charter', 'meeting', 'follow_up')", name="kind"),)

    engagement_id: Mapped[UUID] = mapped_column(ForeignKey("engagement.id", ondelete="CASCADE"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    document: Mapped[dict[str, Any]]
    made_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    made_at: Mapped[datetime]


class SignedLink(Base):
    """An address that lets whoever has it see or do one thing, without an account, until it is over or revoked.

    Only the SHA-256 of its token is kept. `details` says what it is for, such as the version to be agreed on.
    """

    __tablename__ = "signed_link"
    __table_args__ = (
        CheckConstraint("purpose in ('charter', 'health_check', 'report', 'feed')", name="purpose"),
        CheckConstraint("engagement_id is not null or user_id is not null", name="subject"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    purpose: Mapped[str] = mapped_column(String(20))
    engagement_id: Mapped[UUID | None] = mapped_column(ForeignKey("engagement.id", ondelete="CASCADE"), index=True)
    user_id: Mapped[UUID | None] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    label: Mapped[str] = mapped_column(String(160))
    details: Mapped[dict[str, Any]]
    made_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
    used_at: Mapped[datetime | None]
