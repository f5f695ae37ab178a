"""The workbook, read back by openpyxl."""

from dataclasses import replace
from datetime import datetime
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import Workbook, load_workbook

from tests.paper.papers import make_empty_paper, make_large_paper, make_paper, make_reasons, make_seats
from trainer.domain.report.paper import Paper
from trainer.paper.trend import trend_words
from trainer.paper.workbook import write_workbook

SHEETS = ["Overview", "Reasons", "Seats", "Contacts", "Trend", "Method"]


def read(paper: Paper) -> Workbook:
    return load_workbook(BytesIO(write_workbook(paper)))


def rows(book: Workbook, sheet: str) -> list[tuple[Any, ...]]:
    return list(book[sheet].iter_rows(values_only=True))


def test_each_part_has_its_sheet_with_a_header_that_stays() -> None:
    book = read(make_paper())

    assert book.sheetnames == SHEETS
    for sheet in book.worksheets:
        assert sheet.freeze_panes == "A2"
        assert sheet.print_title_rows == "$1:$1"
        assert all(cell.value and cell.font.bold for cell in sheet[1])
        assert sheet.merged_cells.ranges == set()
        assert (sheet.column_dimensions["A"].width or 0) > 5


def test_the_overview_says_what_the_paper_says() -> None:
    told = dict(rows(read(make_paper()), "Overview")[1:])

    assert told["State"] == "▽ Not ready"
    assert told["In a sentence"] == "Two of five seats are ready for Kobe Seiki on Thursday 3 December."
    assert told["Days left"] == "11"
    assert told["Time in Kobe"] == "Thursday 3 December 2026, 10:00 (UTC+09:00)"
    assert told["Changed since 15 November 2026"] == "One more seat is ready: Lead."
    assert told["Made on"] == "22 November 2026, 17:05 (Europe/Oslo)"


def test_days_are_days_and_numbers_are_numbers() -> None:
    book = read(make_paper())
    reason = rows(book, "Reasons")[1]
    point = rows(book, "Trend")[1]

    assert reason[0] == 1
    assert reason[-1] == datetime(2026, 11, 25)  # noqa: DTZ001 - a cell knows no zone
    assert book["Reasons"]["H2"].is_date
    assert point == (datetime(2026, 11, 16), 0, 5, 6, "Not ready")  # noqa: DTZ001


def test_who_is_missing_is_said_and_a_missing_day_is_blank() -> None:
    book = read(make_paper())

    assert rows(book, "Reasons")[2][6] == "Nobody yet"
    assert rows(book, "Reasons")[3][7] is None
    assert rows(book, "Contacts")[1][3] == "No deputy yet"


def test_states_are_in_words_and_coloured_by_their_mark() -> None:
    book = read(make_paper())
    coloured = {
        (sheet.title, str(area.sqref)): [rule.text for rule in area.rules]
        for sheet in book.worksheets
        for area in sheet.conditional_formatting
    }

    assert rows(book, "Seats")[1][1] == "▲ Ready"
    assert coloured == {
        ("Overview", "B2:B15"): ["▲", "◇", "▽"],
        ("Reasons", "B2:B4"): ["▲", "◇", "▽"],
        ("Seats", "B2:B4"): ["▲", "◇", "▽"],
    }


@pytest.mark.parametrize("name", ["=cmd|' /C calc'!A0", "=1+1", "@SUM(A1)", "+1", "-1", "http://x.example/", "007"])
def test_text_is_never_a_formula_a_link_or_a_number(name: str) -> None:
    seats = tuple(replace(each, title=name) for each in make_seats(1))
    book = read(make_paper(title=name, seats=seats))

    assert book["Overview"]["B2"].value == book["Seats"]["A2"].value == name
    assert book["Seats"]["A2"].data_type == "s"
    assert book["Seats"]["A2"].hyperlink is None


def test_what_no_workbook_may_hold_is_taken_out() -> None:
    reasons = (replace(make_reasons(1)[0], what="a\x00b\ud800_x0041_", action="x" * 40_000),)
    row = rows(read(make_paper(reasons=reasons, title="A & B &P")), "Reasons")[1]

    assert row[3] == "a b\N{REPLACEMENT CHARACTER}_x0041_"
    assert len(row[4]) == 32_000


def test_the_page_tells_the_title_and_its_number() -> None:
    sheet = read(make_paper(partner="", title="A & B &P"))["Seats"]

    assert sheet.oddFooter
    assert sheet.oddFooter.right.text == "Page &P of &N"
    assert sheet.oddHeader
    assert sheet.oddHeader.left.text == "A && B &&P"


def test_an_empty_part_says_so() -> None:
    book = read(make_empty_paper())

    assert book["Reasons"]["A2"].value == "Nothing that the report looks at is missing."
    assert book["Seats"]["A2"].value == "The engagement has no seats yet."
    assert book["Trend"]["A2"].value == "No day is kept yet."
    assert "xl/charts/chart1.xml" not in ZipFile(BytesIO(write_workbook(make_empty_paper()))).namelist()


def test_the_trend_is_drawn_and_told_in_words() -> None:
    paper = make_paper()
    with ZipFile(BytesIO(write_workbook(paper))) as file:
        drawing = file.read("xl/drawings/drawing1.xml").decode()

    assert f'descr="{trend_words(paper.trend)}"' in drawing


def test_the_file_tells_its_title_and_when_it_was_made() -> None:
    properties = read(make_paper()).properties

    assert properties.title == "Readiness: 神戸精機株式会社 (Kobe Seiki): First visit to Kobe Seiki"
    assert properties.creator == "Nordic supply team"
    assert properties.created == datetime(2026, 11, 22, 16, 5)  # noqa: DTZ001 - openpyxl reads UTC without a zone


def test_the_same_paper_gives_the_same_bytes() -> None:
    assert write_workbook(make_paper()) == write_workbook(make_paper())


def test_a_large_paper_is_all_there() -> None:
    book = read(make_large_paper())

    assert [len(rows(book, sheet)) for sheet in SHEETS[1:5]] == [61, 101, 51, 366]
