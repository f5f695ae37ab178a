"""Warping finds the cheapest way, for one table or for several at once."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from trainer.speech.hearing.alignment import Floats, align, cheapest, distances

TABLES = st.tuples(st.integers(1, 7), st.integers(1, 7)).flatmap(
    lambda shape: arrays(np.float32, shape, elements=st.floats(0, 2, width=16))
)


def slow_sum(table: Floats) -> float:
    """As the textbook says it, cell by cell."""
    sums = np.full((table.shape[0] + 1, table.shape[1] + 1), np.inf)
    sums[0, 0] = 0
    for row, cells in enumerate(table, 1):
        for column, cell in enumerate(cells, 1):
            one = min(sums[row - 1, column], sums[row, column - 1]) + cell
            sums[row, column] = min(one, sums[row - 1, column - 1] + 2 * cell)
    return float(sums[-1, -1])


@given(TABLES)
def test_it_costs_what_the_textbook_says(table: Floats) -> None:
    (found,) = cheapest([table])

    assert found == pytest.approx(slow_sum(table) / sum(table.shape), abs=1e-4)


@given(TABLES)
def test_the_way_leads_from_beginning_to_end_and_costs_the_least(table: Floats) -> None:
    path = align(table)

    steps = [*zip(path.first.tolist(), path.second.tolist(), strict=True)]
    weights = [2, *(sum(after) - sum(before) for before, after in pairwise(steps))]
    assert steps[0] == (0, 0)
    assert steps[-1] == (table.shape[0] - 1, table.shape[1] - 1)
    assert set(weights) <= {1, 2}
    cost = sum(weight * float(table[step]) for weight, step in zip(weights, steps, strict=True))
    assert cost == pytest.approx(slow_sum(table), abs=1e-3)


def test_several_tables_at_once_cost_what_they_do_alone() -> None:
    random = np.random.default_rng(1)
    tables = [random.random((9, columns)).astype(np.float32) for columns in (3, 12, 9)]

    assert cheapest(tables) == pytest.approx([cheapest([table])[0] for table in tables], rel=1e-5)


def test_the_same_said_at_half_the_speed_costs_nothing() -> None:
    frames = np.random.default_rng(1).normal(size=(20, 12)).astype(np.float32)

    (found,) = cheapest([distances(frames, np.repeat(frames, 2, axis=0))])

    assert found == pytest.approx(0, abs=1e-6)


def test_silence_is_as_far_from_all() -> None:
    assert distances(np.zeros((1, 3), np.float32), np.ones((2, 3), np.float32)).tolist() == [[1, 1]]
