"""What two sides agree on before they work together: the parts of a charter as values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum

from trainer.domain.parties import Party


class Section(StrEnum):
    """The parts that somebody answers for, in the order in which they are read."""

    OBJECTIVE = "objective"
    WORKING = "working"
    CONTACTS = "contacts"
    ESCALATION = "escalation"
    INFORMATION = "information"
    AGREEMENT = "agreement"


DUE_DAYS = {
    Section.OBJECTIVE: 14,
    Section.CONTACTS: 10,
    Section.ESCALATION: 10,
    Section.WORKING: 7,
    Section.INFORMATION: 7,
    Section.AGREEMENT: 3,
}
"""So many days before the meeting a part is due, unless another day is named."""


class Rank(StrEnum):
    PRIMARY = "primary"
    DEPUTY = "deputy"


class Sharing(StrEnum):
    MUST = "must"
    MAY = "may"
    MUST_NOT = "must_not"


@dataclass(frozen=True, slots=True)
class Objective:
    """`sentence` says result and measure in one; `ours` and `theirs` are what each side wants from it."""

    sentence: str = ""
    measure: str = ""
    by: date | None = None
    ours: str = ""
    theirs: str = ""
    agreed_ours: str = ""
    agreed_theirs: str = ""
    agreed_on: date | None = None


@dataclass(frozen=True, slots=True)
class Home:
    """Whose public holidays count: ISO 3166-1 country, and its part as the holidays library names it."""

    country: str = ""
    subdivision: str = ""


@dataclass(frozen=True, slots=True)
class Working:
    """How both work together. Times to respond are working hours of whoever is asked."""

    primary: str = ""
    backup: str = ""
    spoken: str = ""
    written: str = ""
    minutes_language: str = ""
    respond_stopped: float | None = None
    respond_urgent: float | None = None
    respond_normal: float | None = None
    rhythm: str = ""
    minutes_within: float | None = None
    respects_holidays: bool = False
    homes: Mapping[Party, Home] = field(default_factory=dict)
    decision: str = ""


@dataclass(frozen=True, slots=True)
class Contact:
    """Who answers for an interface on a side. `who` is a reference such as `user:…` or `person:…`.

    Monday is workday 0. Hours are local to `zone`; `away_until` is the last day of the absence.
    """

    id: str
    interface: str
    side: Party
    rank: Rank
    who: str = ""
    role: str = ""
    zone: str = ""
    opens: time | None = None
    closes: time | None = None
    workdays: frozenset[int] = frozenset(range(5))
    channel: str = ""
    home: Home = field(default_factory=Home)
    away_from: date | None = None
    away_until: date | None = None

    @property
    def has_hours(self) -> bool:
        return bool(self.zone and self.opens and self.closes and self.opens < self.closes and self.workdays)

    def is_away(self, day: date) -> bool:
        """An absence with one end only lasts from or until then."""
        if self.away_from is None and self.away_until is None:
            return False
        return (self.away_from or date.min) <= day <= (self.away_until or date.max)


@dataclass(frozen=True, slots=True)
class Level:
    """A step of the ladder: what brings a problem here, and who takes it on each side within what time.

    `contacts` are ids of contacts, `roles` words for those who are none. `hours` without an answer or `impact` bring
    a problem here; `within` are the hours in which somebody must have been reached.
    """

    id: str
    number: int
    hours: float | None = None
    impact: str = ""
    contacts: Mapping[Party, str] = field(default_factory=dict)
    roles: Mapping[Party, str] = field(default_factory=dict)
    channel: str = ""
    within: float | None = None
    tells_first: str = ""

    @property
    def has_trigger(self) -> bool:
        return self.hours is not None or bool(self.impact)


@dataclass(frozen=True, slots=True)
class SharingRule:
    """`notice` says how early; `is_bad_news` marks the rule for what nobody likes to tell."""

    id: str
    sharing: Sharing
    what: str
    whom: str = ""
    where: str = ""
    notice: str = ""
    is_bad_news: bool = False
    is_internal: bool = False


@dataclass(frozen=True, slots=True)
class Owner:
    """Who answers for a part being agreed (a reference), and by when."""

    who: str = ""
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class Charter:
    objective: Objective = field(default_factory=Objective)
    working: Working = field(default_factory=Working)
    contacts: tuple[Contact, ...] = ()
    levels: tuple[Level, ...] = ()
    stepping_down: str = ""
    closing_note: str = ""
    rules: tuple[SharingRule, ...] = ()
    owners: Mapping[Section, Owner] = field(default_factory=dict)

    @property
    def interfaces(self) -> tuple[str, ...]:
        """In the order in which they were first named."""
        return tuple(dict.fromkeys(each.interface for each in self.contacts))

    def contact(self, contact_id: str) -> Contact | None:
        return next((each for each in self.contacts if each.id == contact_id), None)

    def held_by(self, interface: str, side: Party, rank: Rank) -> Contact | None:
        """Who has this rank there; None where nobody is named."""
        return next(
            (
                each
                for each in self.contacts
                if (each.interface, each.side, each.rank) == (interface, side, rank) and (each.who or each.role)
            ),
            None,
        )

    def home_of(self, contact: Contact) -> Home:
        """Whose holidays a contact has: their own, or those of their side."""
        return contact.home if contact.home.country else self.working.homes.get(contact.side, Home())

    def due_on(self, section: Section, day_of: Mapping[Section, date]) -> date:
        owner = self.owners.get(section)
        return owner.due_on if owner and owner.due_on else day_of[section]


@dataclass(frozen=True, slots=True)
class Agreement:
    """That somebody agreed to a version for their side."""

    side: Party
    version: int
    name: str
    agreed_at: datetime


@dataclass(frozen=True, slots=True)
class Commitment:
    """A promise as far as the charter asks: whose it is, what, by when, and whether it was kept (None: open).

    `owner` answers for it on our side, `person` on the partner's: references, empty where nobody is named.
    """

    side: Party
    what: str
    due_on: date | None
    is_kept: bool | None
    owner: str = ""
    person: str = ""
    closed_on: date | None = None
