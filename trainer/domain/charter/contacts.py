"""What is wrong with the points of contact: missing, the same twice, absent on a day, never at work together."""

from collections.abc import Container, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from trainer.domain.charter.hours import ENOUGH_OVERLAP, overlap
from trainer.domain.charter.values import Charter, Contact, Rank
from trainer.domain.parties import Party


class FlagKind(StrEnum):
    NO_PRIMARY = "no contact"
    NO_DEPUTY = "no deputy"
    SAME_PERSON = "same person"
    ABSENT = "absent"
    NO_HOURS = "no hours"
    NO_OVERLAP = "no overlap"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Flag:
    """`side` is None for what concerns both; `who` is the reference of the person that it is about."""

    kind: FlagKind
    interface: str
    side: Party | None = None
    who: str = ""

    @property
    def about(self) -> str:
        return " ".join(filter(None, (self.interface, self.side, self.who)))


def contact_flags(charter: Charter, day: date, known: Container[str]) -> tuple[Flag, ...]:
    """Interface by interface; absences are those of a day, hours together those of the week from it on.

    `known` are the references of people who are still there.
    """
    gone = (
        Flag(FlagKind.GONE, each.interface, each.side, each.who)
        for each in charter.contacts
        if each.who and each.who not in known
    )
    return (*gone, *(flag for interface in charter.interfaces for flag in _flags(charter, interface, day)))


def _flags(charter: Charter, interface: str, day: date) -> Iterator[Flag]:
    primaries: dict[Party, Contact] = {}
    for side in Party:
        primary, deputy = (charter.held_by(interface, side, rank) for rank in (Rank.PRIMARY, Rank.DEPUTY))
        if primary is None:
            yield Flag(FlagKind.NO_PRIMARY, interface, side)
        else:
            primaries[side] = primary
            yield from _flags_of(primary, day)
        if deputy is None:
            yield Flag(FlagKind.NO_DEPUTY, interface, side)
        elif primary is not None and primary.who and primary.who == deputy.who:
            yield Flag(FlagKind.SAME_PERSON, interface, side, primary.who)
        elif deputy.is_away(day) and primary is not None and primary.is_away(day):
            yield Flag(FlagKind.ABSENT, interface, side, deputy.who)
    if len(primaries) == len(Party):
        together = overlap(primaries[Party.OURS], primaries[Party.THEIRS], day)
        if together is not None and together < ENOUGH_OVERLAP:
            yield Flag(FlagKind.NO_OVERLAP, interface)


def _flags_of(primary: Contact, day: date) -> Iterator[Flag]:
    if not primary.has_hours:
        yield Flag(FlagKind.NO_HOURS, primary.interface, primary.side, primary.who)
    if primary.is_away(day):
        yield Flag(FlagKind.ABSENT, primary.interface, primary.side, primary.who)
