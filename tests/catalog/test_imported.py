"""Imported quizzes may leave reasons, sources and competencies open; all others are held to the rules as before."""

from pathlib import Path

import pytest

from tests.catalog.sample import QUIZ, write_sample
from trainer.catalog import check_catalog
from trainer.domain.content import NO_WORDS, OneOf

PATH = "quizzes/demo/demo-imported-bank.yaml"
HEAD = """\
id: demo-imported-bank
title: Bank
summary: Two questions.
minutes: 2
lessons: []
key_status: author
imported: {from: bank.gift, format: gift, 'on': 2026-12-03, digest: ab12}
items:
"""
CHOICE = """\
  - id: demo-imported-bank-1
    type: choice
    stem: Which?
    ask: Choose one answer.
    options:
      - {id: a, text: This, correct: true}
      - {id: b, text: That, score: 0.5, explanation: Nearly.}
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    write_sample(tmp_path)
    return tmp_path


def told(root: Path, text: str, path: str = PATH) -> list[str]:
    return [str(problem) for problem in check_catalog(root, {path: text})[1]]


def test_an_imported_quiz_may_leave_open_what_its_file_did_not_say(root: Path) -> None:
    content, problems = check_catalog(root, {PATH: HEAD + CHOICE})

    assert problems == ()
    quiz = content.quizzes["demo-imported-bank"]
    (item,) = quiz.items
    assert quiz.imported is not None
    assert (quiz.imported.file, quiz.imported.format, quiz.imported.digest) == ("bank.gift", "gift", "ab12")
    assert (quiz.competencies, item.sources) == ((), ())
    assert isinstance(item.interaction, OneOf)
    assert item.interaction.options[0].explanation == NO_WORDS


def test_a_quiz_that_was_not_imported_may_not(root: Path) -> None:
    lines = HEAD.splitlines(keepends=True)
    own = "".join(line for line in lines if not line.startswith("imported")) + CHOICE

    said = "\n".join(told(root, own))

    assert "'lessons' is empty" in said
    assert "at least three options" in said
    assert "unknown key 'score'" in said
    for key in ("competencies", "sources", "explanation", "correct"):
        assert f"missing key {key!r}" in said


def test_an_item_of_our_own_kinds_keeps_its_rules_in_an_imported_quiz(root: Path) -> None:
    own = (root / QUIZ).read_text(encoding="utf-8")
    imported = own.replace("key_status:", "imported: {from: x.gift, format: gift, 'on': 2026-12-03}\nkey_status:")
    broken = imported.replace("type: best_next_step", "type: best_next_step\n    score: 1", 1)

    assert told(root, imported, QUIZ) == []
    assert any("unknown key 'score'" in line for line in told(root, broken, QUIZ))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (("correct: true", "correct: false"), "one that is right"),
        (("score: 0.5", "score: 1.5"), "'score' must be between 0 and 1"),
        (("explanation: Nearly.", "why: Nearly."), "unknown key 'why'"),
        (("text: That, ", ""), "missing key 'text'"),
        (("format: gift, ", ""), "missing key 'format'"),
        (("type: choice", "type: choice\n    competencies: [flying]"), "unknown competency 'flying'"),
        (("type: choice", "type: choice\n    remarks: {rong: No}"), "unknown key 'rong'"),
        (("type: choice", "type: choice\n    from: {titel: x}"), "unknown key 'titel'"),
        (("Which?", "<b>Which</b>?"), "holds HTML"),
    ],
)
def test_mistakes_in_an_imported_quiz_are_told(root: Path, change: tuple[str, str], words: str) -> None:
    text = (HEAD + CHOICE).replace(*change)

    assert any(line.startswith(f"{PATH}:") and words in line for line in told(root, text))


ITEM = "  - id: demo-imported-bank-2\n    stem: Which?\n    ask: Say it.\n"


@pytest.mark.parametrize(
    ("item", "words"),
    [
        ("    type: typed\n    lang: und\n    graded: [{text: x, score: 2}]\n", "must be between 0 and 1"),
        ("    type: typed\n    lang: und\n    rejected: [{text: x}]\n", "needs an accepted answer"),
        ("    type: typed\n    lang: und\n    accepted: [x]\n    patterns: [y]\n", "has no star"),
        ("    type: numeric\n    locales: [en_US]\n    graded: [{value: '1', score: 0.5}]\n", "must have the score 1"),
        ("    type: matching\n    pairs: [{id: a, left: x, right: y}]\n", "two different right sides"),
        ("    type: ordering\n    parts: [{id: a, text: x}]\n", "at least two parts"),
        ("    type: ordering\n    parts: [{id: a, text: x}, {id: b, text: y}]\n    also: [[a]]\n", "every part once"),
        ("    type: cloze\n    lang: und\n    text: no\n    gaps: {gap-1: {accepted: [x]}}\n", "exactly once"),
        ("    type: cloze\n    lang: und\n    text: '{gap-1}'\n    gaps: {gap-1: {locales: [en_US], numbers: "
         "[{value: '1', score: 0.5}]}}\n", "must have the score 1"),
        ("    type: multiple_choice\n    options: [{id: a, text: x, correct: true, share: 7}, {id: b, text: y, "
         "correct: false}]\n", "between -1 and 1"),
    ],
)  # fmt: skip
def test_a_key_that_cannot_be_is_told(root: Path, item: str, words: str) -> None:
    assert any(words in line for line in told(root, HEAD + ITEM + item))
