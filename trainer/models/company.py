"""The table of the company's rules."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from trainer.models.base import Base

REASON_LENGTH = 500


class CompanyRulesRow(Base):
    """A version of what the company calls ready and of what its managers see, appended: the newest is in force."""

    __tablename__ = "company_rules"
    __table_args__ = (CheckConstraint("visibility in ('bands', 'forecast')", name="visibility"),)

    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    made_at: Mapped[datetime]
    made_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    min_answers: Mapped[int]
    max_width: Mapped[float]
    ready_margin: Mapped[float]
    interpreter_target: Mapped[float]
    visibility: Mapped[str] = mapped_column(String(10))
    reason: Mapped[str] = mapped_column(String(REASON_LENGTH))
