"""Names of countries, their languages and their time zones, from CLDR and the IANA database."""

from functools import cache
from importlib.resources import files

from babel import Locale
from babel.languages import get_official_languages

_ENGLISH = Locale("en")
_LANGUAGES = ("ar", "de", "en", "es", "fr", "hi", "it", "ja", "ko", "nl", "pl", "pt", "tr", "vi", "zh")


@cache
def countries() -> dict[str, str]:
    """ISO 3166-1 alpha-2 code to English name, in order of the names."""
    names = {
        code: name
        for code, name in _ENGLISH.territories.items()
        if len(code) == 2 and code.isalpha() and code not in ("EU", "EZ", "UN", "XA", "XB", "ZZ", "QO")
    }
    return dict(sorted(names.items(), key=lambda pair: pair[1]))


@cache
def languages_of(country: str | None = None) -> dict[str, str]:
    """BCP 47 tag to English name: the official languages of a country, or all that an engagement can name."""
    tags = _LANGUAGES if country is None else get_official_languages(country, de_facto=True)
    names = {tag: _ENGLISH.languages[tag] for tag in tags if tag in _LANGUAGES}
    return dict(sorted(names.items(), key=lambda pair: pair[1])) if country is None else names


@cache
def all_languages() -> dict[str, str]:
    """BCP 47 tag to English name of each language that CLDR has a short tag for, in order of the names."""
    names = {tag: name for tag, name in _ENGLISH.languages.items() if len(tag) == 2}
    return dict(sorted(names.items(), key=lambda pair: pair[1]))


@cache
def zones_of(country: str) -> tuple[str, ...]:
    """IANA zones of a country, in the order of the database."""
    lines = (files("tzdata") / "zoneinfo" / "zone.tab").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return tuple(row[2] for row in rows if row[0] == country)
