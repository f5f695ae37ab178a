"""Whether forecasts were off in two quarters, and which correction the quarters before would have given."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

import pytest

from trainer.domain.content import CompetencyKind
from trainer.domain.mastery import NO_CORRECTION, Correction
from trainer.domain.record import Dated, Resolved, advise, fit_correction, quarter_of

PEOPLE = 8
JULY, OCTOBER, JANUARY = date(2026, 7, 20), date(2026, 10, 20), date(2027, 1, 20)
LEVELS = (0.3, 0.5, 0.7, 0.9)
TOO_MUCH = Correction(-0.7, 0.7)
"""What comes of a forecast where they promise too much."""


def cases(truth: Correction = TOO_MUCH, times: int = 100, people: int = PEOPLE) -> list[Resolved]:
    """So many forecasts at each of four levels, whose outcomes come about as often as the truth has it."""
    made = []
    for level in LEVELS:
        right = round(truth.told_of(level) * times)
        made += [
            Resolved(level, float(number < right), 14, (CompetencyKind.LANGUAGE,), UUID(int=number % people))
            for number in range(times)
        ]
    return made


def on(day: date, found: Iterable[Resolved]) -> list[Dated]:
    return [Dated(day, case) for case in found]


@pytest.mark.parametrize(
    ("day", "quarter"), [(date(2026, 1, 1), (2026, 1)), (date(2026, 3, 31), (2026, 1)), (date(2026, 12, 3), (2026, 4))]
)
def test_a_day_is_in_its_quarter(day: date, quarter: tuple[int, int]) -> None:
    assert quarter_of(day) == quarter


def test_the_fit_finds_the_line_that_the_outcomes_follow() -> None:
    found = fit_correction(cases(times=1000), min_people=5)

    assert found is not None
    assert found.intercept == pytest.approx(TOO_MUCH.intercept, abs=0.03)
    assert found.slope == pytest.approx(TOO_MUCH.slope, abs=0.03)


def test_forecasts_that_hold_are_hardly_corrected() -> None:
    found = fit_correction(cases(NO_CORRECTION, 500), min_people=5)

    assert found == pytest.approx(NO_CORRECTION, abs=0.02)


def test_nothing_is_fitted_on_too_few_forecasts_or_people() -> None:
    assert fit_correction(cases(times=49), min_people=5) is None
    assert fit_correction(cases(times=50), min_people=5) is not None
    assert fit_correction(cases(people=4), min_people=5) is None


def test_forecasts_that_say_nothing_or_the_opposite_are_not_corrected_by_a_line() -> None:
    assert fit_correction(cases(Correction(0.0, -1.0)), min_people=5) is None
    assert fit_correction(cases(Correction(0.0, 0.0)), min_people=5) is None


def test_one_quarter_that_is_off_is_no_reason_to_correct() -> None:
    advice = advise(on(OCTOBER, cases()), NO_CORRECTION, min_people=5)

    assert [each.is_off for each in advice.periods] == [True]
    assert not advice.is_flagged
    assert advice.fitted is None


def test_two_quarters_that_are_off_are_corrected_by_the_first_and_judged_on_the_last() -> None:
    advice = advise([*on(OCTOBER, cases()), *on(JULY, cases(times=90))], NO_CORRECTION, min_people=5)

    assert [(each.quarter, each.score.n) for each in advice.periods] == [((2026, 3), 360), ((2026, 4), 400)]
    assert advice.is_flagged
    assert advice.fitted is not None
    assert (advice.fitted.n, advice.fitted.judged_on) == (360, (2026, 4))
    assert advice.fitted.loss_after < advice.fitted.loss_before
    assert advice.advised == advice.fitted.correction
    assert advice.fitted.correction.slope == pytest.approx(0.7, abs=0.1)


def test_a_correction_that_makes_the_last_quarter_worse_is_not_advised() -> None:
    too_little = Correction(0.8, 1.0)

    advice = advise([*on(JULY, cases()), *on(OCTOBER, cases(too_little))], NO_CORRECTION, min_people=5)

    assert advice.is_flagged
    assert advice.fitted is not None
    assert advice.advised is None


def test_a_quarter_that_held_in_between_ends_the_flag() -> None:
    held = cases(NO_CORRECTION)

    advice = advise([*on(JULY, cases()), *on(OCTOBER, cases()), *on(JANUARY, held)], NO_CORRECTION, min_people=5)

    assert [each.is_off for each in advice.periods] == [True, True, False]
    assert not advice.is_flagged


def test_a_quarter_with_too_little_says_nothing_either_way() -> None:
    few = cases(NO_CORRECTION, 10)

    advice = advise([*on(JULY, cases()), *on(OCTOBER, cases()), *on(JANUARY, few)], NO_CORRECTION, min_people=5)

    assert advice.is_flagged
    assert advice.fitted is not None
    assert advice.fitted.judged_on == (2026, 4)


def test_the_quarters_are_judged_as_the_correction_in_force_tells_them() -> None:
    """Once it is in force, what it mends is no reason for another."""
    advice = advise([*on(JULY, cases()), *on(OCTOBER, cases())], TOO_MUCH, min_people=5)

    assert not any(each.is_off for each in advice.periods)
    assert not advice.is_flagged


def test_nothing_resolved_is_nothing_to_correct() -> None:
    advice = advise([], NO_CORRECTION, min_people=5)

    assert (advice.periods, advice.is_flagged, advice.advised) == ((), False, None)
