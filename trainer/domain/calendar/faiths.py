"""Religious dates that move through the year and are announced by sight of the moon: expected, a day early or late."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from hijridate import Gregorian, Hijri

KNOWN_YEARS = range(1940, 2076)
"""Years whose lunar months are tabled (Umm al-Qura)."""


@dataclass(frozen=True, slots=True)
class Expected:
    """Days from the first to the last that are expected by the table; the moon may move each by one."""

    name: str
    first: date
    last: date


@lru_cache(maxsize=64)
def religious_dates(year: int) -> tuple[Expected, ...]:
    """Ramadan and both Eids that begin in a year, in order; empty outside of the table."""
    if year not in KNOWN_YEARS:
        return ()
    first = Gregorian(year, 1, 1).to_hijri().year
    found = (each for hijri in (first, first + 1) for each in _of_hijri_year(hijri))
    return tuple(sorted((each for each in found if each.first.year == year), key=lambda each: each.first))


def religious_dates_between(first: date, last: date) -> tuple[Expected, ...]:
    """Those of which a day lies between two dates, both included."""
    years = range(first.year - 1, last.year + 1)
    found = (each for year in years for each in religious_dates(year))
    return tuple(each for each in found if each.first <= last and each.last >= first)


def ramadan_on(on: date) -> bool:
    return any(each.name == "Ramadan" for each in religious_dates_between(on, on))


def _of_hijri_year(year: int) -> Iterator[Expected]:
    ramadan, fitr, adha = (Hijri(year, month, day).to_gregorian() for month, day in ((9, 1), (10, 1), (12, 10)))
    day = timedelta(days=1)
    yield Expected("Ramadan", _plain(ramadan), _plain(fitr) - day)
    yield Expected("Eid al-Fitr", _plain(fitr), _plain(fitr) + 2 * day)
    yield Expected("Eid al-Adha", _plain(adha), _plain(adha) + 3 * day)


def _plain(day: Gregorian) -> date:
    return date(day.year, day.month, day.day)
