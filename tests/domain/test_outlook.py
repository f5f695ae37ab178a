"""Forecasts to a date: their bounds, what evidence and time do to them, and the arithmetic itself."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from math import exp, log, pi, sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import LEARNT, NOW, answer, cell_of, days, known_cell, stranger_cell
from tests.domain.strategies import ITEMS, cells, difficulties, later, logs, scores, shared_terms
from trainer.domain.mastery import (
    INTERVAL_Z,
    NODES,
    SHIPPED,
    WEIGHTS,
    Answer,
    Belief,
    Cell,
    Forecast,
    Mastery,
    Outlook,
    SharedTerms,
    fade,
    forecast,
    gather,
    memory_days,
    outlook,
    replay,
)

TINY = 1e-9
ROOTS, ROOT_WEIGHTS = np.polynomial.hermite.hermgauss(9)

many_cells = st.lists(cells(), min_size=1, max_size=3)


def view_of(cells: Sequence[Cell], on: datetime, shared: SharedTerms = LEARNT) -> Outlook:
    return outlook(gather(cells, shared.constants), on, shared)


def novelty(term: Mastery | None, on: datetime) -> float:
    if term is None:
        return 1.0
    gone = max(0.0, (on - term.at) / timedelta(days=1))
    return 1.0 - 1.0 / (1.0 + gone / 14.0)


# The same forecast in plain arithmetic, one number after the other


def ability_of(cell: Cell, on: datetime) -> Belief:
    return fade(cell.ability, SHIPPED.ability_variance, SHIPPED.ability_days, on)


def state_of(cell: Cell, on: datetime, shared: SharedTerms) -> Belief:
    """S with all else that the items of the cell share: level, difficulty and novelty of the competency."""
    mean, variance = fade(cell.state, SHIPPED.state_variance, SHIPPED.state_days, on)
    new = novelty(cell.state, on)
    new_items = sum(novelty(memory, on) for memory in cell.memories) / len(cell.memories)
    return (
        mean + shared.population[0] - cell.competency[0] - new * shared.competency_novelty[0],
        variance
        + shared.population[1]
        + cell.competency[1]
        + new**2 * shared.competency_novelty[1]
        + new_items**2 * shared.item_novelty[1],
    )


def items_of(cell: Cell, on: datetime, shared: SharedTerms) -> list[Belief]:
    """R less the difficulty and the novelty of each item."""
    found = []
    for memory, (difficulty, unsure) in zip(cell.memories, cell.items, strict=True):
        mean, variance = fade(memory, SHIPPED.memory_variance, memory_days(SHIPPED, memory), on)
        found.append((mean - difficulty - novelty(memory, on) * shared.item_novelty[0], variance + unsure))
    return found


def chance_of(level: float, item: Belief) -> float:
    return 1.0 / (1.0 + exp(-(level + item[0]) / sqrt(1.0 + pi * item[1] / 8.0)))


def share_at(cell: Cell, level: float, on: datetime, shared: SharedTerms) -> float:
    """The share handled well by someone whose ability and state together are `level`."""
    chances = [chance_of(level, item) for item in items_of(cell, on, shared)]
    return sum(chances) / len(chances)


def reach_of(cell: Cell, on: datetime, shared: SharedTerms) -> float:
    """How far the 80 % interval goes to either side, in log-odds."""
    ability, state = ability_of(cell, on), state_of(cell, on, shared)
    slopes, spread = [], 0.0
    for item in items_of(cell, on, shared):
        p = chance_of(ability[0] + state[0], item)
        slopes.append(p * (1.0 - p) / sqrt(1.0 + pi * item[1] / 8.0))
        spread += slopes[-1] ** 2 * item[1]
    return INTERVAL_Z * sqrt(ability[1] + state[1] + spread / sum(slopes) ** 2)


def plain_forecast(cell: Cell, on: datetime, shared: SharedTerms) -> Forecast:
    ability, state = ability_of(cell, on), state_of(cell, on, shared)
    centre, spread, reach = ability[0] + state[0], sqrt(ability[1] + state[1]), reach_of(cell, on, shared)
    mean = sum(
        weight / sqrt(pi) * share_at(cell, centre + sqrt(2.0) * root * spread, on, shared)
        for root, weight in zip(ROOTS, ROOT_WEIGHTS, strict=True)
    )
    low, high = (share_at(cell, centre + side * reach, on, shared) for side in (-1, 1))
    return Forecast(float(mean), low, high, cell.state.answers if cell.state else 0)


def integrated_mean(cell: Cell, on: datetime, shared: SharedTerms) -> float:
    """The expected share by adding up 2,001 narrow strips of the normal distribution of U + S."""
    ability, state = ability_of(cell, on), state_of(cell, on, shared)
    points = np.linspace(-8.0, 8.0, 2001)
    density = np.exp(-points * points / 2.0)
    spread = sqrt(ability[1] + state[1])
    shares = [share_at(cell, ability[0] + state[0] + point * spread, on, shared) for point in points]
    return float(np.dot(density, shares) / density.sum())


@given(many_cells, shared_terms, later)
def test_a_forecast_is_what_plain_arithmetic_gives(many: list[Cell], shared: SharedTerms, on: datetime) -> None:
    together = view_of(many, on, shared)

    for position, cell in enumerate(many):
        plain = plain_forecast(cell, on, shared)
        assert tuple(together.forecast(position)) == pytest.approx(tuple(plain), rel=TINY)
        assert tuple(forecast(cell, on, shared)) == pytest.approx(tuple(plain), rel=TINY)


@given(many_cells, shared_terms, later)
def test_the_terms_of_an_outlook_are_those_of_plain_arithmetic(
    many: list[Cell], shared: SharedTerms, on: datetime
) -> None:
    together = view_of(many, on, shared)

    for position, cell in enumerate(many):
        ability, state = ability_of(cell, on), state_of(cell, on, shared)
        found = (together.ability, together.ability_variance, together.state, together.state_variance)
        assert [each[position] for each in found] == pytest.approx([*ability, *state], rel=TINY, abs=1e-12)


def test_the_nodes_are_nine_of_a_standard_normal_and_the_interval_holds_four_fifths() -> None:
    assert len(NODES) == len(WEIGHTS) == 9
    assert WEIGHTS.sum() == pytest.approx(1.0)
    assert [WEIGHTS @ NODES**power for power in (1, 2, 3, 4)] == pytest.approx([0.0, 1.0, 0.0, 3.0], abs=1e-12)
    assert INTERVAL_Z == 1.2815515655446004


@pytest.mark.parametrize("wait", [0, 20, 400])
@pytest.mark.parametrize("level", [-3.0, 0.0, 1.0, 4.0])
def test_nine_nodes_give_the_mean_of_the_full_integral(level: float, wait: int) -> None:
    items = [(difficulty, 1.0) for difficulty in (-0.6, -0.2, 0.0, 0.2, 0.6, 1.4)]
    cell = known_cell(level, variance=0.3)._replace(items=items)

    mean = forecast(cell, days(wait), LEARNT).mean

    assert mean == pytest.approx(integrated_mean(cell, days(wait), LEARNT), abs=1e-5)


def test_the_forecast_of_a_stranger_in_a_new_company_is_the_full_integral_of_the_prior() -> None:
    stranger, prior = stranger_cell(0.0, 0.5, -0.5), SharedTerms.prior()

    mean = forecast(stranger, NOW, prior).mean

    assert mean == pytest.approx(integrated_mean(stranger, NOW, prior), abs=1e-4)


# Bounds


@given(cells(), shared_terms, later)
def test_a_forecast_is_a_share_within_its_interval(cell: Cell, shared: SharedTerms, on: datetime) -> None:
    mean, low, high, _ = forecast(cell, on, shared)

    assert 0.0 < low < mean < high < 1.0


@given(cells(), later)
def test_a_forecast_says_how_many_answers_it_rests_on(cell: Cell, on: datetime) -> None:
    assert forecast(cell, on, LEARNT).answers == (cell.state.answers if cell.state else 0)


@given(many_cells, later)
def test_a_forecast_alone_is_the_same_as_among_many(many: list[Cell], on: datetime) -> None:
    together = view_of(many, on)

    for position, cell in enumerate(many):
        assert tuple(together.forecast(position)) == pytest.approx(tuple(forecast(cell, on, LEARNT)), rel=TINY)


@given(many_cells, shared_terms, later)
def test_the_same_terms_give_the_same_forecast_each_time(many: list[Cell], shared: SharedTerms, on: datetime) -> None:
    one, other = (view_of(many, on, shared) for _ in range(2))

    assert [one.forecast(cell) for cell in range(len(many))] == [other.forecast(cell) for cell in range(len(many))]


# What evidence does


@given(logs(), scores, scores, shared_terms)
def test_a_better_last_score_never_lowers_the_forecast_of_that_day(
    log: list[Answer], one: float, other: float, shared: SharedTerms
) -> None:
    last = answer(99, "one", "greeting")

    worse, better = (
        forecast(cell_of(replay([*log, last._replace(score=score)]), "greeting", ITEMS), NOW, shared)
        for score in sorted((one, other))
    )

    assert all(high >= low - TINY for low, high in zip(worse, better, strict=True))


@given(logs(), st.booleans(), st.integers(0, 400))
def test_a_better_score_never_lowers_the_forecast_of_a_later_day(log: list[Answer], is_first: bool, wait: int) -> None:
    """A miss also shortens the memory, so one below 0 fades sooner: that may outweigh a score by a thousandth."""
    changed = answer(99, "one", "greeting", at=days(-80 if is_first else 0))

    worse, better = (
        forecast(cell_of(replay([*log, changed._replace(score=score)]), "greeting", ITEMS), days(wait), LEARNT)
        for score in (0.3, 0.6)
    )

    assert better.mean >= worse.mean - 0.001


@given(many_cells, st.floats(0.05, 1.0), later)
def test_harder_items_lower_the_forecast(many: list[Cell], harder: float, on: datetime) -> None:
    hardened = [
        cell._replace(items=[(difficulty + harder, unsure) for difficulty, unsure in cell.items]) for cell in many
    ]

    before, then = view_of(many, on), view_of(hardened, on)

    assert np.all(then.mean < before.mean)


@given(cells(), later)
def test_what_is_less_sure_of_a_competency_widens_the_interval(cell: Cell, on: datetime) -> None:
    difficulty, unsure = cell.competency

    sure, less_sure = (
        forecast(cell._replace(competency=(difficulty, variance)), on, LEARNT) for variance in (unsure, unsure + 0.2)
    )

    assert less_sure.low < sure.low
    assert less_sure.high > sure.high


def test_a_surer_level_of_the_company_narrows_the_interval() -> None:
    new_company, learnt = (
        forecast(known_cell(1.0), NOW, LEARNT if is_learnt else SharedTerms.prior()) for is_learnt in (False, True)
    )

    assert learnt.high - learnt.low < new_company.high - new_company.low


# What time does


@given(cells(), st.lists(st.floats(0.0, 500.0), min_size=2, max_size=5))
def test_without_practice_what_is_known_only_becomes_less_sure(cell: Cell, waits: list[float]) -> None:
    views = [view_of([cell], days(wait)) for wait in sorted(waits)]

    for earlier, then in pairwise(views):
        assert then.ability_variance[0] >= earlier.ability_variance[0] - TINY
        assert then.state_variance[0] >= earlier.state_variance[0] - TINY


@pytest.mark.parametrize("level", [-2.0, 0.0, 2.0])
def test_without_practice_the_interval_widens(level: float) -> None:
    cell = known_cell(level)

    widths = [view.high - view.low for view in (forecast(cell, days(wait), LEARNT) for wait in (0, 7, 30, 90, 365))]

    assert widths == sorted(widths)
    assert widths[-1] > 1.3 * widths[0]


@given(cells(), shared_terms)
def test_long_without_practice_a_forecast_is_that_of_a_stranger(cell: Cell, shared: SharedTerms) -> None:
    stranger = cell._replace(ability=None, state=None, memories=[None] * len(cell.memories))

    in_the_end = forecast(cell, days(2_000_000), shared)

    assert in_the_end[:3] == pytest.approx(forecast(stranger, NOW, shared)[:3], abs=0.002)


@given(st.lists(difficulties, min_size=1, max_size=5), later, later)
def test_who_has_met_nothing_gets_the_same_forecast_on_any_date(
    hard: list[float], one: datetime, other: datetime
) -> None:
    stranger = stranger_cell(*hard)

    assert forecast(stranger, one, LEARNT) == forecast(stranger, other, LEARNT)
    assert forecast(stranger, one, LEARNT).answers == 0


@given(many_cells, st.floats(1.0, 900.0).map(lambda gone: days(-300.0 - gone)))
def test_a_date_before_all_evidence_is_forecast_as_of_the_evidence(many: list[Cell], on: datetime) -> None:
    early = view_of(many, on)

    for position, cell in enumerate(many):
        mean, variance = (cell.ability or Mastery(0.0, SHIPPED.ability_variance, NOW))[:2]
        assert (early.ability[position], early.ability_variance[position]) == pytest.approx((mean, variance))


# What a target needs


@given(many_cells, st.floats(0.1, 0.99), shared_terms, later)
def test_the_needed_level_is_the_one_whose_share_is_the_target(
    many: list[Cell], target: float, shared: SharedTerms, on: datetime
) -> None:
    needed = view_of(many, on, shared).needed(np.full(len(many), target))

    for cell, level in zip(many, needed, strict=True):
        assert share_at(cell, level, on, shared) == pytest.approx(target, abs=1e-9)


def test_the_needed_level_for_one_item_is_the_log_odds_of_the_target() -> None:
    (needed,) = view_of([stranger_cell(0.5)], NOW).needed(np.array([0.8]))

    damping = sqrt(1.0 + pi * (0.85 + 1.5) / 8.0)
    assert needed == pytest.approx(damping * log(0.8 / 0.2) + 0.5 + LEARNT.item_novelty[0])
