"""Tables of the partner file: the company, its people, what was promised, asked and found out about it.

Each row that somebody can change has a `version`, so that two people who change it at once lose nothing.
"""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Date, ForeignKey, LargeBinary, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from trainer.models.base import ID_LENGTH, Base, new_id

EMPTY = text("''")
"""What is told of a company where nobody has told it yet."""


class Partner(Base):
    """A company that we work with. Country as ISO 3166-1 alpha-2, language as BCP 47.

    `is_state_owned` is null as long as nobody knows. `course_id` names the course that is its culture pack.
    """

    __tablename__ = "partner"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    name: Mapped[str] = mapped_column(String(160), unique=True)
    country: Mapped[str] = mapped_column(String(2))
    language: Mapped[str] = mapped_column(String(35))
    legal_name: Mapped[str] = mapped_column(String(160), default="", server_default=EMPTY)
    native_name: Mapped[str] = mapped_column(String(160), default="", server_default=EMPTY)
    parent_group: Mapped[str] = mapped_column(String(160), default="", server_default=EMPTY)
    products: Mapped[str] = mapped_column(Text, default="", server_default=EMPTY)
    size: Mapped[str] = mapped_column(String(160), default="", server_default=EMPTY)
    website: Mapped[str] = mapped_column(String(300), default="", server_default=EMPTY)
    shared_customers: Mapped[str] = mapped_column(Text, default="", server_default=EMPTY)
    certificates: Mapped[str] = mapped_column(Text, default="", server_default=EMPTY)
    in_common: Mapped[str] = mapped_column(Text, default="", server_default=EMPTY)
    is_state_owned: Mapped[bool | None]
    gift_rules: Mapped[str] = mapped_column(Text, default="", server_default=EMPTY)
    meal_rules: Mapped[str] = mapped_column(Text, default="", server_default=EMPTY)
    course_id: Mapped[str] = mapped_column(String(ID_LENGTH), default="", server_default=EMPTY)
    people_differ: Mapped[str] = mapped_column(Text, default="", server_default=EMPTY)
    version: Mapped[int] = mapped_column(default=1, server_default="1")
    created_at: Mapped[datetime]


class PartnerTeam(Base):
    """A team that looks after a partner, beside those that plan engagements with it."""

    __tablename__ = "partner_team"

    partner_id: Mapped[UUID] = mapped_column(ForeignKey("partner.id", ondelete="CASCADE"), primary_key=True)
    team_id: Mapped[UUID] = mapped_column(ForeignKey("team.id", ondelete="CASCADE"), primary_key=True, index=True)


class PartnerPerson(Base):
    """Somebody of the partner: personal data of an outsider, kept for a purpose and until a day.

    `languages` is a list of [BCP 47 tag, CEFR level or ""]. `away_from` and `away_until` are whole days, both included.
    """

    __tablename__ = "partner_person"
    __table_args__ = (CheckConstraint("consent_basis in ('interest', 'consent', 'contract')", name="consent_basis"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    partner_id: Mapped[UUID] = mapped_column(ForeignKey("partner.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(160))
    native_name: Mapped[str] = mapped_column(String(160))
    reading: Mapped[str] = mapped_column(String(160))
    name_order: Mapped[str] = mapped_column(String(12))
    address_as: Mapped[str] = mapped_column(String(160))
    title: Mapped[str] = mapped_column(String(80))
    role: Mapped[str] = mapped_column(String(160))
    interface: Mapped[str] = mapped_column(String(60))
    phone: Mapped[str] = mapped_column(String(40))
    email: Mapped[str] = mapped_column(String(254))
    languages: Mapped[list[Any]]
    wants_interpreter: Mapped[bool]
    zone: Mapped[str] = mapped_column(String(64))
    hours: Mapped[str] = mapped_column(String(80))
    away_from: Mapped[date | None] = mapped_column(Date)
    away_until: Mapped[date | None] = mapped_column(Date)
    notes: Mapped[str] = mapped_column(Text)
    purpose: Mapped[str] = mapped_column(String(300))
    consent_basis: Mapped[str] = mapped_column(String(8))
    consented_on: Mapped[date | None] = mapped_column(Date)
    keep_until: Mapped[date] = mapped_column(Date, index=True)
    version: Mapped[int]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]


class PartnerLanguage(Base):
    """A language that the partner works in, or one that must not stand in for it, with the reason."""

    __tablename__ = "partner_language"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    partner_id: Mapped[UUID] = mapped_column(ForeignKey("partner.id", ondelete="CASCADE"), index=True)
    language: Mapped[str] = mapped_column(String(80))
    used_for: Mapped[str] = mapped_column(String(300))
    not_instead: Mapped[str] = mapped_column(String(80))
    reason: Mapped[str] = mapped_column(String(500))
    version: Mapped[int]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]


class PartnerNews(Base):
    """What was heard of the partner, when and from where."""

    __tablename__ = "partner_news"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    partner_id: Mapped[UUID] = mapped_column(ForeignKey("partner.id", ondelete="CASCADE"), index=True)
    told_on: Mapped[date] = mapped_column(Date)
    words: Mapped[str] = mapped_column(Text)
    source: Mapped[str] = mapped_column(String(160))
    address: Mapped[str] = mapped_column(String(500))
    version: Mapped[int]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]


class PromiseRow(Base):
    """What one side promised the other; `owner_id` is one of us, `person_id` one of theirs."""

    __tablename__ = "promise"
    __table_args__ = (
        CheckConstraint("party in ('ours', 'theirs')", name="party"),
        CheckConstraint("state in ('open', 'kept', 'broken')", name="state"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    partner_id: Mapped[UUID] = mapped_column(ForeignKey("partner.id", ondelete="CASCADE"), index=True)
    engagement_id: Mapped[UUID | None] = mapped_column(ForeignKey("engagement.id", ondelete="SET NULL"), index=True)
    party: Mapped[str] = mapped_column(String(6))
    words: Mapped[str] = mapped_column(Text)
    owner_id: Mapped[UUID | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"), index=True)
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("partner_person.id", ondelete="SET NULL"), index=True)
    due_on: Mapped[date | None] = mapped_column(Date)
    state: Mapped[str] = mapped_column(String(6))
    closed_on: Mapped[date | None] = mapped_column(Date)
    closing_note: Mapped[str] = mapped_column(Text)
    made_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"), index=True)
    version: Mapped[int]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]


class PartnerQuestion(Base):
    """Something that we want to know of the partner, and the answer once there is one."""

    __tablename__ = "partner_question"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    partner_id: Mapped[UUID] = mapped_column(ForeignKey("partner.id", ondelete="CASCADE"), index=True)
    words: Mapped[str] = mapped_column(Text)
    asked_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"), index=True)
    answer: Mapped[str] = mapped_column(Text)
    answered_on: Mapped[date | None] = mapped_column(Date)
    version: Mapped[int]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]


class ResearchRow(Base):
    """An item of the research checklist. One that everybody has is kept once somebody has touched it."""

    __tablename__ = "research_item"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    partner_id: Mapped[UUID] = mapped_column(ForeignKey("partner.id", ondelete="CASCADE"), index=True)
    words: Mapped[str] = mapped_column(String(300))
    owner_id: Mapped[UUID | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"), index=True)
    due_on: Mapped[date | None] = mapped_column(Date)
    done_on: Mapped[date | None] = mapped_column(Date)
    finding: Mapped[str] = mapped_column(Text)
    version: Mapped[int]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]


class PartnerAttachment(Base):
    """A file of the partner file; `media_type` is what its first bytes say."""

    __tablename__ = "partner_attachment"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    partner_id: Mapped[UUID] = mapped_column(ForeignKey("partner.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(120))
    media_type: Mapped[str] = mapped_column(String(120))
    size: Mapped[int]
    data: Mapped[bytes] = mapped_column(LargeBinary)
    added_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"), index=True)
    added_at: Mapped[datetime]
