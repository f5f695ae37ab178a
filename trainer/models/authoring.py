"""Tables of what is written in the browser or brought in by commands: versions of content files."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from trainer.models.base import Base

PATH_LENGTH = 200
NOTE_LENGTH = 500


class ContentVersion(Base):
    """A text of one content file; without a text the file is taken away.

    Of the versions of a path, the published one with the highest number counts instead of the shipped file. `base` is
    the hash of the shipped file when the version was written: a later release may bring another.
    """

    __tablename__ = "content_version"
    __table_args__ = (CheckConstraint("state in ('draft', 'reviewed', 'published', 'set_aside')", name="state"),)

    path: Mapped[str] = mapped_column(String(PATH_LENGTH), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    text: Mapped[str | None] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(10))
    note: Mapped[str] = mapped_column(String(NOTE_LENGTH))
    shipped_hash: Mapped[str | None] = mapped_column(String(64))
    author_id: Mapped[UUID | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    saved_at: Mapped[datetime]
    reviewer_id: Mapped[UUID | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    reviewed_at: Mapped[datetime | None]
    published_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    published_at: Mapped[datetime | None]


class ContentEdition(Base):
    """A publication: from it on, the content in force is another. `published` maps each path to its version."""

    __tablename__ = "content_edition"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    made_at: Mapped[datetime]
    made_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    published: Mapped[dict[str, Any]]


class ReviewRequest(Base):
    """Somebody asked that a version be read by another trainer; a later version is asked for anew."""

    __tablename__ = "review_request"

    path: Mapped[str] = mapped_column(String(PATH_LENGTH), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    asked_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    asked_at: Mapped[datetime]
