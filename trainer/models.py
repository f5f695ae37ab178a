"""The tables: facts, no rules.

What a learner does has a primary key that starts with `learner_id`, so that it can be partitioned by learner.
"""

from datetime import UTC, date, datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import (
    JSON,
    CheckConstraint,
    Date,
    DateTime,
    ForeignKey,
    Index,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
)
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from uuid6 import uuid7

ID_LENGTH = 120
"""Longest id of content (a competency, an item with its node) that a row can hold."""


def new_id() -> UUID:
    """A UUIDv7: unique without asking the database, and in order of creation."""
    return UUID(int=uuid7().int)


class UtcDateTime(TypeDecorator[datetime]):
    """An aware time in UTC; a naive one is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is not None and value.tzinfo is None:
            raise ValueError(f"{value!r} has no time zone")
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        datetime: UtcDateTime(),
        dict[str, Any]: JSON(),
        list[Any]: JSON(),
    }


def table(model: type[Base]) -> Table:
    """The table of a model, for statements that are made once and run without the mapper."""
    found = model.__table__
    assert isinstance(found, Table)
    return found


class User(Base):
    """A person of the company. The e-mail address is kept in lower case."""

    __tablename__ = "user"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    password_hash: Mapped[str | None] = mapped_column(String(200))
    is_trainer: Mapped[bool] = mapped_column(default=False)
    is_admin: Mapped[bool] = mapped_column(default=False)
    is_demo: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]
    disabled_at: Mapped[datetime | None]


class UserSession(Base):
    """A signed-in browser. The id is the SHA-256 of the token that its cookie carries."""

    __tablename__ = "user_session"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    user_id: Mapped[UUID] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    created_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    user_agent: Mapped[str] = mapped_column(String(200))


class Invitation(Base):
    """A one-time link: to join, or for a person who is there already to set a new password."""

    __tablename__ = "invitation"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    email: Mapped[str] = mapped_column(String(254), index=True)
    name: Mapped[str] = mapped_column(String(120))
    is_trainer: Mapped[bool] = mapped_column(default=False)
    is_admin: Mapped[bool] = mapped_column(default=False)
    team_id: Mapped[UUID | None] = mapped_column(ForeignKey("team.id", ondelete="SET NULL"), index=True)
    is_manager: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class Team(Base):
    __tablename__ = "team"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    name: Mapped[str] = mapped_column(String(120), unique=True)
    created_at: Mapped[datetime]


class Membership(Base):
    __tablename__ = "membership"

    team_id: Mapped[UUID] = mapped_column(ForeignKey("team.id", ondelete="CASCADE"), primary_key=True)
    user_id: Mapped[UUID] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), primary_key=True, index=True)
    is_manager: Mapped[bool] = mapped_column(default=False)


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


class Attempt(Base):
    """One sitting of one quiz."""

    __tablename__ = "attempt"
    __table_args__ = (UniqueConstraint("learner_id", "quiz_id", "number"),)

    learner_id: Mapped[UUID] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    quiz_id: Mapped[str] = mapped_column(String(ID_LENGTH))
    number: Mapped[int]
    started_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]


class Response(Base):
    """What was answered to one item in one attempt; append-only.

    `step` counts the choices of a scenario from 0. `item_key` names what was answered: the item, or its node. `kind`
    says how much it proves. `expected` is the chance of handling it well that the model gave just before, `difficulty`
    the item's prior one; the `person_` and novelty columns are what the person brought to it, from which the shared
    terms learn.
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


class Partner(Base):
    """A company that we work with. Country as ISO 3166-1 alpha-2, language as BCP 47."""

    __tablename__ = "partner"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    name: Mapped[str] = mapped_column(String(160), unique=True)
    country: Mapped[str] = mapped_column(String(2))
    language: Mapped[str] = mapped_column(String(35))
    created_at: Mapped[datetime]


class Engagement(Base):
    """A dated business meeting. It starts at a local time in an IANA zone; `starts_at` is that moment in UTC."""

    __tablename__ = "engagement"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    team_id: Mapped[UUID] = mapped_column(ForeignKey("team.id", ondelete="CASCADE"), index=True)
    partner_id: Mapped[UUID] = mapped_column(ForeignKey("partner.id"), index=True)
    title: Mapped[str] = mapped_column(String(160))
    template_id: Mapped[str] = mapped_column(String(ID_LENGTH))
    place: Mapped[str] = mapped_column(String(200))
    is_call: Mapped[bool]
    starts_local: Mapped[datetime] = mapped_column(DateTime(timezone=False))
    zone: Mapped[str] = mapped_column(String(64))
    starts_at: Mapped[datetime]
    agenda_minutes: Mapped[int]
    is_high_stakes: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]


class SeatRow(Base):
    """A role in an engagement."""

    __tablename__ = "seat"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    engagement_id: Mapped[UUID] = mapped_column(ForeignKey("engagement.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    title: Mapped[str] = mapped_column(String(120))
    is_speaking: Mapped[bool]


class RequirementRow(Base):
    """A competency that a seat needs: the share of its situations to be handled well, and whether it is a must."""

    __tablename__ = "requirement"
    __table_args__ = (CheckConstraint("target > 0 and target < 1", name="target"),)

    seat_id: Mapped[UUID] = mapped_column(ForeignKey("seat.id", ondelete="CASCADE"), primary_key=True)
    competency_id: Mapped[str] = mapped_column(String(ID_LENGTH), primary_key=True)
    position: Mapped[int]
    target: Mapped[float]
    is_must: Mapped[bool]


class Assignment(Base):
    """A person who takes a seat, or could."""

    __tablename__ = "assignment"

    seat_id: Mapped[UUID] = mapped_column(ForeignKey("seat.id", ondelete="CASCADE"), primary_key=True)
    user_id: Mapped[UUID] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), primary_key=True, index=True)


class ReadinessSnapshot(Base):
    """What an engagement's page said at the end of a day, so that a trend is true."""

    __tablename__ = "readiness_snapshot"

    engagement_id: Mapped[UUID] = mapped_column(ForeignKey("engagement.id", ondelete="CASCADE"), primary_key=True)
    taken_on: Mapped[date] = mapped_column(Date, primary_key=True)
    state: Mapped[str] = mapped_column(String(20))
    ready_seats: Mapped[int]
    seats: Mapped[int]
    expected_ready: Mapped[float]
    model_version: Mapped[int]


class ForecastRow(Base):
    """What was forecast of a person for an engagement's date, kept as it was said and never changed.

    `made_on` and `on_date` are days in the engagement's zone, `lead_days` lie between them.
    """

    __tablename__ = "forecast"

    engagement_id: Mapped[UUID] = mapped_column(ForeignKey("engagement.id", ondelete="CASCADE"), primary_key=True)
    learner_id: Mapped[UUID] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), primary_key=True, index=True)
    competency_id: Mapped[str] = mapped_column(String(ID_LENGTH), primary_key=True)
    made_on: Mapped[date] = mapped_column(Date, primary_key=True)
    on_date: Mapped[date] = mapped_column(Date)
    lead_days: Mapped[int]
    p: Mapped[float]
    low: Mapped[float]
    high: Mapped[float]
    answers: Mapped[int]
    model_version: Mapped[int]
