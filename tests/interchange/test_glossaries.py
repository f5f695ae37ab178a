"""A glossary goes into a table and comes back; what cannot be kept is told with its line; no cell is a formula."""

import csv
import random
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import ROOT
from tests.builders import prose
from trainer.catalog import load_catalog
from trainer.domain.content import Glossary, Rendering, Term, WrongForm
from trainer.interchange.glossaries import (
    FORMULA,
    FalseFriend,
    TermRow,
    plain_cell,
    read_terms,
    safe_cell,
    write_terms,
)
from trainer.interchange.readings import HostileFile, UnreadableFile

HEADER = "Term,Language,Reading,Meaning,Example,False friends,Partner"


def glossary(*terms: Term) -> Glossary:
    return Glossary("sales", "Sales", prose(), "Kobe Seiki", "CC0", (), terms)


def table_of(made: Glossary) -> list[list[str]]:
    return list(csv.reader(StringIO(write_terms(made).data.decode("utf-8-sig"), newline="")))


def test_a_table_with_the_columns_of_a_glossary_is_read() -> None:
    table = f"{HEADER}\n納期,ja,のうき,delivery date,納期は?,締切; 期限,Kobe Seiki\n"

    assert read_terms(table.encode()).rows == (
        TermRow(
            term="納期",
            language="ja",
            reading="のうき",
            meaning="delivery date",
            example="納期は?",
            false_friends=(FalseFriend("締切"), FalseFriend("期限")),
            partner="Kobe Seiki",
        ),
    )


def test_an_english_row_says_what_the_term_means() -> None:
    (row,) = read_terms(f"{HEADER}\nlead time,en-GB,,From order to delivery.,,,\n".encode()).rows

    assert (row.is_english, row.english, row.meaning) == (True, "lead time", "From order to delivery.")


@pytest.mark.parametrize(
    ("cell", "friends"),
    [
        ("le délai: Time allowed; not late. | le retard", [("le délai", "Time allowed; not late."), ("le retard", "")]),
        ("le délai: Time allowed.\nle retard: Late.", [("le délai", "Time allowed."), ("le retard", "Late.")]),
        ("締切：の意味、ちがう", [("締切", "の意味、ちがう")]),
        ("a; b; a", [("a", ""), ("b", "")]),
        ("", []),
    ],
)
def test_false_friends_stand_in_one_cell_with_or_without_a_why(cell: str, friends: list[tuple[str, str]]) -> None:
    (row,) = read_terms(f'{HEADER}\nx,fr,,y,,"{cell}",\n'.encode()).rows

    assert [(each.text, each.why) for each in row.false_friends] == friends


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("x,fr", "meaning should not be empty"),
        (",fr,,y,,,", "term should not be empty"),
        ("x,french!,,y,,,", "is not a language code"),
        ("…,fr,,y,,,", "term has nothing in it that could be said"),
        ("x,fr,,?,,,", "the English term has nothing in it that could be said"),
        (f"{'x' * 201},fr,,y,,,", "term is longer than 200 characters"),
        (f"x,fr,,y,{'x' * 5001},,", "example is longer than 5,000 characters"),
        ("x,fr,,y,,z: <b>no</b>,", "it holds HTML"),
        ('"x,fr,,y', "a quotation mark opens here and never closes"),
        ("x,fr,,y,,,,,", "the row has 9 cells for 7 columns"),
        ("z,fr,,First,,,", "“First” in this language stands in line 2 already"),
    ],
)
def test_a_bad_row_is_told_with_its_line_and_the_others_are_read(row: str, reason: str) -> None:
    reading = read_terms(f"{HEADER}\na,fr,,first,,,\n{row}\n".encode())

    assert [each.term for each in reading.rows] == ["a"]
    assert (reading.read, reading.skipped, reading.problems[0].line) == (2, 1, 3)
    assert reason in reading.problems[0].reason


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "should name the columns"),
        (b"term,language\nx,fr\n", "meaning is missing"),
        (b"term,word,language,meaning\n", "column term is there twice"),
        ("term,language,meaning\nä,fr,y".encode("latin-1"), "not UTF-8: line 2"),
        ("term,language,meaning\n納期,ja,y".encode("shift-jis"), "not UTF-8: line 2"),
        ("term,language,meaning\n納期,ja,y".encode("utf-16-le"), "not a text file"),
        (b"\x00\x01\x02", "not a text file"),
    ],
)
def test_a_file_that_is_no_table_is_refused_with_what_to_do(data: bytes, says: str) -> None:
    with pytest.raises(UnreadableFile, match=says):
        read_terms(data)


def test_a_huge_line_is_refused() -> None:
    with pytest.raises(HostileFile):
        read_terms(b"term,language,meaning\n" + b"x" * 2_000_000 + b",fr,y\n")


def test_too_many_rows_are_refused() -> None:
    rows = "".join(f"x{number},fr,y{number}\n" for number in range(20_001))

    with pytest.raises(HostileFile):
        read_terms(f"term,language,meaning\n{rows}".encode())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_the_encodings_that_spreadsheets_write_are_read(encoding: str) -> None:
    assert read_terms("term;language;meaning\r\n納期;ja;date\r\n".encode(encoding)).rows[0].term == "納期"


def test_what_is_written_apart_is_read_composed_and_without_control_characters() -> None:
    (row,) = read_terms("term,language,meaning\ne\u0301tat\x07,fr,state\n".encode()).rows

    assert row.term == "état"


def test_a_cell_that_would_be_calculated_is_written_as_text() -> None:
    nasty = Term(
        "gl-1",
        "=1+1",
        {"fr": Rendering("fr", "@SUM(A1)", example="-2", false_friends=(WrongForm("+cmd", prose("'=x")),))},
        meaning="\tTab",
    )

    for row in table_of(glossary(nasty))[1:]:
        assert not any(cell.startswith(FORMULA) for cell in row), row


def test_what_was_written_as_text_is_read_as_it_was() -> None:
    nasty = Term("gl-1", "=1+1", {"fr": Rendering("fr", "@SUM(A1)", example="-2", note=prose("'=x"))}, meaning="+1")

    english, french = read_terms(write_terms(glossary(nasty)).data).rows

    assert (english.term, english.meaning) == ("=1+1", "+1")
    assert (french.term, french.example, french.note) == ("@SUM(A1)", "-2", "'=x")


@given(st.text(alphabet="'=+-@a\t", max_size=6))
def test_an_escaped_cell_is_the_same_when_it_is_read(cell: str) -> None:
    assert plain_cell(safe_cell(cell)) == cell
    assert not safe_cell(cell).startswith(FORMULA)


def test_a_false_friend_that_the_table_cannot_hold_is_told() -> None:
    odd = Term("gl-1", "x", {"fr": Rendering("fr", "y", false_friends=(WrongForm("a|b", prose("why")),))})

    written = write_terms(glossary(odd))

    assert "“a|b” of “x”" in written.problems[0].reason
    assert read_terms(written.data).rows[0].false_friends == ()


def test_the_shipped_glossaries_come_back_as_they_went() -> None:
    for shipped in load_catalog(ROOT).glossaries.values():
        written = write_terms(shipped)
        reading = read_terms(written.data)
        rows = {(row.language, row.english): row for row in reading.rows}

        assert (written.problems, reading.problems, len(reading.rows)) == ((), (), 120)
        for term in shipped.terms:
            assert rows["en", term.term].meaning == term.meaning
            for lang, rendering in term.renderings.items():
                row = rows[lang, term.term]
                assert (row.term, row.reading, row.transliteration, row.id) == (
                    rendering.text,
                    rendering.reading or "",
                    rendering.translit or "",
                    term.id,
                )
                assert (row.example, row.note) == (
                    (rendering.example or "").replace("\u202f", " "),
                    rendering.note.source if rendering.note else "",
                )
                assert [(each.text, each.why) for each in row.false_friends] == [
                    (each.text, each.why.source) for each in rendering.false_friends
                ]


def test_a_broken_file_gives_reasons_and_nothing_else() -> None:
    data = write_terms(load_catalog(ROOT).glossaries["technical-support"]).data
    dice = random.Random(1)
    reasons = []

    for _ in range(300):
        broken = bytearray(data[: dice.randrange(200, 4000)])
        for _ in range(dice.randrange(1, 6)):
            broken[dice.randrange(len(broken))] = dice.randrange(256)
        try:
            reading = read_terms(bytes(broken))
        except UnreadableFile as why:
            reasons.append(str(why))
        else:
            assert reading.skipped == sum(problem.skipped for problem in reading.problems)
    assert all(reasons)
