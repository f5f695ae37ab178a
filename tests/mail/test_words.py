"""The languages of mails: every sentence is there in each, with the same values, and days as they are written there."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from app import ROOT
from trainer.mail.words import FOLDER, LANGUAGES, TRANSLATED, Words, translations_of
from trainer.settings import MailLanguage

KEYWORDS = {"_": None, "ngettext": (1, 2), "say": None, "count": (1, 2), "to_say": None}
"""What says something: in templates, and in Python."""
Message = str | tuple[str, ...]
TOKYO = datetime(2026, 12, 14, 0, 30, tzinfo=UTC)


def said() -> set[Message]:
    """Every sentence in templates and code."""
    found: set[Message] = set()
    for folder, methods in (
        (
            ROOT / "templates" / "mail",
            [("**.html", "jinja2.ext:babel_extract"), ("**.txt", "jinja2.ext:babel_extract")],
        ),
        (ROOT / "trainer" / "mail", [("**.py", "python")]),
    ):
        found |= {message for _, _, message, *_ in extract_from_dir(str(folder), methods, keywords=KEYWORDS)}
    return found


def catalog_of(language: str) -> Catalog:
    with (FOLDER / f"{language}.po").open("rb") as file:
        return read_po(file, locale=language)


def translations(language: str) -> dict[Message, tuple[str, ...]]:
    found: dict[Message, tuple[str, ...]] = {}
    for message in catalog_of(language):
        if message.id:
            said_as, words = message.id, message.string
            key: Message = said_as if isinstance(said_as, str) else tuple(said_as)
            found[key] = (words or "",) if isinstance(words, str | None) else tuple(map(str, words))
    return found


def values_in(words: str) -> set[str]:
    return set(re.findall(r"%\((\w+)\)s", words))


def all_pairs() -> Iterator[tuple[str, Message, str]]:
    for language in TRANSLATED:
        for message, translated in translations(language).items():
            yield from ((language, message, words) for words in translated)


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_sentence_is_translated_and_none_is_left_over(language: str) -> None:
    known = translations(language)

    assert set(known) == said()
    assert [message for message, words in known.items() if not all(map(str.strip, words))] == []
    assert [message.id for message in catalog_of(language) if message.id and message.fuzzy] == []


@pytest.mark.parametrize(("language", "message", "words"), list(all_pairs()))
def test_a_translation_has_the_values_of_the_sentence(language: str, message: Message, words: str) -> None:
    one, many = (message, message) if isinstance(message, str) else (message[0], message[-1])

    assert values_in(one) <= values_in(words) | {"count", "num"}
    assert values_in(words) <= values_in(many)
    assert "%" not in re.sub(r"%\(\w+\)s", "", words)


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_sentence_with_a_number_has_every_form_that_the_language_has(language: str) -> None:
    forms = catalog_of(language).num_plurals

    counted = {message: words for message, words in translations(language).items() if isinstance(message, tuple)}
    assert counted
    assert {len(words) for words in counted.values()} == {forms}


def test_the_settings_know_the_languages_that_there_are() -> None:
    assert {each.value for each in MailLanguage} == set(LANGUAGES) == {"en", *TRANSLATED}
    assert {path.stem for path in Path(FOLDER).glob("*.po")} == set(TRANSLATED)
    assert LANGUAGES == {"en": "English", "de": "Deutsch", "fr": "Français", "ja": "日本語"}


@pytest.mark.parametrize(
    ("language", "when"),
    [
        ("en", "Monday, 14 December 2026, 01:30 your time (09:30 in Tokyo)"),
        ("de", "Montag, 14. Dezember 2026, 01:30 Ihrer Zeit (09:30 in Tokio)"),
        ("fr", "lundi 14 décembre 2026, 01:30, votre heure (09:30 à Tokyo)"),
        ("ja", "2026年12月14日月曜日 1:30（お手元の時刻。東京では9:30）"),
    ],
)
def test_a_moment_is_told_as_the_readers_clock_shows_it(language: str, when: str) -> None:
    assert Words(language, "Europe/Oslo").when(TOKYO, "Asia/Tokyo") == when


def test_a_meeting_on_another_day_there_says_which() -> None:
    told = Words("en", "America/New_York").when(TOKYO, "Asia/Tokyo")

    assert told == "Sunday, 13 December 2026, 19:30 your time (Mon 14 Dec, 09:30 in Tokyo)"


def test_a_meeting_at_the_same_time_everywhere_says_it_once() -> None:
    assert Words("en", "Europe/Oslo").when(TOKYO, "Europe/Paris") == "Monday, 14 December 2026, 01:30"


def test_summer_time_is_that_of_the_day_of_the_meeting() -> None:
    words = Words("en", "Europe/Paris")

    before, after = datetime(2027, 3, 27, 13, tzinfo=UTC), datetime(2027, 3, 28, 13, tzinfo=UTC)
    assert words.when(before, "Asia/Tokyo").startswith("Saturday, 27 March 2027, 14:00 your time")
    assert words.when(after, "Asia/Tokyo").startswith("Sunday, 28 March 2027, 15:00 your time")


@pytest.mark.parametrize(
    ("language", "days"),
    [
        ("en", ["today", "tomorrow", "in 2 days"]),
        ("de", ["heute", "morgen", "in 2 Tagen"]),
        ("fr", ["aujourd’hui", "demain", "dans 2 jours"]),
        ("ja", ["今日", "明日", "2日後"]),
    ],
)
def test_how_far_a_day_is(language: str, days: list[str]) -> None:
    words = Words(language, "UTC")

    assert [words.days(number) for number in (0, 1, 2)] == days
    assert words.day(date(2026, 12, 3))


def test_a_language_is_compiled_once() -> None:
    assert translations_of("ja") is translations_of("ja")
