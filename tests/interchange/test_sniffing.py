"""A file's format is told by what is in it."""

import pytest

from tests.builders import NOW, phrase
from tests.interchange import samples
from trainer.interchange.anki import write_phrase_deck
from trainer.interchange.files import read_file
from trainer.interchange.readings import Reading, UnreadableFile
from trainer.interchange.sniffing import FileFormat, format_named, sniff

FILES = [
    (samples.GIFT.encode(), FileFormat.GIFT),
    (b"Just one question, is it?{T}", FileFormat.GIFT),
    (samples.AIKEN.encode(), FileFormat.AIKEN),
    (samples.MOODLE_XML.encode(), FileFormat.MOODLE_XML),
    (samples.MOODLE_XML.encode("utf-8-sig"), FileFormat.MOODLE_XML),
    (samples.MOODLE_XML.replace("UTF-8", "UTF-16").encode("utf-16"), FileFormat.MOODLE_XML),
    (samples.QTI_1.encode(), FileFormat.QTI),
    (samples.QTI_2.encode(), FileFormat.QTI),
    (samples.package(), FileFormat.QTI),
    (samples.PHRASES.encode(), FileFormat.PHRASES),
    ("term;language;meaning\n".encode("utf-16"), FileFormat.PHRASES),
]


@pytest.mark.parametrize(("data", "file_format"), FILES)
def test_the_format_is_found_by_content(data: bytes, file_format: FileFormat) -> None:
    assert sniff(data) is file_format


@pytest.mark.parametrize(("data", "file_format"), FILES[:10])
def test_a_file_reads_the_same_whether_its_format_is_named_or_found(data: bytes, file_format: FileFormat) -> None:
    assert read_file(data) == read_file(data, file_format)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"Just some words.", "none of the formats"),
        (b"", "none of the formats"),
        (b"<html></html>", "none of the formats"),
        (b"<?xml version='1.0'?><html></html>", "begins with <html>"),
        (samples.zipped({"word/document.xml": "<x/>"}), "Office document"),
        (write_phrase_deck([phrase("a")], {}, title="T", at=NOW).data, "Anki deck"),
    ],
)
def test_a_file_of_another_kind_is_refused_with_what_to_do(data: bytes, says: str) -> None:
    with pytest.raises(UnreadableFile, match=says):
        read_file(data)


@pytest.mark.parametrize(
    ("name", "file_format"),
    [
        ("auto", None),
        ("GIFT", FileFormat.GIFT),
        ("moodle_xml", FileFormat.MOODLE_XML),
        ("Moodle XML", FileFormat.MOODLE_XML),
        ("xml", FileFormat.MOODLE_XML),
        ("qti-1.2", FileFormat.QTI),
        ("QTI2.1", FileFormat.QTI),
        ("csv", FileFormat.PHRASES),
    ],
)
def test_formats_go_by_several_names(name: str, file_format: FileFormat | None) -> None:
    assert format_named(name) is file_format


def test_an_unknown_name_is_answered_with_those_there_are() -> None:
    with pytest.raises(UnreadableFile, match="auto, gift, moodle-xml, aiken, qti, phrases-csv"):
        read_file(b"", "docx")


def test_a_gift_file_without_any_question_is_empty_not_broken() -> None:
    assert read_file(b"// only a comment") == Reading((), (), 0)
