"""A CSV of phrases becomes rows; each bad row is told with its line."""

import pytest

from tests.interchange import samples
from trainer.interchange.phrases import PhraseRow, read_phrases
from trainer.interchange.readings import UnreadableFile


def test_a_table_with_named_columns_is_read() -> None:
    reading = read_phrases(samples.PHRASES.encode())

    assert reading.rows == (
        PhraseRow(
            text="お世話になっております。",
            lang="ja",
            meaning="Thank you",
            reading="おせわに",
            function="email_opening",
            note="Opens a mail, a call",
            register="formal",
            tags=("mail", "call"),
        ),
        PhraseRow(
            text="Bonjour Madame.",
            lang="fr",
            meaning="Good morning",
            function="greeting_introduction",
            register="polite",
        ),
    )
    assert [row.line for row in reading.rows] == [2, 3]
    assert reading.counts() == {
        "read": 2,
        "imported": 2,
        "skipped": 0,
        "by_type": {"phrase": 2},
        "problems": [
            {"line": 1, "entry": None, "reason": "The column “extra” is not known and was left out."},
        ],
    }


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_comma_semicolon_and_tab_are_told_apart(delimiter: str) -> None:
    table = delimiter.join(("text", "lang", "meaning")) + "\n" + delimiter.join(("Hallo", "de", "hello"))

    assert read_phrases(table.encode()).rows == (PhraseRow("Hallo", "de", "hello"),)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_the_encodings_that_spreadsheets_write_are_read(encoding: str) -> None:
    assert read_phrases("text,lang,meaning\r\n名刺,ja,card\r\n".encode(encoding)).rows[0].text == "名刺"


def test_a_glossary_may_name_its_columns_as_glossaries_do() -> None:
    header = "Term,Language,Reading,Meaning,Example,False friends,Partner"
    table = f"{header}\n納期,ja,のうき,delivery date,納期は?,締切; 期限,Kobe Seiki"

    assert read_phrases(table.encode()).rows == (
        PhraseRow(
            text="納期",
            lang="ja",
            meaning="delivery date",
            reading="のうき",
            example="納期は?",
            false_friends=("締切", "期限"),
            partner="Kobe Seiki",
        ),
    )


def test_a_cell_may_run_over_lines_and_the_line_told_is_its_first() -> None:
    reading = read_phrases(b'text,lang,meaning\n"two\nlines",de,x\nHallo,xx-nonsense-,x\n')

    assert reading.rows[0].text == "two\nlines"
    assert reading.problems[0].line == 4


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("Hallo,de", "meaning should not be empty"),
        (",de,x", "text should not be empty"),
        ("Hallo,,x", "lang should not be empty"),
        ("Hallo,deutsch!,x", "“deutsch!” is not a language code"),
        ("Hallo,de,x,y", "4 cells for 3 columns"),
        ('"Hallo"x,de,y', "quotation marks do not match"),
        ('"Hallo,de,y', "opens here and never closes"),
        ("First,de,again", "the same phrase stands in line 2"),
        (f"{'x' * 5001},de,y", "text is longer than 5,000 characters"),
    ],
)
def test_a_bad_row_is_told_and_the_others_are_read(row: str, reason: str) -> None:
    reading = read_phrases(f"text,lang,meaning\nFirst,de,x\n{row}\n".encode())

    assert [found.text for found in reading.rows] == ["First"]
    assert (reading.read, reading.skipped) == (2, 1)
    assert (reading.problems[0].line, reading.problems[0].entry) == (3, 2)
    assert reason in reading.problems[0].reason


def test_a_register_is_one_of_ours() -> None:
    reading = read_phrases(b"text,lang,meaning,register\na,de,x,Very formal\nb,de,x,posh\n")

    assert reading.rows[0].register == "very_formal"
    assert "“posh” is none of" in reading.problems[0].reason


def test_empty_rows_are_not_counted() -> None:
    assert read_phrases(b"text,lang,meaning\n\n,,\nHallo,de,x\n").read == 1


@pytest.mark.parametrize(
    ("table", "says"),
    [
        (b"", "should name the columns"),
        (b"Hallo,de,hello\n", "text, lang, meaning is missing"),
        (b"text,lang\nHallo,de\n", "meaning is missing"),
        (b"text,term,lang,meaning\n", "column text is there twice"),
        ("text,lang,meaning\nä".encode("latin-1"), "not UTF-8: line 2"),
    ],
)
def test_a_table_without_its_columns_is_refused_with_what_to_do(table: bytes, says: str) -> None:
    with pytest.raises(UnreadableFile, match=says):
        read_phrases(table)
