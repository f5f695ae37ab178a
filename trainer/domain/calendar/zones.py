"""Names of time zones that mean several: refused where a zone is asked for, flagged where one is written."""

import re
from dataclasses import dataclass

from trainer.domain.calendar.moments import known_zones

AMBIGUOUS: dict[str, tuple[tuple[str, str], ...]] = {
    "ACT": (("Acre", "America/Rio_Branco"), ("Australian Central Time", "Australia/Adelaide")),
    "ADT": (("Atlantic Daylight Time", "America/Halifax"), ("Arabia Daylight Time", "Asia/Baghdad")),
    "AMT": (("Amazon Time", "America/Manaus"), ("Armenia Time", "Asia/Yerevan")),
    "AST": (("Atlantic Standard Time", "America/Halifax"), ("Arabia Standard Time", "Asia/Riyadh")),
    "BST": (("British Summer Time", "Europe/London"), ("Bangladesh Standard Time", "Asia/Dhaka")),
    "CDT": (("US Central Daylight Time", "America/Chicago"), ("Cuba Daylight Time", "America/Havana")),
    "CST": (
        ("US Central Standard Time", "America/Chicago"),
        ("China Standard Time", "Asia/Shanghai"),
        ("Cuba Standard Time", "America/Havana"),
    ),
    "ECT": (("Ecuador Time", "America/Guayaquil"), ("Eastern Caribbean Time", "America/Port_of_Spain")),
    "EDT": (("US Eastern Daylight Time", "America/New_York"), ("Australian Eastern Daylight Time", "Australia/Sydney")),
    "EST": (("US Eastern Standard Time", "America/New_York"), ("Australian Eastern Time", "Australia/Sydney")),
    "GST": (("Gulf Standard Time", "Asia/Dubai"), ("South Georgia Time", "Atlantic/South_Georgia")),
    "IST": (
        ("India Standard Time", "Asia/Kolkata"),
        ("Israel Standard Time", "Asia/Jerusalem"),
        ("Irish Standard Time", "Europe/Dublin"),
    ),
    "MST": (("US Mountain Standard Time", "America/Denver"), ("Malaysia Standard Time", "Asia/Kuala_Lumpur")),
    "PST": (("US Pacific Standard Time", "America/Los_Angeles"), ("Philippine Standard Time", "Asia/Manila")),
    "SST": (("Samoa Standard Time", "Pacific/Pago_Pago"), ("Singapore Standard Time", "Asia/Singapore")),
    "WST": (("Western Australia", "Australia/Perth"), ("West Samoa Time", "Pacific/Apia")),
}
"""Abbreviation to what people mean by it, each with the zone to choose instead."""
_NAMES = "|".join(AMBIGUOUS)
_TIME = r"\d{1,2}(?:[:.h]\d{2})?(?:\s?[ap]\.?m\.?)?"
_WRITTEN = re.compile(
    rf"(?<![\w:.])(?:{_TIME}\s?\(?(?P<after>{_NAMES})|(?P<before>{_NAMES})\)?\s?{_TIME})(?!\w)", re.ASCII
)
"""A time of day beside such a name. The name alone may be a word or a company."""


@dataclass(frozen=True, slots=True)
class AmbiguousZone:
    """A name as it was written, and what it can mean: words and zone."""

    name: str
    choices: tuple[tuple[str, str], ...]

    @property
    def words(self) -> str:
        meanings = ", ".join(f"{meaning} ({zone})" for meaning, zone in self.choices)
        return f"{self.name} has several meanings: {meanings}. Write the city's time instead."


class UnclearZone(ValueError):
    """This names no single time zone; the text says what to choose."""


def clear_zone(name: str) -> str:
    """The zone of an unambiguous name of a place in the IANA database.

    Raises `UnclearZone` for an abbreviation and for what is unknown, also for those that the database keeps for old
    programs (EST, CST6CDT): they have no place and some no summer time.
    """
    stripped = name.strip()
    ambiguous = AMBIGUOUS.get(stripped.upper())
    if ambiguous:
        raise UnclearZone(AmbiguousZone(stripped, ambiguous).words)
    if stripped not in known_zones() or ("/" not in stripped and stripped != "UTC") or stripped.startswith("Etc/"):
        raise UnclearZone(f"“{stripped}” is no time zone of a place. Choose one such as Asia/Tokyo.")
    return stripped


def ambiguous_zones_in(text: str) -> tuple[AmbiguousZone, ...]:
    """Ambiguous names that stand beside a time of day in free text, such as "10:00 CST", each once."""
    found = (match["after"] or match["before"] for match in _WRITTEN.finditer(text))
    return tuple(AmbiguousZone(name, AMBIGUOUS[name]) for name in dict.fromkeys(found))
