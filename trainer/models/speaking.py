"""The table of takes: what learners said aloud, and what was heard in it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from trainer.models.base import ID_LENGTH, Base


class TakeRow(Base):
    """One time that a learner said a line.

    `spoken` names the words that were said, `digest` is of the WAV that was sent. `hearing` is what was measured, with
    the `version` of measures and thresholds. `closeness` is the learner's own word, with the retention that their
    review aimed at then. The recording itself is deleted once it was heard, unless the learner keeps it: then `kept_at`
    says since when.
    """

    __tablename__ = "take"
    __table_args__ = (
        CheckConstraint("state in ('waiting', 'heard', 'failed')", name="state"),
        CheckConstraint("closeness between 1 and 4", name="closeness"),
        Index(None, "learner_id", "line_id"),
        Index(None, "kept_at"),
        Index(None, "state"),
    )

    learner_id: Mapped[UUID] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    line_id: Mapped[str] = mapped_column(String(ID_LENGTH))
    spoken: Mapped[str] = mapped_column(String(16))
    digest: Mapped[str] = mapped_column(String(64))
    taken_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(String(7))
    heard_at: Mapped[datetime | None]
    verdict: Mapped[str | None] = mapped_column(String(12))
    version: Mapped[int | None]
    hearing: Mapped[dict[str, Any] | None]
    closeness: Mapped[int | None]
    retention: Mapped[float | None]
    rated_at: Mapped[datetime | None]
    kept_at: Mapped[datetime | None]
