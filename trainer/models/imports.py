"""The table of files that were uploaded and wait for their confirmation."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from trainer.models.base import Base

FILE_NAME_LENGTH = 100


class Upload(Base):
    """A file that somebody looks at before it is taken in; `data` goes once it is, or once an hour has passed.

    `outcome` says what became of it, for the page that tells.
    """

    __tablename__ = "upload"
    __table_args__ = (Index("ix_upload_uploaded_at", "uploaded_at"),)

    owner_id: Mapped[UUID] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(FILE_NAME_LENGTH))
    wanted: Mapped[dict[str, Any]]
    data: Mapped[bytes | None] = mapped_column(LargeBinary)
    outcome: Mapped[dict[str, Any] | None]
    uploaded_at: Mapped[datetime]
