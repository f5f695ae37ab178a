"""The assessment of a quiz in its file: what may stand there, and what each mistake is told as."""

from pathlib import Path

import pytest

from app import ROOT
from tests.catalog.sample import QUIZ, change, line_of, write_sample
from trainer.catalog import check_catalog
from trainer.domain.content import Assessment

HEAD = "key_status: author\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    write_sample(tmp_path)
    return tmp_path


def with_assessment(root: Path, words: str) -> list[str]:
    """What the check says of a quiz with these words as its assessment."""
    change(root, QUIZ, HEAD, f"{HEAD}assessment: {words}\n")
    _, problems = check_catalog(root)
    return [str(problem) for problem in problems]


def test_a_quiz_without_one_is_for_practice_only(root: Path) -> None:
    content, _ = check_catalog(root)

    assert content.quizzes["demo-meeting"].assessment is None


def test_what_is_not_said_has_its_default(root: Path) -> None:
    assert with_assessment(root, "{minutes: 20, attempts: 2, pass: 0.8}") == []

    content, _ = check_catalog(root)
    assert content.quizzes["demo-meeting"].assessment == Assessment(
        20, 2, 0.8, shows_correctness=True, shows_answers=False, is_practised=True
    )


def test_all_can_be_said(root: Path) -> None:
    words = "{minutes: 5, attempts: 1, pass: 1, shows_correctness: false, shows_answers: false, practice: false}"

    assert with_assessment(root, words) == []

    content, _ = check_catalog(root)
    assert content.quizzes["demo-meeting"].assessment == Assessment(
        5, 1, 1.0, shows_correctness=False, shows_answers=False, is_practised=False
    )


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("{attempts: 2, pass: 0.8}", "missing key 'minutes' in an assessment"),
        ("{minutes: 20, pass: 0.8}", "missing key 'attempts' in an assessment"),
        ("{minutes: 20, attempts: 2}", "missing key 'pass' in an assessment"),
        ("{minutes: 0, attempts: 2, pass: 0.8}", "'minutes' must be between 1 and 240, not 0"),
        ("{minutes: 20, attempts: 0, pass: 0.8}", "'attempts' must be between 1 and 20, not 0"),
        ("{minutes: 20, attempts: 2, pass: 80}", "'pass' must be between 0.05 and 1, not 80"),
        ("{minutes: 20, attempts: 2, pass: 0.8, minute: 3}", "unknown key 'minute' in an assessment"),
        ("{minutes: 20, attempts: 2, pass: 0.8, shows_answers: maybe}", "'shows_answers' must be"),
        (
            "{minutes: 20, attempts: 2, pass: 0.8, shows_correctness: false, shows_answers: true}",
            "whoever sees the answers sees what was right: allow 'shows_correctness' too",
        ),
        ("yes", "an assessment must be a mapping of keys to values"),
    ],
)
def test_a_mistake_is_told_with_its_line(root: Path, words: str, message: str) -> None:
    problems = with_assessment(root, words)

    line = line_of(root, QUIZ, "assessment:")
    assert any(problem.startswith(f"{QUIZ}:{line}: {message}") for problem in problems), problems


def test_some_quizzes_that_are_shipped_can_be_sat_as_assessments() -> None:
    content, _ = check_catalog(ROOT)

    assert sum(quiz.assessment is not None for quiz in content.quizzes.values()) >= 2
