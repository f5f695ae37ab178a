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

    `quiz_hash` names the content that it asks, as kept; None for attempts from before any was kept. In the mode
    `assessment` it is over at `due_at` (None: it has no limit), and `flagged` are the ids of items to look at again.
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
    mode: Mapped[str] = mapped_column(String(10), default="practice", server_default="practice")
    due_at: Mapped[datetime | None]
    flagged: Mapped[list[Any] | None]


class DraftAnswer(Base):
    """What is saved of an item in an assessment until it is handed in; `id` becomes that of its response."""

    __tablename__ = "draft_answer"

    learner_id: Mapped[UUID] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), primary_key=True)
    attempt_id: Mapped[UUID] = mapped_column(primary_key=True)
    item_id: Mapped[str] = mapped_column(String(ID_LENGTH), primary_key=True)
    step: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    id: Mapped[UUID]
    given: Mapped[dict[str, Any]]
    saved_at: Mapped[datetime]


class TimeAllowanceRow(Base):
    """How much time a person has in assessments, appended: the newest is in force, all tell who set what."""

    __tablename__ = "time_allowance"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    learner_id: Mapped[UUID] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    allowance: Mapped[str] = mapped_column(String(10))
    set_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    set_at: Mapped[datetime]


class ExtraAttempt(Base):
    """One more sitting of an assessment that somebody was granted, by whom and why."""

    __tablename__ = "extra_attempt"
    __table_args__ = (Index("ix_extra_attempt_learner_id_quiz_id", "learner_id", "quiz_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    learner_id: Mapped[UUID] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"))
    quiz_id: Mapped[str] = mapped_column(String(ID_LENGTH))
    reason: Mapped[str] = mapped_column(Text)
    granted_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    granted_at: Mapped[datetime]


class Response(Base):
    """What was answered to one item in one attempt; append-only.

    `step` counts the choices of a scenario from 0. `item_key` names what was answered: the item, or its node. `kind`
    says how much it proves. `expected` is the chance of handling it well that the model gave just before, `difficulty`
    the item's prior one; the `person_` and novelty columns are what the person brought to it, from which the shared
    terms learn. `checks` holds of each text that was typed its verdict, the rules and mode of it, and the difference.
    What is `withdrawn` stays, and proves nothing.
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
    withdrawn_at: Mapped[datetime | None]


class Replay(Base):
    """A practice run through one scenario from a decision on.

    `taken` are the steps before it, as [node, choice], as they were in the attempt (or in a replay of it). What is
    answered from there on are responses whose `attempt_id` is the replay's id.
    """

    __tablename__ = "replay"
    __table_args__ = (Index(None, "learner_id", "attempt_id"),)

    learner_id: Mapped[UUID] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    attempt_id: Mapped[UUID]
    quiz_id: Mapped[str] = mapped_column(String(ID_LENGTH))
    item_id: Mapped[str] = mapped_column(String(ID_LENGTH))
    taken: Mapped[list[Any]]
    started_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]


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
