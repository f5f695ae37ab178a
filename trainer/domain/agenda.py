"""An agenda in a time frame: when each item begins and ends, and what does not fit is parked, never dropped."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

CLOSING_MINUTES = 5
"""So long before the end it is said that it nears, and what comes next."""


class Interpreting(StrEnum):
    NONE = "none"
    CONSECUTIVE = "consecutive"
    """Speaker and interpreter take turns: everything is said twice."""
    SIMULTANEOUS = "simultaneous"


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """One thing to talk about, for so many minutes in one language. `lead` is who leads it, as a reference or words."""

    id: str
    title: str
    minutes: int
    lead: str = ""

    def takes(self, interpreting: Interpreting) -> int:
        return self.minutes * 2 if interpreting is Interpreting.CONSECUTIVE else self.minutes


@dataclass(frozen=True, slots=True)
class TimedItem:
    item: AgendaItem
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Agenda:
    """`closing_at` is when to state the end, `spare` the minutes that are left until then. Parked in their order."""

    timed: tuple[TimedItem, ...]
    parked: tuple[AgendaItem, ...]
    closing_at: datetime
    ends_at: datetime
    spare: int


def fit_agenda(
    items: Sequence[AgendaItem],
    starts_at: datetime,
    frame_minutes: int,
    interpreting: Interpreting = Interpreting.NONE,
) -> Agenda:
    """Place the items one after the other until five minutes before the end.

    An item that does not fit is parked; a later one that does is kept, so that the frame is used. Both keep their
    order.
    """
    ends_at = starts_at + timedelta(minutes=frame_minutes)
    closing_at = max(starts_at, ends_at - timedelta(minutes=CLOSING_MINUTES))
    timed: list[TimedItem] = []
    parked: list[AgendaItem] = []
    at = starts_at
    for item in items:
        until = at + timedelta(minutes=item.takes(interpreting))
        if until <= closing_at:
            timed.append(TimedItem(item, at, until))
            at = until
        else:
            parked.append(item)
    return Agenda(tuple(timed), tuple(parked), closing_at, ends_at, (closing_at - at) // timedelta(minutes=1))
