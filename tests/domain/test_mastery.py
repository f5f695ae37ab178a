"""The forecast can be trusted: bounds, direction of every effect, order of evidence, and the arithmetic itself."""

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise
from math import exp, log, pi, sqrt
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import NOW, answer, days, known_cell
from trainer.domain.content import CefrLevel
from trainer.domain.mastery import (
    ABILITY_FADE_DAYS,
    ABILITY_VARIANCE,
    COMPETENCY_NOVELTY,
    COMPETENCY_VARIANCE,
    ITEM_NOVELTY,
    ITEM_VARIANCE,
    MEMORY_FADE_DAYS,
    MEMORY_FADE_TIMES,
    MEMORY_VARIANCE,
    NODES,
    NOVELTY_DAYS,
    POPULATION_LEVEL,
    PRACTICE_GAIN,
    REPLAY_WEIGHT,
    STATE_FADE_DAYS,
    STATE_VARIANCE,
    UNMET_ABILITY,
    UNMET_MEMORY,
    UNMET_STATE,
    WEIGHTS,
    Answer,
    Cell,
    LearnerTerms,
    Mastery,
    Observation,
    Scope,
    Terms,
    expect,
    fade,
    forecast,
    item_difficulty,
    observe,
    outlook,
    replay,
)

TINY = 1e-9
ITEMS = ("one", "two", "three")
COMPETENCIES = ("greeting", "clarifying")

scores = st.floats(0.0, 1.0)
difficulties = st.floats(-1.0, 1.5)
later = st.floats(0.0, 500.0).map(days)
"""Moments from now on; what is known was learnt up to now."""


def terms_of(prior: Mastery) -> st.SearchStrategy[Mastery]:
    """What may be known of a term by now: nothing, or a mean with a variance of at most its prior's."""
    met = st.builds(
        Mastery,
        mean=st.floats(-4.0, 4.0),
        variance=st.floats(0.02, 1.0).map(lambda part: part * prior.variance),
        at=st.floats(-300.0, 0.0).map(days),
        answers=st.integers(1, 40),
    )
    return st.just(prior) | met


abilities, states, memories = map(terms_of, (UNMET_ABILITY, UNMET_STATE, UNMET_MEMORY))
known = st.builds(Terms, ability=abilities, states=st.lists(states, min_size=1, max_size=2).map(tuple), memory=memories)


@st.composite
def cells(draw: st.DrawFn) -> Cell:
    items = draw(st.lists(st.tuples(memories, difficulties), min_size=1, max_size=6))
    return Cell(draw(abilities), draw(states), [memory for memory, _ in items], [hard for _, hard in items])


@st.composite
def logs(draw: st.DrawFn) -> list[Answer]:
    """A learner's answers in any order, some at the same moment."""
    rows = draw(
        st.lists(
            st.tuples(
                st.sampled_from(ITEMS),
                st.lists(st.sampled_from(COMPETENCIES), min_size=1, max_size=2, unique=True),
                scores,
                st.integers(-60, 0),
            ),
            min_size=1,
            max_size=12,
        )
    )
    return [
        answer(number, item_key, *names, score=score, at=days(at))
        for number, (item_key, names, score, at) in enumerate(rows)
    ]


def share_at(cell: Cell, level: float, on: datetime) -> float:
    """The share handled well by someone whose U + S is `level`, item by item in plain arithmetic."""
    chances = []
    for memory, difficulty in zip(cell.memories, cell.difficulties, strict=True):
        left = faded_memory(memory, on)
        cost = ITEM_NOVELTY * novelty(memory, on) + COMPETENCY_NOVELTY * novelty(cell.state, on)
        mean = POPULATION_LEVEL + level + left.mean - difficulty - cost
        chances.append(1.0 / (1.0 + exp(-mean / sqrt(1.0 + pi * (left.variance + ITEM_VARIANCE) / 8.0))))
    return sum(chances) / len(chances)


def faded_memory(memory: Mastery, on: datetime) -> Mastery:
    times = min(max(memory.answers, 1), MEMORY_FADE_TIMES)
    return fade(memory, UNMET_MEMORY, MEMORY_FADE_DAYS * times, on)


def novelty(term: Mastery, on: datetime) -> float:
    if not term.is_met:
        return 1.0
    gone = max(0.0, (on - term.at) / timedelta(days=1))
    return 1.0 - 1.0 / (1.0 + gone / NOVELTY_DAYS)


def integrated_mean(cell: Cell, on: datetime) -> float:
    """The expected share by adding up 2,001 narrow strips of the normal distribution of U + S."""
    ability = fade(cell.ability, UNMET_ABILITY, ABILITY_FADE_DAYS, on)
    state = fade(cell.state, UNMET_STATE, STATE_FADE_DAYS, on)
    spread = sqrt(ability.variance + state.variance + COMPETENCY_VARIANCE)
    points = np.linspace(-8.0, 8.0, 2001)
    density = np.exp(-points * points / 2.0)
    shares = [share_at(cell, ability.mean + state.mean + point * spread, on) for point in points]
    return float(np.dot(density, shares) / density.sum())


def test_the_constants_are_those_whose_forecasts_were_measured() -> None:
    """They travel from one response log to the next; whoever changes one measures again."""
    assert POPULATION_LEVEL == 0.4
    assert (ABILITY_VARIANCE, STATE_VARIANCE, MEMORY_VARIANCE) == (1.3, 0.35, 0.85)
    assert (COMPETENCY_VARIANCE, ITEM_VARIANCE) == (0.1, 1.5)
    assert (ABILITY_FADE_DAYS, STATE_FADE_DAYS, NOVELTY_DAYS) == (120.0, 14.0, 14.0)
    assert (MEMORY_FADE_DAYS, MEMORY_FADE_TIMES) == (7.0, 16)
    assert (PRACTICE_GAIN, REPLAY_WEIGHT) == (1.2, 0.3)
    assert (ITEM_NOVELTY, COMPETENCY_NOVELTY) == (0.3, 0.2)
    assert [item_difficulty(CefrLevel(level)) for level in ("A1", "A2", "B1", "B2")] == [-0.6, -0.2, 0.2, 0.6]


def test_one_answer_moves_the_terms_as_the_formulas_say() -> None:
    """The update of the brief, worked out by hand for a first right answer to an item of no difficulty."""
    mean = 0.4 - 0.3 - 0.2
    variance = 1.3 + 0.35 + 0.1 + 0.85 + 1.5
    p = 1.0 / (1.0 + exp(-mean / sqrt(1.0 + pi * variance / 8.0)))
    damping = 1.0 + p * (1.0 - p) * variance
    k, g = p * (1.0 - p) / damping, (1.0 - p) / damping

    after = observe(Terms(), Observation(1.0, NOW))

    assert expect(Terms(), 0.0, NOW) == pytest.approx(p)
    assert after.ability.mean == pytest.approx(1.3 * g)
    assert after.ability.variance == pytest.approx(1.3 - 1.3**2 * k)
    assert after.states[0].mean == pytest.approx(0.35 * g)
    assert after.states[0].variance == pytest.approx(0.35 - 0.35**2 * k)
    assert after.memory.mean == pytest.approx(0.85 * g + 1.2 * (1.0 - p))
    assert after.memory.variance == pytest.approx(0.85 - 0.85**2 * k)


@given(known, difficulties, later)
def test_a_chance_is_the_sum_of_its_terms_damped_by_their_uncertainty(
    terms: Terms, difficulty: float, at: datetime
) -> None:
    ability = fade(terms.ability, UNMET_ABILITY, ABILITY_FADE_DAYS, at)
    states = [fade(state, UNMET_STATE, STATE_FADE_DAYS, at) for state in terms.states]
    memory = faded_memory(terms.memory, at)
    new_competencies = sum(novelty(state, at) for state in terms.states) / len(states)
    mean = (
        POPULATION_LEVEL
        + ability.mean
        + sum(state.mean for state in states) / len(states)
        + memory.mean
        - difficulty
        - ITEM_NOVELTY * novelty(terms.memory, at)
        - COMPETENCY_NOVELTY * new_competencies
    )
    variance = (
        ability.variance
        + sum(state.variance + COMPETENCY_VARIANCE for state in states) / len(states) ** 2
        + memory.variance
        + ITEM_VARIANCE
    )

    assert expect(terms, difficulty, at) == pytest.approx(1.0 / (1.0 + exp(-mean / sqrt(1.0 + pi * variance / 8.0))))


# Bounds


@given(known, difficulties, later)
def test_a_chance_is_a_probability(terms: Terms, difficulty: float, at: datetime) -> None:
    assert 0.0 <= expect(terms, difficulty, at) <= 1.0


@given(cells(), later)
def test_a_forecast_is_a_share_within_its_interval(cell: Cell, on: datetime) -> None:
    mean, low, high, _ = forecast(cell, on)

    assert 0.0 <= low <= mean + TINY <= high + 2 * TINY <= 1.0 + 2 * TINY


@given(cells(), later)
def test_a_forecast_says_how_many_answers_it_rests_on(cell: Cell, on: datetime) -> None:
    assert forecast(cell, on).answers == cell.state.answers


def test_the_quadrature_weights_make_one_and_its_nodes_a_standard_normal() -> None:
    assert WEIGHTS.sum() == pytest.approx(1.0)
    assert pytest.approx(0.0) == WEIGHTS @ NODES
    assert pytest.approx(1.0) == WEIGHTS @ NODES**2


# What an answer does


@given(known, difficulties, scores, scores, later)
def test_a_higher_score_never_lowers_the_chance(
    terms: Terms, difficulty: float, one: float, other: float, at: datetime
) -> None:
    worse, better = sorted((one, other))

    after_worse = observe(terms, Observation(worse, at, difficulty))
    after_better = observe(terms, Observation(better, at, difficulty))

    assert expect(after_better, difficulty, at) >= expect(after_worse, difficulty, at) - TINY


@given(logs(), scores, st.integers(0, 200))
def test_a_higher_last_score_never_lowers_the_forecast(log: list[Answer], score: float, wait: int) -> None:
    last = answer(99, "one", "greeting", score=score, at=NOW)
    better = replace(last, score=min(1.0, score + 0.3))

    forecasts = [
        forecast(
            Cell(
                terms.ability,
                terms.states["greeting"],
                [terms.memories.get(name, UNMET_MEMORY) for name in ITEMS],
                [0.0] * len(ITEMS),
            ),
            days(wait),
        )
        for terms in (replay([*log, last]), replay([*log, better]))
    ]

    assert forecasts[1].mean >= forecasts[0].mean - TINY


@given(known, difficulties, scores, later)
def test_an_answer_never_widens_the_variance(terms: Terms, difficulty: float, score: float, at: datetime) -> None:
    after = observe(terms, Observation(score, at, difficulty))

    assert 0.0 < after.ability.variance <= fade(terms.ability, UNMET_ABILITY, ABILITY_FADE_DAYS, at).variance
    assert 0.0 < after.memory.variance <= faded_memory(terms.memory, at).variance
    for state, before in zip(after.states, terms.states, strict=True):
        assert 0.0 < state.variance <= fade(before, UNMET_STATE, STATE_FADE_DAYS, at).variance


@given(known, difficulties, later)
def test_practice_with_feedback_helps_with_the_very_item_even_after_a_miss(
    terms: Terms, difficulty: float, at: datetime
) -> None:
    after = observe(terms, Observation(0.0, at, difficulty, weight=0.0))

    assert after.memory.mean > faded_memory(terms.memory, at).mean
    assert expect(after, difficulty, at) > expect(terms, difficulty, at)


def test_one_gains_most_from_what_one_would_have_missed() -> None:
    easy, hard = (observe(Terms(), Observation(1.0, NOW, difficulty, weight=0.0)) for difficulty in (-1.0, 1.5))

    assert hard.memory.mean > easy.memory.mean > 0.0


def test_one_answer_counts_in_the_ability_in_each_competency_and_in_the_item() -> None:
    terms = replay([answer(1, "one", "greeting", "clarifying")])

    assert terms.ability.answers == 1
    assert {name: state.answers for name, state in terms.states.items()} == {"greeting": 1, "clarifying": 1}
    assert terms.memories["one"].answers == 1


def test_an_answer_for_two_competencies_says_less_about_each() -> None:
    alone = replay([answer(1, "one", "greeting")]).states["greeting"]
    shared = replay([answer(1, "one", "greeting", "clarifying")]).states["greeting"]

    assert 0.0 < shared.mean < alone.mean
    assert shared.variance > alone.variance


@given(known, difficulties, scores, later)
def test_a_replay_counts_less_than_a_first_answer(terms: Terms, difficulty: float, score: float, at: datetime) -> None:
    before = fade(terms.ability, UNMET_ABILITY, ABILITY_FADE_DAYS, at)

    first = observe(terms, Observation(score, at, difficulty)).ability
    again = observe(terms, Observation(score, at, difficulty, weight=REPLAY_WEIGHT)).ability

    assert abs(again.mean - before.mean) == pytest.approx(REPLAY_WEIGHT * abs(first.mean - before.mean))
    assert before.variance - again.variance == pytest.approx(REPLAY_WEIGHT * (before.variance - first.variance))


def test_the_second_answer_to_an_item_is_the_replay() -> None:
    first = replay([answer(1, "one")]).ability
    same_item = replay([answer(1, "one"), answer(2, "one", at=days(1))]).ability
    new_item = replay([answer(1, "one"), answer(2, "two", at=days(1))]).ability

    assert first.variance > same_item.variance > new_item.variance


@given(difficulties)
def test_a_first_contact_costs(difficulty: float) -> None:
    just_met = Terms(
        ability=replace(UNMET_ABILITY, at=NOW),
        states=(replace(UNMET_STATE, at=NOW),),
        memory=replace(UNMET_MEMORY, at=NOW),
    )
    new_item = replace(just_met, memory=UNMET_MEMORY)
    new_competency = replace(just_met, states=(UNMET_STATE,))

    met, item, area, both = (expect(terms, difficulty, NOW) for terms in (just_met, new_item, new_competency, Terms()))

    assert met > area > item > both


@given(st.lists(st.floats(0.0, 400.0), min_size=2, max_size=6))
def test_what_was_met_long_ago_comes_to_cost_as_much_as_the_new(waits: list[float]) -> None:
    met = Terms(states=(replace(UNMET_STATE, at=NOW),), memory=replace(UNMET_MEMORY, at=NOW))

    chances = [expect(met, 0.0, days(wait)) for wait in sorted(waits)]

    assert all(earlier >= then for earlier, then in pairwise(chances))
    assert min(chances) >= expect(Terms(), 0.0, NOW)


def test_a_harder_level_is_a_harder_item() -> None:
    chances = [expect(Terms(), item_difficulty(level), NOW) for level in CefrLevel]

    assert chances == sorted(chances, reverse=True)
    assert item_difficulty(None) == 0.0


# What time does


@pytest.mark.parametrize(
    ("prior", "half_days"),
    [
        (UNMET_ABILITY, ABILITY_FADE_DAYS),
        (UNMET_STATE, STATE_FADE_DAYS),
        (UNMET_MEMORY, MEMORY_FADE_DAYS),
    ],
    ids=["ability", "state", "memory"],
)
@given(st.data(), st.lists(st.floats(0.0, 1000.0), min_size=2, max_size=6))
def test_time_without_practice_moves_a_term_to_its_prior_and_never_past_it(
    prior: Mastery, half_days: float, data: st.DataObject, waits: list[float]
) -> None:
    start = data.draw(terms_of(prior))

    faded = [start, *(fade(start, prior, half_days, days(wait)) for wait in sorted(waits))]

    for earlier, then in pairwise(faded):
        assert abs(then.mean) <= abs(earlier.mean) + TINY
        assert then.mean * start.mean >= 0.0
        assert earlier.variance - TINY <= then.variance <= prior.variance + TINY
        assert then.answers == start.answers


def test_half_of_a_term_is_left_after_its_half_fade_time() -> None:
    start = Mastery(1.0, 0.3, NOW, 5)

    faded = fade(start, UNMET_ABILITY, ABILITY_FADE_DAYS, days(ABILITY_FADE_DAYS))

    assert faded.mean == pytest.approx(0.5)
    assert faded.variance == pytest.approx(ABILITY_VARIANCE - (ABILITY_VARIANCE - 0.3) / 4)


def test_a_date_before_the_last_answer_changes_nothing() -> None:
    start = Mastery(1.0, 0.3, NOW, 5)

    before = fade(start, UNMET_ABILITY, ABILITY_FADE_DAYS, days(-30))

    assert (before.mean, before.variance) == pytest.approx((start.mean, start.variance))
    assert before.at == start.at


def test_what_was_met_more_often_fades_more_slowly() -> None:
    once, often = (Terms(memory=Mastery(2.0, 0.3, NOW, answers)) for answers in (1, 8))

    assert expect(often, 0.0, days(30)) > expect(once, 0.0, days(30))


@given(cells(), st.lists(st.floats(0.0, 500.0), min_size=2, max_size=5))
def test_without_practice_the_uncertainty_of_a_forecast_only_grows(cell: Cell, waits: list[float]) -> None:
    outlooks = [outlook([cell], days(wait)) for wait in sorted(waits)]

    for earlier, then in pairwise(outlooks):
        assert then.ability_variance[0] >= earlier.ability_variance[0] - TINY
        assert then.state_variance[0] >= earlier.state_variance[0] - TINY


@given(cells())
def test_a_forecast_comes_back_to_that_of_a_stranger(cell: Cell) -> None:
    stranger = Cell(UNMET_ABILITY, UNMET_STATE, [UNMET_MEMORY] * len(cell.memories), cell.difficulties)

    in_the_end = forecast(cell, days(2_000_000))

    assert in_the_end[:3] == pytest.approx(forecast(stranger, NOW)[:3], abs=0.002)


@given(st.lists(difficulties, min_size=1, max_size=5), later, later)
def test_who_has_answered_nothing_gets_the_same_forecast_on_any_date(
    hard: list[float], one: datetime, other: datetime
) -> None:
    stranger = Cell(UNMET_ABILITY, UNMET_STATE, [UNMET_MEMORY] * len(hard), hard)

    assert forecast(stranger, one) == forecast(stranger, other)
    assert forecast(stranger, one).answers == 0


# The order of evidence


@given(logs(), st.randoms(use_true_random=False))
def test_the_order_in_which_evidence_arrives_does_not_matter(log: list[Answer], random: Random) -> None:
    shuffled = random.sample(log, len(log))

    assert replay(shuffled) == replay(log)


def test_evidence_counts_in_the_order_in_which_it_was_given() -> None:
    missed_then_right = replay([answer(1, score=0.0), answer(2, score=1.0, at=days(1))])
    right_then_missed = replay([answer(1, score=1.0), answer(2, score=0.0, at=days(1))])

    assert missed_then_right != right_then_missed


@given(logs())
def test_taking_answers_in_one_by_one_gives_the_terms_of_the_whole_log(log: list[Answer]) -> None:
    live = LearnerTerms()
    for each in sorted(log, key=lambda one: (one.answered_at, one.id)):
        live.learn(each)

    assert live == replay(log)


@given(logs())
def test_kept_terms_read_back_are_the_same_terms(log: list[Answer]) -> None:
    terms = replay(log)
    read_back = LearnerTerms()
    for scope, key, mastery in terms.named():
        read_back.put(scope, key, mastery)

    assert read_back == terms
    assert {scope for scope, _, _ in terms.named()} == set(Scope)


def test_learning_tells_the_chance_that_was_expected_just_before() -> None:
    terms = replay([answer(1, "one", at=days(-2))])
    before = terms.of("two", ("greeting",))

    expected = terms.learn(answer(2, "two", difficulty=0.5))

    assert expected == expect(before, 0.5, NOW)


def test_an_answer_from_before_what_is_known_is_told_apart() -> None:
    terms = replay([answer(1, "one", "greeting")])

    assert terms.is_before(answer(2, "two", "clarifying", at=days(1)))
    assert not terms.is_before(answer(2, "two", "clarifying", at=days(-1)))


# The arithmetic


@given(st.lists(cells(), min_size=2, max_size=8), later)
def test_a_forecast_alone_is_the_same_as_among_many(many: list[Cell], on: datetime) -> None:
    together = outlook(many, on)

    for position, cell in enumerate(many):
        assert together.forecast(position) == pytest.approx(forecast(cell, on), abs=TINY)


@given(st.lists(cells(), min_size=1, max_size=8), later)
def test_many_terms_at_once_fade_like_one(many: list[Cell], on: datetime) -> None:
    together = outlook(many, on)

    for position, cell in enumerate(many):
        ability = fade(cell.ability, UNMET_ABILITY, ABILITY_FADE_DAYS, on)
        state = fade(cell.state, UNMET_STATE, STATE_FADE_DAYS, on)
        assert together.ability[position] == pytest.approx(ability.mean, abs=TINY)
        assert together.ability_variance[position] == pytest.approx(ability.variance, abs=TINY)
        assert together.state[position] == pytest.approx(state.mean, abs=TINY)
        assert together.state_variance[position] == pytest.approx(state.variance + COMPETENCY_VARIANCE, abs=TINY)


@given(cells(), later)
def test_the_ends_of_the_interval_are_the_shares_at_its_levels(cell: Cell, on: datetime) -> None:
    view = outlook([cell], on)
    centre = view.ability[0] + view.state[0]
    reach = 1.2815515655446004 * sqrt(view.ability_variance[0] + view.state_variance[0] + view.noise[0])

    assert view.low[0] == pytest.approx(share_at(cell, centre - reach, on), abs=TINY)
    assert view.high[0] == pytest.approx(share_at(cell, centre + reach, on), abs=TINY)


@given(st.lists(cells(), min_size=1, max_size=4), st.floats(0.1, 0.99), later)
def test_the_needed_level_is_the_one_whose_share_is_the_target(many: list[Cell], target: float, on: datetime) -> None:
    needed = outlook(many, on).needed(np.full(len(many), target))

    for cell, level in zip(many, needed, strict=True):
        assert share_at(cell, level, on) == pytest.approx(target, abs=1e-7)


def test_the_needed_level_for_one_item_is_the_log_odds_of_the_target() -> None:
    cell = Cell(UNMET_ABILITY, UNMET_STATE, [UNMET_MEMORY], [0.5])

    (needed,) = outlook([cell], NOW).needed(np.array([0.8]))

    damping = sqrt(1.0 + pi * (MEMORY_VARIANCE + ITEM_VARIANCE) / 8.0)
    offset = POPULATION_LEVEL - 0.5 - ITEM_NOVELTY - COMPETENCY_NOVELTY
    assert needed == pytest.approx(damping * log(0.8 / 0.2) - offset)


@pytest.mark.parametrize("wait", [0, 20, 400])
@pytest.mark.parametrize("level", [-3.0, 0.0, 1.0, 4.0])
def test_nine_nodes_give_the_mean_of_the_full_integral(level: float, wait: int) -> None:
    cell = known_cell(level, variance=0.3)._replace(difficulties=[-0.6, -0.2, 0.0, 0.2, 0.6, 1.4])

    assert forecast(cell, days(wait)).mean == pytest.approx(integrated_mean(cell, days(wait)), abs=1e-5)


def test_the_forecast_of_a_stranger_is_the_full_integral_of_the_prior() -> None:
    stranger = Cell(UNMET_ABILITY, UNMET_STATE, [UNMET_MEMORY] * 3, [0.0, 0.5, -0.5])
    reach = 1.2815515655446004 * sqrt(
        ABILITY_VARIANCE + STATE_VARIANCE + COMPETENCY_VARIANCE + (MEMORY_VARIANCE + ITEM_VARIANCE) / 3
    )

    mean, low, high, _ = forecast(stranger, NOW)

    assert mean == pytest.approx(integrated_mean(stranger, NOW), abs=1e-5)
    assert (low, high) == pytest.approx((share_at(stranger, -reach, NOW), share_at(stranger, reach, NOW)), abs=0.01)
