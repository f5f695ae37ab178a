"""What a format has no place for is told by its writer; nothing else is lost."""

import pytest

from tests.interchange.making import answer, choice, html, number, numeric, option, plain, share, typed
from trainer.interchange.entries import (
    ONE,
    ZERO,
    Choice,
    Cloze,
    Description,
    Entry,
    Essay,
    Gap,
    Matching,
    Option,
    Ordering,
    Pair,
)
from trainer.interchange.gift.reading import read_gift
from trainer.interchange.gift.writing import write_gift
from trainer.interchange.moodle.writing import write_moodle_xml
from trainer.interchange.qti.package import read_qti
from trainer.interchange.qti.writing import write_qti
from trainer.interchange.readings import Written

GOOD = choice(option(html("a"), "100"), option(html("b")))
WHOLE = Choice((Option(html("a"), ONE), Option(html("b"), ZERO)), single=False, all_or_nothing=True)
GAP = Cloze((Gap(typed("a")), Gap(typed("b"))))


def told(written: Written) -> str:
    return " ".join(problem.reason for problem in written.problems)


@pytest.mark.parametrize(
    ("entry", "says"),
    [
        (Entry(GOOD, plain("Q"), hints=(plain("h"),), when_right=plain("r")), "feedback for a right answer"),
        (Entry(WHOLE, plain("Q")), "counts by itself"),
        (Entry(typed("a", case_sensitive=True), plain("Q")), "capital letters"),
        (Entry(Essay(plain("notes")), plain("Q")), "notes and the template"),
        (Entry(Description(), plain("Q"), general_feedback=plain("g")), "the general feedback"),
        (Entry(Matching((Pair(plain("a"), html("<b>b</b>")), Pair(plain("c"), plain("d")))), plain("Q")), "formatting"),
        (Entry(GOOD, plain("Q"), id="a\nb"), "The id"),
        (Entry(GOOD, plain("Q"), tags=("<x>",)), "The tag “<x>”"),
    ],
)
def test_gift_says_what_of_an_entry_it_leaves_out(entry: Entry, says: str) -> None:
    written = write_gift([entry])

    assert says in told(written)
    assert read_gift(written.data).read == 1


@pytest.mark.parametrize(
    ("entry", "says"),
    [
        (Entry(GAP, html("{#1} {#2}")), "GIFT has no cloze questions"),
        (Entry(Ordering((plain("a"), plain("b"))), plain("Q")), "GIFT has no ordering questions"),
        (Entry(choice(option(html("a"), "50"), option(html("b"))), plain("Q")), "gives the full mark"),
        (Entry(typed("a -> b", "c"), plain("Q")), "takes for a pair"),
        (Entry(typed("a", "c"), plain("Q"), general_feedback=plain("a -> b")), "takes for a pair"),
        (
            Entry(Matching((Pair(plain("a->"), plain("b")), Pair(plain("c"), plain("d")))), plain("Q")),
            "left side has ->",
        ),
        (Entry(GOOD, plain("Q"), category=("a/",)), "slash"),
    ],
)
def test_gift_says_which_entry_it_cannot_write(entry: Entry, says: str) -> None:
    written = write_gift([entry, Entry(GOOD, plain("Next"))])

    assert says in told(written)
    assert written.problems[0].skipped
    assert [each.prompt.text for each in read_gift(written.data).entries] == ["Next"]


def test_moodle_xml_says_what_it_leaves_out() -> None:
    assert "counts by itself" in told(write_moodle_xml([Entry(WHOLE, html("Q"))]))
    assert "each gap once" in told(write_moodle_xml([Entry(GAP, html("{#1}"))]))
    assert "backslash" in told(write_moodle_xml([Entry(Cloze((Gap(typed("a\\")),)), html("{#1}"))]))


@pytest.mark.parametrize(
    ("entry", "says"),
    [
        (Entry(GOOD, html("Q"), hints=(plain("h"),)), "the hints"),
        (Entry(GOOD, html("Q"), id="not allowed"), "The id"),
        (Entry(typed(answer("a", "100", plain("f"))), html("Q")), "feedback to single answers"),
        (Entry(typed("a", answer("b*", pattern=True)), html("Q")), "no wildcards"),
        (Entry(numeric(number("1"), number(None, "0", "50")), html("Q")), "any other number"),
        (Entry(Essay(template=plain("t")), html("Q")), "the template"),
        (Entry(Cloze((Gap(typed("a"), 2), Gap(typed("b")))), html("{#1} {#2}")), "count the same"),
    ],
)
def test_qti_says_what_of_an_entry_it_leaves_out(entry: Entry, says: str) -> None:
    written = write_qti([entry])

    assert says in told(written)
    assert read_qti(written.data).read == 1


@pytest.mark.parametrize(
    ("entry", "says"),
    [
        (Entry(typed(answer("*", pattern=True)), html("Q")), "without a wildcard"),
        (Entry(numeric(number(None)), html("Q")), "accepts any number"),
        (Entry(Matching((Pair(plain("a"), plain("b")),)), html("Q")), "at least two pairs"),
        (
            Entry(Cloze((Gap(choice(option(html("a"), "100"), option(html("b")), single=False)),)), html("{#1}")),
            "several answers are chosen",
        ),
        (Entry(GAP, html("{#2} {#1}")), "in their order"),
    ],
)
def test_qti_says_which_entry_it_cannot_write(entry: Entry, says: str) -> None:
    written = write_qti([entry])

    assert says in told(written)
    assert any(problem.skipped for problem in written.problems)


def test_the_ids_of_a_package_are_its_own() -> None:
    written = write_qti([Entry(GOOD, html("Q"), id="same"), Entry(GOOD, html("Q"), id="same")])

    assert "is taken by another entry" in told(written)
    assert [entry.id for entry in read_qti(written.data).entries] == ["same", "same"]


def test_plain_text_and_markdown_become_html_in_qti() -> None:
    entries = read_qti(write_qti([Entry(Description(), plain("a < b\nc"))]).data).entries

    assert entries[0].prompt == html("a &lt; b<br>c")


def test_what_xml_cannot_hold_is_replaced() -> None:
    assert b"\x01" not in write_moodle_xml([Entry(Description(), plain("a\x01b"))]).data


def test_the_same_entries_make_the_same_bytes() -> None:
    entries = [Entry(GOOD, html("Q"), title="T", tags=("x",), category=("c",))]

    assert write_qti(entries).data == write_qti(entries).data


def test_weights_are_written_to_the_last_place() -> None:
    entry = Entry(choice(Option(plain("a"), ONE), Option(plain("b"), share("33.33333"))), plain("Q"))

    assert b"~%33.33333%" in write_gift([entry]).data
