"""Each entry becomes the item that asks and scores the same, or it is said why not; nothing is lost without a word."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.catalog.sample import write_sample
from tests.interchange import test_round_trips as strategies
from tests.interchange.making import answer, choice, html, moodle, number, numeric, option, plain, typed
from trainer.catalog import Shelf, check_catalog
from trainer.domain.content import Item, OneOf, Quiz, SomeOf
from trainer.domain.grading import Given, grade
from trainer.interchange.entries import (
    Body,
    Choice,
    Cloze,
    Description,
    Entry,
    Essay,
    Gap,
    Matching,
    Ordering,
    Origin,
    Pair,
    TrueFalse,
)
from trainer.interchange.quizzes.document import QuizFile, digest_of, slug
from trainer.interchange.quizzes.mapping import item_names, map_entries
from trainer.interchange.readings import Problem

QUIZ = "demo-imported-bank"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("content")
    write_sample(folder)
    return folder


@pytest.fixture(scope="module")
def shelf() -> Shelf:
    return Shelf()


def asking(body: Body, **more: object) -> Entry:
    return Entry(body, moodle("What?"), origin=Origin(3, 17), **more)  # type: ignore[arg-type]


def text_of(*entries: Entry, lang: str = "und") -> str:
    items = map_entries(entries, prefix=QUIZ, lang=lang).items
    return QuizFile(QUIZ, "Bank", "Some questions.", items, "bank.gift", "gift", date(2026, 12, 3), "ab12").text()


def read(root: Path, shelf: Shelf, *entries: Entry, lang: str = "und") -> Quiz:
    content, problems = check_catalog(root, {f"quizzes/demo/{QUIZ}.yaml": text_of(*entries, lang=lang)}, shelf)
    assert problems == ()
    return content.quizzes[QUIZ]


@pytest.fixture
def item_of(root: Path, shelf: Shelf) -> "Reader":
    return Reader(root, shelf)


class Reader:
    def __init__(self, root: Path, shelf: Shelf) -> None:
        self.root, self.shelf = root, shelf

    def __call__(self, body: Body, **more: object) -> Item:
        (found,) = read(self.root, self.shelf, asking(body, **more)).items
        return found


def score(item: Item, *chosen: str, **entries: str) -> float:
    return grade(item, Given(chosen, entries=tuple(entries.items()))).score


def problems_of(body: Body, **more: object) -> list[Problem]:
    return list(map_entries([asking(body, **more)], prefix=QUIZ).problems)


# What scores


def test_a_choice_scores_what_its_answers_are_worth(item_of: Reader) -> None:
    item = item_of(
        choice(option("a", "100"), option("b", "50", html("<b>Nearly</b>")), option("c"), option("d", "-20"))
    )

    assert [score(item, letter) for letter in "abcd"] == [1, 0.5, 0, 0]
    assert isinstance(item.interaction, OneOf)
    assert [each.explanation.source for each in item.interaction.options] == ["", "**Nearly**", "", ""]
    assert item.interaction.options[1].explanation.html == "<strong>Nearly</strong>"


def test_several_that_count_evenly_score_as_our_own(item_of: Reader) -> None:
    item = item_of(choice(option("a", "50"), option("b", "50"), option("c", "-50"), option("d", "-50"), single=False))

    assert [score(item, *letters) for letters in ("ab", "a", "ac", "abc", "cd")] == [1, 0.5, 0, 0.5, 0]
    assert isinstance(item.interaction, SomeOf)
    assert all(each.share is None for each in item.interaction.options)


def test_several_with_shares_of_their_own_score_by_them(item_of: Reader) -> None:
    thirds = [option(letter, "33.33333") for letter in "abc"]
    item = item_of(choice(*thirds, option("d", "0"), option("e", "-100"), single=False))

    assert [score(item, *letters) for letters in ("abc", "abcd", "abce", "ab")] == pytest.approx(
        [1, 1, 0, 2 / 3], abs=0.001
    )


def test_where_only_the_whole_set_counts_a_part_of_it_scores_nothing(item_of: Reader) -> None:
    item = item_of(Choice((option("a", "100"), option("b", "100"), option("c")), single=False, all_or_nothing=True))

    assert [score(item, *letters) for letters in ("ab", "a", "abc")] == [1, 0, 0]


def test_true_or_false_explains_each_of_the_two(item_of: Reader) -> None:
    item = item_of(TrueFalse(answer=False, when_true=plain("No."), when_false=plain("Yes.")))

    assert [score(item, "true"), score(item, "false")] == [0, 1]
    assert isinstance(item.interaction, OneOf)
    assert [each.explanation.source for each in item.interaction.options] == ["No.", "Yes."]


def test_typed_answers_score_their_share_and_keep_their_words(item_of: Reader) -> None:
    item = item_of(
        typed(
            answer("Tokyo", "100", plain("The capital.")),
            answer("Edo", "50", plain("Its old name.")),
            answer("Kyoto", "0", plain("Once.")),
            answer("*", "0", plain("Look at a map."), pattern=True),
        )
    )
    given_edo = grade(item, Given(entries=(("answer", "edo"),))).parts[0]

    assert [score(item, answer=each) for each in ("Tokyo", "edo", "Kyoto", "Osaka")] == [1, 0.5, 0, 0]
    assert (given_edo.expected, given_edo.explanation and given_edo.explanation.source) == ("Tokyo", "Its old name.")
    assert item.remarks["wrong"].source == "Look at a map."  # type: ignore[index]


def test_stars_stay_patterns(item_of: Reader) -> None:
    item = item_of(typed(answer("*Tokyo*", "100", pattern=True), answer("to*", "50", plain("Start."), pattern=True)))

    assert [score(item, answer=each) for each in ("in Tokyo now", "TOKYO", "to Kyoto", "Nara")] == [1, 1, 0.5, 0]


def test_numbers_are_tried_in_their_order(item_of: Reader) -> None:
    item = item_of(
        numeric(
            number("3", "0.5", "100", plain("Exactly.")),
            number("3", "2", "50"),
            number("9", "0", "0", plain("Why nine?")),
            number(None, "0", "0", plain("Not at all.")),
        )
    )

    assert [score(item, number=each) for each in ("3.4", "4.5", "9", "100")] == [1, 0.5, 0, 0]
    assert grade(item, Given(entries=(("number", "9"),))).parts[0].explanation is not None
    assert item.remarks["wrong"].source == "Not at all."  # type: ignore[index]


def test_the_language_of_the_answers_says_how_numbers_are_written(root: Path, shelf: Shelf) -> None:
    (item,) = read(root, shelf, asking(numeric(number("3.5"))), lang="fr").items

    assert [score(item, number=each) for each in ("3.5", "3,5")] == [1, 1]


def test_a_right_side_of_two_lefts_is_offered_once_and_right_for_both(item_of: Reader) -> None:
    pairs = (
        Pair(plain("Nara"), plain("Japan")),
        Pair(plain("Kobe"), plain("Japan")),
        Pair(plain("Lyon"), plain("France")),
    )
    item = item_of(Matching(pairs, (plain("Spain"), plain("Japan"))))

    assert [part.text.plain for part in item.interaction.rights] == ["Japan", "France", "Spain"]  # type: ignore[union-attr]
    assert score(item, a="a", b="a", c="c") == 1


def test_gaps_are_typed_chosen_or_numbers_and_count_by_their_marks(item_of: Reader) -> None:
    gaps = (
        Gap(typed("Tokyo")),
        Gap(choice(option(plain("France")), option(plain("Japan"), "100", plain("Yes."))), mark=2),
        Gap(numeric(number("1868", "1"))),
    )
    entry = Entry(Cloze(gaps), html("<p><b>{#1} is in {#2}</b><br>since {#3}</p>"))
    (shown,) = read(item_of.root, item_of.shelf, entry).items

    filled = {"gap-1": "tokyo", "gap-2": "Japan", "gap-3": "1867"}
    assert score(shown, **filled) == 1
    assert score(shown, **{**filled, "gap-2": "France"}) == 0.5
    assert score(shown, **{**filled, "gap-1": "", "gap-3": ""}) == 0.5
    assert "".join(piece.html for piece in shown.interaction.pieces) == "<strong> is in </strong><br>\nsince "  # type: ignore[union-attr]


def test_steps_are_put_in_order(item_of: Reader) -> None:
    item = item_of(Ordering((plain("one"), plain("two"))))

    assert [score(item, a="1", b="2"), score(item, a="2", b="1")] == [1, 0]


def test_what_is_said_in_general_and_by_the_result_is_kept(item_of: Reader) -> None:
    item = item_of(
        choice(option("a", "100"), option("b")),
        general_feedback=html("<i>All</i> of it"),
        when_right=plain("Well done"),
        when_partly=plain("Nearly"),
        when_wrong=plain("No"),
    )

    assert item.explanation is not None
    assert item.explanation.source == "*All* of it"
    assert {result.value: prose.source for result, prose in item.remarks.items()} == {
        "right": "Well done",
        "partly": "Nearly",
        "wrong": "No",
    }


def test_where_an_entry_comes_from_is_kept_beside_it(item_of: Reader) -> None:
    item = item_of(typed("x"), title="T", id="q1", tags=("a", "b"), category=("Sales", "Prices"))

    assert item.origin is not None
    assert (item.origin.title, item.origin.id, item.origin.tags, item.origin.category) == (
        "T",
        "q1",
        ("a", "b"),
        ("Sales", "Prices"),
    )


# What cannot be asked here


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (Essay(), "judged by a person"),
        (Description(), "asks nothing"),
        (choice(option("a", "90"), option("b")), "gives the full mark"),
        (choice(option("a"), option("b"), single=False), "no answer is marked as right"),
        (choice(option("a", "100"), option(html("<p></p>"))), "an answer has no words"),
        (Choice((option("a", "100"),)), "only one answer"),
        (typed(answer("x", "50")), "no answer gives the full mark"),
        (typed(answer("*", "100", pattern=True)), "takes any answer"),
        (typed(answer("\u200b")), "no answer"),
        (numeric(number(None)), "any number"),
        (numeric(number("3", "0", "50")), "no number gives the full mark"),
        (Matching((Pair(plain("a"), plain("b")), Pair(plain("c"), plain("b")))), "only one right side"),
        (Ordering((plain("same"), plain("same"))), "the same words"),
        (Ordering((plain("alone"),)), "only one step"),
        (Cloze((Gap(typed("x")),)), "its gaps cannot be found"),
    ],
)
def test_what_cannot_be_an_item_is_left_out_with_its_line_and_reason(body: Body, reason: str) -> None:
    (problem,) = problems_of(body)

    assert problem.skipped
    assert (problem.line, problem.entry) == (17, 3)
    assert reason in problem.reason


def test_a_question_without_words_is_left_out() -> None:
    (problem,) = map_entries([Entry(typed("x"), html("<p></p>"))], prefix=QUIZ).problems

    assert (problem.skipped, problem.reason) == (True, "the question has no words")


@pytest.mark.parametrize(
    ("body", "more", "reason"),
    [
        (choice(option("a", "100"), option("b", "-50")), {}, "takes marks away"),
        (choice(option("a", "40"), option("b", "40"), option("c"), single=False), {}, "give 80% of the mark"),
        (typed("x", answer("*", "20", pattern=True)), {}, "Any other answer gives 20%"),
        (typed("x", answer("y*", "0", plain("No"), pattern=True)), {}, "wrong answer “y*” with its star"),
        (typed("x", "z" * 501), {}, "nobody can type it"),
        (typed("x"), {"hints": (plain("Think"),)}, "hints were left out"),
        (Matching((Pair(plain("a"), html("<s>b</s>")), Pair(plain("c"), plain("d")))), {}, "struck out"),
    ],
)
def test_what_an_item_loses_is_told_with_its_line(body: Body, more: dict[str, object], reason: str) -> None:
    (problem,) = problems_of(body, **more)

    assert not problem.skipped
    assert (problem.line, problem.entry) == (17, 3)
    assert reason in problem.reason


# Names


def test_an_entry_keeps_its_name_while_its_id_its_title_or_its_question_stays() -> None:
    first = [
        Entry(typed("a"), plain("One?"), id="q1"),
        Entry(typed("a"), plain("Two?"), title="Second"),
        Entry(typed("a"), plain("Three?")),
    ]
    corrected = [
        Entry(typed("b"), plain("Three?")),
        Entry(typed("b"), plain("Two, please?"), title="Second"),
        Entry(typed("b"), plain("One, please?"), id="q1"),
    ]

    assert item_names(corrected) == item_names(first)[::-1]


def test_entries_that_are_the_same_have_names_of_their_own() -> None:
    twice = [Entry(typed("a"), plain("One?"), title="T"), Entry(typed("a"), plain("One?"), title="T")]

    names = item_names(twice)

    assert len(set(names)) == 2
    assert names[1] == f"{names[0]}-2"


@pytest.mark.parametrize(
    ("words", "expected"), [("Bank of Märch!", "bank-of-march"), ("日本", "x"), ("a" * 99, "a" * 60)]
)
def test_a_title_becomes_an_id(words: str, expected: str) -> None:
    assert slug(words, "x") == expected


def test_a_file_is_told_from_another_by_what_is_in_it() -> None:
    assert digest_of(b"a") == digest_of(b"a") != digest_of(b"b")


# The text


ENTRIES = st.one_of(
    strategies.entries(strategies.MOODLE_BODIES, strategies.EVERY, **strategies.OVERALL, **strategies.LABELS),
    strategies.clozes(strategies.gaps()),
)


@settings(max_examples=120, deadline=None, derandomize=True, database=None)
@given(st.lists(ENTRIES, min_size=1, max_size=4))
def test_whatever_is_mapped_is_a_quiz_without_mistakes(root: Path, shelf: Shelf, entries: list[Entry]) -> None:
    mapped = map_entries(entries, prefix=QUIZ)
    if not mapped.items:
        return

    quiz = read(root, shelf, *entries)

    assert [item.id for item in quiz.items] == [item.id for item in mapped.items]
    assert [each["id"] for each in yaml.safe_load(text_of(*entries))["items"]] == [item.id for item in mapped.items]
    assert yaml.safe_load(text_of(*entries))["items"] == [item.fields for item in mapped.items]
    assert len(mapped.items) + sum(problem.skipped for problem in mapped.problems) == len(entries)


def test_weights_are_exact() -> None:
    (item,) = map_entries([asking(choice(option("a", "100"), option("b", "33.33333")))], prefix=QUIZ).items

    assert item.fields["options"][1]["score"] == float(Decimal("0.3333333"))
