"""What new entries begin with: nothing is wrong in it but the source that nobody has named yet."""

import pytest

from app import ROOT
from trainer.authoring.entries import add_entry, find_entry
from trainer.authoring.starting import common_prefix, lesson_name, next_id, slug, start
from trainer.catalog import Problem, check_catalog
from trainer.domain.content import ItemType

VALUES = {
    "id": "jp-first-meeting-99",
    "competency": "jp-first-contact",
    "lesson": "japan-names",
    "lang": "ja",
    "phrase": "ja-name-check-01",
    "today": "2026-12-03",
    "title": '"Crisis: a call"',
    "place": "n1",
}
QUIZ = "quizzes/japan/jp-first-meeting.yaml"
NO_SOURCE = "'sources' is empty: give at least one"


def problems_with(path: str, text: str) -> tuple[Problem, ...]:
    return check_catalog(ROOT, {path: text})[1]


@pytest.fixture(scope="module")
def begun() -> tuple[str, tuple[Problem, ...]]:
    """A quiz with a new item of each type after those that it has, and what is wrong with that."""
    text = (ROOT / QUIZ).read_text(encoding="utf-8")
    for item_type in ItemType:
        text = add_entry(QUIZ, text, "items", start(f"{item_type.value}.yaml", {**VALUES, "id": name_of(item_type)}))
    return text, problems_with(QUIZ, text)


def name_of(item_type: ItemType) -> str:
    return f"jp-first-meeting-{item_type.value.replace('_', '-')}"


@pytest.mark.parametrize("item_type", list(ItemType))
def test_a_new_item_lacks_a_source_only(item_type: ItemType, begun: tuple[str, tuple[Problem, ...]]) -> None:
    text, problems = begun

    entry = find_entry(QUIZ, text, f"items:{name_of(item_type)}")
    assert entry is not None
    own = [each.message for each in problems if entry.first_line <= each.line <= entry.last_line]
    assert own == [NO_SOURCE]
    assert {(each.path, each.message) for each in problems} == {(QUIZ, NO_SOURCE)}
    assert text.startswith((ROOT / QUIZ).read_text(encoding="utf-8"))


def test_a_new_lesson_lacks_a_source_only() -> None:
    lesson = start("lesson.md", {**VALUES, "id": "japan-crisis", "topic": "topic: names\n"})

    assert [each.message for each in problems_with("lessons/japan/17-crisis.md", lesson)] == [NO_SOURCE]


def test_a_new_quiz_lacks_items_only() -> None:
    quiz = start("quiz.yaml", {**VALUES, "id": "crisis"})

    assert [each.message for each in problems_with("quizzes/japan/crisis.yaml", quiz)] == [
        "'items' is empty: give at least one"
    ]


def test_a_new_id_comes_after_the_highest() -> None:
    assert next_id(["jp-names-01", "jp-names-12", "jp-other-40", "odd"], "jp-names") == "jp-names-13"
    assert next_id([], "x") == "x-01"


def test_ids_go_on_as_most_of_them_are() -> None:
    assert common_prefix(["jp-a-01", "jp-b-01", "jp-b-02", "odd"], "else") == "jp-b"
    assert common_prefix(["odd"], "else") == "else"


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Crisis call!", "crisis-call"),
        ("Über Ähren", "uber-ahren"),
        ("日本", ""),
        ("--a  b--", "a-b"),
        ("x" * 99, "x" * 60),
    ],
)
def test_a_title_becomes_a_name(words: str, name: str) -> None:
    assert slug(words) == name


def test_a_new_lesson_is_the_last() -> None:
    assert lesson_name(["01-a.md", "16-b.md", "course.yaml"], "crisis") == "17-crisis.md"
    assert lesson_name([], "crisis") == "01-crisis.md"
