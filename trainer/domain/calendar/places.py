"""A place that takes part in a meeting: whose it is, in which country, and its hours there."""

from dataclasses import dataclass
from datetime import time
from functools import cache

from babel import Locale
from holidays import country_holidays, list_supported_countries

from trainer.domain.calendar.zones import clear_zone
from trainer.domain.parties import Party

NEEDS_SUBDIVISION = frozenset({"AU", "BR", "CA", "CH", "DE", "ES", "GB", "IN", "MY", "US"})
"""Countries whose holidays differ so much by state or region that without one, days are missing."""


class UnclearPlace(ValueError):
    """A place that cannot be reckoned with; the text says what to choose."""


@cache
def countries() -> frozenset[str]:
    """ISO 3166 codes of the countries whose holidays are known."""
    return frozenset(list_supported_countries(include_aliases=False))


@cache
def subdivisions_of(country: str) -> dict[str, str]:
    """Code to name of the parts of a country that have holidays of their own, in order of the names."""
    if country not in countries():
        return {}
    book = country_holidays(country)
    names = {code: alias for alias, code in reversed(book.subdivisions_aliases.items())}
    return dict(sorted(((code, names.get(code, code)) for code in book.subdivisions), key=lambda pair: pair[1]))


@dataclass(frozen=True, slots=True)
class Place:
    """Where people of one side sit, and their local hours of a working day, from and until.

    Country as ISO 3166-1, subdivision as `subdivisions_of` it, zone as in the IANA database.
    Raises `UnclearPlace` or `UnclearZone` for one that would be reckoned wrong.
    """

    name: str
    party: Party
    country: str
    zone: str
    subdivision: str | None = None
    opens: time = time(9)
    closes: time = time(17, 30)

    def __post_init__(self) -> None:
        clear_zone(self.zone)
        if self.country not in countries():
            raise UnclearPlace(f"The holidays of {self.country} are not known here. Choose another country.")
        if self.subdivision is None and self.country in NEEDS_SUBDIVISION:
            raise UnclearPlace(
                f"Holidays in {country_name(self.country)} differ by region. Choose the state or region of {self.name}."
            )
        if self.subdivision is not None and self.subdivision not in subdivisions_of(self.country):
            raise UnclearPlace(f"{self.subdivision} is no part of {country_name(self.country)} with its own holidays.")
        if self.opens >= self.closes:
            raise UnclearPlace(f"In {self.name} work ends before it begins. Change the hours.")


def country_name(country: str) -> str:
    return str(Locale("en").territories.get(country, country))
