"""Builders of charters: whole ones, of which a test takes away what it is about."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from trainer.domain.charter import Charter, read_charter

BERLIN, TOKYO = "Europe/Berlin", "Asia/Tokyo"
NAMES = {
    "user:1": "Lena Hofmann",
    "user:2": "Marc Weber",
    "user:3": "Ingrid Solberg",
    "person:1": "Sato Kenji",
    "person:2": "Mori Aya",
    "person:3": "Ueda Jun",
}
STARTS_ON = date(2026, 12, 17)
"""A Thursday."""
Document = dict[str, Any]


def no_day_off(_country: str, _part: str, _day: date) -> None:
    return None


def contact(name: str, side: str = "ours", rank: str = "primary", **fields: Any) -> Document:
    """At work from nine to five in Berlin, or from eight to five in Tokyo."""
    is_ours = side == "ours"
    return {
        "id": name,
        "interface": "Supply",
        "side": side,
        "rank": rank,
        "who": ("user:" if is_ours else "person:") + ("1" if rank == "primary" else "2"),
        "zone": BERLIN if is_ours else TOKYO,
        "opens": "09:00" if is_ours else "08:00",
        "closes": "17:00" if is_ours else "17:30",
        "workdays": [0, 1, 2, 3, 4],
        "channel": "+49 30 5550100",
        **fields,
    }


def level(number: int, **fields: Any) -> Document:
    return {
        "id": f"level-{number}",
        "number": number,
        "hours": 4 * number,
        "contact_ours": "a" if number == 1 else "m",
        "contact_theirs": "c" if number == 1 else "n",
        "channel": "phone",
        "within": 24.0,
        "tells_first": "Whoever raises it",
        **fields,
    }


def document(**parts: Any) -> Document:
    """A charter that lacks nothing; `parts` replace its own."""
    whole: Document = {
        "objective": {
            "sentence": "By 30 September 2027 we solve 90 of 100 visits with parts from the van.",
            "measure": "Visits solved with parts on the van, counted at the counter: from 60 to 90 of 100",
            "by": "2027-09-30",
            "ours": "Fewer second visits",
            "theirs": "Less stock",
            "agreed_ours": "user:3",
            "agreed_theirs": "person:3",
            "agreed_on": "2026-11-30",
        },
        "working": {
            "primary": "E-mail",
            "backup": "Phone",
            "spoken": "English",
            "written": "English",
            "minutes_language": "English",
            "respond_stopped": 1,
            "respond_urgent": 4,
            "respond_normal": 8,
            "rhythm": "Every second Tuesday, 45 minutes",
            "minutes_within": 24,
            "country_ours": "DE",
            "country_theirs": "JP",
            "respects_holidays": True,
            "decision": "Both leads say yes in writing",
        },
        "contacts": [
            contact("a", closes="18:00", opens="08:00"),
            contact("b", rank="deputy"),
            contact("c", "theirs"),
            contact("d", "theirs", "deputy", closes="18:30"),
            contact("m", interface="Management", who="user:3"),
            contact("m2", rank="deputy", interface="Management"),
            contact("n", "theirs", interface="Management", who="person:3", closes="18:30"),
            contact("n2", "theirs", "deputy", interface="Management"),
        ],
        "escalation": [level(1), level(2)],
        "closing": {"stepping_down": "Whoever raised it says so", "closing_note": "Cause, cure, thanks"},
        "information": [
            {"id": "1", "sharing": "must", "what": "Dates that move", "is_bad_news": True},
            {"id": "2", "sharing": "must_not", "what": "Prices of others"},
        ],
        "owners": dict.fromkeys(("objective", "contacts", "escalation"), "user:3"),
    }
    return {**whole, **parts}


def charter(**parts: Any) -> Charter:
    return read_charter(document(**parts))


def without(whole: Mapping[str, Any], *keys: str) -> Document:
    return {key: value for key, value in whole.items() if key not in keys}
