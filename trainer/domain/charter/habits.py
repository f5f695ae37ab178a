"""When people of the partner are at work and away, as the partner file tells: it fills what the charter leaves open."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, time

from trainer.domain.charter.values import Charter, Contact

_SPAN = re.compile(r"\b(\d{1,2})[:.](\d{2})\s*(?:to|until|till|and|-|–|—)\s*(\d{1,2})[:.](\d{2})\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Habits:
    """Of one person; `hours` are words such as “9:00 to 17:30”, local to `zone`."""

    zone: str = ""
    hours: str = ""
    away_from: date | None = None
    away_until: date | None = None


def with_habits(charter: Charter, habits: Mapping[str, Habits]) -> Charter:
    """The charter with what is known of its contacts by their reference. What a contact's own fields say holds."""
    contacts = tuple(_filled(each, habits[each.who]) if each.who in habits else each for each in charter.contacts)
    return replace(charter, contacts=contacts)


def hours_in(words: str) -> tuple[time, time] | None:
    """From when to when, if that is told as exactly one span of a day."""
    found = _SPAN.findall(words)
    if len(found) != 1:
        return None
    try:
        opens, closes = (time(int(hour), int(minute)) for hour, minute in (found[0][:2], found[0][2:]))
    except ValueError:
        return None
    return (opens, closes) if opens < closes else None


def _filled(contact: Contact, habits: Habits) -> Contact:
    if contact.away_from is None and contact.away_until is None:
        contact = replace(contact, away_from=habits.away_from, away_until=habits.away_until)
    hours = hours_in(habits.hours)
    is_elsewhere = habits.zone and contact.zone and habits.zone != contact.zone
    if hours is not None and contact.opens is None and contact.closes is None and not is_elsewhere:
        contact = replace(contact, opens=hours[0], closes=hours[1])
    return contact if contact.zone else replace(contact, zone=habits.zone)
