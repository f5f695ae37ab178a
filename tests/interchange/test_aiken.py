"""Aiken files become choices, as Moodle reads them."""

import pytest

from tests.interchange import samples
from tests.interchange.making import choice, option, plain
from trainer.interchange.aiken import read_aiken
from trainer.interchange.entries import Entry


def test_lettered_answers_with_the_letter_of_the_right_one_are_a_choice() -> None:
    reading = read_aiken(samples.AIKEN.encode())

    assert reading.entries == (
        Entry(
            choice(option(plain("Kyoto")), option(plain("Tokyo"), "100"), option(plain("Osaka"))),
            plain("What is the capital of Japan?"),
        ),
        Entry(choice(option(plain("Yes"), "100"), option(plain("No"))), plain("Is a lamp on?")),
    )
    assert [entry.origin.line for entry in reading.entries] == [1, 7]
    assert reading.problems == ()


def test_space_after_the_letter_and_line_ends_do_not_matter() -> None:
    reading = read_aiken(b"Q?\r\nA)One\r\nB.\tTwo\r\nANSWER:B\r\n")

    assert reading.entries[0].body == choice(option(plain("One")), option(plain("Two"), "100"))


def test_html_is_text() -> None:
    assert read_aiken(b"Is <b> bold?\nA) <i>\nB) &amp;\nANSWER: A").entries[0].prompt == plain("Is <b> bold?")


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("Ask\nA) One\nANSWER: A", 1, "fewer than two answers"),
        ("Ask\nA) One\nB) Two\nANSWER: C", 1, "names no answer"),
        ("Ask\nA) One\nB) Two\nANSWER:", 1, "names no answer"),
        ("Ask\nA) One\nB) Two\n\nNext\nA) One\nB) Two\nANSWER: A", 1, "no line ANSWER:"),
        ("Ask on\ntwo lines\nA) One\nB) Two\nANSWER: A", 1, "must stand on one line"),
        ("Ask\nA) One\nB) Two", 1, "no line ANSWER:"),
    ],
)
def test_an_incomplete_question_is_told(text: str, line: int, reason: str) -> None:
    reading = read_aiken(text.encode())

    assert (reading.problems[0].line, reading.problems[0].entry, reading.problems[0].skipped) == (line, 1, True)
    assert reason in reading.problems[0].reason


def test_lines_before_any_question_are_told() -> None:
    reading = read_aiken(b"A) One\nANSWER: A\nx\nQ?\nA) One\nB) Two\nANSWER: A")

    assert [(problem.line, problem.entry) for problem in reading.problems] == [(1, None), (2, None), (3, None)]
    assert reading.read == 1
