"""Walking a branching scenario: places, meters, the step that turned it, the best way through."""

import pytest

from tests.builders import choice, ending, node, scenario
from trainer.domain.content import Effect, Outcome
from trainer.domain.scenario import (
    METER_START,
    METER_STEP,
    Meters,
    Step,
    best_choice,
    best_path,
    find_choice,
    turning_step,
    walk,
)

AGREED = ending("agreed", Outcome.AGREEMENT)
LATER = ending("later", Outcome.POSTPONED)


def path(*taken: str) -> list[tuple[str | None, str]]:
    """Choices that were taken, each given as node.choice."""
    return [(node_id, choice_id) for node_id, choice_id in (each.split(".") for each in taken)]


def test_a_walk_begins_at_the_start_with_both_meters_in_the_middle() -> None:
    position = walk(scenario(), [])

    assert position.node is not None
    assert position.node.id == "n1"
    assert (position.steps, position.ending, position.meters) == ((), None, Meters(METER_START, METER_START))


def test_each_choice_leads_to_its_next_place() -> None:
    position = walk(scenario(), path("n1.c", "repair.a"))

    assert [step.node.id for step in position.steps] == ["n1", "repair"]
    assert position.node is not None
    assert position.node.id == "n2"
    assert position.ending is None


def test_a_walk_is_over_at_an_ending() -> None:
    position = walk(scenario(), path("n1.a", "n2.a"))

    assert position.node is None
    assert position.ending == AGREED


@pytest.mark.parametrize(
    ("taken", "walked"),
    [
        (path("n1.z"), 0),
        (path("gone.a"), 0),
        ([(None, "a")], 0),
        (path("n1.a", "n2.z", "n2.a"), 1),
        (path("n1.a", "gone.a"), 1),
        (path("n1.a", "repair.a"), 1),
        (path("n1.a", "n2.a", "n2.a"), 2),
    ],
    ids=["no choice", "no start", "no scenario then", "a later choice", "no node", "another node", "after the end"],
)
def test_a_walk_stops_where_the_path_that_was_taken_is_no_longer_there(
    taken: list[tuple[str | None, str]], walked: int
) -> None:
    position = walk(scenario(), taken)

    assert position.is_broken
    assert (position.node, position.ending) == (None, None)
    assert [(step.node.id, step.choice.option.id) for step in position.steps] == taken[:walked]
    assert position.meters == (position.steps[-1].meters if walked else Meters())


@pytest.mark.parametrize("taken", [(), ("n1.a",), ("n1.a", "n2.a")], ids=["start", "middle", "end"])
def test_a_walk_whose_path_is_there_is_not_broken(taken: tuple[str, ...]) -> None:
    assert not walk(scenario(), path(*taken)).is_broken


def test_a_node_finds_its_choice_by_id() -> None:
    wanted = choice("b", Effect.WEAK, "n2")
    asked = node("n1", choice("a", Effect.BEST, "n2"), wanted)

    assert find_choice(asked, "b") is wanted
    assert find_choice(asked, "c") is None


def test_trust_falls_twice_as_fast_as_it_rises() -> None:
    gained = Meters().after(choice("a", Effect.BEST, "n2"))
    lost = Meters().after(choice("c", Effect.HARMFUL, "n2"))

    assert gained.trust - METER_START == 2 * METER_STEP
    assert METER_START - lost.trust == 2 * (gained.trust - METER_START)


def test_clarity_falls_as_fast_as_it_rises() -> None:
    gained = Meters().after(choice("a", Effect.BEST, "n2"))
    lost = Meters().after(choice("c", Effect.HARMFUL, "n2"))

    assert gained.clarity - METER_START == METER_START - lost.clarity == METER_STEP


def test_meters_stay_between_nought_and_a_hundred() -> None:
    meters = Meters()

    for _ in range(10):
        meters = meters.after(choice("c", Effect.HARMFUL, "n2"))
    bottom = meters
    for _ in range(20):
        meters = meters.after(choice("a", Effect.BEST, "n2"))

    assert bottom == Meters(0, 0)
    assert meters == Meters(100, 100)


def test_each_step_keeps_what_the_meters_read_after_it() -> None:
    steps = walk(scenario(), path("n1.a", "n2.b")).steps

    assert [step.meters for step in steps] == [Meters(66, 58), Meters(66, 50)]


def test_after_a_good_ending_the_repair_is_what_turned_it() -> None:
    position = walk(scenario(), path("n1.c", "repair.a", "n2.a"))

    turning = turning_step(position.steps, AGREED)

    assert turning is not None
    assert turning.node.id == "repair"


def test_after_a_good_ending_without_repair_the_step_that_gained_most_turned_it() -> None:
    position = walk(scenario(), path("n1.b", "n2.a"))

    turning = turning_step(position.steps, AGREED)

    assert turning == position.steps[1]


def test_of_equal_gains_the_first_step_turned_it() -> None:
    position = walk(scenario(), path("n1.a", "n2.a"))

    assert turning_step(position.steps, AGREED) == position.steps[0]


def test_after_another_ending_the_step_furthest_below_the_best_choice_turned_it() -> None:
    position = walk(scenario(), path("n1.c", "repair.a", "n2.b"))

    assert turning_step(position.steps, LATER) == position.steps[0]


def test_where_every_step_was_the_best_the_last_one_turned_a_poor_ending() -> None:
    first = node("n1", choice("a", Effect.BEST, "n2"))
    last = node("n2", choice("a", Effect.BEST, "later"))
    steps = [Step(each, each.choices[0], Meters()) for each in (first, last)]

    assert turning_step(steps, LATER) == steps[1]


def test_without_steps_nothing_turned() -> None:
    assert turning_step([], AGREED) is None


def test_the_best_path_takes_the_best_choice_of_each_node_to_its_ending() -> None:
    path = best_path(scenario())

    assert [each.next for each in path] == ["n2", "agreed"]
    assert path[0] == best_choice(scenario().nodes["n1"].choices)


def test_the_best_path_stops_where_a_node_repeats() -> None:
    circle = scenario(node("n1", choice("a", Effect.BEST, "n2")), node("n2", choice("a", Effect.BEST, "n1")))

    assert [each.next for each in best_path(circle)] == ["n2", "n1"]
