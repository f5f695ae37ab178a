"""An attempt: what is open in it, the order its options are shown in, and what becomes of it in a quiz that changes."""

from dataclasses import replace
from uuid import UUID

import pytest

from tests.builders import NOW, answered, attempt, choice, item, node, option, quiz, scenario, some_of
from trainer.domain.attempts import Answered, kept_grade, mixed
from trainer.domain.content import Effect, Interaction, Item, ItemType, OneOf

FIRST, SECOND = item("first"), item("second")
STORY = item("story", interaction=scenario(), kind=ItemType.BRANCHING)
TAKEN = answered("story", "c", node="n1", step=0, score=0.0), answered("story", "a", node="repair", step=1)
"""To the repair node and on from it: the next is n2."""


def story(interaction: Interaction) -> Item:
    return replace(STORY, interaction=interaction)


def without_repair() -> Item:
    """The story after its repair node was taken out: the harmful choice leads straight on."""
    best, harmful = Effect.BEST, Effect.HARMFUL
    return story(
        scenario(
            node("n1", choice("a", best, "n2"), choice("c", harmful, "n2")),
            node("n2", choice("a", best, "agreed")),
        )
    )


def test_the_first_item_that_is_not_done_is_next() -> None:
    asked = quiz("quiz", FIRST, SECOND)

    assert attempt(answered("first")).next_item(asked) is SECOND
    assert attempt(answered("second")).next_item(asked) is FIRST
    assert attempt(answered("first"), answered("second")).next_item(asked) is None


def test_in_a_finished_attempt_nothing_is_open_though_the_quiz_has_grown() -> None:
    assert attempt(answered("first"), finished_at=NOW).next_item(quiz("quiz", FIRST, SECOND)) is None


def test_a_scenario_is_done_at_its_ending_and_not_before() -> None:
    under_way = attempt(*TAKEN)
    ended = under_way.after(answered("story", "a", node="n2", step=2))

    assert not under_way.is_done(STORY)
    assert ended.is_done(STORY)
    assert ended.position(STORY).ending is not None


def test_options_are_mixed_for_each_attempt_and_stay_so() -> None:
    options = tuple(option(name) for name in "abcd")
    attempts = [UUID(int=number) for number in range(40)]

    orders = {mixed(attempt, options) for attempt in attempts}

    assert len(orders) > 5
    assert all(set(order) == set(options) for order in orders)
    assert mixed(attempts[0], options) == mixed(attempts[0], options)


# A quiz that was changed


def test_an_item_that_is_taken_out_leaves_the_others_as_they_were() -> None:
    both = attempt(answered("first"), answered("gone"))

    assert both.next_item(quiz("quiz", FIRST, SECOND)) is SECOND
    assert both.next_item(quiz("quiz", FIRST)) is None
    assert both.outside(quiz("quiz", FIRST, SECOND)) == (answered("gone"),)


def test_a_scenario_whose_taken_path_is_gone_is_done_and_the_next_item_follows() -> None:
    under_way = attempt(*TAKEN)

    assert under_way.is_done(without_repair())
    assert under_way.position(without_repair()).is_broken
    assert under_way.next_item(quiz("quiz", without_repair(), FIRST)) is FIRST


def test_a_scenario_goes_on_when_only_what_was_not_taken_is_gone() -> None:
    only_c = node("n1", choice("c", Effect.HARMFUL, "repair"))
    usual = scenario()
    shorter = story(replace(usual, nodes={**usual.nodes, "n1": only_c}))

    position = attempt(*TAKEN).position(shorter)

    assert position.node == usual.nodes["n2"]


@pytest.mark.parametrize(
    ("kept", "now"),
    [
        (answered("story", "b"), STORY),
        (answered("story", "a"), STORY),
        (answered("story", "a", node="n1"), item("story")),
        (answered("story", "a"), item("story", interaction=some_of(1.0, 1.0, 0.0))),
    ],
    ids=["choice to scenario", "choice of the same name", "scenario to choice", "one to several"],
)
def test_an_item_whose_type_was_changed_after_it_was_answered_is_done_and_changed(kept: Answered, now: Item) -> None:
    assert attempt(kept).is_done(now)
    assert attempt(kept).is_changed(now, kept)


def test_a_response_that_still_fits_is_not_changed() -> None:
    kept = answered("first", "b", score=0.0)
    reworded = replace(FIRST, content_hash="1" * 32)

    assert not attempt(kept).is_changed(reworded, kept)
    assert not attempt(*TAKEN).is_changed(STORY, TAKEN[0])
    assert kept_grade(reworded, kept).chosen == (option("b"),)


def test_a_response_whose_option_is_gone_is_changed_and_keeps_its_score() -> None:
    kept = answered("first", "b", score=0.7)
    shorter = replace(FIRST, interaction=OneOf((option("a", 1.0), option("c"))))

    assert attempt(kept).is_changed(shorter, kept)
    assert kept_grade(shorter, kept).score == 0.7
    assert kept_grade(shorter, kept).chosen == ()
    assert kept_grade(shorter, kept).competencies == shorter.competencies


def test_a_response_that_would_be_graded_otherwise_is_changed_and_keeps_its_score() -> None:
    kept = answered("first", "b", score=0.0)
    corrected = replace(FIRST, interaction=OneOf((option("a"), option("b", 1.0))))

    assert attempt(kept).is_changed(corrected, kept)
    assert kept_grade(corrected, kept).score == 0.0
    assert kept_grade(corrected, kept).chosen == (option("b", 1.0),)


def test_of_a_scenario_the_steps_are_changed_from_where_the_path_broke_off() -> None:
    under_way = attempt(*TAKEN)

    assert [under_way.is_changed(without_repair(), kept) for kept in TAKEN] == [False, True]


def test_a_step_is_changed_when_the_path_no_longer_leads_to_it_though_it_is_still_there() -> None:
    usual = scenario()
    elsewhere = story(
        replace(usual, nodes={**usual.nodes, "n1": node("n1", choice("c", Effect.HARMFUL, "n2"))}),
    )

    assert attempt(*TAKEN).is_changed(elsewhere, TAKEN[1])
    assert kept_grade(elsewhere, TAKEN[1]).chosen == (usual.nodes["repair"].choices[0].option,)
