"""Conditions of a scenario, the states it can come to, its best way, and how a path scores against it."""

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import choice, ending, node, prose, scenario
from trainer.domain.content import (
    ALWAYS,
    Bound,
    Choice,
    Condition,
    Detour,
    Effect,
    Meter,
    Node,
    Option,
    Outcome,
    Scenario,
)
from trainer.domain.scenario import (
    MAX_STATES,
    MAX_STEPS,
    Meters,
    Position,
    best_path,
    best_way,
    graph_of,
    holds,
    missed_step,
    missed_steps,
    place_after,
    score_path,
    walk,
)

BEST, WEAK, HARMFUL = Effect.BEST, Effect.WEAK, Effect.HARMFUL
PLACES = ("n1", "n2", "n3", "n4", "agreed", "later", "broken")


def only(made: Choice, **changes: object) -> Choice:
    return replace(made, **changes)  # type: ignore[arg-type]


def slow() -> Scenario:
    """At `n2` the best choice wants time, which the weak choice of `n1` costs; a harmful start ends in `repair`."""
    return scenario(
        node("n1", choice("a", BEST, "n2"), only(choice("b", WEAK, "n2"), time=-2)),
        node(
            "n2",
            only(choice("a", BEST, "agreed"), when=Condition((Bound(Meter.TIME, at_least=50),))),
            only(choice("b", WEAK, "later"), detours=(Detour("broken", Condition(chose=(("n1", "b"),))),)),
            choice("c", HARMFUL, "broken"),
        ),
    )


def keys(position: Position) -> list[str]:
    return [each.option.id for each in position.offered]


# Conditions


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (ALWAYS, True),
        (Condition((Bound(Meter.TIME, at_least=34),)), True),
        (Condition((Bound(Meter.TIME, at_least=35),)), False),
        (Condition((Bound(Meter.TIME, below=34),)), False),
        (Condition((Bound(Meter.TIME, below=35),)), True),
        (Condition((Bound(Meter.TRUST, at_least=40), Bound(Meter.TIME, at_least=60))), False),
        (Condition(chose=(("n1", "a"),)), True),
        (Condition(chose=(("n1", "a"), ("n1", "b"))), False),
        (Condition(not_chose=(("n1", "b"),)), True),
        (Condition(not_chose=(("n1", "b"), ("n1", "a"))), False),
    ],
)
def test_a_condition_holds_when_all_that_it_asks_for_does(condition: Condition, expected: bool) -> None:
    assert holds(condition, Meters(time=34), {("n1", "a")}) is expected


def test_time_is_a_meter_that_only_its_own_steps_move() -> None:
    made = only(choice("a", BEST, "n2"), time=-2)

    assert Meters().after(made).time == 34
    assert Meters().after(choice("a", BEST, "n2")).time == 50


def test_a_scenario_shows_time_only_where_a_choice_moves_it() -> None:
    assert scenario().meters == (Meter.TRUST, Meter.CLARITY)
    assert slow().meters == tuple(Meter)


def test_a_choice_is_offered_when_its_condition_holds() -> None:
    assert keys(walk(slow(), [("n1", "a")])) == ["a", "b", "c"]
    assert keys(walk(slow(), [("n1", "b")])) == ["b", "c"]


def test_a_choice_that_was_not_open_breaks_the_walk_off() -> None:
    assert walk(slow(), [("n1", "b"), ("n2", "a")]).is_broken


def test_a_choice_leads_to_its_first_detour_whose_condition_holds_after_it() -> None:
    late = Condition((Bound(Meter.TIME, below=50),))
    made = only(choice("a", BEST, "n2"), detours=(Detour("n3", late), Detour("n4", ALWAYS)))

    assert place_after(made, Meters(time=49), set()) == "n3"
    assert place_after(made, Meters(time=50), set()) == "n4"
    assert walk(slow(), [("n1", "b"), ("n2", "b")]).ending == ending("broken", Outcome.DAMAGED)
    assert walk(slow(), [("n1", "a"), ("n2", "b")]).ending == ending("later", Outcome.POSTPONED)


def test_a_choice_scores_among_those_it_was_offered_with() -> None:
    with_all = walk(slow(), [("n1", "a"), ("n2", "b")]).steps[1]
    without_best = walk(slow(), [("n1", "b"), ("n2", "b")]).steps[1]

    assert with_all.score == pytest.approx(1 / 3)
    assert without_best.score == 1.0
    assert (with_all.loss > 0, without_best.loss) == (True, 0)


def test_the_missed_steps_are_those_at_which_something_better_was_offered() -> None:
    steps = walk(slow(), [("n1", "b"), ("n2", "b")]).steps

    assert missed_steps(steps) == (0,)
    assert missed_step(steps) == steps[0]
    assert missed_step(walk(slow(), [("n1", "a"), ("n2", "a")]).steps) is None


# States


def test_without_conditions_there_are_as_many_states_as_places() -> None:
    assert len(graph_of(scenario()).moves) == 6


def test_only_what_conditions_ask_for_makes_states() -> None:
    places = [state.place for state in graph_of(slow()).moves]

    assert places.count("n2") == 2
    assert {state.meters.trust for state in graph_of(slow()).moves} == {50}


def test_a_state_knows_a_shortest_way_to_it() -> None:
    graph = graph_of(slow())
    late = next(state for state in graph.moves if state.place == "n2" and state.meters.time == 34)

    assert graph.way_to(late) == (("n1", "b"),)
    assert graph.way_to(graph.start) == ()


def test_a_walk_ends_in_a_state_of_the_graph() -> None:
    steps = walk(slow(), [("n1", "b")]).steps

    assert graph_of(slow()).follow(steps).meters == Meters(time=34)


def many_states() -> Scenario:
    """Thirteen choices, each of which is remembered, in any order: 2 to the 13th states and more."""
    names = "abcdefghijklm"
    asked = Condition(not_chose=tuple(("n1", name) for name in names))
    circle = [choice(name, WEAK, "n1") for name in names]
    return scenario(node("n1", choice("z", BEST, "agreed"), only(choice("y", WEAK, "later"), when=asked), *circle))


def test_the_search_stops_at_its_bound_and_says_so() -> None:
    graph = graph_of(many_states())

    assert not graph.is_whole
    assert sum(bool(moves) for moves in graph.moves.values()) <= MAX_STATES < len(graph.moves)
    assert best_way(many_states()) is not None


# The best way


def test_the_best_way_keeps_the_better_choices_open() -> None:
    way = best_way(slow())

    assert way is not None
    assert [move.choice.option.id for move in way.moves] == ["a", "a"]
    assert (way.ending.outcome, way.points, way.counted) == (Outcome.AGREEMENT, 2.0, 2)


def test_the_best_way_from_a_state_is_what_is_still_to_be_had() -> None:
    graph = graph_of(slow())
    late = graph.follow(walk(slow(), [("n1", "b")]).steps)

    way = best_way(slow(), late)

    assert way is not None
    assert [move.choice.option.id for move in way.moves] == ["b"]
    assert way.ending.outcome is Outcome.DAMAGED


def test_of_equal_ways_the_better_ending_counts_and_then_the_shorter_way() -> None:
    two = scenario(
        node("n1", choice("a", BEST, "n2"), choice("b", BEST, "later"), choice("c", BEST, "agreed")),
        node("n2", choice("a", BEST, "agreed")),
    )

    way = best_way(two)

    assert way is not None
    assert [move.choice.option.id for move in way.moves] == ["c"]


def test_without_an_ending_in_reach_there_is_no_best_way() -> None:
    circle = scenario(node("n1", choice("a", BEST, "n2")), node("n2", choice("a", BEST, "n1")))

    assert best_way(circle) is None
    assert score_path(circle, ("greeting",), [], []) == ()


def test_the_best_way_for_a_competency_goes_where_it_is_asked_for() -> None:
    served = scenario(
        node("n1", choice("a", BEST, "agreed", "greeting"), choice("b", HARMFUL, "repair", "greeting")),
        node("repair", choice("a", BEST, "agreed", "apologising"), choice("b", HARMFUL, "broken", "apologising")),
    )

    way = best_way(served, None, "apologising", ("greeting",))

    assert way is not None
    assert [move.choice.option.id for move in way.moves] == ["b", "a"]
    assert (way.points, way.counted) == (1.0, 1)
    assert best_way(served, None, "gifts", ("greeting",)) is None


def test_a_circle_does_not_make_the_search_endless() -> None:
    lingering = scenario(
        node("n1", choice("a", BEST, "n1"), choice("b", WEAK, "later"), choice("c", HARMFUL, "broken")),
    )

    way = best_way(lingering)

    assert way is not None
    assert len(way.moves) == MAX_STEPS
    assert way.ending.outcome is Outcome.POSTPONED


# Scores


def test_a_path_scores_overall_and_for_each_competency_against_the_best() -> None:
    served = scenario(
        node("n1", choice("a", BEST, "n2", "greeting"), choice("b", HARMFUL, "n2", "greeting")),
        node("n2", choice("a", BEST, "agreed"), choice("b", HARMFUL, "broken")),
    )
    steps = walk(served, [("n1", "b"), ("n2", "a")]).steps

    overall, greeting, deciding = score_path(served, ("deciding",), steps, [0.0, 1.0])

    assert (overall.competency, overall.taken, overall.best) == (None, (1.0, 2), (2.0, 2))
    assert (greeting.competency, greeting.taken, greeting.best) == ("greeting", (0.0, 1), (1.0, 1))
    assert (deciding.competency, deciding.taken.share, deciding.best.share) == ("deciding", 1.0, 1.0)


def test_a_competency_that_the_path_did_not_ask_for_has_no_share() -> None:
    served = scenario(
        node("n1", choice("a", BEST, "agreed", "greeting"), choice("b", HARMFUL, "repair", "greeting")),
        node("repair", choice("a", BEST, "agreed", "apologising"), choice("b", HARMFUL, "broken", "apologising")),
    )
    steps = walk(served, [("n1", "a")]).steps

    scored = {each.competency: each for each in score_path(served, ("greeting",), steps, [1.0])}

    assert scored["apologising"].taken.share is None
    assert scored["apologising"].best.share == 1.0


# Whatever the author writes

steps_of_meters = st.integers(-2, 2)


@st.composite
def conditions(draw: st.DrawFn) -> Condition:
    meter = draw(st.sampled_from(Meter))
    key = (draw(st.sampled_from(PLACES[:4])), draw(st.sampled_from("abc")))
    return draw(
        st.sampled_from(
            [
                ALWAYS,
                Condition((Bound(meter, at_least=draw(st.integers(1, 100))),)),
                Condition((Bound(meter, below=draw(st.integers(1, 100))),)),
                Condition(chose=(key,)),
                Condition(not_chose=(key,)),
            ]
        )
    )


@st.composite
def choices(draw: st.DrawFn, name: str) -> Choice:
    option = Option(name, prose(), 0.0, prose(), WEAK, draw(steps_of_meters), draw(steps_of_meters), prose())
    return Choice(
        option,
        draw(st.sampled_from(PLACES)),
        draw(st.sampled_from([(), ("greeting",), ("greeting", "gifts")])),
        draw(steps_of_meters),
        ALWAYS if name == "a" else draw(conditions()),
        tuple(Detour(draw(st.sampled_from(PLACES)), draw(conditions())) for _ in range(draw(st.integers(0, 1)))),
    )


@st.composite
def scenarios(draw: st.DrawFn) -> Scenario:
    nodes: list[Node] = []
    for name in PLACES[:4]:
        nodes.append(node(name, *(draw(choices(option)) for option in "abc"[: draw(st.integers(1, 3))])))
    return scenario(*nodes)


def random_walk(any_scenario: Scenario, rng: Random) -> Position:
    """To an ending, or as far as the search looks."""
    taken: list[tuple[str | None, str]] = []
    position = walk(any_scenario, taken)
    while position.node is not None and len(taken) < MAX_STEPS:
        taken.append((position.node.id, rng.choice(position.offered).option.id))
        position = walk(any_scenario, taken)
    return position


@given(scenarios(), st.randoms(use_true_random=False))
def test_no_walk_to_an_ending_scores_higher_than_the_best_way(any_scenario: Scenario, rng: Random) -> None:
    position = random_walk(any_scenario, rng)
    if position.ending is None:
        return

    for each in score_path(any_scenario, ("deciding",), position.steps, [step.score for step in position.steps]):
        assert each.best.share is not None
        assert 0.0 <= (each.taken.share or 0.0) <= each.best.share + 1e-6 <= 1.0 + 1e-6


@given(scenarios(), st.randoms(use_true_random=False))
def test_every_state_that_a_walk_comes_to_is_known_with_what_it_offers(any_scenario: Scenario, rng: Random) -> None:
    position = random_walk(any_scenario, rng)
    graph = graph_of(any_scenario)

    state = graph.follow(position.steps)

    assert graph.is_whole
    assert [move.choice for move in graph.moves[state]] == list(position.offered)


@given(scenarios())
def test_the_best_way_is_a_walk_of_the_scenario(any_scenario: Scenario) -> None:
    way = best_way(any_scenario)
    if way is None:
        return
    places = [graph_of(any_scenario).start, *(move.to for move in way.moves)]

    position = walk(
        any_scenario,
        [(state.place, move.choice.option.id) for state, move in zip(places, way.moves, strict=False)],
    )

    assert position.ending == way.ending
    assert sum(step.score for step in position.steps) == pytest.approx(way.points)


@given(scenarios())
def test_the_path_of_best_choices_is_looked_for_without_end(any_scenario: Scenario) -> None:
    assert len(best_path(any_scenario)) <= len(graph_of(any_scenario).moves)
