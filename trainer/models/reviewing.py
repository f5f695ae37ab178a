"""Tables of spaced repetition: what a learner asks of it, what was reviewed, and the cards that follow from that."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from trainer.models.base import ID_LENGTH, Base


class ReviewSettingsRow(Base):
    """What a learner asks of their review, if anything but the usual."""

    __tablename__ = "review_settings"
    __table_args__ = (CheckConstraint("retention > 0 and retention < 1", name="retention"),)

    learner_id: Mapped[UUID] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), primary_key=True)
    retention: Mapped[float]
    new_per_day: Mapped[int]
    max_per_day: Mapped[int | None]


class ReviewRow(Base):
    """What a response of the review said of its card. `corrected` is the learner's own word against `rating`."""

    __tablename__ = "review"
    __table_args__ = (
        CheckConstraint("rating between 1 and 4", name="rating"),
        Index("ix_review_learner_id_card_id", "learner_id", "card_id"),
    )

    learner_id: Mapped[UUID] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), primary_key=True)
    response_id: Mapped[UUID] = mapped_column(primary_key=True)
    card_id: Mapped[str] = mapped_column(String(ID_LENGTH))
    rating: Mapped[int]
    corrected: Mapped[int | None]
    retention: Mapped[float]
    reviewed_at: Mapped[datetime]


class ReviewCardRow(Base):
    """An item that comes back to a learner: made from the responses, and can be made from them again.

    Until its first review a card has no `stage` and what follows it.
    """

    __tablename__ = "review_card"
    __table_args__ = ({"sqlite_with_rowid": False},)

    learner_id: Mapped[UUID] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), primary_key=True)
    card_id: Mapped[str] = mapped_column(String(ID_LENGTH), primary_key=True)
    entered_at: Mapped[datetime]
    due: Mapped[datetime]
    is_missed: Mapped[bool]
    stage: Mapped[int | None]
    step: Mapped[int | None]
    stability: Mapped[float | None]
    hardness: Mapped[float | None]
    last_at: Mapped[datetime | None]
    reviews: Mapped[int]
    response_id: Mapped[UUID | None]
