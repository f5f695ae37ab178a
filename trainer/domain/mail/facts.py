"""What a mail tells, as plain values: whoever gathers them knows no mail, whoever writes it knows no tables.

A path is that of a page of the application, such as `/engagements/…`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from trainer.domain.readiness import Changes
from trainer.domain.report import Overall


@dataclass(frozen=True, slots=True)
class Reader:
    id: UUID
    name: str
    address: str


class DueKind(StrEnum):
    """What falls due."""

    PROMISE = "promise"
    RESEARCH = "research"
    CHANNEL_CHECK = "channel_check"
    PREPARATION = "preparation"
    CHARTER_GAP = "charter_gap"
    THANKS = "thanks"
    MINUTES = "minutes"
    PROMISES_MADE = "promises_made"
    NEXT_CONTACT = "next_contact"
    DEBRIEF = "debrief"


@dataclass(frozen=True, slots=True)
class DueThing:
    """Something that somebody is to do by a day. `about` says what in the words of whoever wrote it down; `since` is
    the day from which it can be done, where it begins by itself.
    """

    kind: DueKind
    about: str
    partner: str
    due_on: date
    path: str
    since: date | None = None


@dataclass(frozen=True, slots=True)
class Concern:
    """Why an engagement is not ready: an empty seat where `competency` is None.

    `words` takes the place of both where the report has put it in words already.
    """

    seat: str = ""
    competency: str | None = None
    words: str = ""
    owners: Sequence[str] = ()
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class Since:
    """What an engagement's pages said about a week ago, and what is different. Of people it is the bands; `closed` and
    `opened` are other things that the report missed then or misses now, in its words.
    """

    day: date
    state: Overall | None
    changes: Changes | None
    closed: Sequence[str] = ()
    opened: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class EngagementNews:
    """An engagement ahead as its manager is told of it: states of seats and bands of people, never a score.

    `concerns` come in the order of their effect; `since` is None when nothing was kept of a week ago.
    """

    partner: str
    title: str
    team: str
    starts_at: datetime
    zone: str
    days_left: int
    state: Overall
    ready_seats: int
    seats: int
    since: Since | None
    concerns: Sequence[Concern]
    path: str


@dataclass(frozen=True, slots=True)
class OwnSeatLine:
    """An engagement in which the reader has a seat."""

    partner: str
    title: str
    seat: str
    starts_at: datetime
    zone: str
    days_left: int


@dataclass(frozen=True, slots=True)
class Step:
    """What the reader does next. `titles` are those of the lessons and quizzes of one sitting."""

    titles: Sequence[str]
    minutes: int


@dataclass(frozen=True, slots=True)
class DigestFacts:
    """`more_managed` counts engagements that are not told of, as there are too many."""

    reader: Reader
    today: date
    managed: Sequence[EngagementNews] = ()
    more_managed: int = 0
    seated: Sequence[OwnSeatLine] = ()
    step: Step | None = None
    reviews: int = 0
    review_minutes: int = 0
    due: Sequence[DueThing] = ()

    @property
    def is_empty(self) -> bool:
        """A next step alone is no reason to write to somebody: there always is one."""
        return not (self.managed or self.seated or self.reviews or self.due)


@dataclass(frozen=True, slots=True)
class DueFacts:
    """What falls due by tomorrow or should be done already, the most urgent first."""

    reader: Reader
    today: date
    things: Sequence[DueThing]
