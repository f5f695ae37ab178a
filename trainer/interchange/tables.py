"""Tables that others write: rows below a first line that names the columns."""

import csv
from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import StringIO
from itertools import islice
from typing import TypeVar

import langcodes

from trainer.interchange.readings import Report, UnreadableFile, Unrepresentable

R = TypeVar("R")

DELIMITERS = (",", ";", "\t")
MAX_CELL_CHARACTERS = 5_000
_UNCLOSED = "a quotation mark opens here and never closes, so that nothing after it could be read"


@dataclass(frozen=True)
class Layout:
    """The columns that a table may have, with other names for them, and those that it must have."""

    columns: Mapping[str, Sequence[str]]
    required: Sequence[str]

    def column_of(self, name: str) -> str | None:
        plain = _plain(name)
        return next((column for column, others in self.columns.items() if plain == column or plain in others), None)

    def known(self, head: str, delimiter: str) -> set[str]:
        """The columns that a first line names when it is cut there."""
        names = islice(head.split(delimiter), 100)
        return {column for name in names if (column := self.column_of(name)) is not None}


class Table:
    """The rows of a text, each with the line that it begins on."""

    def __init__(self, text: str, layout: Layout, report: Report) -> None:
        """Raises `UnreadableFile` when the first line does not name the columns that must be there."""
        self._layout, self._report = layout, report
        head = first_line(text)
        self._records = _records(text, max(DELIMITERS, key=lambda each: len(layout.known(head, each))))
        self._columns = self._read_columns(next(self._records, (1, "empty"))[1])

    def rows(self) -> Iterator[tuple[int, list[str] | str]]:
        """Rows that hold anything; one that breaks the quoting comes as the reason."""
        for line, cells in self._records:
            if isinstance(cells, str) or any(cell.strip() for cell in cells):
                yield line, cells

    def cells(self, row: list[str] | str) -> dict[str, str]:
        """The cells of a row by their columns. Raises `Unrepresentable`."""
        if isinstance(row, str):
            raise Unrepresentable(row)
        if len(row) > len(self._columns):
            raise Unrepresentable(
                f"the row has {len(row)} cells for {len(self._columns)} columns; put quotes around commas"
            )
        found = {column: cell.strip() for column, cell in zip(self._columns, row, strict=False) if column}
        for column, cell in found.items():
            if len(cell) > MAX_CELL_CHARACTERS:
                raise Unrepresentable(f"{column} is longer than {MAX_CELL_CHARACTERS:,} characters")
        missing = [name for name in self._layout.required if not found.get(name)]
        if missing:
            raise Unrepresentable(f"{' and '.join(missing)} should not be empty")
        return found

    def _read_columns(self, header: list[str] | str) -> list[str | None]:
        if isinstance(header, str):
            raise UnreadableFile(f"The first line, which should name the columns, cannot be read ({header}).")
        columns = [self._layout.column_of(name) for name in header]
        required = self._layout.required
        missing = [name for name in required if name not in columns]
        if missing:
            others = ", ".join(name for name in self._layout.columns if name not in required)
            needed = f"{', '.join(required[:-1])} and {required[-1]}"
            raise UnreadableFile(
                f"The first line should name the columns; {', '.join(missing)} is missing. Needed are {needed}, "
                f"separated by comma, semicolon or tab; also read are {others}."
            )
        twice = [name for name, times in Counter(columns).items() if times > 1 and name]
        if twice:
            raise UnreadableFile(f"The column {twice[0]} is there twice; delete or rename one of them.")
        for name, column in zip(header, columns, strict=True):
            if column is None and name.strip():
                self._report.note_file(f"The column “{name.strip()[:60]}” is not known and was left out.", 1)
        return columns


def read_rows(
    table: Table,
    report: Report,
    row_of: Callable[[dict[str, str], int], R],
    key_of: Callable[[R], Hashable],
    words: Callable[[R, int], str],
) -> tuple[R, ...]:
    """The rows that can be read; the rest is told.

    Of two with one key the second is left out; `words` says so of it and of the line of the first.
    """
    rows: list[R] = []
    seen: dict[Hashable, int] = {}
    for line, cells in table.rows():
        report.begin(line)
        try:
            row = row_of(table.cells(cells), line)
            first = seen.setdefault(key_of(row), line)
            if first != line:
                raise Unrepresentable(words(row, first))
            rows.append(row)
        except Unrepresentable as why:
            report.skip(str(why))
    return tuple(rows)


def first_line(text: str) -> str:
    return text.lstrip("\r\n").split("\n", 1)[0]


def language_tag(tag: str) -> str:
    """A language code in its usual spelling. Raises `Unrepresentable`."""
    if len(tag) > 35 or not tag.isascii() or not langcodes.tag_is_valid(tag):
        raise Unrepresentable(f"“{tag[:40]}” is not a language code such as ja, fr or pt-BR")
    return langcodes.standardize_tag(tag)


def _records(text: str, delimiter: str) -> Iterator[tuple[int, list[str] | str]]:
    """Rows with the line that they begin on; a row that breaks the quoting comes as the reason."""
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    begins = 1
    while True:
        try:
            cells: list[str] | str = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            cells = _UNCLOSED if "end of data" in str(error) else f"the quotation marks do not match ({error})"
        yield begins, cells
        begins = reader.line_num + 1


def _plain(name: str) -> str:
    return name.strip().strip('"').strip().lower().replace(" ", "_").replace("-", "_")
