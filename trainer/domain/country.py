"""What is computed of a country for its lessons: languages, money, times, working week, and the days off to come."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise

from babel import Locale
from babel.dates import format_date, get_day_names
from babel.languages import get_official_languages
from babel.numbers import format_decimal, get_currency_name, get_currency_symbol, get_territory_currencies

from trainer.domain.calendar import (
    DATA_VERSION,
    NEEDS_SUBDIVISION,
    Day,
    DayKind,
    are_make_up_days_known,
    changes_of,
    country_name,
    day_in,
    holidays_of,
    offset_words,
)

ENGLISH = Locale("en", "GB")
SAMPLE_NUMBER = 1_234_567.5
A_YEAR = timedelta(days=366)
MANY_ZONES = 4
"""Zones of a country that are listed; of more, the most populous."""


@dataclass(frozen=True, slots=True)
class LocalTime:
    """Of a city's zone today: what the clock is ahead by, and whether it changes within a year."""

    city: str
    offset: str
    changes: bool


@dataclass(frozen=True, slots=True)
class Span:
    """Days off in a row with one name, or days of a weekend that are worked."""

    first: date
    last: date
    name: str
    is_expected: bool
    is_worked: bool

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1


@dataclass(frozen=True, slots=True)
class CountryFacts:
    """`samples` are a long and a short date and a number as they are written there, in the language of the course."""

    name: str
    languages: tuple[str, ...]
    currency: str
    times: tuple[LocalTime, ...]
    days_off: tuple[str, ...]
    samples: tuple[str, str, str]
    language: str


@dataclass(frozen=True, slots=True)
class DaysAhead:
    """The public holidays of the coming year. `differs` by state or region; `unannounced` are years whose worked
    weekends nobody knows yet.
    """

    spans: tuple[Span, ...]
    differs: bool
    unannounced: tuple[int, ...]
    source: str = DATA_VERSION


def country_facts(country: str, language: str, zones: tuple[str, ...], at: datetime) -> CountryFacts:
    """`zones` are those of the country, the most populous first; `at` is now."""
    locale = _locale(language, country)
    today = at.date()
    return CountryFacts(
        name=country_name(country),
        languages=tuple(ENGLISH.languages[tag] for tag in get_official_languages(country, de_facto=True)),
        currency=_currency(country, today),
        times=tuple(dict.fromkeys(_local_time(zone, at) for zone in zones[:MANY_ZONES])),
        days_off=_weekend(country, today.year),
        samples=(
            format_date(today, "long", locale),
            format_date(today, "short", locale),
            format_decimal(SAMPLE_NUMBER, locale=locale),
        ),
        language=language,
    )


def days_ahead(country: str, today: date) -> DaysAhead:
    days = (day_in(country, None, today + timedelta(days=number)) for number in range(A_YEAR.days))
    notable = [day for day in days if day.kind in (DayKind.HOLIDAY, DayKind.MAKE_UP)]
    years = sorted({today.year, (today + A_YEAR).year})
    return DaysAhead(
        spans=tuple(_spans(notable)),
        differs=country in NEEDS_SUBDIVISION,
        unannounced=tuple(year for year in years if not are_make_up_days_known(country, year)),
    )


def _spans(days: list[Day]) -> Iterator[Span]:
    start = 0
    for place, (day, following) in enumerate(pairwise([*days, None]), start=1):
        assert day is not None
        if following is not None and _go_together(day, following):
            continue
        first = days[start]
        yield Span(first.on, day.on, day.name, day.is_expected, is_worked=day.kind is DayKind.MAKE_UP)
        start = place


def _go_together(day: Day, following: Day) -> bool:
    is_next = following.on - day.on == timedelta(days=1)
    return is_next and (following.kind, following.name, following.is_expected) == (day.kind, day.name, day.is_expected)


def _local_time(zone: str, at: datetime) -> LocalTime:
    city = zone.rpartition("/")[2].replace("_", " ")
    return LocalTime(city, offset_words(at, zone), bool(changes_of(zone, at, at + A_YEAR)))


def _currency(country: str, today: date) -> str:
    codes = get_territory_currencies(country, today, today)
    return ", ".join(
        f"{get_currency_name(code, locale=ENGLISH)} ({code}, {get_currency_symbol(code, locale=ENGLISH)})"
        for code in codes
    )


def _weekend(country: str, year: int) -> tuple[str, ...]:
    """Names of the days, as the calendar of the application reckons with them."""
    names = get_day_names("wide", locale=ENGLISH)
    return tuple(names[day] for day in sorted(holidays_of(country, year).weekend))


def _locale(language: str, country: str) -> Locale:
    name, _, script = language.partition("-")
    return Locale(name, country, script or None)
