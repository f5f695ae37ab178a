"""Entries of content files: found, read and written back, with all else as it was."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app import ROOT
from trainer.authoring.entries import (
    Data,
    DocumentKind,
    Entry,
    EntryKind,
    NotReadable,
    add_entry,
    entries_of,
    field_lines,
    find_entry,
    kind_of,
    move_entry,
    remove_entry,
    same,
    write_entry,
)
from trainer.catalog import check_catalog

PATHS = sorted(
    str(path.relative_to(ROOT))
    for folder in ("lessons", "quizzes")
    for path in (ROOT / folder).rglob("*")
    if path.suffix in (".yaml", ".md") and kind_of(str(path.relative_to(ROOT))) is not DocumentKind.OTHER
)
PHRASES = "lessons/japan/phrases.yaml"
LESSON = "lessons/japan/03-names.md"
QUIZ = "quizzes/japan/jp-first-meeting.yaml"
SCENARIO = "quizzes/japan/jp-answers-and-decisions.yaml"
OWN = "quizzes/demo/q.yaml"
OWN_TEXT = """\
id: q
items:
  # The first one.
  - id: a  # beside it
    # inside it
    type: choice
    ask: "Which?"
    stem: >-
      One line of prose that
      goes on below.
    options:
      # two of them
      - {id: a, text: "x", correct: true}
      - {id: b, text: 'y', correct: false}   # wrong
    sources: [one, two]

  # --- A section ---
  # The second one.
  - id: b
    type: choice
    options: []

  - id: c
    type: choice
"""
AWKWARD = [
    "a: b", "a # b", " leads", "- dash", "? key", "'q'", '"q"', "yes", "null", "~", "12", "1.5", "2026-11-22", "1:30",
    "", "[x", "{x}", "x, y", "&a", "*a", "!t", "%x", "@x", "`x", "|", ">", "key:", "#",
    "\\", "😀 שלום مرحبا", "が", "a\tb",
    "one\ntwo", "one\n\ntwo",
    "\nlead", "tail\n", "x\x85y\u2028z", "\u200f", "\ufeff", "\x07", "…", "a" * 300,
    " ".join(["word"] * 60), "two  spaces " * 20, "---", "...", "=", "<<", "0x1F", "+1", ".inf", "\\n",
    "{gap-1} and {b}",
]  # fmt: skip
texts = st.one_of(
    st.sampled_from(AWKWARD),
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r"), max_size=200),
    st.lists(st.sampled_from(AWKWARD), max_size=4).map(" ".join),
)


def shipped(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def ways(data: Data, at: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """The way to every text in some data."""
    if isinstance(data, Mapping):
        for key, value in data.items():
            yield from ways(value, (*at, key))
    elif isinstance(data, list):
        for number, value in enumerate(data):
            yield from ways(value, (*at, number))
    elif isinstance(data, str):
        yield at


def put(data: Data, way: tuple[str | int, ...], value: Data) -> Data:
    if not way:
        return value
    if isinstance(data, Mapping):
        return {key: put(each, way[1:], value) if key == way[0] else each for key, each in data.items()}
    return [put(each, way[1:], value) if number == way[0] else each for number, each in enumerate(data)]


def get(path: str, text: str, key: str) -> Entry:
    entry = find_entry(path, text, key)
    assert entry is not None
    return entry


def lines_around(before: str, after: str) -> tuple[int, int]:
    """How many lines at the top and at the bottom are the same in both."""
    old, new = before.splitlines(), after.splitlines()
    top = next((n for n, pair in enumerate(zip(old, new, strict=False)) if pair[0] != pair[1]), min(len(old), len(new)))
    rest = zip(reversed(old[top:]), reversed(new[top:]), strict=False)
    return top, next((n for n, pair in enumerate(rest) if pair[0] != pair[1]), min(len(old), len(new)) - top)


def assert_only_its_lines(entry: Entry, before: str, after: str) -> None:
    top, bottom = lines_around(before, after)
    assert top + 1 >= entry.first_line
    assert len(before.splitlines()) - bottom <= entry.last_line


# Every file that is shipped


@pytest.mark.parametrize("path", PATHS)
def test_writing_back_what_was_read_gives_the_same_file_to_the_byte(path: str) -> None:
    text = shipped(path)
    entries = entries_of(path, text)

    assert entries
    assert len({entry.key for entry in entries}) == len(entries)
    for entry in entries:
        assert write_entry(path, text, entry.key, dict(entry.data)) == text


@pytest.mark.parametrize("path", PATHS)
def test_a_change_of_one_field_changes_its_own_lines_only(path: str) -> None:
    text = shipped(path)
    for number, entry in list(enumerate(entries_of(path, text)))[len(path) % 5 :: 11]:
        found = [way for way in ways(entry.data) if way != ("id",)]
        way, words = found[number % len(found)], AWKWARD[number % len(AWKWARD)]
        data = put(dict(entry.data), way, words.strip("\n") if entry.key == "body" else words)

        changed = write_entry(path, text, entry.key, data)

        assert same(dict(get(path, changed, entry.key).data), data)
        assert_only_its_lines(entry, text, changed)


@given(data=st.data())
@settings(max_examples=60, deadline=None)
def test_any_text_survives_in_any_field(data: st.DataObject) -> None:
    path = data.draw(st.sampled_from([PHRASES, LESSON, QUIZ, SCENARIO]))
    text = shipped(path)
    entry = data.draw(st.sampled_from([each for each in entries_of(path, text) if each.key != "body"]))
    way = data.draw(st.sampled_from([way for way in ways(entry.data) if way != ("id",)]))
    changed = put(dict(entry.data), way, data.draw(texts))

    written = write_entry(path, text, entry.key, changed)

    assert same(dict(get(path, written, entry.key).data), changed)
    assert_only_its_lines(entry, text, written)


def test_the_catalog_reads_what_was_changed() -> None:
    text = shipped(QUIZ)
    entry = entries_of(QUIZ, text)[1]
    changed = write_entry(QUIZ, text, entry.key, {**entry.data, "ask": "Which line: this # one?"})

    content, problems = check_catalog(ROOT, {QUIZ: changed})

    assert problems == ()
    assert str(content.items[entry.id].ask) == "Which line: this # one?"


# Comments, order and style


def changed_item(**fields: Data) -> str:
    entry = get(OWN, OWN_TEXT, "items:a")
    return write_entry(OWN, OWN_TEXT, "items:a", {**entry.data, **fields})


def test_comments_in_a_changed_entry_stay() -> None:
    options = [{"id": "a", "text": "changed", "correct": True}, {"id": "b", "text": "y", "correct": False}]

    changed = changed_item(ask="What?", options=options)

    assert changed == OWN_TEXT.replace('"Which?"', '"What?"').replace('text: "x"', 'text: "changed"')


def test_folded_prose_stays_folded_and_lines_that_did_not_change_are_not_broken_anew() -> None:
    changed = changed_item(stem="One line of prose that goes on down here.")

    assert changed == OWN_TEXT.replace("goes on below.", "goes on down here.")


def test_long_new_prose_is_folded() -> None:
    words = "A sentence that is written anew. " * 8

    changed = changed_item(explanation=words.strip())

    assert "    explanation: >-\n      A sentence" in changed
    assert max(map(len, changed.splitlines())) <= 120


def test_a_new_field_comes_after_the_one_before_it() -> None:
    entry = get(OWN, OWN_TEXT, "items:b")

    changed = write_entry(OWN, OWN_TEXT, "items:b", {"id": "b", "type": "choice", "level": "A1", "options": []})

    assert changed == OWN_TEXT.replace("    options: []", "    level: A1\n    options: []")
    assert entry.data["options"] == []


def test_a_field_that_is_left_out_goes_with_its_lines() -> None:
    entry = get(OWN, OWN_TEXT, "items:a")
    data = {key: value for key, value in entry.data.items() if key not in ("stem", "sources")}

    changed = write_entry(OWN, OWN_TEXT, "items:a", data)

    stem = "    stem: >-\n      One line of prose that\n      goes on below.\n"
    assert changed == OWN_TEXT.replace(stem, "").replace("    sources: [one, two]\n", "")


def test_options_can_come_go_and_move() -> None:
    options = get(OWN, OWN_TEXT, "items:a").data["options"]
    new = {"id": "c", "text": "z: new", "correct": False}

    changed = changed_item(options=[options[1], new])

    assert get(OWN, changed, "items:a").data["options"] == [options[1], new]
    assert "      - {id: b, text: 'y', correct: false}   # wrong\n" in changed
    assert "      # two of them\n" in changed


def test_a_list_can_be_emptied_and_filled_again() -> None:
    empty = changed_item(options=[])
    entry = get(OWN, empty, "items:a")

    filled = write_entry(OWN, empty, "items:a", {**entry.data, "options": [{"id": "a", "text": "one"}]})

    assert get(OWN, empty, "items:a").data["options"] == []
    assert "    options:\n" in filled
    assert get(OWN, filled, "items:a").data["options"] == [{"id": "a", "text": "one"}]


def test_values_keep_their_kind() -> None:
    text = shipped(LESSON)
    entry = get(LESSON, text, "facts:jp-names-01")

    changed = write_entry(LESSON, text, entry.key, {**entry.data, "checked": date(2027, 1, 2), "volatile": True})

    assert "    checked: 2027-01-02\n    volatile: true\n" in changed


def test_what_a_form_cannot_keep_is_refused_and_not_damaged() -> None:
    shared = "id: q\nitems:\n  - id: a\n    ask: &words Which?\n  - id: b\n    ask: *words\n"

    with pytest.raises(NotReadable):
        write_entry(OWN, shared, "items:a", {"id": "a", "ask": "What?"})


# Bodies and steps inside items


def test_the_body_of_a_lesson_is_an_entry() -> None:
    text = shipped(LESSON)
    body = get(LESSON, text, "body")

    changed = write_entry(LESSON, text, "body", {"body": "## One\n\nTwo.\n\n"})

    assert text[: text.index("\n---\n") + 5] == changed[: changed.index("\n---\n") + 5]
    assert changed.endswith("---\n\n## One\n\nTwo.\n")
    assert text.splitlines()[body.first_line :][0].startswith("## ")


def test_an_item_is_written_without_touching_its_steps_and_a_step_by_itself() -> None:
    text = shipped(SCENARIO)
    item = next(entry for entry in entries_of(SCENARIO, text) if entry.data.get("type") == "branching")
    node = next(entry for entry in entries_of(SCENARIO, text) if entry.kind is EntryKind.NODE)

    changed = write_entry(SCENARIO, text, item.key, {**item.data, "title": "Ten weeks: or seven"})
    stepped = write_entry(SCENARIO, text, node.key, {**node.data, "ask": "And now?"})

    assert "nodes" not in item.data
    assert len(changed.splitlines()) == len(stepped.splitlines()) == len(text.splitlines())
    assert get(SCENARIO, stepped, node.key).data["ask"] == "And now?"


# Lists of entries


@pytest.mark.parametrize("path", [PHRASES, LESSON, QUIZ, SCENARIO])
def test_moving_down_and_up_again_gives_the_same_file(path: str) -> None:
    text = shipped(path)
    for entry in entries_of(path, text):
        if ":" in entry.key and entry.place + 1 < entry.siblings:
            moved = move_entry(path, text, entry.key, 1)

            assert moved != text
            assert move_entry(path, moved, entry.key, -1) == text
            break
    else:
        pytest.fail("nothing can be moved")


def test_an_entry_moves_with_its_comments_and_headings_of_sections_stay() -> None:
    moved = move_entry(OWN, OWN_TEXT, "items:b", 1)

    assert [entry.id for entry in entries_of(OWN, moved)[1:]] == ["a", "c", "b"]
    assert moved.index("# --- A section ---") < moved.index("- id: c") < moved.index("# The second one.")


def test_an_entry_at_the_end_stays_where_it_is() -> None:
    assert move_entry(OWN, OWN_TEXT, "items:a", -1) == OWN_TEXT
    assert move_entry(OWN, OWN_TEXT, "items:c", 1) == OWN_TEXT


@pytest.mark.parametrize("key", ["items:a", "items:b", "items:c"])
def test_taking_out_an_entry_keeps_the_others_and_the_headings(key: str) -> None:
    left = remove_entry(OWN, OWN_TEXT, key)

    assert [entry.key for entry in entries_of(OWN, left)[1:]] == [
        each for each in ("items:a", "items:b", "items:c") if each != key
    ]
    assert "# --- A section ---" in left
    assert "# The first one." in left
    assert ("# The second one." in left) is (key != "items:b")


def test_a_list_can_lose_its_last_entry_and_gain_one_again() -> None:
    text = OWN_TEXT
    for key in ("items:b", "items:a", "items:c"):
        text = remove_entry(OWN, text, key)
    new = "id: d\n# why\ntype: choice\n"

    assert entries_of(OWN, text)[1:] == ()
    assert "# --- A section ---" in text
    filled = add_entry(OWN, text, "items", new)
    assert "  - id: d\n    # why\n    type: choice\n" in filled
    assert find_entry(OWN, filled, "items:d") is not None


def test_a_new_entry_stands_at_the_end_or_after_another_with_its_comments() -> None:
    new = "id: d\n# why\ntype: choice\n"

    last = add_entry(OWN, OWN_TEXT, "items", new)
    between = add_entry(OWN, OWN_TEXT, "items", new, after="items:a")

    assert last == OWN_TEXT + "\n  - id: d\n    # why\n    type: choice\n"
    assert [entry.id for entry in entries_of(OWN, between)[1:]] == ["a", "d", "b", "c"]
    assert between.replace("\n\n  - id: d\n    # why\n    type: choice", "", 1) == OWN_TEXT


# Drafts hold mistakes


def test_entries_without_an_id_that_finds_them_are_found_by_their_place() -> None:
    text = "id: q\nitems:\n  - id: a\n  - id: a\n  - type: choice\n  - just words\n"

    keys = [entry.key for entry in entries_of(OWN, text)]

    assert keys == ["head", "items:@1", "items:@2", "items:@3", "items:@4"]
    assert write_entry(OWN, text, "items:@2", {"id": "b"}).count("id: a\n") == 1


@pytest.mark.parametrize("text", ["a: [", "", "a: 1\n\tb: 2", "\x00"])
def test_a_text_that_is_no_yaml_has_no_entries(text: str) -> None:
    with pytest.raises(NotReadable):
        entries_of(OWN, text)


@pytest.mark.parametrize(
    "text",
    ["id: &a [*a]\n", "a: &a [1, 1]\n" + "".join(f"a{n}: &a [*a, *a, *a, *a]\n" for n in range(20))],
    ids=["an alias that holds itself", "aliases that stand for billions"],
)
def test_aliases_do_no_harm(text: str) -> None:
    with pytest.raises(NotReadable):
        entries_of(OWN, text)
    assert [problem.path for problem in check_catalog(ROOT, {OWN.replace("demo/q", "japan/q"): text})[1]]


def test_a_lesson_without_front_matter_has_no_entries() -> None:
    with pytest.raises(NotReadable, match="front matter"):
        entries_of(LESSON, "Just words.\n")


@pytest.mark.parametrize("key", ["", "items", "items:zz", "items:a:options:a", "facts:a", "head:b"])
def test_a_key_of_nothing_finds_nothing(key: str) -> None:
    assert find_entry(OWN, OWN_TEXT, key) is None
    with pytest.raises(NotReadable):
        write_entry(OWN, OWN_TEXT, key, {"id": "x"})


def test_files_of_other_kinds_have_no_entries() -> None:
    assert entries_of("lessons/competencies.yaml", shipped("lessons/competencies.yaml")) == ()


def test_every_value_is_found_on_its_line() -> None:
    lines = field_lines(OWN, OWN_TEXT, "items:a")
    numbered = OWN_TEXT.splitlines()

    assert "ask:" in numbered[lines[("ask",)][0] - 1]
    assert lines[("stem",)] == (8, 10)
    assert re.search(r"id: b.*wrong", numbered[lines[("options", 1, "text")][0] - 1])


def test_lines_of_a_lesson_count_from_the_top_of_the_file() -> None:
    text = shipped(LESSON)

    first, last = field_lines(LESSON, text, "facts:jp-names-02")[("text",)]

    assert text.splitlines()[first - 1].strip() == "text: >-"
    assert last > first


def test_the_shipped_files_are_all_here() -> None:
    assert len(PATHS) > 60
    assert Path(ROOT / PATHS[0]).is_file()
