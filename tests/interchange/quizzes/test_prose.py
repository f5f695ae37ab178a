"""Texts of others keep their words and their meaning when they become our Markdown."""

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.interchange.making import html, markdown, moodle, plain
from trainer.catalog.prose import mistakes, render_inline
from trainer.interchange.entries import Text
from trainer.interchange.quizzes.prose import FORMULA, PLAIN_ONLY, STRUCK, composed, plain_words, words_of

TEXTS = [
    (html("<p>Who is <b>buried</b> &amp; where?</p><p>In <i>which</i> tomb?</p>"),
     "Who is **buried** & where?\\\n\\\nIn *which* tomb?"),
    (html("<ul><li>a</li><li>b <b>c</b></li></ul><ol><li>x</li><li>y</li></ol>"),
     "• a\\\n• b **c**\\\n\\\n1. x\\\n2. y"),
    (html("<table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>2</td></tr></table>"), "**a** | **b**\\\n1 | 2"),
    (html("H<sub>2</sub>O, 10<sup>3</sup>, x<sup>ab</sup>"), "H₂O, 10³, x^ab"),
    (html('<a href="https://x.org/">here</a>, <a href="https://x.org">x.org</a>'), "here (https://x.org/), x.org"),
    (html('<span lang="ja">日本 <em>語</em></span>'), "[日本]{lang=ja} [*語*]{lang=ja}"),
    (html('<span lang="nonsense!">x</span>'), "x"),
    (html("<ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp></ruby>字"), "漢 (かん)字"),
    (html("<code>a*b</code>"), "`a*b`"),
    (html("<b> spaced </b>out<br>next"), "**spaced** out\\\nnext"),
    (moodle("one\ntwo <b>three</b>\n\nfour"), "one\\\ntwo **three**\\\n\\\nfour"),
    (moodle("no tags: a < b & c"), "no tags: a < b & c"),
    (markdown("**bold** and `code`\n\n- a\n- b"), "**bold** and `code`\\\n\\\n• a\\\n• b"),
    (plain("*not* _emphasis_ [nor](a link)\nsecond line"), "\\*not\\* \\_emphasis\\_ \\[nor\\](a link)\\\nsecond line"),
    (plain("Grant is _____ in it, 2 * 3 = 6"), "Grant is _____ in it, 2 * 3 = 6"),
    (plain("<script>alert(1)</script> &amp; &#65;"), "&lt;script>alert(1)&lt;/script> &amp;amp; &amp;#65;"),
    (plain("{gap-1} {other} \\"), "&#123;gap-1} {other} \\\\"),
    (plain("a\u0301\x07\ue000b"), "áb"),
    (html("<p> </p>"), ""),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), TEXTS, ids=[repr(text.text[:30]) for text, _ in TEXTS])
def test_a_text_becomes_one_run_of_markdown(text: Text, expected: str) -> None:
    words = words_of(text)

    assert words.source == expected
    assert words.lost == ()


@pytest.mark.parametrize(
    ("text", "source", "lost"),
    [
        (html("これは<b>「鍵」</b>です"), "これは「鍵」です", PLAIN_ONLY),
        (html("<s>old</s> new"), "old new", STRUCK),
        (html("Solve \\(x^2\\)"), "Solve \\\\(x^2\\\\)", FORMULA),
    ],
)
def test_what_a_text_loses_is_told(text: Text, source: str, lost: str) -> None:
    words = words_of(text)

    assert (words.source, words.lost) == (source, (lost,))


SIGNS = st.sampled_from(
    [*"ab *_`[](){}<>&#\\!|~^.-'\"\n1", "&amp;", "{lang=ja}", "<b>", "日本", "é", "](", "**", "{gap-1}"]
)


@given(st.lists(SIGNS, max_size=20).map("".join))
def test_plain_text_is_shown_as_it_was_written(raw: str) -> None:
    source = words_of(plain(raw)).source

    assert seen(render_inline(source)) == squeezed(composed(raw))
    assert not list(mistakes(source))


@given(st.lists(SIGNS, max_size=20).map("".join), st.sampled_from(["<p>{}</p>", "x<b>{}</b>y", "<i>{}</i>"]))
def test_html_is_shown_with_the_same_words(raw: str, frame: str) -> None:
    shown = frame.format(raw.replace("&", "&amp;").replace("<", "&lt;"))

    source = words_of(html(shown)).source

    assert seen(render_inline(source)) == seen(shown)


@given(st.lists(SIGNS, max_size=20).map("".join))
def test_a_title_stays_on_one_line(raw: str) -> None:
    source = plain_words(raw)

    assert "\n" not in source
    assert seen(render_inline(source)) == squeezed(composed(raw))


def squeezed(words: str) -> str:
    """Without spaces, and with straight quotation marks: the page makes curly ones of them."""
    return "".join(words.split()).translate(str.maketrans("“”‘’", "\"\"''"))


def seen(html_text: str) -> str:
    return squeezed(unescape(re.sub("<[^<>]*>", "", html_text)))
