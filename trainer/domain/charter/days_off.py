"""Public holidays of a country and its part, as the charter asks for them."""

from datetime import date
from functools import cache, lru_cache

from holidays import HolidayBase, country_holidays, list_supported_countries

LANGUAGE = "en_US"


def day_off(country: str, subdivision: str, day: date) -> str | None:
    """The name of the public holiday; None on other days and where none are known."""
    if country not in _parts():
        return None
    found: str | None = _holidays(country, subdivision if subdivision in _parts()[country] else "", day.year).get(day)
    return found


def parts_of(country: str) -> tuple[str, ...]:
    """The codes of the parts of a country whose holidays differ; empty where none are known."""
    return _parts().get(country, ())


@cache
def _parts() -> dict[str, tuple[str, ...]]:
    return {country: tuple(parts) for country, parts in list_supported_countries(include_aliases=False).items()}


@lru_cache(maxsize=64)
def _holidays(country: str, subdivision: str, year: int) -> HolidayBase:
    return country_holidays(country, subdiv=subdivision or None, years=year, language=LANGUAGE)
