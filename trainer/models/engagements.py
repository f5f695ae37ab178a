"""Tables of engagements: the meeting, its seats and people, and what was said of them day by day."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Date, DateTime, ForeignKey, ForeignKeyConstraint, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from trainer.models.base import ID_LENGTH, Base, new_id


class Engagement(Base):
    """A dated business meeting. It starts at a local time in an IANA zone; `starts_at` is that moment in UTC.

    `rules_version` names the company's rules that it is judged by; None stands for those that are shipped.
    One that is cancelled stays as a row, so that what was forecast for it does.
    """

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
    rules_version: Mapped[int | None] = mapped_column(ForeignKey("company_rules.version"))
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    cancelled_at: Mapped[datetime | None]


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
    __table_args__ = (
        CheckConstraint("target > 0 and target < 1", name="target"),
        CheckConstraint("weight >= 1 and weight <= 3", name="weight"),
    )

    seat_id: Mapped[UUID] = mapped_column(ForeignKey("seat.id", ondelete="CASCADE"), primary_key=True)
    competency_id: Mapped[str] = mapped_column(String(ID_LENGTH), primary_key=True)
    position: Mapped[int]
    target: Mapped[float]
    is_must: Mapped[bool]
    weight: Mapped[int] = mapped_column(default=1, server_default="1")


class Assignment(Base):
    """A person who takes a seat, or could."""

    __tablename__ = "assignment"

    seat_id: Mapped[UUID] = mapped_column(ForeignKey("seat.id", ondelete="CASCADE"), primary_key=True)
    user_id: Mapped[UUID] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), primary_key=True, index=True)


class ReadinessSnapshot(Base):
    """What an engagement's page said at the end of a day, so that a trend is true.

    `told` is what was said of its seats, with the date and the rules by which it was said.
    """

    __tablename__ = "readiness_snapshot"

    engagement_id: Mapped[UUID] = mapped_column(ForeignKey("engagement.id", ondelete="CASCADE"), primary_key=True)
    taken_on: Mapped[date] = mapped_column(Date, primary_key=True)
    state: Mapped[str] = mapped_column(String(20))
    ready_seats: Mapped[int]
    seats: Mapped[int]
    expected_ready: Mapped[float]
    model_version: Mapped[int]
    told: Mapped[dict[str, Any] | None]


class PastStandingRow(Base):
    """What an engagement's page said of a person and a requirement at the end of a day; kept for a few weeks."""

    __tablename__ = "past_standing"
    __table_args__ = (
        ForeignKeyConstraint(
            ["engagement_id", "taken_on"],
            ["readiness_snapshot.engagement_id", "readiness_snapshot.taken_on"],
            ondelete="CASCADE",
        ),
    )

    engagement_id: Mapped[UUID] = mapped_column(primary_key=True)
    taken_on: Mapped[date] = mapped_column(Date, primary_key=True)
    seat_id: Mapped[UUID] = mapped_column(primary_key=True)
    learner_id: Mapped[UUID] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), primary_key=True, index=True)
    competency_id: Mapped[str] = mapped_column(String(ID_LENGTH), primary_key=True)
    band: Mapped[str] = mapped_column(String(20))
    answers: Mapped[int]
    target: Mapped[float]


class ReportSnapshotRow(Base):
    """What an engagement's report said from a moment on, until the next: kept whenever it changed.

    `gaps` are what was missing, each as its key, its weight and its words, without names and quotes; `digest` tells two
    reports apart.
    """

    __tablename__ = "report_snapshot"

    engagement_id: Mapped[UUID] = mapped_column(ForeignKey("engagement.id", ondelete="CASCADE"), primary_key=True)
    taken_at: Mapped[datetime] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(String(64))
    state: Mapped[str] = mapped_column(String(20))
    ready_seats: Mapped[int]
    seats: Mapped[int]
    gaps: Mapped[list[Any]]


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


class DebriefRow(Base):
    """What someone who held a seat says of one competency after the meeting, by their own word.

    `share` is that of the situations handled well, null when it was not needed.
    """

    __tablename__ = "debrief"
    __table_args__ = (CheckConstraint("share >= 0 and share <= 1", name="share"),)

    learner_id: Mapped[UUID] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), primary_key=True)
    engagement_id: Mapped[UUID] = mapped_column(
        ForeignKey("engagement.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    competency_id: Mapped[str] = mapped_column(String(ID_LENGTH), primary_key=True)
    was_needed: Mapped[bool]
    share: Mapped[float | None]
    made_at: Mapped[datetime]


class DebriefNoteRow(Base):
    """What surprised someone in the meeting, told to the team with their name."""

    __tablename__ = "debrief_note"

    learner_id: Mapped[UUID] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), primary_key=True)
    engagement_id: Mapped[UUID] = mapped_column(
        ForeignKey("engagement.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    surprise: Mapped[str] = mapped_column(Text)
    made_at: Mapped[datetime]
