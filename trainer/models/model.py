"""Tables of the model: what is learnt from the answers of all."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from trainer.models.base import ID_LENGTH, Base


class ModelRow(Base):
    """A version of the model's shared terms, appended: the newest is in force, an old one is copied to go back.

    `constants` are those of the version. `learnt_until` and `learnt_id` mark the last response that it has learnt from.
    """

    __tablename__ = "model"

    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    made_at: Mapped[datetime]
    why: Mapped[str] = mapped_column(String(20))
    constants: Mapped[dict[str, Any]]
    population: Mapped[list[Any]]
    item_novelty: Mapped[list[Any]]
    competency_novelty: Mapped[list[Any]]
    learnt_until: Mapped[datetime | None]
    learnt_id: Mapped[UUID | None]
    report: Mapped[dict[str, Any]]


class DifficultyRow(Base):
    """What is believed of a competency's or an item's difficulty from a version of the model on."""

    __tablename__ = "difficulty"

    scope: Mapped[str] = mapped_column(String(10), primary_key=True)
    key: Mapped[str] = mapped_column(String(ID_LENGTH), primary_key=True)
    version: Mapped[int] = mapped_column(ForeignKey("model.version", ondelete="CASCADE"), primary_key=True, index=True)
    mean: Mapped[float]
    variance: Mapped[float]
