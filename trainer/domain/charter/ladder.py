"""The escalation ladder tried without anybody being called: who would answer on each level, and where it breaks."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from trainer.domain.charter.hours import Presence, SpecialDay, Standing, reachable_from, standing_of
from trainer.domain.charter.values import Charter, Contact, Level, Rank
from trainer.domain.parties import Party


class BreakKind(StrEnum):
    """Why a ladder does not hold."""

    NO_TRIGGER = "no trigger"
    NO_TIME = "no time"
    NOT_GROWING = "times do not grow"
    SAME_PERSON = "same person on two levels"
    NOBODY_NAMED = "nobody named"
    NOBODY_REACHABLE = "nobody reachable in time"


@dataclass(frozen=True, slots=True)
class Break:
    """`side` is None for what concerns the level itself; `other` is the number of the level below that it clashes
    with."""

    kind: BreakKind
    number: int
    side: Party | None = None
    other: int | None = None


@dataclass(frozen=True, slots=True)
class Call:
    """Who would be called on a side: the one named, and who stands in when that one cannot be reached.

    `first_at` is when the first of them is at work within the level's time, None where nobody is.
    """

    side: Party
    role: str
    contact: Contact | None
    standing: Standing | None
    instead: Contact | None
    instead_standing: Standing | None
    first_at: datetime | None

    @property
    def is_there(self) -> bool:
        return self.standing is not None and self.standing.presence is Presence.IN_HOURS


@dataclass(frozen=True, slots=True)
class Step:
    level: Level
    until: datetime
    """Within its time, from the moment of the trial."""
    calls: tuple[Call, ...]


@dataclass(frozen=True, slots=True)
class DryRun:
    at: datetime
    steps: tuple[Step, ...]
    breaks: tuple[Break, ...]


def dry_run(charter: Charter, at: datetime, special_day: SpecialDay) -> DryRun:
    """Who would be called at a moment on each level of each side, whom instead, and where the ladder breaks."""
    steps = tuple(_step(charter, level, at, special_day) for level in charter.levels)
    unreachable = tuple(
        Break(BreakKind.NOBODY_REACHABLE, step.level.number, call.side)
        for step in steps
        for call in step.calls
        if call.contact is not None and call.first_at is None
    )
    return DryRun(at, steps, (*ladder_breaks(charter), *unreachable))


def ladder_breaks(charter: Charter) -> tuple[Break, ...]:
    """Where the ladder breaks at any time of any day."""
    return tuple(_breaks(charter))


def stand_in(charter: Charter, contact: Contact) -> Contact | None:
    """The other of primary and deputy, unless it is the same person."""
    rank = Rank.DEPUTY if contact.rank is Rank.PRIMARY else Rank.PRIMARY
    found = charter.held_by(contact.interface, contact.side, rank)
    return None if found is None or (found.who and found.who == contact.who) else found


def _step(charter: Charter, level: Level, at: datetime, special_day: SpecialDay) -> Step:
    until = at + timedelta(hours=level.within or 0.0)
    return Step(level, until, tuple(_call(charter, level, side, at, until, special_day) for side in Party))


def _call(charter: Charter, level: Level, side: Party, at: datetime, until: datetime, special_day: SpecialDay) -> Call:
    contact, role = _named(charter, level, side), level.roles.get(side, "")
    if contact is None:
        return Call(side, role, None, None, None, None, None)
    standing = _standing(charter, contact, at, special_day)
    other = None if standing.presence is Presence.IN_HOURS else stand_in(charter, contact)
    until = max(until, at + timedelta(microseconds=1))
    moments = [
        reachable_from(each, charter.home_of(each), at, until, special_day)
        for each in (contact, other)
        if each is not None
    ]
    return Call(
        side=side,
        role=role,
        contact=contact,
        standing=standing,
        instead=other,
        instead_standing=_standing(charter, other, at, special_day) if other else None,
        first_at=min((moment for moment in moments if moment is not None), default=None),
    )


def _standing(charter: Charter, contact: Contact, at: datetime, special_day: SpecialDay) -> Standing:
    return standing_of(contact, charter.home_of(contact), at, special_day)


def _named(charter: Charter, level: Level, side: Party) -> Contact | None:
    contact = charter.contact(level.contacts.get(side, ""))
    return contact if contact is not None and contact.side is side and (contact.who or contact.role) else None


def _breaks(charter: Charter) -> Iterator[Break]:
    below: list[Level] = []
    for level in charter.levels:
        if not level.has_trigger:
            yield Break(BreakKind.NO_TRIGGER, level.number)
        if not level.within:
            yield Break(BreakKind.NO_TIME, level.number)
        clash = next((each for each in reversed(below) if _is_not_later(each, level)), None)
        if clash is not None:
            yield Break(BreakKind.NOT_GROWING, level.number, other=clash.number)
        for side in Party:
            yield from _breaks_of_side(charter, level, below, side)
        below.append(level)


def _breaks_of_side(charter: Charter, level: Level, below: list[Level], side: Party) -> Iterator[Break]:
    named = _named(charter, level, side)
    if named is None:
        if not level.roles.get(side):
            yield Break(BreakKind.NOBODY_NAMED, level.number, side)
        return
    for lower in below:
        other = _named(charter, lower, side)
        if other is not None and (other.id == named.id or (other.who and other.who == named.who)):
            yield Break(BreakKind.SAME_PERSON, level.number, side, lower.number)
            return


def _is_not_later(lower: Level, upper: Level) -> bool:
    """Whether a problem reaches the upper level no later than the lower one, though both go by time."""
    return lower.hours is not None and upper.hours is not None and upper.hours <= lower.hours
