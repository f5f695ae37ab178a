"""Entries of content documents, changed inside their text: pure functions, no database."""

from trainer.authoring.entries.documents import (
    DocumentKind,
    Entry,
    EntryKind,
    Way,
    add_entry,
    course_of,
    entries_of,
    field_lines,
    find_entry,
    kind_of,
    move_entry,
    remove_entry,
    write_entry,
)
from trainer.authoring.entries.reading import Data, NotReadable, same

__all__ = [
    "Data",
    "DocumentKind",
    "Entry",
    "EntryKind",
    "NotReadable",
    "Way",
    "add_entry",
    "course_of",
    "entries_of",
    "field_lines",
    "find_entry",
    "kind_of",
    "move_entry",
    "remove_entry",
    "same",
    "write_entry",
]
