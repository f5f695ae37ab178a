"""A readiness report as a workbook: one sheet a part, real days and numbers, a header that stays in sight."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date
from io import BytesIO

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from trainer.domain.report.paper import Paper
from trainer.paper.trend import trend_words
from trainer.paper.words import (
    NO_DEPUTY,
    NOBODY,
    day_words,
    made_at_words,
    owner_words,
    people_words,
    plain,
    title_words,
)

Cell = str | int | float | date | None
CELL_LENGTH = 32_000
"""A cell of a workbook holds 32,767 characters."""
TONES = {"▲": ("#1C4F8F", "#DFE8F4"), "◇": ("#59522F", "#ECE6CF"), "▽": ("#9A4205", "#F8E6D3")}
"""Ink and ground of what begins with the mark; the words beside the mark say the same."""
INK, SOFT, HAIR, ACCENT = "#1D2730", "#55606A", "#D8CFBD", "#0A5C5C"
A4 = 9
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
    "default_date_format": "yyyy-mm-dd",
}


@dataclass(frozen=True, slots=True)
class Column:
    head: str
    width: float
    has_state: bool = False
    """Whether its cells begin with a mark, by which they are coloured."""


@dataclass(frozen=True, slots=True)
class Sheet:
    name: str
    columns: tuple[Column, ...]
    rows: Sequence[tuple[Cell, ...]]
    when_empty: str


@dataclass(frozen=True, slots=True)
class Looks:
    cell: Format
    head: Format
    day: Format
    soft: Format
    states: dict[str, Format]


def write_workbook(paper: Paper) -> bytes:
    """The report as XLSX; the same paper gives the same bytes."""
    file = BytesIO()
    book = xlsxwriter.Workbook(file, _OPTIONS)
    book.set_properties(
        {
            "title": f"Readiness: {title_words(paper)}",
            "subject": plain(paper.verdict, 200),
            "author": plain(paper.team, 200),
            "created": paper.made_at.astimezone(UTC).replace(tzinfo=None),
        }
    )
    looks = _looks(book)
    for sheet in sheets_of(paper):
        _write(book.add_worksheet(sheet.name), sheet, looks, paper)
    _draw_trend(book, paper)
    book.close()
    return file.getvalue()


def sheets_of(paper: Paper) -> tuple[Sheet, ...]:
    return (_overview(paper), _reasons(paper), _seats(paper), _contacts(paper), _trend(paper), _method(paper))


def _overview(paper: Paper) -> Sheet:
    since = "the last report" if paper.changes_since is None else day_words(paper.changes_since)
    rows: list[tuple[Cell, ...]] = [
        ("Engagement", paper.title),
        ("Partner", paper.partner),
        ("Team", paper.team),
        ("State", f"{paper.mark} {paper.state_words}"),
        ("In a sentence", paper.verdict),
        *((fact.label, fact.value) for fact in paper.facts),
        *((f"Time in {each.place}", f"{each.day}, {each.time} ({each.offset})") for each in paper.times),
        ("Common objective", paper.objective or "None is written down."),
        *(("Interpreter", advice) for advice in paper.interpreter),
    ]
    if paper.changes is not None:
        rows += [(f"Changed since {since}", each) for each in paper.changes or ("Nothing.",)]
    rows.append(("Made on", made_at_words(paper)))
    return Sheet("Overview", (Column("About", 26), Column("What", 90, has_state=True)), rows, "")


def _reasons(paper: Paper) -> Sheet:
    return Sheet(
        "Reasons",
        (
            Column("No.", 6),
            Column("Weight", 24, has_state=True),
            Column("Area", 16),
            Column("What is missing", 50),
            Column("What to do", 50),
            Column("If done", 40),
            Column("Who", 24),
            Column("By", 12),
        ),
        [
            (
                number,
                f"{each.mark} {each.weight}",
                each.area,
                each.what,
                each.action,
                each.if_done,
                owner_words(paper, each),
                each.due_on,
            )
            for number, each in enumerate(paper.reasons, start=1)
        ],
        "Nothing that the report looks at is missing.",
    )


def _seats(paper: Paper) -> Sheet:
    return Sheet(
        "Seats",
        (Column("Seat", 28), Column("State", 18, has_state=True), Column("Covered by", 36), Column("People", 70)),
        [(each.title, f"{each.mark} {each.state}", each.covered, people_words(each.people)) for each in paper.seats],
        "The engagement has no seats yet.",
    )


def _contacts(paper: Paper) -> Sheet:
    heads = (("Interface", 20), ("Side", 12), ("First", 28), ("Deputy", 28), ("Hours", 44), ("Note", 40))
    return Sheet(
        "Contacts",
        tuple(Column(head, width) for head, width in heads),
        [
            (each.interface, each.side, each.primary or NOBODY, each.deputy or NO_DEPUTY, each.hours, each.note)
            for each in paper.contacts
        ],
        "No points of contact are named yet.",
    )  # fmt: skip


def _trend(paper: Paper) -> Sheet:
    heads = (("Day", 12), ("Seats ready", 14), ("Seats", 10), ("Blocks or risks", 18), ("State", 24))
    return Sheet(
        "Trend",
        tuple(Column(head, width) for head, width in heads),
        [
            (each.day, each.ready_seats, each.seats, each.gaps, each.state)
            for each in paper.trend
        ],
        "No day is kept yet.",
    )  # fmt: skip


def _method(paper: Paper) -> Sheet:
    return Sheet("Method", (Column("How this is worked out", 110),), [(each,) for each in paper.method], "")


def _looks(book: xlsxwriter.Workbook) -> Looks:
    def look(**properties: object) -> Format:
        return book.add_format({"font_color": INK, "valign": "top", "text_wrap": True, **properties})

    return Looks(
        cell=look(bottom=1, bottom_color=HAIR),
        head=look(bold=True, bottom=2, bottom_color=ACCENT, font_color=ACCENT),
        day=look(bottom=1, bottom_color=HAIR, num_format="yyyy-mm-dd", align="left"),
        soft=look(font_color=SOFT),
        states={mark: book.add_format({"font_color": ink, "bg_color": ground, "bold": True})
                for mark, (ink, ground) in TONES.items()},
    )  # fmt: skip


def _write(page: Worksheet, sheet: Sheet, looks: Looks, paper: Paper) -> None:
    for number, column in enumerate(sheet.columns):
        page.set_column(number, number, column.width)
        page.write_string(0, number, column.head, looks.head)
    for row, cells in enumerate(sheet.rows, start=1):
        for number, cell in enumerate(cells):
            _put(page, row, number, cell, looks)
    if not sheet.rows and sheet.when_empty:
        page.write_string(1, 0, sheet.when_empty, looks.soft)
    if sheet.rows:
        page.autofilter(0, 0, len(sheet.rows), len(sheet.columns) - 1)
    _colour(page, sheet, looks)
    page.freeze_panes(1, 0)
    page.hide_gridlines(2)
    page.set_paper(A4)
    page.set_landscape()
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    page.set_header(f"&L{_in_margin(title_words(paper))}&R&A")
    page.set_footer(f"&LMade on {_in_margin(made_at_words(paper))}&RPage &P of &N")


def _put(page: Worksheet, row: int, number: int, cell: Cell, looks: Looks) -> None:
    match cell:
        case str():
            page.write_string(row, number, plain(cell, CELL_LENGTH), looks.cell)
        case date():
            page.write_datetime(row, number, cell, looks.day)
        case int() | float():
            page.write_number(row, number, cell, looks.cell)
        case None:
            page.write_blank(row, number, None, looks.cell)


def _colour(page: Worksheet, sheet: Sheet, looks: Looks) -> None:
    for number, column in enumerate(sheet.columns):
        if column.has_state and sheet.rows:
            for mark, look in looks.states.items():
                rule = {"type": "text", "criteria": "begins with", "value": mark, "format": look}
                page.conditional_format(1, number, len(sheet.rows), number, rule)


def _in_margin(text: str) -> str:
    """Text for a page's head or foot, where & begins a command and there is room for 255 characters in all."""
    return plain(text, 80).replace("&", "&&")


def _draw_trend(book: xlsxwriter.Workbook, paper: Paper) -> None:
    if len(paper.trend) < 2:
        return
    chart = book.add_chart({"type": "line"})
    last = len(paper.trend)
    for number, colour, dash in ((1, ACCENT, "solid"), (3, SOFT, "dash")):
        chart.add_series(
            {
                "name": ["Trend", 0, number],
                "categories": ["Trend", 1, 0, last, 0],
                "values": ["Trend", 1, number, last, number],
                "line": {"color": colour, "width": 2, "dash_type": dash},
            }
        )
    chart.set_title({"name": "Seats ready, and what is missing", "overlay": False})
    chart.set_x_axis({"date_axis": True, "num_format": "d mmm"})
    chart.set_y_axis({"min": 0, "major_gridlines": {"visible": True, "line": {"color": HAIR}}})
    chart.set_legend({"position": "bottom"})
    page = book.get_worksheet_by_name("Trend")
    page.insert_chart("G2", chart, {"description": trend_words(paper.trend)})
