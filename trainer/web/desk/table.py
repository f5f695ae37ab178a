"""All that is asked with its figures: rows of a table, and a file for a spreadsheet."""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import StringIO

from trainer.domain.content import Content
from trainer.domain.item_analysis import Analysis, Estimate
from trainer.web.desk.findings import file_of, reasons_of
from trainer.web.desk.items import FEW, TYPES, asked_title, people_words, score_words, state_words, time_words
from trainer.wording import figure

BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"
"""Without it spreadsheets read the file in another encoding."""
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
COLUMNS = (
    "course", "quiz", "item", "step", "title", "type", "wording", "people", "mean score", "mean score from",
    "mean score to", "discrimination", "discrimination from", "discrimination to", "median seconds", "needs a look",
    "why", "what to do", "file",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    title: str
    item_id: str
    quiz: str
    type: str
    people: str
    score: str
    apart: str
    time: str
    state: tuple[str, str, str]


def rows_of(analyses: Sequence[Analysis]) -> tuple[Row, ...]:
    return tuple(map(_row, analyses))


def csv_of(analyses: Sequence[Analysis], content: Content) -> str:
    """For a spreadsheet: nothing in it is taken for a formula."""
    file = StringIO()
    writer = csv.writer(file)
    writer.writerow(COLUMNS)
    for analysis in analyses:
        for line in _lines(analysis, content):
            writer.writerow([_safe(cell) for cell in line])
    return BOM + file.getvalue()


def _row(analysis: Analysis) -> Row:
    mean, apart = analysis.difficulty, analysis.discrimination
    return Row(
        title=asked_title(analysis.asked),
        item_id=analysis.asked.item.id,
        quiz=analysis.asked.quiz.title,
        type=TYPES[analysis.asked.item.type],
        people=people_words(analysis),
        score=score_words(mean) if mean else "–",
        apart=figure(apart.value, 2) if apart else "–",
        time=time_words(analysis.seconds) if analysis.seconds else "–",
        state=state_words(analysis),
    )


def _lines(analysis: Analysis, content: Content) -> Iterator[list[object]]:
    """The present wording, and after it each earlier one."""
    asked, reasons = analysis.asked, reasons_of(analysis)
    what: list[object] = [
        content.title_of(asked.quiz),
        asked.quiz.title,
        asked.item.id,
        asked.node.id if asked.node else "",
        asked_title(asked),
        TYPES[asked.item.type],
    ]
    figures = (*_cells(analysis.difficulty), *_cells(analysis.discrimination), _cell(analysis.seconds))
    state = state_words(analysis)[1].lower()
    why = " ".join(reason.words for reason in reasons)
    todo = " ".join(dict.fromkeys(reason.todo for reason in reasons))
    yield [*what, "present", analysis.people or FEW, *figures, state, why, todo, file_of(analysis)]
    for older in analysis.older:
        empty = ("",) * 7
        yield [*what, "older", older.people, *_cells(older.difficulty), *empty, file_of(analysis)]


def _cells(found: Estimate | None) -> tuple[object, ...]:
    return tuple(map(_cell, found)) if found else ("", "", "")


def _cell(value: float | None) -> object:
    return "" if value is None else round(value, 3)


def _safe(cell: object) -> object:
    """A text that a spreadsheet would run starts with an apostrophe instead; numbers are numbers."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA_STARTS) else cell
