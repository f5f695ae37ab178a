"""E-mail models, register contrasts, doubts and reviews are read with every mistake told."""

from pathlib import Path

import pytest

from tests.catalog.sample import COURSE, PHRASES, QUIZ, change, write_sample
from trainer.catalog import check_catalog, inspect_catalog, load_catalog
from trainer.domain.content import MailKind, Register

MAILS, REGISTERS, REVIEW = "lessons/demo/mails.yaml", "lessons/demo/registers.yaml", "lessons/demo/REVIEW.md"
MAIL = """\
- id: ja-mail-first
  lesson: demo-names
  lang: ja
  kind: first_contact
  title: First mail
  scene: "To a company that does *not* know you."
  subject: {text: はじめまして, reading: はじめまして, natural: "Hello"}
  lines:
    - {phrase: ja-clarify-01, note: "The phrase itself."}
    - {text: 一, reading: いち, natural: "One"}
    - {text: 二, reading: に, natural: "Two", review: needed}
    - {text: 三, reading: さん, natural: "Three"}
    - {text: 四, reading: し, translit: Shi, natural: "Four"}
  point: "Short."
"""
CONTRAST = """\
- id: ja-register-again
  lesson: demo-names
  lang: ja
  title: Asking again
  forms:
    - {text: え？, reading: え, natural: "What?", register: casual, to: "a friend"}
    - {phrase: ja-clarify-01}
  point: "The verb."
"""
SUBJECT = '  subject: {text: はじめまして, reading: はじめまして, natural: "Hello"}\n'
OWN_FORM = "{text: は, reading: は, natural: A, register: formal, to: b}"
READ = """\
---
by: machine
truth: {checked: 2026-11-22, found: 4, changed: 3}
---
Four things were found.
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    write_sample(tmp_path)
    return tmp_path


def told(root: Path) -> list[str]:
    return [str(problem) for problem in check_catalog(root)[1]]


def write(root: Path, name: str, text: str) -> None:
    (root / name).write_text(text, encoding="utf-8")


def test_an_e_mail_stands_in_its_lesson_line_by_line(root: Path) -> None:
    write(root, MAILS, MAIL)

    (mail,) = load_catalog(root).lessons["demo-names"].mails

    assert mail.kind is MailKind.FIRST_CONTACT
    assert mail.subject.text == "はじめまして"
    assert [line.phrase.id if line.phrase else line.text for line in mail.lines] == [
        "ja-clarify-01",
        "一",
        "二",
        "三",
        "四",
    ]
    assert [line.is_doubtful for line in mail.lines] == [False, False, True, False, False]
    assert mail.lines[0].note is not None


def test_a_contrast_takes_style_and_hearer_from_its_phrases(root: Path) -> None:
    write(root, REGISTERS, CONTRAST)

    content = load_catalog(root)

    (contrast,) = content.lessons["demo-names"].contrasts
    phrase = content.phrases["ja-clarify-01"]
    assert [(form.register, form.to) for form in contrast.forms] == [
        (Register.CASUAL, "a friend"),
        (phrase.register, phrase.to_role),
    ]


@pytest.mark.parametrize(
    ("name", "text", "old", "new", "message"),
    [
        (MAILS, MAIL, "kind: first_contact", "kind: farewell", "'kind' must be one of"),
        (MAILS, MAIL, "lesson: demo-names", "lesson: demo-nothing", "unknown lesson 'demo-nothing'"),
        (MAILS, MAIL, SUBJECT, "", "missing key 'subject'"),
        (MAILS, MAIL, "phrase: ja-clarify-01", "phrase: ja-nothing", "unknown phrase 'ja-nothing'"),
        (MAILS, MAIL, "{text: 三, reading: さん, natural: \"Three\"}", "{text: 三, natural: \"Three\"}", "needs one"),
        (MAILS, MAIL, "{text: 三, reading: さん, natural: \"Three\"}", "{text: 三, reading: さん}", "say in English"),
        (MAILS, MAIL, "review: needed", "review: wanted", "'review' must be one of needed"),
        (MAILS, MAIL, "    - {text: 三, reading: さん, natural: \"Three\"}\n", "", "has 5 to 14 lines, not 4"),
        (REGISTERS, CONTRAST, "    - {phrase: ja-clarify-01}\n", "", "has 2 to 4 forms, not 1"),
        (REGISTERS, CONTRAST, "{phrase: ja-clarify-01}", OWN_FORM, "at least one form"),
        (REGISTERS, CONTRAST, "register: casual", "register: very_formal", "from the least formal"),
        (REGISTERS, CONTRAST, "point:", "points:", "unknown key 'points'"),
        (REVIEW, READ, "truth:", "truths:", "missing key 'truth'"),
        (REVIEW, READ, "changed: 3", "changed: 5", "'changed' must be between 0 and 4"),
        (REVIEW, READ, "found: 4", "found: many", "'found' must be a whole number"),
        (REVIEW, READ, "Four things were found.\n", "", "no text below its front matter"),
    ],
)  # fmt: skip
def test_each_mistake_is_told(root: Path, name: str, text: str, old: str, new: str, message: str) -> None:
    assert old in text
    write(root, name, text.replace(old, new))

    found = inspect_catalog(root)
    listed = found.reviews if name == REVIEW else found.problems
    assert [problem for problem in map(str, listed) if name in problem and message in problem]


@pytest.mark.parametrize("name", [REVIEW, "lessons/demo/Readme.md"])
def test_a_note_that_is_none_keeps_no_server_from_starting(root: Path, name: str) -> None:
    write(root, name, "")

    assert told(root) == []
    assert load_catalog(root).courses["demo"].review is None


def test_how_a_course_was_reviewed_is_no_lesson(root: Path) -> None:
    write(root, REVIEW, READ)

    course = load_catalog(root).courses["demo"]

    assert course.review is not None
    assert (course.review.by, course.review.truth.found, course.review.truth.changed) == ("machine", 4, 3)
    assert course.review.language is None
    assert "Four things" in course.review.words.html


def test_a_doubtful_phrase_is_doubtful_wherever_it_is_said(root: Path) -> None:
    change(root, PHRASES, "  note:", "  review: needed\n  note:")
    write(root, MAILS, MAIL)

    content = load_catalog(root)

    assert content.phrases["ja-clarify-01"].is_doubtful
    assert content.lessons["demo-names"].mails[0].lines[0].is_doubtful
    lines = [line for dialogue in content.dialogues.values() for line in dialogue.lines]
    assert {line.is_doubtful for line in lines if line.phrase is not None} == {True}
    assert {line.is_doubtful for line in lines if line.phrase is None} == {False}


def test_an_item_says_that_a_rule_about_the_country_misleads(root: Path) -> None:
    change(
        root,
        QUIZ,
        '    misreading: "That yes is consent."',
        '    misreading: "That yes is consent."\n    cultural_guess: wrong',
    )

    items = load_catalog(root).items

    assert [name for name, item in items.items() if item.guess_misleads] == ["demo-meeting-01"]


def test_a_guess_is_wrong_or_not_spoken_of(root: Path) -> None:
    change(
        root,
        QUIZ,
        '    misreading: "That yes is consent."',
        '    misreading: "That yes is consent."\n    cultural_guess: right',
    )

    assert any("'cultural_guess' must be one of wrong" in problem for problem in told(root))


def test_a_course_names_templates_that_there_are(root: Path) -> None:
    change(root, COURSE, "licence:", "templates: [country, universe]\nlicence:")

    assert any("unknown template 'universe'" in problem for problem in told(root))
