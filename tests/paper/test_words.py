from dataclasses import replace
from datetime import UTC, datetime

import pytest

from tests.paper.papers import make_paper, make_reasons
from trainer.paper.words import made_at_words, owner_words, people_words, plain, title_words


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("  Kobe\r\n Seiki\t", "Kobe Seiki"),
        ("a\x00b\x1bc", "a b c"),
        ("end\u2028next\u2029last", "end next last"),
        ("abc\u202edef\u202c", "abcdef"),
        ("a\ud800b", "a\N{REPLACEMENT CHARACTER}b"),
        ("a\uffffb", "a\N{REPLACEMENT CHARACTER}b"),
        ("e\u0301", "é"),
        ("\u200b \u2060", ""),
        ("", ""),
    ],
)
def test_text_becomes_one_line_that_steers_nothing(text: str, line: str) -> None:
    assert plain(text) == line


def test_an_isolate_stays_when_it_ends_in_the_text() -> None:
    assert plain("to \u2068شركة\u2069, on") == "to \u2068شركة\u2069, on"


@pytest.mark.parametrize("text", ["to \u2067abc", "a\u2069b", "\u2069a\u2067"])
def test_an_isolate_that_would_reach_further_goes(text: str) -> None:
    assert not set(plain(text)) & {"\u2067", "\u2069"}


def test_a_long_text_is_cut_with_a_sign() -> None:
    assert plain("word " * 10, 12) == "word word w…"
    assert plain("x" * 12, 12) == "x" * 12


def test_the_time_is_told_in_the_papers_zone() -> None:
    paper = make_paper(made_at=datetime(2026, 12, 31, 23, 30, tzinfo=UTC), zone="Asia/Tokyo")

    assert made_at_words(paper) == "1 January 2027, 08:30 (Asia/Tokyo)"


def test_people_are_told_with_mark_and_band() -> None:
    assert people_words((("Ada", "▲", "Ready"), ("Bo", "▽", "Not ready"))) == "Ada: ▲ Ready; Bo: ▽ Not ready"


def test_the_title_says_with_whom_and_what() -> None:
    assert title_words(make_paper(partner="Kobe Seiki", title="First visit")) == "Kobe Seiki: First visit"
    assert title_words(make_paper(partner="", title="First visit")) == "First visit"
    assert title_words(make_paper(partner="", title="\u200b")) == "An engagement without a title"


def test_an_owner_is_missed_only_where_owners_are_named() -> None:
    first, second, *_ = make_reasons(2)
    nameless = replace(first, owner="")

    assert owner_words(make_paper(reasons=(first, second)), second) == "Nobody yet"
    assert owner_words(make_paper(reasons=(nameless, second)), second) == ""
