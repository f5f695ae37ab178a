"""The partner file: what a team knows of a company that it works with, and of the people there."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from trainer.domain.parties import Party

INTERFACES = ("Sales", "Supply", "Support")
"""What people on both sides answer for, nearly everywhere; a team can name its own."""
LONGEST_KEPT = timedelta(days=3 * 366)
"""How far away the day may be until which a person of the partner is kept."""
USUALLY_KEPT = timedelta(days=2 * 365)


class NameOrder(StrEnum):
    """Which name stands first where the person writes it."""

    GIVEN_FIRST = "given-first"
    FAMILY_FIRST = "family-first"


class ConsentBasis(StrEnum):
    """Why personal data of somebody who is not ours may be kept."""

    INTEREST = "interest"
    CONSENT = "consent"
    CONTRACT = "contract"


class PromiseState(StrEnum):
    OPEN = "open"
    KEPT = "kept"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class CompanyDraft:
    """What is told of a company. `is_state_owned` is None as long as nobody knows."""

    country: str
    language: str
    legal_name: str = ""
    native_name: str = ""
    parent_group: str = ""
    products: str = ""
    size: str = ""
    website: str = ""
    shared_customers: str = ""
    certificates: str = ""
    in_common: str = ""
    is_state_owned: bool | None = None
    gift_rules: str = ""
    meal_rules: str = ""
    course_id: str = ""
    people_differ: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Company(CompanyDraft):
    id: UUID
    name: str
    version: int


@dataclass(frozen=True, slots=True)
class PersonDraft:
    """What is told of somebody of the partner. `languages` are pairs of a BCP 47 tag and a CEFR level or ''."""

    name: str
    purpose: str
    consent_basis: ConsentBasis
    keep_until: date
    native_name: str = ""
    reading: str = ""
    name_order: NameOrder = NameOrder.GIVEN_FIRST
    address_as: str = ""
    title: str = ""
    role: str = ""
    interface: str = ""
    phone: str = ""
    email: str = ""
    languages: tuple[tuple[str, str], ...] = ()
    wants_interpreter: bool = False
    zone: str = ""
    hours: str = ""
    away_from: date | None = None
    away_until: date | None = None
    notes: str = ""
    consented_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerPerson(PersonDraft):
    """Others refer to them as `person:<id>`."""

    id: UUID
    version: int
    created_at: datetime
    updated_at: datetime

    @property
    def reference(self) -> str:
        return f"person:{self.id}"

    def is_away(self, on: date) -> bool:
        """Whether they are not there on a day, as far as they told."""
        if self.away_from is None and self.away_until is None:
            return False
        return (self.away_from or date.min) <= on <= (self.away_until or date.max)


@dataclass(frozen=True, slots=True)
class LanguageDraft:
    """A language that the partner works in; `not_instead` is one that must not stand in for it."""

    language: str
    used_for: str = ""
    not_instead: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerLanguage(LanguageDraft):
    id: UUID
    version: int


@dataclass(frozen=True, slots=True)
class NewsDraft:
    told_on: date
    words: str
    source: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class News(NewsDraft):
    id: UUID
    version: int


@dataclass(frozen=True, slots=True)
class PromiseDraft:
    """What one side promises the other: one of ours answers for ours, one of theirs for theirs."""

    party: Party
    words: str
    owner_id: UUID | None = None
    person_id: UUID | None = None
    due_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise(PromiseDraft):
    """`owner` is the name of who answers for it, None when nobody does or they are no longer kept."""

    id: UUID
    version: int
    engagement_id: UUID | None
    engagement: str | None
    owner: str | None
    state: PromiseState
    closed_on: date | None
    closing_note: str
    made_on: date

    @property
    def is_open(self) -> bool:
        return self.state is PromiseState.OPEN

    def is_overdue(self, today: date) -> bool:
        return self.is_open and self.due_on is not None and self.due_on < today


@dataclass(frozen=True, slots=True)
class QuestionDraft:
    words: str
    answer: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question(QuestionDraft):
    id: UUID
    version: int
    asked_by: str | None
    asked_on: date
    answered_on: date | None


@dataclass(frozen=True, slots=True)
class ResearchDraft:
    words: str
    owner_id: UUID | None = None
    due_on: date | None = None
    done_on: date | None = None
    finding: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ResearchItem(ResearchDraft):
    """Version 0: on the list, and nobody has touched it."""

    id: UUID
    version: int
    owner: str | None
    is_own: bool


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file without its content; `size` in bytes."""

    id: UUID
    name: str
    media_type: str
    size: int
    added_by: str | None
    added_at: datetime


@dataclass(frozen=True, slots=True)
class SharedEngagement:
    """A meeting with the partner, as its file lists it."""

    id: UUID
    team_id: UUID
    team: str
    title: str
    starts_local: datetime
    starts_at: datetime
    is_cancelled: bool


@dataclass(frozen=True, slots=True)
class PartnerFile:
    company: Company
    people: tuple[PartnerPerson, ...] = ()
    languages: tuple[PartnerLanguage, ...] = ()
    news: tuple[News, ...] = ()
    promises: tuple[Promise, ...] = ()
    questions: tuple[Question, ...] = ()
    research: tuple[ResearchItem, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    engagements: tuple[SharedEngagement, ...] = ()
