"""What is shipped leaves for other programs and comes back the same, as far as each format can say it."""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import pytest

from tests.catalog.sample import write_sample
from trainer.catalog import check_catalog
from trainer.domain.content import (
    Cloze,
    Content,
    Item,
    ItemType,
    Matching,
    Numeric,
    OneOf,
    Ordering,
    Quiz,
    RateEach,
    SomeOf,
    Typed,
)
from trainer.interchange.entries import Entry
from trainer.interchange.files import read_file
from trainer.interchange.gift.writing import write_gift
from trainer.interchange.moodle.writing import write_moodle_xml
from trainer.interchange.qti.writing import write_qti
from trainer.interchange.quizzes.document import QuizFile
from trainer.interchange.quizzes.leaving import entries_of
from trainer.interchange.quizzes.mapping import map_entries
from trainer.interchange.readings import Reading, Written

WRITERS: dict[str, Callable[[Sequence[Entry]], Written]] = {
    "gift": write_gift,
    "moodle-xml": write_moodle_xml,
    "qti": write_qti,
}
LEAVE = (OneOf, SomeOf, Typed, Cloze, Numeric, Matching, Ordering, RateEach)
NOT_IN_GIFT = (Cloze, Ordering)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("content")
    write_sample(folder)
    return folder


def leaving(quiz: Quiz) -> list[Item]:
    """The items that other programs can hold."""
    sounds = (ItemType.LISTENING, ItemType.DICTATION)
    return [item for item in quiz.items if isinstance(item.interaction, LEAVE) and item.type not in sounds]


@pytest.mark.parametrize("form", WRITERS)
def test_shipped_quizzes_come_back_the_same(content: Content, root: Path, form: str) -> None:
    for quiz in content.quizzes.values():
        if quiz.course_id not in content.courses or quiz not in content.courses[quiz.course_id].quizzes:
            continue
        entries, problems = entries_of(quiz, "Course")
        left = [item for item in leaving(quiz) if form != "gift" or not isinstance(item.interaction, NOT_IN_GIFT)]
        written = WRITERS[form](entries)
        said = [problem for problem in (*problems, *written.problems) if problem.skipped]

        back = brought_back(written.data, root)

        assert len(left) + len(said) == len(quiz.items)
        assert [key_of(item) for item in back] == [key_of(item) for item in left], quiz.id


def test_an_imported_quiz_comes_back_with_where_it_came_from(root: Path) -> None:
    source = b"// [id:q1] [tag:old]\n::Name::[html]<b>Who</b>?{=a#Yes ~%50%b ~c####All}\n\nTrue?{T#no#yes}\n\nN{#3:1}\n"
    first = imported(source, root)

    entries, problems = entries_of(first, "Course")

    assert problems == ()
    again = read_file(write_moodle_xml(entries).data)
    assert isinstance(again, Reading)
    assert fields_of(again.entries) == fields_of(entries)
    assert [item.origin for item in first.items] == [
        item.origin for item in imported(write_moodle_xml(entries).data, root).items
    ]


def test_what_cannot_leave_is_told(content: Content) -> None:
    quiz = content.quizzes["jp-language-writing"]

    _, problems = entries_of(quiz, "Japan")

    assert [problem.entry for problem in problems if problem.skipped] == [
        number for number, item in enumerate(quiz.items, start=1) if item not in leaving(quiz)
    ]
    assert any("it plays a phrase" in problem.reason for problem in problems)


def fields_of(entries: Sequence[Entry]) -> list[object]:
    return [item.fields for item in map_entries(entries, prefix="back").items]


def imported(data: bytes, root: Path) -> Quiz:
    reading = read_file(data)
    assert isinstance(reading, Reading)
    items = map_entries(reading.entries, prefix="back").items
    text = QuizFile("back", "Back", "Come back.", items, "back", "gift", date(2026, 12, 3), "ab").text()
    content, problems = check_catalog(root, {"quizzes/demo/back.yaml": text})
    assert problems == ()
    return content.quizzes["back"]


def brought_back(data: bytes, root: Path) -> tuple[Item, ...]:
    reading = read_file(data)
    assert isinstance(reading, Reading)
    return imported(data, root).items if reading.entries else ()


def key_of(item: Item) -> object:  # noqa: C901 - one case for each way to answer
    """What is right and what is worth how much, in words that do not depend on the format."""
    match item.interaction:
        case OneOf(options):
            return [(squeezed(option.text.plain), round(option.score, 3)) for option in options]
        case SomeOf(options):
            return [(squeezed(option.text.plain), option.is_right) for option in options]
        case Typed(gap):
            return gap.key.accepted, {each.text for each in gap.key.rejected}
        case Cloze(_, gaps):
            return [gap.key.accepted for gap in gaps]
        case Numeric() as number:
            return number.value, number.tolerance
        case Matching(pairs):
            return [(squeezed(pair.left.text.plain), squeezed(pair.right.text.plain)) for pair in pairs]
        case RateEach(options):
            return [(squeezed(option.text.plain), effect_words(option.effect)) for option in options]
        case Ordering(parts, orders):
            texts = {part.id: part.text.plain for part in parts}
            return [squeezed(texts[name]) for name in orders[0]]
        case _:
            return None


def effect_words(effect: object) -> str:
    return {"best": "Bestnextstep", "acceptable": "Acceptable", "weak": "Weak", "harmful": "Harmful"}[str(effect)]


def squeezed(words: str) -> str:
    """Without spaces, and with straight quotation marks: curly ones are made when a text is shown."""
    return "".join(words.split()).translate(str.maketrans("“”‘’", "\"\"''"))
