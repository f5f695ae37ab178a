"""Why a forecast is what it is: its terms add up, and what an answer or no practice would change."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders import LEARNT, NOW, days, known_cell, stranger_cell
from tests.domain.strategies import cells, later, shared_terms
from trainer.domain.mastery import (
    MAX_DAYS,
    SHIPPED,
    Card,
    Cell,
    Mastery,
    SharedTerms,
    Term,
    days_until_below,
    explain,
    forecast,
    gather,
    outlook,
)

TINY = 1e-9
TOMORROW = NOW + timedelta(days=1)
STILL = SharedTerms(replace(SHIPPED, practice_gain=0.0), (0.4, 0.01), (0.0, 0.0), (0.0, 0.0))
"""A model in which an answer proves something and teaches nothing, and nothing is harder for being new."""


def amount(cell: Cell, term: Term, on_day: float = 0.0) -> float:
    return dict(explain(cell, days(on_day), LEARNT, at=NOW).reasons).get(term, 0.0)


@given(cells(), later, shared_terms)
def test_the_effects_sum_to_the_log_odds_of_the_middle(cell: Cell, on: datetime, shared: SharedTerms) -> None:
    """E[z], the mean over the items: U + S + M - D_c - w_c N2 + mean(R - D_i - w_i N1), as the forecast has it."""
    view = outlook(gather([cell], shared.constants), on, shared)
    offsets = view._items.offset.mean()

    explained = explain(cell, on, shared, at=NOW)

    assert explained.log_odds == pytest.approx(float(view.ability[0] + view.state[0] + offsets), abs=1e-9)
    assert sum(value for _, value in explained.reasons) == pytest.approx(explained.log_odds, abs=1e-9)
    assert {effect.term for effect in explained.effects} == set(Term) - {Term.FADING}


@given(cells(), later, shared_terms)
def test_reasons_stand_in_order_of_effect_and_are_the_same_each_time(
    cell: Cell, on: datetime, shared: SharedTerms
) -> None:
    explained = explain(cell, on, shared, at=NOW)

    for ordered in ([value for _, value in explained.reasons], [value for _, value, _ in explained.effects]):
        assert [abs(value) for value in ordered] == sorted((abs(value) for value in ordered), reverse=True)
    assert explain(cell, on, shared, at=NOW) == explained


@given(cells(), later)
def test_the_explained_forecast_is_the_forecast(cell: Cell, on: datetime) -> None:
    explained = explain(cell, on, LEARNT, at=NOW)

    assert explained.forecast == forecast(cell, on, LEARNT)


@given(cells(), shared_terms)
def test_a_right_answer_never_lowers_the_forecast_of_its_day(cell: Cell, shared: SharedTerms) -> None:
    tomorrow = explain(cell, TOMORROW, shared, at=NOW).tomorrow

    assert tomorrow.right >= tomorrow.otherwise - TINY


@given(cells())
def test_a_wrong_answer_never_raises_the_forecast_by_what_it_proves(cell: Cell) -> None:
    """What it raises comes from the feedback, and from the item being new no more."""
    tomorrow = explain(cell, TOMORROW, STILL, at=NOW).tomorrow

    assert tomorrow.wrong <= tomorrow.otherwise + TINY
    assert tomorrow.otherwise <= tomorrow.right + TINY


@given(cells(), shared_terms)
def test_a_right_answer_is_never_worth_less_than_a_wrong_one(cell: Cell, shared: SharedTerms) -> None:
    tomorrow = explain(cell, TOMORROW, shared, at=NOW).tomorrow

    assert tomorrow.right >= tomorrow.wrong - TINY


@given(st.floats(-1.0, 1.0), st.integers(1, 60))
def test_to_practise_tomorrow_is_better_than_never(level: float, on_day: int) -> None:
    cell = known_cell(level, at=days(-10))

    tomorrow = explain(cell, days(on_day), LEARNT, at=NOW).tomorrow

    assert tomorrow.right > tomorrow.otherwise


def test_an_answer_tomorrow_is_compared_with_none_on_the_same_date() -> None:
    cell = known_cell(1.0)

    for on_day, compared in ((0, 1), (20, 20)):
        tomorrow = explain(cell, days(on_day), LEARNT, at=NOW).tomorrow

        assert tomorrow.otherwise == pytest.approx(forecast(cell, days(compared), LEARNT).mean)


def test_a_first_answer_proves_more_than_a_replay() -> None:
    met, unmet = (
        stranger_cell(0.0)._replace(memories=[memory]) for memory in (Mastery(0.0, 0.85, NOW, 1, Card(5.0, 5.0)), None)
    )

    replayed, first = (explain(cell, TOMORROW, STILL, at=NOW).tomorrow for cell in (met, unmet))

    assert first.right - first.wrong > replayed.right - replayed.wrong


def test_days_without_practice_take_what_time_has_taken() -> None:
    cell = known_cell(1.5)

    assert amount(cell, Term.FADING) == 0.0
    assert amount(cell, Term.FADING, 30) < amount(cell, Term.FADING, 12) < -0.5
    assert amount(cell, Term.STATE, 30) == amount(cell, Term.STATE) == 1.5
    assert explain(cell, days(12), LEARNT, at=NOW).days == 12


def test_who_was_below_average_loses_that_too() -> None:
    """What was found out about a person is forgotten in both directions."""
    cell = known_cell(-2.5)

    assert amount(cell, Term.FADING, 30) > 0.0


def test_who_has_met_nothing_has_nothing_to_lose() -> None:
    explained = explain(stranger_cell(0.5, 0.1), days(30), LEARNT, at=NOW)

    reasons = dict(explained.reasons)
    assert explained.days is None
    assert Term.FADING not in reasons
    assert reasons[Term.DIFFICULTY] == pytest.approx(-0.3)
    assert reasons[Term.NOVELTY] == pytest.approx(-0.5)
    assert reasons[Term.ABILITY] == reasons[Term.STATE] == reasons[Term.MEMORY] == 0.0


@given(cells(), later)
def test_not_being_sure_draws_a_single_item_towards_a_half(cell: Cell, on: datetime) -> None:
    single = cell._replace(memories=cell.memories[:1], items=cell.items[:1])

    explained = explain(single, on, LEARNT, at=NOW)

    assert abs(explained.forecast.mean - 0.5) <= abs(explained.if_sure - 0.5) + 1e-6


@settings(max_examples=12)
@given(cells(), st.floats(0.05, 0.95))
def test_the_day_of_falling_below_is_the_first_that_is_below(cell: Cell, target: float) -> None:
    falls = days_until_below(cell, target, LEARNT, at=NOW)

    means = [forecast(cell, days(day), LEARNT).mean for day in range(MAX_DAYS + 1 if falls is None else falls + 1)]
    assert all(mean >= target for mean in (means if falls is None else means[:-1]))
    assert falls is None or means[-1] < target


def test_who_is_below_today_falls_below_in_no_days() -> None:
    assert days_until_below(known_cell(-1.0), 0.8, LEARNT, at=NOW) == 0
    assert days_until_below(known_cell(2.0), 0.7, LEARNT, at=NOW) not in (0, None)
    assert days_until_below(known_cell(2.0), 0.2, LEARNT, at=NOW) is None
