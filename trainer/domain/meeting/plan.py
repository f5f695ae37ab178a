"""What a team plans of a meeting's times: places, agenda, channels, checks, arrival, travel; read from a document."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, TypeVar

from trainer.domain.agenda import AgendaItem, Interpreting
from trainer.domain.calendar import ImpossibleTime, Place, UnclearPlace, UnclearZone, clear_zone, in_zone, moment
from trainer.domain.documents import Document
from trainer.domain.meeting.reading import (
    date_of,
    entries_of,
    fields_of,
    local_of,
    moment_of,
    number,
    one_of,
    text,
    time_of,
)
from trainer.domain.parties import Party

Read = TypeVar("Read")
DUE_BEFORE = timedelta(days=2)
"""A connection is tried at the latest so long before the meeting, while there is time to mend it."""
EARLY_AT_PLACE, ANNOUNCED_BEFORE = 15, 5
"""Minutes: at the place 10 to 15 before, announced at the reception about 5 before (users brief, 0.5)."""


@dataclass(frozen=True, slots=True)
class Channels:
    """How the two sides talk, and what happens when that breaks: who calls whom after how many minutes.

    `caller` and `called` are references to people. `phone` and `email` belong to a room or a team, not to a person:
    what is kept of partner staff stands in the partner file.
    """

    primary: str = ""
    backup: str = ""
    caller: str = ""
    called: str = ""
    after_minutes: int | None = None
    phone: str = ""
    email: str = ""
    notes: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    """One thing to try before the meeting. `owner` and `done_by` are references to people."""

    id: str
    what: str
    owner: str = ""
    due: date | None = None
    done_at: datetime | None = None
    done_by: str = ""


@dataclass(frozen=True, slots=True)
class ArrivalRule:
    """Minutes before the start to be at the place and to be announced; where, and what to bring."""

    early_minutes: int = EARLY_AT_PLACE
    announced_minutes: int = ANNOUNCED_BEFORE
    where: str = ""


@dataclass(frozen=True, slots=True)
class Journey:
    """Somebody's way to the meeting: from which zone, and when they land. `who` is a reference to a person."""

    id: str
    who: str
    from_zone: str
    lands_at: datetime
    is_night_flight: bool = False


@dataclass(frozen=True, slots=True)
class Unclear:
    """An entry that cannot be reckoned with, and why."""

    id: str
    name: str
    why: str


@dataclass(frozen=True, slots=True)
class MeetingPlan:
    places: tuple[Place, ...] = ()
    agenda: tuple[AgendaItem, ...] = ()
    interpreting: Interpreting = Interpreting.NONE
    is_interpreter_booked: bool = False
    channels: Channels = Channels()
    checks: tuple[Check, ...] = ()
    arrival: ArrivalRule = ArrivalRule()
    journeys: tuple[Journey, ...] = ()
    unclear: tuple[Unclear, ...] = ()

    def of(self, party: Party) -> tuple[Place, ...]:
        return tuple(place for place in self.places if place.party is party)


def read_plan(document: Document, zone: str) -> MeetingPlan:
    """The plan of a document, whatever stands in it; what cannot be reckoned with is told in `unclear`.

    `zone` is that of the meeting, in which landings are told.
    """
    unclear: list[Unclear] = []
    return MeetingPlan(
        places=tuple(_read_each(document, "places", _place, unclear)),
        agenda=tuple(_read_each(document, "agenda", _item, unclear)),
        interpreting=one_of(Interpreting, fields_of(document, "interpreter").get("mode"), Interpreting.NONE),
        is_interpreter_booked=fields_of(document, "interpreter").get("is_booked") is True,
        channels=_channels(fields_of(document, "channels")),
        checks=tuple(_read_each(document, "checks", _check, unclear)),
        arrival=_arrival(fields_of(document, "arrival")),
        journeys=tuple(_read_each(document, "travel", lambda entry: _journey(entry, zone), unclear)),
        unclear=tuple(unclear),
    )


def check_due(starts_at: datetime, zone: str) -> date:
    """The day until which a connection is to be tried."""
    return in_zone(starts_at, zone).date() - DUE_BEFORE


def _read_each(
    document: Document, section: str, read: Callable[[Mapping[str, Any]], Read], unclear: list[Unclear]
) -> Iterator[Read]:
    for entry in entries_of(document, section):
        try:
            yield read(entry)
        except (UnclearPlace, UnclearZone, ImpossibleTime) as error:
            unclear.append(Unclear(text(entry, "id"), text(entry, "name") or "A journey", str(error)))


def _place(entry: Mapping[str, Any]) -> Place:
    return Place(
        name=text(entry, "name"),
        party=one_of(Party, entry.get("party"), Party.THEIRS),
        country=text(entry, "country"),
        zone=text(entry, "zone"),
        subdivision=text(entry, "subdivision") or None,
        opens=time_of(entry.get("opens"), time(9)),
        closes=time_of(entry.get("closes"), time(17, 30)),
    )


def _item(entry: Mapping[str, Any]) -> AgendaItem:
    return AgendaItem(text(entry, "id"), text(entry, "title"), number(entry.get("minutes"), 0), text(entry, "lead"))


def _channels(fields: Mapping[str, Any]) -> Channels:
    texts = {name: text(fields, name) for name in ("primary", "backup", "caller", "called", "phone", "email", "notes")}
    after = fields.get("after_minutes")
    return Channels(**texts, after_minutes=None if after is None else number(after, 0))


def _check(entry: Mapping[str, Any]) -> Check:
    return Check(
        id=text(entry, "id"),
        what=text(entry, "what"),
        owner=text(entry, "owner"),
        due=date_of(entry.get("due")),
        done_at=moment_of(entry.get("done_at")),
        done_by=text(entry, "done_by"),
    )


def _arrival(fields: Mapping[str, Any]) -> ArrivalRule:
    return ArrivalRule(
        early_minutes=number(fields.get("early_minutes"), EARLY_AT_PLACE),
        announced_minutes=number(fields.get("announced_minutes"), ANNOUNCED_BEFORE),
        where=text(fields, "where"),
    )


def _journey(entry: Mapping[str, Any], zone: str) -> Journey:
    local = local_of(entry.get("lands_local"))
    if local is None:
        raise ImpossibleTime("There is no time of landing. Write it as on the ticket.")
    return Journey(
        id=text(entry, "id"),
        who=text(entry, "who"),
        from_zone=clear_zone(text(entry, "from_zone")),
        lands_at=moment(local, zone),
        is_night_flight=entry.get("is_night_flight") is True,
    )
