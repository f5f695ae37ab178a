"""The name of a quiz: another for all that decides what is asked, graded or told; the same on every machine."""

from dataclasses import replace

import pytest

from tests.builders import item, option, prose, quiz, scenario, some_of
from trainer.domain.answers import AnswerKey
from trainer.domain.content import (
    Gap,
    Interaction,
    ItemType,
    MostAndLeast,
    OneOf,
    Pool,
    Quiz,
    RateEach,
    SomeOf,
    Typed,
)

OPTIONS = (option("a", 1.0), option("b"), option("c"))
ASKED = quiz("quiz", item("one", interaction=OneOf(OPTIONS)), item("two"))


def typed(*lexicon: str) -> Interaction:
    return Typed(Gap("answer", AnswerKey(("invoice",), "en", lexicon=frozenset(lexicon))), prose())


def with_first(interaction: Interaction) -> Quiz:
    return quiz("quiz", item("one", interaction=interaction), item("two"))


@pytest.mark.parametrize(
    "other",
    [
        with_first(SomeOf(OPTIONS)),
        with_first(RateEach(OPTIONS)),
        with_first(MostAndLeast(OPTIONS)),
        with_first(OneOf(OPTIONS[::-1])),
        with_first(OneOf((replace(OPTIONS[0], score=0.9), *OPTIONS[1:]))),
        with_first(OneOf((replace(OPTIONS[0], explanation=prose("Because.")), *OPTIONS[1:]))),
        quiz("quiz", item("one", "trust", interaction=OneOf(OPTIONS)), item("two")),
        quiz("quiz", item("one", interaction=OneOf(OPTIONS))),
        replace(ASKED, pools=(Pool(("one", "two"), 1),)),
    ],
    ids=["type", "ratings", "ends", "order", "score", "reason", "competency", "shorter", "pool"],
)
def test_what_is_asked_or_graded_otherwise_has_another_name(other: Quiz) -> None:
    assert other.content_hash != ASKED.content_hash


def test_equal_quizzes_have_the_same_name() -> None:
    assert quiz("quiz", item("one", interaction=OneOf(OPTIONS)), item("two")).content_hash == ASKED.content_hash


def test_the_name_is_the_same_on_every_machine() -> None:
    """A quiz that is kept is found again after a restart, by another Python and with other seeds of its hashes."""
    asked = quiz("quiz", item("one", interaction=typed("bill", "order", "price", "tax")))

    assert asked.content_hash == "cde3e637792f76104d063bd55c40c34d"


def test_the_order_of_words_and_of_nodes_does_not_count() -> None:
    story = scenario()
    turned = replace(story, nodes=dict(list(story.nodes.items())[::-1]))
    names = {
        quiz("quiz", item("one", interaction=interaction, kind=ItemType.BRANCHING)).content_hash
        for interaction in (story, turned)
    }

    assert len(names) == 1
    assert with_first(typed("bill", "order")).content_hash == with_first(typed("order", "bill")).content_hash
    assert with_first(typed("bill")).content_hash != with_first(typed()).content_hash


def test_what_has_its_default_does_not_count() -> None:
    """So a field that a later release adds renames nothing that is kept."""
    assert (
        with_first(some_of(1.0, 1.0, 0.0)).content_hash
        == with_first(SomeOf(some_of(1.0, 1.0, 0.0).options, is_in_order=False)).content_hash
    )
