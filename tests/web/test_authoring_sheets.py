"""What stands in the form of an entry: printed, changed and made into data again."""

from datetime import date

import pytest
from werkzeug.datastructures import MultiDict

from app import ROOT
from trainer.authoring.entries import Data, EntryKind, entries_of, same
from trainer.web.authoring.fields import FACT, PLAIN_FORMS, QUIZ
from trainer.web.authoring.item_fields import NODE, item_fields
from trainer.web.authoring.sheets import Sheet, act, data_of, read_sheet, sheet_of

PATHS = sorted(
    str(path.relative_to(ROOT))
    for pattern in ("lessons/*/[0-9]*.md", "lessons/*/phrases.yaml", "lessons/*/course.yaml", "quizzes/*/*.yaml")
    for path in ROOT.glob(pattern)
)
OPTIONS = item_fields("choice")
OPTIONS_GIVEN: list[dict[str, Data]] = [
    {"id": "a", "text": "A", "correct": True},
    {"id": "b", "text": "B", "correct": False},
]
ITEM: dict[str, Data] = {"id": "x", "options": OPTIONS_GIVEN}


def posted(sheet: Sheet, prefix: str = "") -> list[tuple[str, str]]:
    """What a browser would send of a sheet."""
    pairs = []
    for name, value in sheet.values.items():
        values = [value] if isinstance(value, str) else list(value)
        pairs += [(prefix + name, each.replace("\n", "\r\n")) for each in values]
    for name, inner in sheet.inner.items():
        pairs += posted(inner, f"{prefix}{name}.")
    for name, rows in sheet.rows.items():
        for place, row in enumerate(rows):
            pairs.append((f"{prefix}{name}.was", "" if row.was is None else str(row.was)))
            pairs += posted(row.sheet, f"{prefix}{name}.{place}.")
    return pairs


@pytest.mark.parametrize("path", PATHS)
def test_what_is_printed_and_sent_back_is_the_same_data_for_all_that_is_shipped(path: str) -> None:
    for entry in entries_of(path, (ROOT / path).read_text(encoding="utf-8")):
        item = item_fields(str(entry.data.get("type"))) if entry.kind is EntryKind.ITEM else None
        fields = item or (NODE if entry.kind is EntryKind.NODE else PLAIN_FORMS[entry.kind])
        sent = read_sheet(fields, MultiDict(posted(sheet_of(fields, entry.data))))

        assert same(data_of(fields, sent, entry.data), dict(entry.data)), entry.key


def test_keys_that_no_form_knows_stay() -> None:
    old = {**ITEM, "when": {"trust": 3}}
    sheet = sheet_of(OPTIONS, {**old, "ask": "Which?"})

    assert data_of(OPTIONS, sheet, old) == {**old, "ask": "Which?"}


def test_a_group_that_moves_keeps_what_the_form_does_not_show() -> None:
    first, second = OPTIONS_GIVEN
    old = {"id": "x", "options": [{**first, "secret": 1}, second]}

    data = data_of(OPTIONS, act(OPTIONS, sheet_of(OPTIONS, old), "down options.0"), old)

    assert data["options"] == [second, {**first, "secret": 1}]


@pytest.mark.parametrize(
    "words", ["", "add", "add nothing", "up options.9", "up options.x", "remove options", "add id"]
)
def test_a_button_of_nothing_does_nothing(words: str) -> None:
    sheet = sheet_of(OPTIONS, ITEM)

    assert act(OPTIONS, sheet, words) == sheet


def test_groups_inside_groups_are_added_and_removed() -> None:
    fields = item_fields("cloze")
    old: dict[str, Data] = {"gaps": {"one": {"accepted": ["x"]}}}
    sheet = act(fields, sheet_of(fields, old), "add gaps.0.rejected")
    typed = MultiDict(
        [
            *posted(sheet),
            ("gaps.0.rejected.0.text", "y"),
            ("gaps.0.rejected.0.explanation", "No."),
            ("gaps.0.id", "two"),
        ]
    )
    typed.setlist("gaps.0.rejected.0.text", ["y"])
    typed.setlist("gaps.0.rejected.0.explanation", ["No."])
    typed.setlist("gaps.0.id", ["two"])

    data = data_of(fields, read_sheet(fields, typed), old)

    assert data["gaps"] == {"two": {"accepted": ["x"], "rejected": [{"text": "y", "explanation": "No."}]}}


@pytest.mark.parametrize(("typed", "value"), [("2027-01-02", date(2027, 1, 2)), ("tomorrow", "tomorrow"), ("", "")])
def test_a_day_that_is_none_is_kept_as_typed(typed: str, value: Data) -> None:
    old = {"id": "f", "text": "t", "mark": "contested", "sources": [], "checked": date(2026, 1, 1), "volatile": False}
    sent = MultiDict(posted(sheet_of(FACT, old)))
    sent["checked"] = typed

    assert data_of(FACT, read_sheet(FACT, sent), old)["checked"] == value


def test_what_is_true_unless_it_is_denied_is_ticked_and_can_be_denied() -> None:
    old: dict[str, Data] = {"id": "q", "assessment": {"minutes": 20, "attempts": 2, "pass": 0.8}}
    sheet = sheet_of(QUIZ, old)
    sent = MultiDict(posted(sheet))
    sent["assessment.practice"] = ""
    sent["assessment.pass"] = "0.75"

    data = data_of(QUIZ, read_sheet(QUIZ, sent), old)

    assert sheet.inner["assessment"].text("practice") == "true"
    assert data["assessment"] == {"minutes": 20, "attempts": 2, "pass": 0.75, "practice": False}


def test_a_group_that_nobody_fills_in_is_left_out() -> None:
    sheet = sheet_of(QUIZ, {"id": "q"})

    assert sheet.inner["assessment"].is_blank
    assert data_of(QUIZ, read_sheet(QUIZ, MultiDict(posted(sheet))), {"id": "q"}) == {"id": "q"}


def test_an_absurd_number_of_groups_is_cut() -> None:
    sent = MultiDict([("options.was", "")] * 3_000)

    assert len(read_sheet(OPTIONS, sent).rows["options"]) == 1_000
