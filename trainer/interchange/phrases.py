"""A CSV of phrases or of a glossary: one phrase a row, columns named in the first line."""

import csv
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import StringIO
from itertools import islice

import langcodes

from trainer.domain.content.words import Register
from trainer.interchange.decoding import decode
from trainer.interchange.readings import (
    Counts,
    Problem,
    Report,
    UnreadableFile,
    Unrepresentable,
    counts_of,
)

COLUMNS = {
    "text": ("term", "phrase", "word", "expression"),
    "lang": ("language", "language_code", "locale"),
    "meaning": ("natural", "translation", "english", "definition"),
    "reading": ("kana", "pinyin", "pronunciation"),
    "function": ("category", "topic"),
    "literal": ("literally",),
    "note": ("notes", "comment", "remark"),
    "register": ("level", "politeness"),
    "translit": ("romaji", "transliteration", "romanization", "romanisation"),
    "channel": ("channels",),
    "audio_text": ("say", "spoken"),
    "example": ("examples",),
    "false_friends": ("false_friend", "wrong"),
    "partner": ("company",),
    "id": ("key",),
    "tags": ("tag",),
}
"""The columns that are read, and other names for them."""
REQUIRED = ("text", "lang", "meaning")
DELIMITERS = (",", ";", "\t")
MAX_CELL_CHARACTERS = 5_000
_NAMES = {name: column for column, others in COLUMNS.items() for name in (column, *others)}
_UNCLOSED = "a quotation mark opens here and never closes, so that nothing after it could be read"
_LISTS = ("channel", "false_friends", "tags")


@dataclass(frozen=True, slots=True)
class PhraseRow:
    """One row; what was not given is empty. `line` is where it stood."""

    text: str
    lang: str
    meaning: str
    reading: str = ""
    function: str = ""
    literal: str = ""
    note: str = ""
    register: str = ""
    translit: str = ""
    channel: tuple[str, ...] = ()
    audio_text: str = ""
    example: str = ""
    false_friends: tuple[str, ...] = ()
    partner: str = ""
    id: str = ""
    tags: tuple[str, ...] = ()
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class PhraseReading:
    rows: tuple[PhraseRow, ...]
    problems: tuple[Problem, ...]
    read: int

    @property
    def skipped(self) -> int:
        return self.read - len(self.rows)

    def counts(self) -> Counts:
        return counts_of(self.read, len(self.rows), {"phrase": len(self.rows)} if self.rows else {}, self.problems)


def read_phrases(data: bytes) -> PhraseReading:
    """Every row of the table; raises UnreadableFile, also when the first line does not name the columns."""
    text = decode(data)
    head = text.lstrip("\r\n").split("\n", 1)[0]
    delimiter = _delimiter(head)
    records = _records(text, delimiter)
    report = Report()
    columns = _columns(next(records, (1, "empty"))[1], report)
    rows: list[PhraseRow] = []
    seen: dict[tuple[str, str], int] = {}
    for line, cells in records:
        if isinstance(cells, list) and not any(cell.strip() for cell in cells):
            continue
        report.begin(line)
        try:
            row = _row(cells, columns, line)
            first = seen.setdefault((row.lang, row.text), line)
            if first != line:
                raise Unrepresentable(f"the same phrase stands in line {first}")
            rows.append(row)
        except Unrepresentable as why:
            report.skip(str(why))
    return PhraseReading(tuple(rows), tuple(report.problems), report.read)


def has_phrase_header(text: str) -> bool:
    """Whether the first line names at least a phrase and one more column."""
    head = text.lstrip("\r\n").split("\n", 1)[0][:2000]
    found = _known(head, _delimiter(head))
    return "text" in found and len(found) >= 2


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


def _delimiter(head: str) -> str:
    """The one that yields the most known columns."""
    return max(DELIMITERS, key=lambda each: len(_known(head, each)))


def _known(head: str, delimiter: str) -> set[str]:
    names = (_plain(name) for name in islice(head.split(delimiter), 100))
    return {_NAMES[name] for name in names if name in _NAMES}


def _plain(name: str) -> str:
    return name.strip().strip('"').strip().lower().replace(" ", "_").replace("-", "_")


def _columns(header: list[str] | str, report: Report) -> list[str | None]:
    if isinstance(header, str):
        raise UnreadableFile(f"The first line, which should name the columns, cannot be read ({header}).")
    columns = [_NAMES.get(_plain(name)) for name in header]
    missing = [name for name in REQUIRED if name not in columns]
    if missing:
        others = ", ".join(name for name in COLUMNS if name not in REQUIRED)
        raise UnreadableFile(
            f"The first line should name the columns; {', '.join(missing)} is missing. Needed are text, lang and "
            f"meaning, separated by comma, semicolon or tab; also read are {others}."
        )
    twice = [name for name, times in Counter(columns).items() if times > 1 and name]
    if twice:
        raise UnreadableFile(f"The column {twice[0]} is there twice; delete or rename one of them.")
    for name, column in zip(header, columns, strict=True):
        if column is None and name.strip():
            report.note_file(f"The column “{name.strip()[:60]}” is not known and was left out.", 1)
    return columns


def _row(cells: list[str] | str, columns: list[str | None], line: int) -> PhraseRow:
    if isinstance(cells, str):
        raise Unrepresentable(cells)
    if len(cells) > len(columns):
        raise Unrepresentable(f"the row has {len(cells)} cells for {len(columns)} columns; put quotes around commas")
    found = {column: cell.strip() for column, cell in zip(columns, cells, strict=False) if column}
    for column, cell in found.items():
        if len(cell) > MAX_CELL_CHARACTERS:
            raise Unrepresentable(f"{column} is longer than {MAX_CELL_CHARACTERS:,} characters")
    missing = [name for name in REQUIRED if not found.get(name)]
    if missing:
        raise Unrepresentable(f"{' and '.join(missing)} should not be empty")
    lists = {name: _several(found.pop(name, "")) for name in _LISTS}
    found["lang"] = _language(found["lang"])
    found["register"] = _register(found.get("register", ""))
    return PhraseRow(
        **found, channel=lists["channel"], false_friends=lists["false_friends"], tags=lists["tags"], line=line
    )


def _several(cell: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part for part in (each.strip() for each in cell.replace("|", ";").split(";")) if part))


def _language(tag: str) -> str:
    if len(tag) > 35 or not tag.isascii() or not langcodes.tag_is_valid(tag):
        raise Unrepresentable(f"“{tag[:40]}” is not a language code such as ja, fr or pt-BR")
    return langcodes.standardize_tag(tag)


def _register(word: str) -> str:
    plain = word.lower().replace(" ", "_")
    if plain and plain not in set(Register):
        raise Unrepresentable(f"the register “{word[:40]}” is none of {', '.join(Register)}")
    return plain
