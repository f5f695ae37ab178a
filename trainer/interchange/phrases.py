"""A CSV of phrases or of a glossary: one phrase a row, columns named in the first line."""

from dataclasses import dataclass, field

from trainer.domain.content.words import Register
from trainer.interchange.decoding import decode
from trainer.interchange.readings import (
    Counts,
    Problem,
    Report,
    Unrepresentable,
    counts_of,
)
from trainer.interchange.tables import DELIMITERS, Layout, Table, first_line, language_tag, read_rows

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
_LAYOUT = Layout(COLUMNS, ("text", "lang", "meaning"))
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
    report = Report()
    table = Table(decode(data), _LAYOUT, report)
    rows = read_rows(
        table,
        report,
        _row,
        lambda row: (row.lang, row.text),
        lambda row, first: f"the same phrase stands in line {first}",
    )
    return PhraseReading(rows, tuple(report.problems), report.read)


def has_phrase_header(text: str) -> bool:
    """Whether the first line names at least a phrase and one more column."""
    head = first_line(text)[:2000]
    found = max((_LAYOUT.known(head, delimiter) for delimiter in DELIMITERS), key=len)
    return "text" in found and len(found) >= 2


def _row(found: dict[str, str], line: int) -> PhraseRow:
    lists = {name: _several(found.pop(name, "")) for name in _LISTS}
    found["lang"] = language_tag(found["lang"])
    found["register"] = _register(found.get("register", ""))
    return PhraseRow(
        **found, channel=lists["channel"], false_friends=lists["false_friends"], tags=lists["tags"], line=line
    )


def _several(cell: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part for part in (each.strip() for each in cell.replace("|", ";").split(";")) if part))


def _register(word: str) -> str:
    plain = word.lower().replace(" ", "_")
    if plain and plain not in set(Register):
        raise Unrepresentable(f"the register “{word[:40]}” is none of {', '.join(Register)}")
    return plain
