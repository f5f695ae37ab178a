"""Reads a charter from a document: whatever is missing or makes no sense there is left out, never an error."""

from collections.abc import Iterator, Mapping
from datetime import date, time
from enum import StrEnum
from functools import cache
from typing import Any, TypeVar

from trainer.domain.calendar import zones
from trainer.domain.charter.values import (
    Charter,
    Contact,
    Home,
    Level,
    Objective,
    Owner,
    Rank,
    Section,
    Sharing,
    SharingRule,
    Working,
)
from trainer.domain.parties import Party

E = TypeVar("E", bound=StrEnum)
Fields = Mapping[str, Any]
SIDES = tuple(Party)
MAX_HOURS = 2_000
"""A year of working hours: what is longer was a slip."""


def read_charter(document: Fields) -> Charter:
    closing = _section(document, "closing")
    return Charter(
        objective=_objective(_section(document, "objective")),
        working=_working(_section(document, "working")),
        contacts=tuple(_contact(each) for each in _entries(document, "contacts")),
        levels=tuple(sorted((_level(each) for each in _entries(document, "escalation")), key=_by_number)),
        stepping_down=_text(closing, "stepping_down"),
        closing_note=_text(closing, "closing_note"),
        rules=tuple(_rule(each) for each in _entries(document, "information")),
        owners=_owners(_section(document, "owners")),
    )


def is_shown(rule: Fields) -> bool:
    """Whether the partner reads a rule about information: what must not be shared only where that was said in so many
    words, and not where a rule merely was not called internal.
    """
    said = rule.get("shown")
    if _text(rule, "sharing") == Sharing.MUST_NOT:
        return said is True
    return said if isinstance(said, bool) else rule.get("is_internal") is not True


def _objective(fields: Fields) -> Objective:
    return Objective(
        sentence=_text(fields, "sentence"),
        measure=_text(fields, "measure"),
        by=_day(fields, "by"),
        ours=_text(fields, "ours"),
        theirs=_text(fields, "theirs"),
        agreed_ours=_text(fields, "agreed_ours"),
        agreed_theirs=_text(fields, "agreed_theirs"),
        agreed_on=_day(fields, "agreed_on"),
    )


def _working(fields: Fields) -> Working:
    return Working(
        primary=_text(fields, "primary"),
        backup=_text(fields, "backup"),
        spoken=_text(fields, "spoken"),
        written=_text(fields, "written"),
        minutes_language=_text(fields, "minutes_language"),
        respond_stopped=_hours(fields, "respond_stopped"),
        respond_urgent=_hours(fields, "respond_urgent"),
        respond_normal=_hours(fields, "respond_normal"),
        rhythm=_text(fields, "rhythm"),
        minutes_within=_hours(fields, "minutes_within"),
        respects_holidays=fields.get("respects_holidays") is True,
        homes={side: Home(_text(fields, f"country_{side}"), _text(fields, f"part_{side}")) for side in SIDES},
        decision=_text(fields, "decision"),
    )


def _contact(fields: Fields) -> Contact:
    zone = _text(fields, "zone")
    return Contact(
        id=_text(fields, "id"),
        interface=_text(fields, "interface"),
        side=_member(fields, "side", Party),
        rank=_member(fields, "rank", Rank),
        who=_text(fields, "who"),
        role=_text(fields, "role"),
        zone=zone if zone in _zones() else "",
        opens=_time(fields, "opens"),
        closes=_time(fields, "closes"),
        workdays=_workdays(fields),
        channel=_text(fields, "channel"),
        home=Home(_text(fields, "country"), _text(fields, "part")),
        away_from=_day(fields, "away_from"),
        away_until=_day(fields, "away_until"),
    )


def _level(fields: Fields) -> Level:
    number = fields.get("number")
    return Level(
        id=_text(fields, "id"),
        number=number if isinstance(number, int) else 0,
        hours=_hours(fields, "hours"),
        impact=_text(fields, "impact"),
        contacts={side: _text(fields, f"contact_{side}") for side in SIDES},
        roles={side: _text(fields, f"role_{side}") for side in SIDES},
        channel=_text(fields, "channel"),
        within=_hours(fields, "within"),
        tells_first=_text(fields, "tells_first"),
    )


def _rule(fields: Fields) -> SharingRule:
    return SharingRule(
        id=_text(fields, "id"),
        sharing=_member(fields, "sharing", Sharing),
        what=_text(fields, "what"),
        whom=_text(fields, "whom"),
        where=_text(fields, "where"),
        notice=_text(fields, "notice"),
        is_bad_news=fields.get("is_bad_news") is True,
        is_internal=not is_shown(fields),
    )


def _owners(fields: Fields) -> dict[Section, Owner]:
    return {section: Owner(_text(fields, section), _day(fields, f"{section}_due")) for section in Section}


def _by_number(level: Level) -> tuple[int, str]:
    return level.number, level.id


def _section(document: Fields, name: str) -> Fields:
    found = document.get(name)
    return found if isinstance(found, dict) else {}


def _entries(document: Fields, name: str) -> Iterator[Fields]:
    found = document.get(name)
    for each in found if isinstance(found, list) else ():
        if isinstance(each, dict) and _text(each, "id"):
            yield each


def _text(fields: Fields, key: str) -> str:
    found = fields.get(key)
    return found.strip() if isinstance(found, str) else ""


def _hours(fields: Fields, key: str) -> float | None:
    found = fields.get(key)
    if not isinstance(found, int | float) or isinstance(found, bool):
        return None
    return float(found) if 0 <= found <= MAX_HOURS else None


def _day(fields: Fields, key: str) -> date | None:
    try:
        return date.fromisoformat(_text(fields, key))
    except ValueError:
        return None


def _time(fields: Fields, key: str) -> time | None:
    try:
        return time.fromisoformat(_text(fields, key)).replace(tzinfo=None)
    except ValueError:
        return None


def _workdays(fields: Fields) -> frozenset[int]:
    found = fields.get("workdays")
    if not isinstance(found, list):
        return frozenset(range(5))
    return frozenset(day for day in found if type(day) is int and 0 <= day <= 6)


@cache
def _zones() -> frozenset[str]:
    return frozenset(zones())


def _member(fields: Fields, key: str, kind: type[E]) -> E:
    """The word of an enumeration, or its first where there is none such."""
    word = _text(fields, key)
    return kind(word) if word in set(kind) else next(iter(kind))
