"""What the writers share: each entry is written, or it is said why it cannot be."""

from collections.abc import Callable, Iterable, Iterator
from re import compile as pattern_of

from trainer.interchange.entries import Entry, Text
from trainer.interchange.readings import Report, Unrepresentable

_NOT_IN_XML = pattern_of("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_EXTRAS = {
    "general_feedback": "the general feedback",
    "when_right": "the feedback for a right answer",
    "when_partly": "the feedback for a partly right answer",
    "when_wrong": "the feedback for a wrong answer",
    "hints": "the hints",
    "tags": "the tags",
    "id": "the id",
    "category": "the category",
}


def write_each(
    entries: Iterable[Entry], report: Report, write: Callable[[Entry, Report], str]
) -> Iterator[tuple[Entry, str]]:
    """Each entry with what was written of it; one that cannot be written is reported and left out."""
    for entry in entries:
        report.begin(None)
        try:
            yield entry, write(entry, report)
        except Unrepresentable as why:
            report.skip(f"“{entry.name}” was not written: {why}.")


def note_lost(entry: Entry, report: Report, names: Iterable[str], format_name: str) -> None:
    """Says which of these parts the entry has and the format has no place for."""
    lost = [_EXTRAS[name] for name in names if getattr(entry, name)]
    if lost:
        report.note(f"{format_name} has no place for {' and '.join(lost)} of “{entry.name}”.")


def note_feedback(texts: Iterable[Text], entry: Entry, report: Report, format_name: str) -> None:
    if any(texts):
        report.note(f"{format_name} has no place for the feedback to single answers of “{entry.name}”.")


def xml_text(text: str) -> str:
    """Characters and tags safe inside XML, also in an attribute; what XML cannot hold becomes a question mark box."""
    text = _NOT_IN_XML.sub("\ufffd", text)
    for plain, written in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;"), ("\r", "&#13;")):
        text = text.replace(plain, written)
    return text


def xml_attribute(text: str) -> str:
    """As `xml_text`, with the line breaks that an attribute would lose."""
    return xml_text(text).replace("\n", "&#10;").replace("\t", "&#9;")
