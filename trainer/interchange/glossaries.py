"""A glossary as a table: a row for each term in each language, English first, as trainers keep it in a spreadsheet."""

import csv
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from io import StringIO

from trainer.domain.content import Glossary, Rendering, Term, WrongForm
from trainer.interchange.decoding import decode
from trainer.interchange.readings import Counts, Problem, Report, Unrepresentable, Written, counts_of
from trainer.interchange.tables import Layout, Table, language_tag, read_rows

ENGLISH = "en"
COLUMNS = {
    "term": ("text", "word", "phrase", "expression"),
    "language": ("lang", "language_code", "locale"),
    "reading": ("kana", "pinyin", "pronunciation"),
    "meaning": ("english", "natural", "translation", "definition"),
    "example": ("examples",),
    "false_friends": ("false_friend", "wrong"),
    "partner": ("company",),
    "transliteration": ("translit", "romaji", "romanization", "romanisation"),
    "example_reading": (),
    "example_meaning": (),
    "note": ("notes", "comment", "remark"),
    "id": ("key",),
}
"""The columns that are read, and other names for them."""
_LAYOUT = Layout(COLUMNS, ("term", "language", "meaning"))
LONGEST_TERM = 200
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""How a cell begins that a spreadsheet would calculate."""
_BETWEEN = re.compile(r"[|\n]")
_MARK_UP = re.compile(r"<[a-zA-Z/!]")
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\Z")


@dataclass(frozen=True, slots=True)
class FalseFriend:
    text: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class TermRow:
    """One row; what was not given is empty. `meaning` is the English term, or of an English row what it means."""

    term: str
    language: str
    meaning: str
    reading: str = ""
    example: str = ""
    false_friends: tuple[FalseFriend, ...] = ()
    partner: str = ""
    transliteration: str = ""
    example_reading: str = ""
    example_meaning: str = ""
    note: str = ""
    id: str = ""
    line: int = field(default=0, compare=False)

    @property
    def is_english(self) -> bool:
        return self.language.partition("-")[0] == ENGLISH

    @property
    def english(self) -> str:
        """The English term that the row is about."""
        return self.term if self.is_english else self.meaning


@dataclass(frozen=True, slots=True)
class TermReading:
    rows: tuple[TermRow, ...]
    problems: tuple[Problem, ...]
    read: int

    @property
    def skipped(self) -> int:
        return self.read - len(self.rows)

    def counts(self) -> Counts:
        return counts_of(self.read, len(self.rows), {"term": len(self.rows)} if self.rows else {}, self.problems)


def read_terms(data: bytes) -> TermReading:
    """Every row of the table; raises `UnreadableFile`, also when the first line does not name the columns."""
    report = Report()
    table = Table(decode(data), _LAYOUT, report)
    rows = read_rows(
        table,
        report,
        _row,
        lambda row: (row.language, row.english.casefold()),
        lambda row, first: f"“{row.english}” in this language stands in line {first} already",
    )
    return TermReading(rows, tuple(report.problems), report.read)


def write_terms(glossary: Glossary) -> Written:
    """The table of a glossary, which `read_terms` reads again; no cell of it is a formula."""
    report = Report()
    text = StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([name.replace("_", " ") for name in COLUMNS])
    for term in glossary.terms:
        for row in _rows_of(term, glossary.partner or "", report):
            writer.writerow([safe_cell(cell) for cell in row])
    return Written(text.getvalue().encode("utf-8-sig"), tuple(report.problems))


def safe_cell(cell: str) -> str:
    """With an apostrophe before what a spreadsheet would calculate, and before one that already stands there."""
    return f"'{cell}" if cell.startswith(FORMULA) or _is_escaped(cell) else cell


def plain_cell(cell: str) -> str:
    """Without the apostrophe of `safe_cell`."""
    return cell[1:] if _is_escaped(cell) else cell


def _is_escaped(cell: str) -> bool:
    return cell.startswith("'") and cell.lstrip("'").startswith(FORMULA)


def _row(found: dict[str, str], line: int) -> TermRow:
    cells = {column: _clean(cell, keeps_lines=column == "false_friends") for column, cell in found.items()}
    cells["language"] = language_tag(cells["language"])
    friends = tuple(_false_friends(cells.pop("false_friends", "")))
    row = TermRow(**cells, false_friends=friends, line=line)
    for name, text in (("term", row.term), ("the English term", row.english)):
        if len(text) > LONGEST_TERM:
            raise Unrepresentable(f"{name} is longer than {LONGEST_TERM} characters")
        if not any(char.isalnum() for char in text):
            raise Unrepresentable(f"{name} has nothing in it that could be said")
    if any(_MARK_UP.search(text) for text in (row.note, *(each.why for each in friends))):
        raise Unrepresentable("it holds HTML; write plain words")
    if row.id and not _ID.match(row.id):
        raise Unrepresentable(f"the id “{row.id[:40]}” should be lower-case words joined by hyphens, or empty")
    return row


def _clean(cell: str, *, keeps_lines: bool) -> str:
    """Composed (NFC), without control characters; on one line unless lines separate something."""
    text = unicodedata.normalize("NFC", plain_cell(cell))
    lines = (
        "".join(sign if unicodedata.category(sign) != "Cc" else " " for sign in each) for each in text.splitlines()
    )
    words = [" ".join(each.split(" ")).strip() for each in lines]
    return ("\n" if keeps_lines else " ").join(each for each in words if each)


def _false_friends(cell: str) -> Iterator[FalseFriend]:
    """`word: why`, separated by | or line breaks; words alone may be separated by ; as well."""
    parts = _BETWEEN.split(cell) if ": " in cell or "：" in cell else re.split(r"[|;；、\n]", cell)
    seen: set[str] = set()
    for part in parts:
        text, _, why = part.replace("：", ": ").partition(": ")
        if text.strip() and text.strip() not in seen:
            seen.add(text.strip())
            yield FalseFriend(text.strip(), why.strip())


def _rows_of(term: Term, partner: str, report: Report) -> Iterator[Sequence[str]]:
    if term.meaning:
        yield _cells(term.id, term.term, ENGLISH, term.meaning, partner, example=term.example or "")
    for rendering in term.renderings.values():
        yield _cells(
            term.id,
            rendering.text,
            rendering.lang,
            term.term,
            partner,
            reading=rendering.reading or "",
            example=rendering.example or "",
            false_friends=_friends_cell(term, rendering, report),
            transliteration=rendering.translit or "",
            example_reading=rendering.example_reading or "",
            example_meaning=rendering.example_meaning or "",
            note=rendering.note.source if rendering.note else "",
        )


def _cells(term_id: str, term: str, language: str, meaning: str, partner: str, **rest: str) -> list[str]:
    cells = {"id": term_id, "term": term, "language": language, "meaning": meaning, "partner": partner, **rest}
    return [cells.get(column, "") for column in COLUMNS]


def _friends_cell(term: Term, rendering: Rendering, report: Report) -> str:
    return " | ".join(_writable(term, rendering.false_friends, report))


def _writable(term: Term, friends: Iterable[WrongForm], report: Report) -> Iterator[str]:
    for each in friends:
        if ": " in each.text or "|" in each.text or "|" in each.why.source:
            report.note_file(f"The false friend “{each.text}” of “{term.term}” has a sign that the table needs itself.")
        else:
            yield f"{each.text}: {each.why.source}"
