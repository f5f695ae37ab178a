"""What is computed of a country for its lessons: languages, money, times, working week, and the days off to come."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from babel import Locale, UnknownLocaleError
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
SCRIPT = 4
"""Letters of a subtag that names a script."""
MOST_TIMES = 6
"""Local times of a country that are listed."""
NOT_OFFICIAL = frozenset({"Asia/Urumqi", "Europe/Simferopol"})
"""Zones of the database that are not the official time of the country they are listed under."""
FIRST = {
    "AU": "Australia/Sydney", "BR": "America/Sao_Paulo", "CA": "America/Toronto", "KZ": "Asia/Almaty",
    "MX": "America/Mexico_City", "RU": "Europe/Moscow", "UA": "Europe/Kyiv",
}  # fmt: skip
"""Where most people live, of countries whose zones are listed by geography."""


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


@dataclass(frozen=True, slots=True)
class CountryFacts:
    """`samples` are a long and a short date and a number as they are written in the language of the course there.

    Of its local times, those that differ are listed, and `more_times` is how many are not.
    """

    name: str
    languages: tuple[str, ...]
    currency: str
    times: tuple[LocalTime, ...]
    more_times: int
    days_off: tuple[str, ...]
    language: str | None
    samples: tuple[str, str, str] | None


@dataclass(frozen=True, slots=True)
class DaysAhead:
    """The public holidays of the coming year. `differs` by state or region; `unannounced` are years whose worked
    weekends nobody knows yet.
    """

    spans: tuple[Span, ...]
    differs: bool
    unannounced: tuple[int, ...]
    source: str = DATA_VERSION


def country_facts(country: str, language: str | None, zones: tuple[str, ...], at: datetime) -> CountryFacts:
    """`zones` are those of the country, as the time zone database lists them; `at` is now."""
    today = at.date()
    times = _local_times(country, zones, at)
    locale = _locale(language, country) if language else None
    return CountryFacts(
        name=country_name(country),
        languages=_languages(country),
        currency=_currency(country, today),
        times=times[:MOST_TIMES],
        more_times=max(0, len(times) - MOST_TIMES),
        days_off=_weekend(country, today.year),
        language=language,
        samples=_samples(today, locale) if locale else None,
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
    row: list[Day] = []
    for day in days:
        if row and not _go_together(row[-1], day):
            yield _span(row)
            row = []
        row.append(day)
    if row:
        yield _span(row)


def _span(row: list[Day]) -> Span:
    first = row[0]
    return Span(first.on, row[-1].on, first.name, first.is_expected, is_worked=first.kind is DayKind.MAKE_UP)


def _go_together(day: Day, following: Day) -> bool:
    is_next = following.on - day.on == timedelta(days=1)
    return is_next and (following.kind, following.name, following.is_expected) == (day.kind, day.name, day.is_expected)


def _local_times(country: str, zones: tuple[str, ...], at: datetime) -> tuple[LocalTime, ...]:
    """One for each time that clocks show there, of the first city that has it."""
    listed = [zone for zone in zones if zone not in NOT_OFFICIAL]
    listed.sort(key=lambda zone: zone != FIRST.get(country))
    found: dict[tuple[str, bool], LocalTime] = {}
    for zone in listed:
        offset, changes = offset_words(at, zone), bool(changes_of(zone, at, at + A_YEAR))
        city = zone.rpartition("/")[2].replace("_", " ")
        found.setdefault((offset, changes), LocalTime(city, offset, changes))
    return tuple(found.values())


def _languages(country: str) -> tuple[str, ...]:
    tags = get_official_languages(country, de_facto=True)
    names = (ENGLISH.languages.get(tag) or ENGLISH.languages.get(tag.partition("_")[0]) for tag in tags)
    return tuple(dict.fromkeys(name for name in names if name))


def _samples(today: date, locale: Locale) -> tuple[str, str, str]:
    number = format_decimal(SAMPLE_NUMBER, locale=locale, numbering_system="default")
    return format_date(today, "long", locale), format_date(today, "short", locale), number


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


def _locale(language: str, country: str) -> Locale | None:
    """The nearest that CLDR has: in the country, else of the language alone."""
    name, *rest = language.split("-")
    script = next((part for part in rest if len(part) == SCRIPT), None)
    for territory in (country, None):
        for each in (script, None):
            with suppress(UnknownLocaleError, ValueError):
                return Locale(name, territory, each)
    return None
