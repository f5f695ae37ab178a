"""What a mail looks like: nobody's words become markup, no pictures, small, and its own in each language."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from app import ROOT
from trainer.domain.mail import (
    Concern,
    DigestFacts,
    DueFacts,
    DueKind,
    DueThing,
    EngagementNews,
    MailChoice,
    OwnSeatLine,
    Reader,
    Since,
    Step,
)
from trainer.domain.readiness import Band, Cause, Changes, SeatChange, SeatState, StandingChange
from trainer.domain.report import Overall
from trainer.mail import LANGUAGES, Letter
from trainer.mail.stopping import Stopping
from trainer.mail.writing import Writer

TODAY = date(2026, 11, 30)
READER = Reader(UUID(int=1), "Ingrid Solberg", "ingrid@example.org")
CHANGES = Changes(
    since=date(2026, 11, 23),
    seats=(
        SeatChange("Note-taker", SeatState.NOT_READY, SeatState.BORDERLINE),
        SeatChange("Guide", None, SeatState.OPEN),
        SeatChange("Driver", SeatState.READY, None),
    ),
    standings=(
        StandingChange("Note-taker", "Lena", "Clarifying", Band.NOT_STARTED, Band.NO_EVIDENCE, 4, Cause.ANSWERS),
    ),
    joined=(("Lead", "Ola"),),
    left=(("Lead", 2),),
    is_moved=True,
)
NEWS = EngagementNews(
    partner="Dubois & Fils <SARL>",
    title="<script>alert(1)</script>",
    team="Support",
    starts_at=datetime(2026, 12, 14, 0, 30, tzinfo=UTC),
    zone="Asia/Tokyo",
    days_left=14,
    state=Overall.NOT_READY,
    ready_seats=2,
    seats=5,
    since=Since(date(2026, 11, 23), Overall.AT_RISK, CHANGES, ("No measure.",), ("No backup line.",)),
    concerns=(
        Concern("Note-taker", "Clarifying", owners=("A", "B", "C", "D"), due_on=date(2026, 12, 4)),
        Concern("Guide"),
        Concern(words="Nobody is named on their side."),
    ),
    path="/engagements/1",
)
THINGS = tuple(
    DueThing(kind, "%(this)s & <that>", "Kobe", date(2026, 11, 28 + number % 3), "/partners/1")
    for number, kind in enumerate(DueKind)
)
FACTS = DigestFacts(
    reader=READER,
    today=TODAY,
    managed=(NEWS, replace(NEWS, seats=0, ready_seats=0, since=None, concerns=())),
    more_managed=2,
    seated=(OwnSeatLine("Kobe", "Call", "Lead", NEWS.starts_at, "Asia/Tokyo", 14),),
    step=Step(("Clarifying", "Numbers"), 12),
    reviews=6,
    review_minutes=3,
    due=THINGS,
)


@pytest.fixture
def writer() -> Writer:
    return Writer(ROOT / "templates" / "mail", "https://entente.example.com", Stopping("key"))


def all_letters(writer: Writer, language: str) -> Sequence[Letter]:
    choice = MailChoice(language, "Europe/Oslo")
    return (
        writer.digest(FACTS, choice, "2026-11-30"),
        writer.due(DueFacts(READER, TODAY, THINGS), choice, "2026-11-30"),
        writer.trial("ada@example.org", choice, "2026-11-30"),
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_nobodys_words_become_markup_in_any_language(writer: Writer, language: str) -> None:
    digest, due, _ = all_letters(writer, language)

    assert "<script>" not in digest.html
    assert "Dubois &amp; Fils &lt;SARL&gt;" in digest.html
    assert "Dubois & Fils <SARL>" in digest.text
    assert "%(this)s &amp; &lt;that&gt;" in due.html
    assert "%(this)s & <that>" in due.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_mail_needs_no_pictures_and_fetches_nothing(writer: Writer, language: str) -> None:
    for letter in all_letters(writer, language):
        assert not re.search(r"<(img|link|script|iframe|form)|url\(|@import", letter.html)
        assert len(letter.html.encode()) < 100_000
        assert 'name="color-scheme" content="light dark"' in letter.html
        assert f'<html lang="{language}">' in letter.html


def test_the_languages_differ_in_every_line_of_their_own(writer: Writer) -> None:
    """What is left alike are names, titles, days of figures and addresses."""
    texts = {language: all_letters(writer, language)[0].text for language in LANGUAGES}

    for language in set(LANGUAGES) - {"en"}:
        for words in ("seats", "week", "before", "Nobody has", "What would help", "due", "risk"):
            assert words not in texts[language].replace("Nobody is named", ""), (language, words)


def test_what_changed_is_told_shortly(writer: Writer) -> None:
    text = all_letters(writer, "en")[0].text

    assert "- All in all: at risk before, not ready now." in text
    assert "- 2 people left the seat Lead." not in text.split("- 4 more changes.")[1]
    assert "- 4 more changes." in text


def test_a_concern_names_a_few_who_see_to_it(writer: Writer) -> None:
    assert "1. Note-taker: Clarifying\n       A, B, C, … · by Fri 4 Dec\n" in all_letters(writer, "en")[0].text


def test_one_of_something_is_told_as_one(writer: Writer) -> None:
    facts = DigestFacts(READER, TODAY, reviews=1, review_minutes=1, step=Step(("Names",), 1))

    letter = writer.digest(facts, MailChoice("en", "UTC"), "2026-11-30")

    assert letter.subject == "Your week: one card to review"
    assert "One card to review · about one minute" in letter.text
    assert "One minute: Names" in letter.text
