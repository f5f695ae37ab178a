"""What a mail says in one language: translated sentences, days and times as they are written there."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache
from io import BytesIO
from pathlib import Path
from unicodedata import east_asian_width
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_skeleton, format_time, get_timezone_location
from babel.lists import format_list
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations

from trainer.domain.calendar import in_zone

FOLDER = Path(__file__).parent / "translations"
SOURCE_LANGUAGE = "en"
TRANSLATED = ("de", "fr", "ja")
LANGUAGES: Mapping[str, str] = {
    tag: str(Locale(tag).get_language_name(tag)).capitalize() for tag in (SOURCE_LANGUAGE, *TRANSLATED)
}
"""Tags to the languages' own names."""
_LOCALES = {tag: Locale.parse("en_GB" if tag == SOURCE_LANGUAGE else tag) for tag in LANGUAGES}
"""English days and times are written as on the pages: the day before the month, 24 hours."""


@cache
def translations_of(language: str) -> NullTranslations:
    """Compiled in memory at the first use; English is what is translated from."""
    if language == SOURCE_LANGUAGE:
        return NullTranslations()
    compiled = BytesIO()
    with (FOLDER / f"{language}.po").open("rb") as file:
        write_mo(compiled, read_po(file, locale=language))
    compiled.seek(0)
    return Translations(compiled)


def to_say(words: str) -> str:
    """Marks words that are translated where they are said."""
    return words


@dataclass(frozen=True, slots=True)
class Words:
    """A reader's language and zone."""

    language: str
    zone: str

    def say(self, words: str, **values: object) -> str:
        return str(translations_of(self.language).gettext(words)) % values

    def count(self, one: str, many: str, number: int, **values: object) -> str:
        """A sentence with a number, which it can name as `count`."""
        return str(translations_of(self.language).ngettext(one, many, number)) % {"count": number, **values}

    @property
    def _locale(self) -> Locale:
        return _LOCALES[self.language]

    def day(self, value: date) -> str:
        """Such as Thursday, 3 December 2026."""
        return str(format_date(value, "full", locale=self._locale))

    def day_short(self, value: date) -> str:
        """Such as Thu 3 Dec."""
        return str(format_skeleton("MMMEd", datetime.combine(value, time()), locale=self._locale))

    def when(self, at: datetime, zone: str) -> str:
        """A moment as the reader's clock shows it, and the time where it is, if that is another."""
        here, there = in_zone(at, self.zone), in_zone(at, zone)
        said = self._joined(self.day(here), here)
        if here.utcoffset() == there.utcoffset():
            return said
        clock = self._clock(there)
        if here.date() != there.date():
            clock = self._joined(self.day_short(there), there)
        return self.say("%(here)s your time (%(there)s in %(city)s)", here=said, there=clock, city=self.city(zone))

    def city(self, zone: str) -> str:
        return str(get_timezone_location(ZoneInfo(zone), locale=self._locale, return_city=True))

    def listed(self, names: list[str]) -> str:
        return str(format_list(names, locale=self._locale)) if names else ""

    def width(self, words: str) -> int:
        """In columns of a fixed type, where Chinese characters and kana take two."""
        return sum(2 if east_asian_width(each) in "WF" else 1 for each in words)

    def days(self, number: int) -> str:
        """How far away a day is."""
        if number == 0:
            return self.say("today")
        if number == 1:
            return self.say("tomorrow")
        return self.count("in %(count)s day", "in %(count)s days", number)

    def _clock(self, at: datetime) -> str:
        return str(format_time(at, "short", locale=self._locale))

    def _joined(self, day: str, at: datetime) -> str:
        """A day and the time on it, in the order of the language."""
        pattern = str(self._locale.datetime_formats["full"])
        return pattern.replace("{0}", self._clock(at)).replace("{1}", day)
