"""The table of recordings: phrases that a person spoke in the place of the synthetic voice."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from trainer.models.base import ID_LENGTH, Base, new_id

SPEAKER_LENGTH = 80


class RecordingRow(Base):
    """A person's recording of a phrase at one speed. The file is in the data folder, named by `digest`.

    `spoken` names the words that were said: a phrase with other words plays it no more. A row is kept only for a
    speaker who has agreed.
    """

    __tablename__ = "recording"
    __table_args__ = (
        UniqueConstraint("phrase_id", "speed"),
        CheckConstraint("speed in ('normal', 'slow')", name="speed"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    phrase_id: Mapped[str] = mapped_column(String(ID_LENGTH))
    speed: Mapped[str] = mapped_column(String(6))
    spoken: Mapped[str] = mapped_column(String(16))
    digest: Mapped[str] = mapped_column(String(64))
    seconds: Mapped[float]
    speaker: Mapped[str] = mapped_column(String(SPEAKER_LENGTH))
    licence: Mapped[str] = mapped_column(String(20))
    kept_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    kept_at: Mapped[datetime]
