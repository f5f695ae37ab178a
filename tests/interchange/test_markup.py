"""Texts of others are made harmless once, and stay so."""

from re import search

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.interchange.making import html, markdown, moodle, plain
from trainer.interchange.entries import Text, TextFormat
from trainer.interchange.markup import clean, clean_html, shown_html, words_of

PARTS = st.sampled_from(
    [
        "<b>",
        "</b>",
        "<p>",
        "<script>",
        "</script>",
        "<a href='javascript:x'>",
        "<",
        ">",
        "&",
        "&lt;",
        "a",
        " ",
        "\n",
        "'",
        '"',
    ]
)


@settings(max_examples=300, deadline=None, derandomize=True, database=None)
@given(st.lists(PARTS, max_size=15).map("".join), st.sampled_from(TextFormat))
def test_cleaning_twice_changes_nothing(raw: str, text_format: TextFormat) -> None:
    once = clean(raw, text_format).text

    assert clean(once, text_format).text == once


@settings(max_examples=300, deadline=None, derandomize=True, database=None)
@given(st.lists(PARTS, max_size=15).map("".join), st.sampled_from(TextFormat))
def test_nothing_that_is_shown_can_run(raw: str, text_format: TextFormat) -> None:
    shown = shown_html(Text(clean(raw, text_format).text, text_format))

    assert "<script" not in shown
    assert not search(r"<a[^>]*href", shown)
    assert clean_html(shown) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (plain("a < b\nc"), "a &lt; b<br>c"),
        (html("<b>a</b> &amp; b"), "<b>a</b> &amp; b"),
        (markdown("**a** < b"), "<p><strong>a</strong> &lt; b</p>"),
        (moodle("a < b\nc"), "a &lt; b<br>c"),
        (moodle("<b>a</b>\nc"), "<b>a</b><br>\nc"),
    ],
)
def test_a_text_of_any_format_can_be_shown(text: Text, shown: str) -> None:
    assert shown_html(text) == shown


def test_a_title_is_one_line_without_tags() -> None:
    assert words_of("<b>A</b>\n &amp;  b") == "A & b"
    assert words_of("1 < 2") == "1 < 2"
