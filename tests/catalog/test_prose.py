"""An author's Markdown becomes safe HTML, and foreign words say their language and direction."""

import pytest

from trainer.catalog.prose import direction, is_language, render_block, render_inline


def test_foreign_words_carry_their_language_and_direction() -> None:
    html = render_inline("Say [はい]{lang=ja} twice.")

    assert html == 'Say <span class="foreign" lang="ja" dir="ltr">はい</span> twice.'


@pytest.mark.parametrize("tag", ["ar", "he", "fa", "ur", "ar-EG"])
def test_words_that_are_written_from_right_to_left_say_so(tag: str) -> None:
    assert f'lang="{tag}" dir="rtl"' in render_inline(f"[سلام]{{lang={tag}}}")


@pytest.mark.parametrize(
    ("tag", "way"),
    [("ja", "ltr"), ("fr", "ltr"), ("az-Arab", "rtl"), ("ja-Latn", "ltr"), ("ar-Latn", "ltr"), ("no-such", "ltr")],
)
def test_direction_goes_by_the_script_and_not_by_the_language(tag: str, way: str) -> None:
    assert direction(tag) == way


@pytest.mark.parametrize(
    ("tag", "valid"),
    [
        ("ja", True),
        ("zh-Hans", True),
        ("pt-BR", True),
        ("ja-Latn", True),
        ("jp", False),
        ("JA", False),
        ("pt-br", False),
        ("zh_CN", False),
        ("iw", False),
        ("", False),
    ],
)
def test_a_language_is_a_tag_in_its_usual_spelling(tag: str, valid: bool) -> None:
    assert is_language(tag) is valid


def test_emphasis_is_kept() -> None:
    assert render_inline("*Wait*, then **ask**.") == "<em>Wait</em>, then <strong>ask</strong>."


def test_foreign_words_may_stand_in_emphasis() -> None:
    assert render_inline("**[はい]{lang=ja}**").startswith('<strong><span class="foreign" lang="ja"')


def test_one_run_of_words_has_no_paragraph_around_it() -> None:
    assert "<p>" not in render_inline("Wait.")


def test_a_text_has_headings_lists_and_tables() -> None:
    html = render_block("## Before\n\nWait.\n\n- Ask.\n- Write.\n\n| A | B |\n|---|---|\n| 1 | 2 |\n")

    for tag in ("<h2>Before</h2>", "<p>Wait.</p>", "<li>Ask.</li>", "<th>A</th>", "<td>1</td>"):
        assert tag in html


@pytest.mark.parametrize(
    "attack",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<b onclick=alert(1)>x</b>",
        "<a href='javascript:alert(1)'>x</a>",
        "[x](javascript:alert(1))",
        "[x](https://example.org)",
        "![x](https://example.org/x.png)",
        "<https://example.org>",
        "[x]{onclick=alert(1)}",
        "[x]{lang=ja onclick=alert(1) style=color:red}",
        '[x]{lang=ja"onclick="alert(1)}',
        "[x]{lang='ja\"><script>alert(1)</script>'}",
        "`x`{onclick=alert(1)}",
        "<iframe src=x></iframe>",
        "<!-- x --><svg onload=alert(1)>",
    ],
)
@pytest.mark.parametrize("render", [render_inline, render_block])
def test_script_html_links_and_foreign_attributes_are_cleaned(render: type[str], attack: str) -> None:
    html = str(render(attack))

    for forbidden in ("<script", "<img", "<b ", "<a ", "<iframe", "<svg", "<!--"):
        assert forbidden not in html
    for tag in html.split("<")[1:]:
        assert "onclick" not in tag.split(">")[0]
        assert "style" not in tag.split(">")[0]


def test_signs_that_html_would_take_are_escaped() -> None:
    assert render_inline("a < b & c") == "a &lt; b &amp; c"
