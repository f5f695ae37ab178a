"""The correction of forecasts: a line in log-odds that keeps their order, and flows through all that is forecast."""

from dataclasses import replace
from datetime import datetime

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders import LEARNT, days, known_cell
from tests.domain.strategies import cells, later
from tests.domain.study_cases import random_case
from trainer.domain.mastery import (
    NO_CORRECTION,
    Cell,
    Correction,
    SharedTerms,
    explain,
    forecast,
    gather,
    outlook,
)
from trainer.domain.mastery.explaining import days_until_below
from trainer.domain.planning import least_study

DOWN = Correction(-0.6, 0.8)
"""As of a company whose forecasts promise too much."""
shares = st.floats(0.001, 0.999)
corrections = st.builds(Correction, st.floats(-2.0, 2.0), st.floats(0.3, 3.0))


def corrected(shared: SharedTerms, correction: Correction = DOWN) -> SharedTerms:
    return replace(shared, constants=replace(shared.constants, correction=correction))


def test_as_shipped_there_is_none_and_it_changes_nothing() -> None:
    assert Correction(*SharedTerms().constants.correction).is_none
    assert NO_CORRECTION.told_of(0.3) == NO_CORRECTION.untold_of(0.3) == 0.3


def test_a_forecast_is_moved_along_its_line_in_log_odds() -> None:
    assert Correction(0.0, 0.5).told_of(0.9) == pytest.approx(0.75)
    assert Correction(1.0, 1.0).told_of(0.5) == pytest.approx(0.7311, abs=0.0001)


@given(shares, corrections)
def test_what_was_told_can_be_taken_back(share: float, correction: Correction) -> None:
    assert correction.untold_of(correction.told_of(share)) == pytest.approx(share, abs=1e-6)


@given(shares, shares, corrections)
def test_a_correction_never_turns_two_forecasts_round(one: float, other: float, correction: Correction) -> None:
    low, high = sorted((one, other))

    assert correction.told_of(low) <= correction.told_of(high)


@pytest.mark.parametrize("share", [0.0, 1.0])
def test_certainties_stay_within_bounds(share: float) -> None:
    assert 0.0 < DOWN.told_of(share) < 1.0


@settings(max_examples=30)
@given(cells(), later)
def test_every_forecast_to_a_date_is_told_corrected(cell: Cell, on: datetime) -> None:
    plain, told = (forecast(cell, on, shared) for shared in (LEARNT, corrected(LEARNT)))

    assert told[:3] == pytest.approx(DOWN.told(np.array(plain[:3])).tolist())
    assert told.answers == plain.answers


def test_the_chance_to_reach_a_target_is_that_of_the_corrected_share() -> None:
    """P(corrected share >= target) is P(share >= what the target was before)."""
    cell, targets = known_cell(0.5), np.array([0.7])
    before = DOWN.untold(targets)

    plain, told = (outlook(gather([cell], shared.constants), days(5), shared) for shared in (LEARNT, corrected(LEARNT)))

    assert told.needed(targets) == pytest.approx(plain.needed(before))


def test_an_explanation_tells_what_the_correction_did() -> None:
    plain, told = (explain(known_cell(0.5), days(9), shared, at=days(0)) for shared in (LEARNT, corrected(LEARNT)))

    assert plain.uncorrected == plain.forecast.mean
    assert told.uncorrected == pytest.approx(plain.forecast.mean)
    assert told.forecast.mean == pytest.approx(DOWN.told_of(plain.forecast.mean))
    assert told.tomorrow.right == pytest.approx(DOWN.told_of(plain.tomorrow.right), abs=0.01)


def test_a_corrected_forecast_falls_below_its_target_when_the_plain_one_falls_below_what_that_was() -> None:
    cell = known_cell(2.0)
    target = DOWN.told_of(0.75)

    plain = days_until_below(cell, 0.75, LEARNT, at=days(0))

    assert plain
    assert days_until_below(cell, target, corrected(LEARNT), at=days(0)) == plain


@pytest.mark.parametrize("seed", range(12))
def test_a_plan_reaches_the_corrected_targets_by_the_study_that_reaches_the_plain_ones(seed: int) -> None:
    case = random_case(seed)
    goals = tuple(replace(goal, target=DOWN.told_of(goal.target)) for goal in case.goals)

    plain, told = least_study(case), least_study(replace(case, goals=goals, shared=corrected(case.shared)))

    assert told.days == plain.days
    for before, after in zip(plain.goals, told.goals, strict=True):
        assert after.planned.mean == pytest.approx(DOWN.told_of(before.planned.mean))
        assert after.without.mean == pytest.approx(DOWN.told_of(before.without.mean))
        assert after.planned.low <= after.planned.mean <= after.planned.high
