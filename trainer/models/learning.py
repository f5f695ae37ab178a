"""Tables of what learners do and what is known of them.

What a learner does has a primary key that starts with `learner_id`, so that it can be partitioned by learner.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from trainer.models.base import HASH_LENGTH, ID_LENGTH, Base, new_id


class LessonDone(Base):
    """A lesson that a learner said they have done. `goals` are the positions of the can-dos they ticked."""

    __tablename__ = "lesson_done"

    learner_id: Mapped[UUID] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), primary_key=True)
    lesson_id: Mapped[str] = mapped_column(String(ID_LENGTH), primary_key=True)
    done_at: Mapped[datetime]
    goals: Mapped[list[Any]]


class FactReport(Base):
    """A learner's word that a fact is wrong or out of date."""

    __tablename__ = "fact_report"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    fact_id: Mapped[str] = mapped_column(String(ID_LENGTH), index=True)
    reporter_id: Mapped[UUID] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    problem: Mapped[str] = mapped_column(Text)
    reported_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    closed_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    decision: Mapped[str | None] = mapped_column(Text)


class StudyPlanRow(Base):
    """The suggested study that a learner set out on for an engagement: by ISO date, the ids of what is to be done."""

    __tablename__ = "study_plan"

    learner_id: Mapped[UUID] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), primary_key=True)
    engagement_id: Mapped[UUID] = mapped_column(
        ForeignKey("engagement.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    chosen: Mapped[dict[str, Any]]
    kept_at: Mapped[datetime]


class KeptQuiz(Base):
    """A quiz as it was when an attempt began on it, as JSON under the hash of its content; never changed."""

    __tablename__ = "kept_quiz"

    content_hash: Mapped[str] = mapped_column(String(HASH_LENGTH), primary_key=True)
    quiz_id: Mapped[str] = mapped_column(String(ID_LENGTH), index=True)
    body: Mapped[str] = mapped_column(Text)
    kept_at: Mapped[datetime]


class Attempt(Base):
    """One sitting of one quiz. While it `is_quiet`, what has to be heard or said waits.

    `quiz_hash` names the content that it asks, as kept; None for attempts from before any was kept.
    """

    __tablename__ = "attempt"
    __table_args__ = (
        UniqueConstraint("learner_id", "quiz_id", "number"),
        Index("ix_attempt_quiz_id_finished_at", "quiz_id", "finished_at"),
    )

    learner_id: Mapped[UUID] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    quiz_id: Mapped[str] = mapped_column(String(ID_LENGTH))
    number: Mapped[int]
    started_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    is_quiet: Mapped[bool] = mapped_column(default=False, server_default=false())
    quiz_hash: Mapped[str | None] = mapped_column(String(HASH_LENGTH))


class Response(Base):
    """What was answered to one item in one attempt; append-only.

    `step` counts the choices of a scenario from 0. `item_key` names what was answered: the item, or its node. `kind`
    says how much it proves. `expected` is the chance of handling it well that the model gave just before, `difficulty`
    the item's prior one; the `person_` and novelty columns are what the person brought to it, from which the shared
    terms learn. `checks` holds of each text that was typed its verdict, the rules and mode of it, and the difference.
    """

    __tablename__ = "response"
    __table_args__ = (
        UniqueConstraint("learner_id", "attempt_id", "item_id", "step"),
        CheckConstraint("score >= 0 and score <= 1", name="score"),
        Index("ix_response_received_at_id", "received_at", "id"),
        {"sqlite_with_rowid": False},
    )

    learner_id: Mapped[UUID] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    attempt_id: Mapped[UUID]
    item_id: Mapped[str] = mapped_column(String(ID_LENGTH))
    step: Mapped[int]
    item_key: Mapped[str] = mapped_column(String(ID_LENGTH))
    competencies: Mapped[list[Any]]
    given: Mapped[dict[str, Any]]
    score: Mapped[float]
    kind: Mapped[str] = mapped_column(String(12), server_default="first")
    expected: Mapped[float]
    difficulty: Mapped[float]
    person_mean: Mapped[float] = mapped_column(server_default="0")
    person_variance: Mapped[float] = mapped_column(server_default="2.5")
    item_novelty: Mapped[float] = mapped_column(server_default="1")
    competency_novelty: Mapped[float] = mapped_column(server_default="1")
    checks: Mapped[dict[str, Any] | None]
    content_hash: Mapped[str] = mapped_column(String(32))
    rules_version: Mapped[int]
    model_version: Mapped[int]
    answered_at: Mapped[datetime]
    received_at: Mapped[datetime]


class MasteryRow(Base):
    """A term of the model for one learner: their ability, their state in a competency, or their memory of an item."""

    __tablename__ = "mastery"
    __table_args__ = ({"sqlite_with_rowid": False},)

    learner_id: Mapped[UUID] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), primary_key=True)
    scope: Mapped[str] = mapped_column(String(10), primary_key=True)
    key: Mapped[str] = mapped_column(String(ID_LENGTH), primary_key=True)
    mean: Mapped[float]
    variance: Mapped[float]
    at: Mapped[datetime]
    answers: Mapped[int]
    stability: Mapped[float | None]
    hardness: Mapped[float | None]
