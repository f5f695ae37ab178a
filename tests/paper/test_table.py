"""The table, read back as spreadsheets do."""

import csv
from dataclasses import replace
from io import StringIO

import pytest

from tests.paper.papers import make_empty_paper, make_large_paper, make_paper, make_reasons
from trainer.domain.report.paper import Paper
from trainer.paper.table import HEADS, harmless, write_table


def read(paper: Paper) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(write_table(paper).decode("utf-8-sig"), newline="")))


def test_it_is_utf_8_with_its_mark_and_lines_of_rfc_4180() -> None:
    data = write_table(make_paper())

    assert data.startswith(b"\xef\xbb\xbfPart,Subject,")
    assert data.endswith(b"\r\n")
    assert data.count(b"\n") == data.count(b"\r\n")


def test_each_row_has_all_columns() -> None:
    lines = csv.reader(StringIO(write_table(make_paper()).decode("utf-8-sig"), newline=""))

    assert {len(line) for line in lines} == {len(HEADS)}


def test_a_reason_is_a_row() -> None:
    rows = [row for row in read(make_paper()) if row["Part"] == "Reason"]

    assert len(rows) == 3
    assert rows[0] == {
        "Part": "Reason",
        "Subject": "1. People",
        "State": "▽ not ready without it",
        "What": "Reason 1: Supply has no escalation path with 神戸精機株式会社.",
        "What to do": "Name who is called first, by which channel and within what time.",
        "If done": "One risk less; still not ready.",
        "Who": "田中 美咲",
        "Day": "2026-11-25",
    }


def test_every_part_is_told() -> None:
    rows = read(make_large_paper())
    parts = [row["Part"] for row in rows]

    assert {part: parts.count(part) for part in ("Reason", "Seat", "Contact", "Trend")} == {
        "Reason": 60,
        "Seat": 100,
        "Contact": 100,
        "Trend": 365,
    }
    assert {"Overview", "Interpreter", "Change", "Method"} <= set(parts)


def test_who_is_missing_is_said() -> None:
    who = {row["Subject"]: row["Who"] for row in read(make_paper()) if row["Part"] in {"Reason", "Contact"}}

    assert who["2. Charter"] == "Nobody yet"
    assert who["Interface 1 (theirs, deputy)"] == "No deputy yet"


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "=cmd|' /C calc'!A0",
        " =1",
        "\t=1",
        "\r=1",
        "＝1+1",
        "＠x",
        "\u200b=1",
        "|x",
        "%x",
    ],
)
def test_what_a_spreadsheet_would_reckon_is_text(text: str) -> None:
    assert harmless(text).startswith("'")


@pytest.mark.parametrize("text", ["Kobe", "神戸", "1 - 2", "a=b", "'quoted", "", "▽ Not ready"])
def test_other_text_is_left_alone(text: str) -> None:
    assert harmless(text) == text


def test_no_cell_begins_a_formula_or_breaks_a_row() -> None:
    reasons = tuple(replace(each, what='=HYPERLINK("x")\n"quoted", x', owner="@me\r\n+1") for each in make_reasons(2))
    rows = [row for row in read(make_paper(title="-2+3", reasons=reasons)) if row["Part"] == "Reason"]

    assert [row["What"] for row in rows] == ['\'=HYPERLINK("x") "quoted", x'] * 2
    assert [row["Who"] for row in rows] == ["'@me +1"] * 2


def test_an_empty_paper_is_an_overview() -> None:
    assert {row["Part"] for row in read(make_empty_paper())} == {"Overview"}


def test_the_same_paper_gives_the_same_bytes() -> None:
    assert write_table(make_paper()) == write_table(make_paper())
