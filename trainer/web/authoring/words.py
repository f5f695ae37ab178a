"""The words for documents, entries and versions."""

import re

from trainer.authoring import DocumentRow, Version
from trainer.authoring.entries import Data, DocumentKind, Entry, EntryKind
from trainer.domain.authoring import State
from trainer.domain.content import ItemType

KIND_WORDS = {
    DocumentKind.LESSON: "Lesson",
    DocumentKind.QUIZ: "Quiz",
    DocumentKind.PHRASES: "Phrases",
    DocumentKind.COURSE: "Course",
    DocumentKind.OTHER: "File",
}
ENTRY_WORDS = {
    EntryKind.LESSON: "Lesson",
    EntryKind.BODY: "Text",
    EntryKind.FACT: "Fact",
    EntryKind.PHRASE: "Phrase",
    EntryKind.QUIZ: "Quiz",
    EntryKind.ITEM: "Item",
    EntryKind.NODE: "Step",
    EntryKind.ENDING: "Ending",
    EntryKind.COURSE: "Course",
}
TYPE_WORDS = {
    ItemType.BEST_NEXT_STEP: "Best next step",
    ItemType.CHOICE: "Choice",
    ItemType.MULTIPLE_CHOICE: "Multiple choice",
    ItemType.WHAT_DOES_IT_MEAN: "What does it mean",
    ItemType.RATE_EACH: "Rate each",
    ItemType.MOST_AND_LEAST: "Most and least effective",
    ItemType.SPOT_THE_PROBLEM: "Spot the problem",
    ItemType.TYPED: "Typed answer",
    ItemType.CLOZE: "Text with gaps",
    ItemType.LISTENING: "Listening",
    ItemType.DICTATION: "Dictation",
    ItemType.ORDERING: "Ordering",
    ItemType.MATCHING: "Matching",
    ItemType.NUMERIC: "Number",
    ItemType.CALENDAR: "Find a slot",
    ItemType.BRANCHING: "Scenario",
}
SHIPPED = ("none", "As shipped", "–")
_FOREIGN = re.compile(r"\[([^\]]*)\]\{[^}]*\}")
_SHOWN = 110


def plain_words(source: str) -> str:
    """The words of an author's Markdown in one short line."""
    words = " ".join(_FOREIGN.sub(r"\1", source).replace("*", "").split())
    return words if len(words) <= _SHOWN else words[: _SHOWN - 1].rstrip() + "…"


def title_of(entry: Entry) -> str:
    """What an entry is called in a list."""
    words = _title(entry)
    return plain_words(str(words or "")) or entry.id or "Without words yet"


def _title(entry: Entry) -> Data:
    data = entry.data
    match entry.kind:
        case EntryKind.BODY:
            return "Text of the lesson"
        case EntryKind.LESSON:
            return "Title, goals and what frames the lesson"
        case EntryKind.QUIZ | EntryKind.COURSE:
            return "Title, summary and what frames it"
        case EntryKind.ITEM if data.get("type") != ItemType.BRANCHING:
            return data.get("stem")
        case EntryKind.PHRASE:
            return f"{data.get('text') or ''} {data.get('natural') or ''}"
        case EntryKind.FACT:
            return data.get("text")
        case _:
            return data.get("title")


def kind_words(entry: Entry) -> str:
    if entry.kind is EntryKind.ITEM and entry.data.get("type") in set(ItemType):
        return TYPE_WORDS[ItemType(entry.data["type"])]
    return ENTRY_WORDS[entry.kind]


def file_words(path: str) -> str:
    """A title for a file that has none in force."""
    name = path.rsplit("/", 1)[-1].rsplit(".", 1)[0]
    return re.sub(r"^\d\d-", "", name).replace("-", " ").capitalize()


def version_state(version: Version | None, *, is_asked: bool = False) -> tuple[str, str, str]:
    """Css name, words and mark of where a version stands."""
    if version is None:
        return SHIPPED
    match version.state:
        case State.PUBLISHED:
            return ("above", "Published", "▲")
        case State.REVIEWED:
            return ("near", "Reviewed, not published", "◇")
        case State.SET_ASIDE:
            return ("none", "Set aside", "✕")
        case _:
            return ("near", "Waits for review", "◇") if is_asked else ("open", "Draft", "○")


def row_state(row: DocumentRow, *, is_asked: bool) -> tuple[str, str, str]:
    shown = row.newest if row.waits else row.in_force
    return version_state(shown, is_asked=is_asked)
