"""Grading what was given, for each way in which an item is answered."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import choice, item, node, option, scenario, some_of
from trainer.domain.content import Effect, ItemType, OneOf, SomeOf
from trainer.domain.grading import Given, Grade, UnfitAnswer, grade
from trainer.domain.options import graded_score

steps = st.integers(-2, 2)


def grade_of(interaction: OneOf, *chosen: str) -> Grade:
    return grade(item("item", "greeting", interaction=interaction), Given(chosen))


# One of


def test_the_score_of_one_choice_is_that_of_its_option() -> None:
    options = OneOf((option("a", 1.0), option("b", 0.7), option("c", 0.0)))

    assert [grade_of(options, name).score for name in "abc"] == [1.0, 0.7, 0.0]


def test_a_grade_tells_the_option_chosen_and_the_competencies_that_it_counts_for() -> None:
    asked = item("item", "greeting", "deciding")

    graded = grade(asked, Given(("b",)))

    assert [each.id for each in graded.chosen] == ["b"]
    assert graded.competencies == ("greeting", "deciding")


@pytest.mark.parametrize(
    "chosen", [(), ("a", "b"), ("z",), ("a", "a"), ("",)], ids=["none", "two", "unknown", "twice", "empty"]
)
def test_what_is_no_single_option_of_the_item_is_refused(chosen: tuple[str, ...]) -> None:
    with pytest.raises(UnfitAnswer):
        grade(item(), Given(chosen))


# Some of


@pytest.mark.parametrize(
    ("chosen", "score"),
    [
        ("ab", 1.0),
        ("a", 0.5),
        ("abc", 0.5),
        ("ac", 0.0),
        ("c", 0.0),
        ("cd", 0.0),
        ("abcd", 0.0),
    ],
)
def test_some_of_scores_hits_less_false_alarms_over_what_is_right(chosen: str, score: float) -> None:
    asked = item("item", interaction=some_of(1.0, 1.0, 0.0, 0.0), kind=ItemType.MULTIPLE_CHOICE)

    assert grade(asked, Given(tuple(chosen))).score == score


def test_some_of_is_full_only_for_exactly_what_is_right_and_never_below_nought() -> None:
    asked = item("item", interaction=some_of(1.0, 0.0, 1.0, 1.0, 0.0), kind=ItemType.MULTIPLE_CHOICE)

    for size in range(1, 6):
        for chosen in combinations("abcde", size):
            score = grade(asked, Given(chosen)).score
            assert 0.0 <= score <= 1.0
            assert (score == 1.0) == (set(chosen) == set("acd"))


def test_the_order_of_ticking_does_not_matter() -> None:
    asked = item("item", interaction=some_of(1.0, 1.0, 0.0))

    assert grade(asked, Given(("b", "a"))) == grade(asked, Given(("a", "b")))


@pytest.mark.parametrize("chosen", [(), ("z",), ("a", "z"), ("a", "a")], ids=["none", "unknown", "one", "twice"])
def test_what_are_no_options_of_the_item_is_refused(chosen: tuple[str, ...]) -> None:
    with pytest.raises(UnfitAnswer):
        grade(item("item", interaction=some_of(1.0, 1.0, 0.0)), Given(chosen))


# Scenario


def test_a_choice_in_a_scenario_scores_at_its_node() -> None:
    asked = item("item", interaction=scenario(), kind=ItemType.BRANCHING)

    scores = [grade(asked, Given((name,), node="n1")).score for name in "abc"]

    assert scores == [1.0, 0.3, 0.0]


def test_a_choice_counts_for_its_own_competencies_and_else_for_those_of_the_item() -> None:
    first = node("n1", choice("a", Effect.BEST, "agreed", "deciding"), choice("b", Effect.WEAK, "later"))
    asked = item("item", "greeting", interaction=scenario(first), kind=ItemType.BRANCHING)

    named, unnamed = (grade(asked, Given((name,), node="n1")).competencies for name in "ab")

    assert named == ("deciding",)
    assert unnamed == ("greeting",)


@pytest.mark.parametrize(
    "given_there",
    [
        Given(("a",)),
        Given(("a",), node="nowhere"),
        Given(("a",), node="agreed"),
        Given((), node="n1"),
        Given(("a", "b"), node="n1"),
        Given(("z",), node="n1"),
    ],
    ids=["no node", "unknown node", "an ending", "no choice", "two choices", "unknown choice"],
)
def test_what_does_not_fit_a_node_is_refused(given_there: Given) -> None:
    with pytest.raises(UnfitAnswer):
        grade(item("item", interaction=scenario()), given_there)


@pytest.mark.parametrize("interaction", [OneOf((option("a", 1.0), option("b"))), some_of(1.0, 1.0, 0.0)])
def test_what_was_given_at_a_node_is_refused_by_what_is_no_scenario(interaction: OneOf | SomeOf) -> None:
    with pytest.raises(UnfitAnswer):
        grade(item("item", interaction=interaction), Given(("a",), node="n1"))


# Scores of graded options


@given(st.lists(st.tuples(steps, steps), min_size=1, max_size=5))
def test_graded_scores_run_from_the_worst_sibling_to_the_best_in_the_order_of_their_sums(
    moves: list[tuple[int, int]],
) -> None:
    options = [
        option(name, trust=trust, clarity=clarity) for name, (trust, clarity) in zip("abcde", moves, strict=False)
    ]

    by_sum = sorted((each.trust + each.clarity, graded_score(each, options)) for each in options)

    scores = [score for _, score in by_sum]
    assert scores == sorted(scores)
    assert scores[-1] == 1.0
    assert scores[0] == (0.0 if by_sum[0][0] < by_sum[-1][0] else 1.0)


def test_a_graded_score_lies_where_its_sum_lies_between_worst_and_best() -> None:
    options = [
        option("a", trust=2, clarity=2),
        option("b", trust=1, clarity=1),
        option("c", trust=0, clarity=-1),
        option("d", trust=-2, clarity=-2),
    ]

    assert [graded_score(each, options) for each in options] == [1.0, 0.75, 0.375, 0.0]
