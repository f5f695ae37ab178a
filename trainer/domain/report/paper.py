"""What a readiness report says, in words and figures only: page, PDF, workbook and table are written from it."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class PaperFact:
    """A short label and what it says: *When*, *Days left*."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class PaperReason:
    """A reason why the state is what it is, in the order of effect, and what to do about it.

    `mark` and `weight` are the same in a sign and in words: ▽ "not ready without it", ◇ "a risk".
    """

    mark: str
    weight: str
    area: str
    what: str
    action: str
    if_done: str
    """What doing this alone would change, in words."""
    owner: str
    due_on: date | None


@dataclass(frozen=True, slots=True)
class PaperSeat:
    title: str
    mark: str
    state: str
    covered: str
    """How many ready people, in words."""
    people: tuple[tuple[str, str, str], ...]
    """Name, mark and band of each; empty in a paper for outsiders."""


@dataclass(frozen=True, slots=True)
class PaperContact:
    interface: str
    side: str
    primary: str
    deputy: str
    hours: str
    """In both zones, in words."""
    note: str


@dataclass(frozen=True, slots=True)
class PaperTime:
    """When it is at one place of the meeting."""

    place: str
    day: str
    time: str
    offset: str


@dataclass(frozen=True, slots=True)
class PaperPoint:
    """A day of the trend."""

    day: date
    ready_seats: int
    seats: int
    gaps: int
    """How much blocked or was a risk."""
    state: str


@dataclass(frozen=True, slots=True)
class Paper:
    """`state_words` stands beside `mark`; `changes` is None when nothing was kept to compare with."""

    engagement_id: UUID
    title: str
    partner: str
    language: str
    """BCP 47 tag of the partner's language, which picks the glyph forms of Han characters in its names."""
    team: str
    verdict: str
    """A sentence that can be said aloud."""
    mark: str
    state_words: str
    facts: tuple[PaperFact, ...]
    times: tuple[PaperTime, ...]
    reasons: tuple[PaperReason, ...]
    seats: tuple[PaperSeat, ...]
    interpreter: tuple[str, ...]
    contacts: tuple[PaperContact, ...]
    objective: str
    changes_since: date | None
    changes: tuple[str, ...] | None
    trend: tuple[PaperPoint, ...]
    method: tuple[str, ...]
    made_at: datetime
    zone: str
    """IANA zone in which `made_at` is told."""
