"""What a person should look at again: answers that their length gives away, and answers by nationality."""

from dataclasses import replace

import pytest

from tests.builders import choice, item, node, option, prose, quiz, scenario
from trainer.domain.content import Effect, OneOf, Option, SomeOf
from trainer.domain.flags import Flag, flags_of_item, flags_of_quiz


def worded(made: Option, text: str, explanation: str = "Why.") -> Option:
    return replace(made, text=prose(text), explanation=prose(explanation))


def of_lengths(*lengths: int) -> OneOf:
    """Options of these lengths, the first of which is the best."""
    named = zip("abcd", lengths, strict=False)
    return OneOf(tuple(worded(option(name, float(name == "a")), "x" * length) for name, length in named))


def test_a_best_option_that_is_noticeably_the_longest_is_flagged() -> None:
    (flag,) = flags_of_item(item("one", interaction=of_lengths(60, 50, 30)))

    assert flag == Flag("", "the best option is 1.2 times as long as the next longest: it gives itself away")


@pytest.mark.parametrize("lengths", [(59, 50, 30), (50, 60, 30), (10, 50, 50)])
def test_a_best_option_of_about_the_same_length_is_not(lengths: tuple[int, ...]) -> None:
    assert list(flags_of_item(item("one", interaction=of_lengths(*lengths)))) == []


def test_a_step_of_a_scenario_is_flagged_at_its_node() -> None:
    long = replace(choice("a", Effect.BEST, "agreed"), option=worded(option("a", 1.0), "x" * 90))
    told = flags_of_item(item("talk", interaction=scenario(node("n1", long, choice("b", Effect.WEAK, "later")))))

    assert [flag.place for flag in told] == ["n1"]


def test_a_quiz_is_told_when_its_longest_options_are_the_best_too_often() -> None:
    even, told = of_lengths(50, 51, 50), of_lengths(51, 50, 50)
    items = [item(f"i{number}", interaction=told if number < 3 else even) for number in range(5)]

    (message,) = flags_of_quiz(quiz("quiz", *items))

    assert message == "the best option is the longest in 3 of 5 decisions: even out the lengths"
    assert list(flags_of_quiz(quiz("quiz", *items[1:], item("i9", interaction=even)))) == []
    assert list(flags_of_quiz(quiz("quiz", *items[:3]))) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Wait, because he is Japanese.", "because he is Japanese"),
        ("French people want an opinion first.", "French people"),
        ("Germans plan ahead.", "Germans"),
        ("That is typically Dutch.", "typically Dutch"),
        ("In Korea nobody says no.", "In Korea nobody"),
        ("The French like to argue.", "The French like"),
    ],
)
def test_an_argument_by_nationality_is_flagged_with_its_words(text: str, words: str) -> None:
    options = SomeOf((worded(option("a", 1.0), "Wait.", text), worded(option("b", 0.0), "Go.")))

    (flag,) = flags_of_item(item("one", interaction=options))

    assert flag == Flag("a", f"may rest on nationality: “{words}”; swap the country and see whether it still holds")


@pytest.mark.parametrize(
    "text",
    [
        "She writes in French and asks for the drawing.",
        "The Japanese version of the page is on slide four.",
        "In Japan it is three in the afternoon.",
        "Air France is on strike.",
        "A sample from the Polish plant has arrived.",
    ],
)
def test_a_language_a_place_or_a_product_is_no_argument(text: str) -> None:
    options = SomeOf((worded(option("a", 1.0), text), worded(option("b", 0.0), "Go.")))

    assert list(flags_of_item(item("one", interaction=options))) == []


def test_a_scene_is_looked_at_too() -> None:
    told = replace(item("one", interaction=of_lengths(50, 50)), stem=prose("Americans are in a hurry."))

    assert [flag.place for flag in flags_of_item(told)] == [""]
