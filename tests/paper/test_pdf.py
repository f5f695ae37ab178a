"""The PDF, read back by two readers that know nothing of how it was made."""

from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from tests.paper import poppler
from tests.paper.papers import (
    make_contacts,
    make_empty_paper,
    make_large_paper,
    make_paper,
    make_reasons,
    make_seats,
    make_trend,
)
from trainer.domain.report.paper import PaperFact
from trainer.paper.pdf import TREND_ROWS, write_pdf
from trainer.paper.trend import trend_words

A4_WIDTH = 595.3
OURS = ("NotoSans", "Almarai", "Libertinus", "NotoEmoji")
SECTIONS = [
    "Common objective",
    "When",
    "What is missing, and what to do",
    "Seats",
    "Why an interpreter is advised",
    "Points of contact",
    "What changed since 15 November 2026",
    "Trend",
    "How this is worked out",
]


@pytest.mark.parametrize(
    "name",
    [
        "Nguyễn Thị Ánh Tuyết",
        "神戸精機株式会社",
        "上海精密机械有限公司",
        "한국정밀 주식회사",
        "محمد سعيد",
        "अनिता शर्मा",
        "בית החולים",
        "สมชาย",
        "Łukasz Żółć",
    ],
)
def test_a_name_in_any_script_can_be_copied(name: str) -> None:
    pdf = write_pdf(make_paper(title=f"Visit to {name}", partner=name))

    assert poppler.words_of(pdf).count(name) >= 2
    assert name in poppler.facts_of(pdf)["Title"]


def test_it_says_what_it_is() -> None:
    pdf = write_pdf(make_paper())
    facts = poppler.facts_of(pdf)

    assert facts["Title"] == "Readiness: 神戸精機株式会社 (Kobe Seiki): First visit to Kobe Seiki"
    assert facts["Author"] == "Nordic supply team"
    assert facts["Page size"].endswith("(A4)")
    assert facts["CreationDate"].startswith("Sun Nov 22")
    assert _catalog(pdf)["/Lang"] == "en-GB"


def test_it_is_tagged_for_readers_aloud() -> None:
    pdf = write_pdf(make_paper())

    assert poppler.facts_of(pdf)["Tagged"] == "yes"
    assert "<pdfuaid:part>1</pdfuaid:part>" in poppler.metadata_of(pdf)


def test_it_has_one_title_and_its_parts_as_headings() -> None:
    structure = poppler.structure_of(write_pdf(make_paper()))

    assert [_text_below(structure, at) for at, line in enumerate(structure) if line.startswith("H1")] == [
        "神戸精機株式会社 (Kobe Seiki): First visit to Kobe Seiki"
    ]
    assert [_text_below(structure, at) for at, line in enumerate(structure) if line.startswith("H2")] == SECTIONS


def test_each_column_of_a_table_has_its_header() -> None:
    structure = poppler.structure_of(write_pdf(make_paper()))
    headers = [_text_below(structure, at + 2) for at, line in enumerate(structure) if line.startswith("TH <")]

    assert headers[:2] == ["Days left", "Where"]
    assert headers[headers.index("Seat") :][:4] == ["Seat", "State", "Covered by", "People"]
    assert structure.count("/Scope /Column") == len(headers)
    assert "/Scope /Row" not in structure


def test_the_chart_is_told_in_words() -> None:
    paper = make_paper()

    assert _alternative_texts(write_pdf(paper)) == [trend_words(paper.trend)]


def test_foreign_words_tell_their_language() -> None:
    pdf = write_pdf(make_paper(language="zh-Hans", partner="上海精密机械", team="한국 팀", objective="محمد سعيد"))

    assert {"zh-CN", "ko", "ar"} <= set(_each(pdf, "/Lang"))


def test_a_partner_in_china_gets_the_letters_of_china() -> None:
    shown = {
        language: poppler.picture_of(write_pdf(make_empty_paper_of(language)))
        for language in ("ja", "ko", "zh-Hans", "zh-Hant", "de")
    }

    assert shown["ja"] != shown["zh-Hans"] != shown["zh-Hant"] != shown["ja"]
    assert shown["de"] == shown["ja"]


def make_empty_paper_of(language: str) -> Any:
    return replace(make_empty_paper(), title="骨直誤", language=language)


def test_only_the_fonts_of_the_packages_are_used_and_all_are_inside() -> None:
    fonts = poppler.fonts_of(write_pdf(make_paper(team="Ελλάδα שלום ไทย ☂ 🐬")))

    assert fonts
    assert all(fonts.values())
    assert [name for name in fonts if not name.startswith(OURS)] == []


def test_each_page_tells_its_number_and_when_it_was_made() -> None:
    pages = poppler.pages_of(write_pdf(make_large_paper()))

    assert len(pages) > 10
    for number, page in enumerate(pages, start=1):
        assert f"Page {number} of {len(pages)}" in page
        assert "Made on 22 November 2026, 17:05 (Europe/Oslo)" in page


def test_a_long_table_repeats_its_header_and_keeps_its_rows_whole() -> None:
    pages = poppler.pages_of(write_pdf(replace(make_empty_paper(), reasons=make_reasons(60))))

    assert len(pages) > 4
    for page in pages:
        assert "What is missing, and what to do" in page
        assert page.count("Reason ") == page.count("One risk less")


def test_the_same_paper_gives_the_same_bytes() -> None:
    assert write_pdf(make_paper()) == write_pdf(make_paper())


@pytest.mark.parametrize(
    "name",
    [
        "#[*x*] $y$ `z` @import <a> = b",
        '#import "/etc/passwd"; #read("report.typ")',
        "=cmd|' /C calc'!A0",
        "\\u{41} \\ // /* no comment */",
        "<script>alert(1)</script> &amp;",
        "- list + item / term: x",
        "https://example.org/a_b_c",
    ],
)
def test_a_name_is_never_markup(name: str) -> None:
    shown = poppler.words_of(write_pdf(make_paper(title=name, objective=name)))

    assert shown.count(name) >= 2


def test_what_cannot_be_seen_steers_nothing() -> None:
    pdf = write_pdf(
        make_paper(title="Kobe\x00\x1b[31m\u202eikieS\u2028x\ud800", facts=(PaperFact("\x07Where\n", "Hall\tnine"),))
    )

    assert "Kobe [31mikieS x\N{REPLACEMENT CHARACTER}" in poppler.words_of(pdf)
    assert "Hall nine" in poppler.words_of(pdf)


def test_what_no_font_has_is_marked() -> None:
    shown = poppler.words_of(write_pdf(make_paper(title="Kobe 𓀀 works, a\u17b9 too")))

    assert "Kobe \N{REPLACEMENT CHARACTER} works, a too" in shown


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=80))
def test_any_text_can_be_printed(text: str) -> None:
    assert write_pdf(replace(make_empty_paper(), title=text, objective=text)).startswith(b"%PDF-1.7")


@pytest.mark.parametrize(
    "name", ["W" * 2000, "Kobe Seiki " * 180, "長い" * 1000, "م" * 2000], ids=["W", "words", "ja", "ar"]
)
def test_a_very_long_name_stays_on_the_page(name: str) -> None:
    reasons = tuple(replace(each, what=name, owner=name) for each in make_reasons(2))
    seats = tuple(replace(each, title=name, people=((name, "▲", "Ready"),)) for each in make_seats(2))
    contacts = tuple(replace(each, interface=name, deputy=name) for each in make_contacts(2))
    facts = (PaperFact(name, name), PaperFact("Where", "Kobe"))
    pdf = write_pdf(make_paper(title=name, team=name, facts=facts, reasons=reasons, seats=seats, contacts=contacts))

    assert [(begin, end) for begin, end in poppler.edges_of(pdf) if begin < 50 or end > A4_WIDTH - 50] == []


def test_an_empty_part_is_left_out_or_says_so() -> None:
    structure = poppler.structure_of(write_pdf(make_empty_paper()))
    headings = [_text_below(structure, at) for at, line in enumerate(structure) if line.startswith("H2")]

    assert headings == ["What is missing, and what to do"]
    assert '"Nothing that the report looks at is missing."' in structure
    assert "Table" not in structure


def test_no_change_is_said_when_there_was_something_to_compare_with() -> None:
    shown = poppler.words_of(write_pdf(make_paper(changes=())))

    assert "What changed since 15 November 2026 Nothing." in shown


def test_a_paper_for_outsiders_has_no_column_of_people() -> None:
    seats = tuple(replace(each, people=()) for each in make_seats(2))
    shown = poppler.words_of(write_pdf(make_paper(seats=seats)))

    assert "Seat State Covered by Seat 1" in shown


def test_a_paper_without_names_has_no_column_of_owners() -> None:
    reasons = tuple(replace(each, owner="") for each in make_reasons(2))
    shown = poppler.words_of(write_pdf(make_paper(reasons=reasons)))

    assert "What is missing, and what to do By 1 " in shown
    assert "Nobody yet" not in shown


def test_one_time_is_told_among_the_facts() -> None:
    paper = make_paper()

    assert "Against UTC" not in poppler.words_of(write_pdf(replace(paper, times=paper.times[:1])))


def test_one_day_is_no_trend_yet() -> None:
    pdf = write_pdf(make_paper(trend=make_trend(1)))

    assert "The trend begins here: one day is kept so far." in poppler.words_of(pdf)
    assert _alternative_texts(pdf) == []


def test_a_long_trend_is_told_by_its_newest_days() -> None:
    shown = poppler.words_of(write_pdf(make_paper(trend=make_trend(200))))

    assert f"The table tells the newest {TREND_ROWS} days; 170 earlier ones are in the drawing." in shown
    assert "21 November 2026 4 of 5" in shown


def _text_below(structure: list[str], at: int) -> str:
    """The strings right below a line of the structure, joined."""
    parts = []
    for line in structure[at + 1 :]:
        if not line.startswith('"'):
            break
        parts.append(line[1:-1])
    return "".join(parts)


def _catalog(pdf: bytes) -> Any:
    return PdfReader(BytesIO(pdf)).trailer["/Root"]


def _alternative_texts(pdf: bytes) -> list[str]:
    return [str(each) for each in _each(pdf, "/Alt")]


def _each(pdf: bytes, key: str) -> list[Any]:
    """The values of a key in the tree of tags."""
    found, waiting = [], [_catalog(pdf)["/StructTreeRoot"]]
    while waiting:
        node = waiting.pop().get_object()
        if isinstance(node, list):
            waiting += reversed(node)
        elif isinstance(node, dict):
            found += [node[key]] if key in node else []
            waiting += [node["/K"]] if "/K" in node else []
    return found
