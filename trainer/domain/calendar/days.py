"""What kind of day a date is at a place: worked, off, worked to make up for a holiday, or only expected so."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from importlib.metadata import version

from holidays import HolidayBase, country_holidays

from trainer.domain.calendar.faiths import ramadan_on
from trainer.domain.calendar.places import Place

DATA_VERSION = f"holidays {version('holidays')}"
"""Which data the calendar rests on, to be shown beside what is said by it."""
LANGUAGE = "en_US"
ON_REQUEST = frozenset({"SA"})
"""Countries whose expected dates the data marks as such only when asked."""
USUALLY_CLOSED = {"BR": frozenset({"Carnival", "Corpus Christi"})}
"""Optional days on which most offices close all the same (content brief 2.9)."""
MAKES_UP = frozenset({"CN"})
"""Countries that announce each autumn which weekends of the next year are worked (content brief 2.2)."""
SHORT_HOURS = frozenset({"AE", "SA"})
"""Countries in which the law shortens the working day in Ramadan (content brief 2.10)."""


class DayKind(StrEnum):
    WORKING = "working"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    MAKE_UP = "make_up"
    """A day of the weekend that is worked to make up for a holiday."""


@dataclass(frozen=True, slots=True)
class Day:
    """A date at a place. `name` is that of the holiday.

    `is_expected`: it is not settled. The moon decides, or each employer does.
    """

    on: date
    kind: DayKind
    name: str = ""
    is_expected: bool = False
    is_ramadan: bool = False

    @property
    def is_off(self) -> bool:
        return self.kind in (DayKind.WEEKEND, DayKind.HOLIDAY)

    @property
    def words(self) -> str:
        """What is particular about the day, empty for a plain working day."""
        match self.kind:
            case DayKind.HOLIDAY:
                return f"{self.name} (expected)" if self.is_expected else self.name
            case DayKind.WEEKEND:
                return f"{self.on:%A} is a day off"
            case DayKind.MAKE_UP:
                return f"{self.on:%A} is worked to make up for a holiday"
            case DayKind.WORKING:
                return "Ramadan (expected): shorter hours, late morning suits best" if self.is_ramadan else ""


@lru_cache(maxsize=256)
def holidays_of(
    country: str,
    year: int,
    *,
    subdivision: str | None = None,
    category: str | None = None,
    with_estimates: bool = False,
) -> HolidayBase:
    """The holidays of a year, named in English. `with_estimates` marks those that the moon decides, where asked for."""
    if with_estimates and country in ON_REQUEST:
        return country_holidays(country, years=year, language=LANGUAGE, islamic_show_estimated=True)
    categories = (category,) if category else None
    return country_holidays(country, subdiv=subdivision, years=year, language=LANGUAGE, categories=categories)


def day_at(place: Place, on: date) -> Day:
    return day_in(place.country, place.subdivision, on)


def days_at(place: Place, first: date, last: date) -> Iterator[Day]:
    """Each day from the first to the last, both included."""
    for number in range((last - first).days + 1):
        yield day_at(place, first + timedelta(days=number))


def are_make_up_days_known(country: str, year: int) -> bool:
    """Whether the worked weekends of a year are announced; true where there are none."""
    return country not in MAKES_UP or any(day.year == year for day in holidays_of(country, year).weekend_workdays)


def make_up_note(place: Place, year: int) -> str:
    """Says that some weekends of a year will be worked that nobody knows yet, or nothing."""
    if are_make_up_days_known(place.country, year):
        return ""
    return (
        f"{place.name}: the weekends that are worked in {year} to make up for holidays are not announced yet. "
        "Ask for the official holiday notice of the year."
    )


@lru_cache(maxsize=20_000)
def day_in(country: str, subdivision: str | None, on: date) -> Day:
    book = holidays_of(country, on.year, subdivision=subdivision, with_estimates=True)
    name = book.get(on)
    if name:
        return Day(on, DayKind.HOLIDAY, _settled(name), is_expected=_is_estimated(name))
    if not book.is_working_day(on):
        return Day(on, DayKind.WEEKEND)
    if book.is_weekend(on):
        return Day(on, DayKind.MAKE_UP)
    optional = _usually_closed(country, subdivision, on)
    if optional:
        return Day(on, DayKind.HOLIDAY, optional, is_expected=True)
    return Day(on, DayKind.WORKING, is_ramadan=country in SHORT_HOURS and ramadan_on(on))


def _usually_closed(country: str, subdivision: str | None, on: date) -> str:
    names = USUALLY_CLOSED.get(country)
    if not names:
        return ""
    found = holidays_of(country, on.year, subdivision=subdivision, category="optional").get(on) or ""
    return next((name for name in found.split("; ") if name in names), "")


def _is_estimated(name: str) -> bool:
    """Whether all of a day's names are estimates: one settled holiday makes it a settled day off."""
    return all("estimated)" in each for each in name.split("; "))


def _settled(name: str) -> str:
    return name.replace(" (estimated)", "").replace(", estimated)", ")")
