"""What was read is kept for the next start, and hides neither a change nor a mistake."""

import os
import pickle
from pathlib import Path

import pytest

from tests.catalog.sample import LESSON, write_sample
from trainer.catalog import BrokenContent, Shelf, load_catalog, load_shipped
from trainer.catalog.keeping import DIGEST, kept_at, made_by


@pytest.fixture
def root(tmp_path: Path) -> Path:
    write_sample(tmp_path)
    return tmp_path


def read_afresh(root: Path) -> list[object]:
    shelf = Shelf()
    load_catalog(root, shelf=shelf)
    return all_on(shelf)


def all_on(shelf: Shelf) -> list[object]:
    courses = [(name, each.stamp, each.report, each.course, each.drill) for name, each in shelf.courses.items()]
    return [*courses, *shelf.glossaries.items()]


def test_the_second_start_has_all_that_the_first_read(root: Path) -> None:
    first, _ = load_shipped(root)

    second, shelf = load_shipped(root)

    assert vars(second) == vars(first)
    assert all_on(shelf) == read_afresh(root)


def test_a_start_that_finds_no_change_keeps_nothing_anew(root: Path) -> None:
    load_shipped(root)
    os.utime(kept_at(root), (1, 1))

    load_shipped(root)

    assert kept_at(root).stat().st_mtime == 1


def test_a_changed_file_is_read_anew_and_kept(root: Path) -> None:
    load_shipped(root)
    _change(root / LESSON, "title:", "title: New")

    content, _ = load_shipped(root)

    assert any(lesson.title.startswith("New") for lesson in content.lessons.values())
    assert all_on(load_shipped(root)[1]) == read_afresh(root)


def test_a_mistake_that_is_made_after_a_start_is_told_at_the_next_and_at_each_after_it(root: Path) -> None:
    load_shipped(root)
    _change(root / LESSON, "title:", "titel:")

    for _ in range(2):
        with pytest.raises(BrokenContent, match="titel"):
            load_shipped(root)


def test_an_id_that_another_course_takes_is_told_although_both_were_kept(root: Path) -> None:
    load_shipped(root)
    lesson = root / "lessons/basics/01-objective.md"
    _change(lesson, "basics-objective-01", "demo-names-01")

    with pytest.raises(BrokenContent) as refusal:
        load_shipped(root)
    assert any("is used already" in problem.message for problem in refusal.value.problems)


@pytest.mark.parametrize("keep", [0, DIGEST - 1, DIGEST, DIGEST + 100, -1])
def test_what_is_kept_in_part_is_made_anew(root: Path, keep: int) -> None:
    load_shipped(root)
    whole = kept_at(root).read_bytes()
    kept_at(root).write_bytes(whole[:keep])

    _, shelf = load_shipped(root)

    assert all_on(shelf) == read_afresh(root)
    assert len(kept_at(root).read_bytes()) > DIGEST + 100


def test_what_somebody_else_put_there_is_not_loaded(root: Path) -> None:
    load_shipped(root)
    kept_at(root).write_bytes(b"0" * DIGEST + pickle.dumps(Shelf()))

    _, shelf = load_shipped(root)

    assert all_on(shelf) == read_afresh(root)


def test_what_other_code_made_is_not_loaded(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    load_shipped(root)
    before = kept_at(root).read_bytes()
    monkeypatch.setattr("sys.version", "another Python")

    load_shipped(root)

    assert kept_at(root).read_bytes()[:DIGEST] != before[:DIGEST]


def test_each_file_of_the_code_counts(tmp_path: Path) -> None:
    code = (tmp_path / "catalog", tmp_path / "domain")
    found = {made_by(code)}
    for file in ("catalog/reading.py", "domain/content.py", "domain/content/items.py"):
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        for text in ("", "answer = 42"):
            (tmp_path / file).write_text(text, encoding="utf-8")
            found.add(made_by(code))

    assert len(found) == 7


def test_an_added_package_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(tmp_path)
    before = made_by()
    (tmp_path / "pyyaml-99.dist-info").mkdir()

    assert made_by() != before


def test_a_folder_that_cannot_be_written_is_none_to_keep_in(root: Path) -> None:
    kept_at(root).parent.write_text("no folder", encoding="utf-8")

    content, _ = load_shipped(root)

    assert "demo" in content.courses


def _change(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")
