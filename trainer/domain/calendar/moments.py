"""Time in two places: a local time with its IANA zone, and the moment that it is."""

from datetime import UTC, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones


class ImpossibleTime(ValueError):
    """The local time does not exist, or the zone does not; the text says which."""


@cache
def known_zones() -> frozenset[str]:
    """Every name in the IANA database, abbreviations included."""
    return frozenset(available_timezones())  # it walks the whole database: some ten milliseconds


@cache
def zones() -> tuple[str, ...]:
    """IANA zones named after a place, in alphabetical order: abbreviations such as CST are ambiguous."""
    regions = ("Africa/", "America/", "Asia/", "Atlantic/", "Australia/", "Europe/", "Indian/", "Pacific/")
    return tuple(sorted(zone for zone in known_zones() if zone.startswith(regions)))


def moment(local: datetime, zone: str) -> datetime:
    """The UTC moment of a naive local time. Of two (clocks go back) the earlier counts.

    Raises `ImpossibleTime` when the clocks skip that time, it is too far away, or the zone is unknown.
    """
    if zone not in known_zones():
        raise ImpossibleTime(f"{zone!r} is not an IANA time zone such as Asia/Tokyo.")
    there = local.replace(tzinfo=ZoneInfo(zone))
    try:
        utc = there.astimezone(UTC)
    except OverflowError as error:
        raise ImpossibleTime("This date is too far away. Choose a nearer one.") from error
    if utc.astimezone(ZoneInfo(zone)).replace(tzinfo=None) != local:
        raise ImpossibleTime(f"The clocks in {zone} skip {local:%H:%M} on that day. Choose another time.")
    return utc


def in_zone(at: datetime, zone: str) -> datetime:
    return at.astimezone(ZoneInfo(zone))


def days_left(starts_at: datetime, zone: str, at: datetime) -> int:
    """Calendar days from today to the day it starts, both as in its zone; negative when it is over."""
    return (in_zone(starts_at, zone).date() - in_zone(at, zone).date()).days


def offset_words(at: datetime, zone: str) -> str:
    """The offset of a zone at a moment, such as UTC+9 or UTC-3:30."""
    offset = in_zone(at, zone).utcoffset() or timedelta()
    minutes = int(offset.total_seconds() // 60)
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'-' if minutes < 0 else '+'}{hours}" + (f":{rest:02}" if rest else "")
