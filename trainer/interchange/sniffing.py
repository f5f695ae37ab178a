"""Which format a file is, told by what is in it."""

from enum import StrEnum
from re import ASCII, MULTILINE
from re import compile as pattern_of

from trainer.interchange.aiken import ANSWER
from trainer.interchange.decoding import decode
from trainer.interchange.phrases import has_phrase_header
from trainer.interchange.readings import UnreadableFile
from trainer.interchange.safe_xml import parse_xml
from trainer.interchange.safe_zip import is_zip, open_package


class FileFormat(StrEnum):
    GIFT = "gift"
    MOODLE_XML = "moodle-xml"
    AIKEN = "aiken"
    QTI = "qti"
    PHRASES = "phrases-csv"


AUTO = "auto"
_OTHER_NAMES = {
    "xml": FileFormat.MOODLE_XML,
    "moodle": FileFormat.MOODLE_XML,
    "moodlexml": FileFormat.MOODLE_XML,
    "qti1": FileFormat.QTI,
    "qti12": FileFormat.QTI,
    "qti2": FileFormat.QTI,
    "qti21": FileFormat.QTI,
    "qti22": FileFormat.QTI,
    "csv": FileFormat.PHRASES,
    "phrases": FileFormat.PHRASES,
}
_NOISE = str.maketrans("", "", " .-_")
_ROOTS = {
    "quiz": FileFormat.MOODLE_XML,
    "questestinterop": FileFormat.QTI,
    "item": FileFormat.QTI,
    "assessmentItem": FileFormat.QTI,
    "assessmentTest": FileFormat.QTI,
}
_AIKEN_OPTION = pattern_of(r"^[ \t]{0,20}[A-Z][).]", ASCII | MULTILINE)
_AIKEN_ANSWER = pattern_of(rf"^[ \t]{{0,20}}{ANSWER}", ASCII | MULTILINE)
_GIFT = pattern_of(r"(?<!\\)\{|^[ \t]{0,20}(?:::|\$CATEGORY:|//)", ASCII | MULTILINE)


def format_named(name: str) -> FileFormat | None:
    """The format of this name, None for `auto`; raises UnreadableFile with the names there are."""
    plain = name.strip().lower().translate(_NOISE)
    if plain == AUTO:
        return None
    for each in FileFormat:
        if plain == each.translate(_NOISE):
            return each
    if plain in _OTHER_NAMES:
        return _OTHER_NAMES[plain]
    raise UnreadableFile(f"There is no format “{name[:40]}”. Choose one of: {AUTO}, {', '.join(FileFormat)}.")


def sniff(data: bytes) -> FileFormat:
    """The format by content; raises UnreadableFile if it is none that is read."""
    if is_zip(data):
        return _packed(data)
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"<?xml", b"<!DOCTYPE", b"<quiz", b"<questest", b"<assessment")):
        return _xml(data)
    text = decode(data)
    if text.lstrip().startswith("<?xml"):
        return _xml(data)
    if has_phrase_header(text):
        return FileFormat.PHRASES
    if _AIKEN_ANSWER.search(text) and _AIKEN_OPTION.search(text):
        return FileFormat.AIKEN
    if _GIFT.search(text):
        return FileFormat.GIFT
    raise UnreadableFile(
        "This file is none of the formats that are read: GIFT, Moodle XML, Aiken, QTI, or a CSV of phrases whose first "
        "line names the columns. If it is one of them, say which."
    )


def _packed(data: bytes) -> FileFormat:
    names = open_package(data).names
    if any(name.startswith("collection.anki2") for name in names):
        raise UnreadableFile(
            "This is an Anki deck. Decks are written here, not read; export the cards as text instead."
        )
    if any(name.startswith(("word/", "xl/", "ppt/")) for name in names):
        raise UnreadableFile(
            "This is an Office document. Save the questions as text (GIFT, Aiken) or the table as CSV."
        )
    return FileFormat.QTI


def _xml(data: bytes) -> FileFormat:
    root = parse_xml(data).tag
    if root in _ROOTS:
        return _ROOTS[root]
    if root.startswith("qti-"):
        return FileFormat.QTI
    raise UnreadableFile(f"This XML begins with <{root[:60]}>. Moodle XML (<quiz>) and QTI 1.2, 2.1 and 2.2 are read.")
