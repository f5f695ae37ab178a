"""The words of a charter on the page: its values, changes, hours, and the state that it is in."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from trainer.domain.charter import (
    LABELS,
    TITLES,
    Change,
    Charter,
    CharterGap,
    Contact,
    Presence,
    Rank,
    Sharing,
    Standing,
    zone_of,
)
from trainer.domain.gaps import Weight
from trainer.domain.parties import Party
from trainer.web.places import countries
from trainer.wording import count, number
from trainer.wording.contacts import hours_words

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
SIDES = {Party.OURS: "Our side", Party.THEIRS: "The partner’s side"}
SIDES_TO_PARTNER = {Party.OURS: "Our side", Party.THEIRS: "Your side"}
"""As the partner reads it, who was sent a link by us."""
RANKS = {Rank.PRIMARY: "Contact", Rank.DEPUTY: "Deputy"}
SHARING = {
    Sharing.MUST: "must be shared",
    Sharing.MAY: "may be shared",
    Sharing.MUST_NOT: "must not be shared",
}
_WORDS: Mapping[str, Mapping[Any, str]] = {"side": SIDES, "rank": RANKS, "sharing": SHARING}
_COUNTRIES = {"country", "country_ours", "country_theirs"}
_CONTACTS = {"contact_ours", "contact_theirs"}
NOTHING = "nothing"
PRESENCE_STATES = {
    Presence.IN_HOURS: ("above", "at work", "▲"),
    Presence.OUT_OF_HOURS: ("near", "not at work at this hour", "◇"),
    Presence.DAY_OFF: ("near", "day off", "◇"),
    Presence.HOLIDAY: ("near", "public holiday", "◇"),
    Presence.AWAY: ("below", "away", "▽"),
    Presence.UNKNOWN: ("none", "hours not known", "○"),
}


@dataclass(frozen=True, slots=True)
class ContactRow:
    """A contact as the page prints it: `hours` are (zone, words) in each zone, `is_gap` where nobody is named."""

    contact: Contact
    name: str
    hours: tuple[tuple[str, str], ...]
    away: str
    is_gap: bool


@dataclass(frozen=True, slots=True)
class ChangeWords:
    where: str
    before: str
    after: str


def value_words(field: str, value: Any, names: Mapping[str, str], charter: Charter) -> str:
    """A value of a document in words; `nothing` for an empty one."""
    if value is None or value == "" or value == []:
        return NOTHING
    if isinstance(value, bool):
        return "yes" if value else "no"
    if field in _WORDS:
        return _WORDS[field].get(value, str(value))
    if field == "workdays" and isinstance(value, list):
        return ", ".join(DAYS[each] for each in value if each in range(7))
    if field in _COUNTRIES:
        return countries().get(str(value), str(value))
    if field in _CONTACTS:
        contact = charter.contact(str(value))
        return f"{contact.interface}: {contact_name(contact, names)}" if contact else "a contact that is gone"
    if isinstance(value, float):
        return f"{value:g}"
    return reference_words(str(value), names)


def reference_words(value: str, names: Mapping[str, str]) -> str:
    """The name that a reference stands for; other words as they are."""
    if value.startswith(("user:", "person:")):
        return names.get(value, "(deleted)")
    return value


def contact_name(contact: Contact, names: Mapping[str, str]) -> str:
    if contact.who:
        return reference_words(contact.who, names)
    return contact.role or "nobody yet"


def change_words(changes: Iterable[Change], names: Mapping[str, str], charter: Charter) -> list[ChangeWords]:
    """Each change with where it is and what was there before."""
    return [
        ChangeWords(
            where=field_title(each.part, each.field, each.about),
            before=value_words(each.field, each.before, names, charter),
            after=value_words(each.field, each.after, names, charter),
        )
        for each in changes
    ]


def field_title(part: str, field: str, about: str = "") -> str:
    place = f"{TITLES[part]}, {about}" if about else TITLES[part]
    return f"{place}: {LABELS[part][field]}"


def contact_rows(
    charter: Charter, names: Mapping[str, str], on: date, first: Party, fallback: Mapping[Party, str]
) -> dict[str, list[ContactRow]]:
    """Contacts by interface, with their hours of a day in the zone of the side `first` and then in that of the other.

    `fallback` is the zone of a side that has named none.
    """
    second = Party.THEIRS if first is Party.OURS else Party.OURS
    zones = [zone_of(charter, side) or fallback[side] for side in (first, second)]
    rows: dict[str, list[ContactRow]] = {interface: [] for interface in charter.interfaces}
    for contact in sorted(charter.contacts, key=lambda each: (each.side is not first, each.rank is Rank.DEPUTY)):
        wanted = dict.fromkeys((zones[0], zones[1], contact.zone))
        hours = [(city(zone), hours_words(contact, zone, on)) for zone in wanted if zone]
        rows[contact.interface].append(
            ContactRow(
                contact=contact,
                name=contact_name(contact, names),
                hours=tuple((zone, words) for zone, words in hours if words),
                away=away_words(contact),
                is_gap=not (contact.who or contact.role),
            )
        )
    return rows


def away_words(contact: Contact) -> str:
    match contact.away_from, contact.away_until:
        case None, None:
            return ""
        case begins, None:
            return f"away from {_short(begins)}"
        case None, ends:
            return f"away until {_short(ends)}"
        case begins, ends:
            return f"away {_short(begins)} to {_short(ends)}"


def standing_words(standing: Standing) -> str:
    local = f"{standing.local:%A %H:%M}" if standing.local else "local time not known"
    return f"{local}, {standing.name}" if standing.name else local


def state_line(gaps: Iterable[CharterGap], version: int) -> str:
    """What the charter is, in a sentence that can be said aloud."""
    if not version:
        return "There is no charter yet."
    gaps = tuple(gaps)
    missing, risks = (sum(gap.weight is weight for gap in gaps) for weight in (Weight.BLOCKS, Weight.RISKS))
    if not missing and not risks:
        return "The charter is whole: nothing is missing in it."
    if not missing:
        return f"Nothing that is needed is missing; {count(risks, 'thing')} could still go wrong."
    also = f", and {count(risks, 'thing')} could go wrong" if risks else ""
    return (
        f"{number(missing).capitalize()} {'thing is' if missing == 1 else 'things are'} missing in the charter{also}."
    )


def city(zone: str) -> str:
    return zone.rsplit("/", maxsplit=1)[-1].replace("_", " ")


def _short(value: date | None) -> str:
    return "" if value is None else f"{value.day} {value:%b}"
