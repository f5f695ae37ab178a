"""The record of the forecasts: bins, the Brier score and its parts, and what is withheld."""

from collections.abc import Sequence
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders import days
from trainer.domain.content import CompetencyKind
from trainer.domain.record import (
    MIN_RESOLVED,
    LeadTime,
    Resolved,
    Shares,
    chance_error,
    lead_time,
    reach_of,
    score,
    score_by_kind,
    score_by_lead,
    score_by_part,
    wilson,
)

LANGUAGE, ETIQUETTE = CompetencyKind.LANGUAGE, CompetencyKind.ETIQUETTE


def case(
    p: float = 0.7, outcome: float = 1.0, days: int = 0, person: int = 0, kinds: Sequence[CompetencyKind] = (LANGUAGE,)
) -> Resolved:
    return Resolved(p, outcome, days, tuple(kinds), UUID(int=person))


def cases_at(p: float, right: int, wrong: int, person: int = 0) -> list[Resolved]:
    return [case(p, 1.0, person=person)] * right + [case(p, 0.0, person=person)] * wrong


FAIR = [*cases_at(0.25, 25, 75), *cases_at(0.75, 75, 25)]


def test_forecasts_that_hold_have_no_error_and_their_parts_are_those_of_the_book() -> None:
    quality = score(FAIR).quality

    assert quality is not None
    assert quality.brier == pytest.approx(0.1875)
    assert quality.uncertainty == pytest.approx(0.25)
    assert quality.resolution == pytest.approx(0.0625)
    assert quality.reliability == pytest.approx(0.0)
    assert quality.skill == pytest.approx(0.25)
    assert quality.error == pytest.approx(0.0)
    assert not quality.is_off


def test_forecasts_that_promise_too_much_are_off_by_as_much() -> None:
    quality = score(cases_at(0.9, 120, 80)).quality

    assert quality is not None
    assert quality.error == pytest.approx(0.3)
    assert quality.reliability == pytest.approx(0.09)
    assert quality.skill == pytest.approx(1 - 0.33 / 0.24)
    assert quality.is_off


def test_forecasts_without_another_outcome_have_no_skill() -> None:
    quality = score(cases_at(0.9, 200, 0)).quality

    assert quality is not None
    assert quality.skill is None


def test_a_bin_tells_its_range_its_number_its_means_and_its_bounds() -> None:
    bins = score(FAIR).bins

    assert len(bins) == 10
    assert [each.n for each in bins] == [0, 0, 100, 0, 0, 0, 0, 100, 0, 0]
    assert (bins[7].low, bins[7].high) == (0.7, 0.8)
    assert (bins[7].forecast, bins[7].outcome) == (0.75, 0.75)
    assert bins[7].low_end == pytest.approx(0.657, abs=0.001)
    assert bins[7].high_end == pytest.approx(0.825, abs=0.001)
    assert bins[0].forecast is None


def test_a_chance_of_one_is_in_the_last_bin() -> None:
    assert score([case(1.0), case(0.0)]).bins[-1].n == 1


def test_the_bounds_of_a_share_are_wilsons() -> None:
    assert wilson(0.5, 10) == pytest.approx((0.2366, 0.7634), abs=0.0001)
    assert wilson(0.0, 10) == pytest.approx((0.0, 0.2775), abs=0.0001)
    assert wilson(1.0, 10) == pytest.approx((0.7225, 1.0), abs=0.0001)


@pytest.mark.parametrize(("n", "error"), [(200, 0.098), (500, 0.063), (1000, 0.043), (4000, 0.0215)])
def test_the_error_of_chance_is_that_of_a_perfect_model(n: int, error: float) -> None:
    assert chance_error(n) == pytest.approx(error)


def test_the_error_of_chance_falls_from_each_number_to_the_next() -> None:
    errors = [chance_error(n) for n in range(200, 3000)]

    assert errors == sorted(errors, reverse=True)


def test_below_two_hundred_only_the_numbers_are_told() -> None:
    few = score(cases_at(0.7, MIN_RESOLVED - 1, 0))

    assert few.quality is None
    assert (few.n, few.bins[7].n) == (199, 199)
    assert all(each.forecast is None and each.outcome is None for each in few.bins)
    assert score(cases_at(0.7, MIN_RESOLVED, 0)).quality is not None


def test_nothing_has_a_score_too() -> None:
    assert (score([]).n, score([]).quality, len(score([]).bins)) == (0, None, 10)


@pytest.mark.parametrize(
    ("days", "group"),
    [
        (0, LeadTime.SAME_DAY),
        (1, LeadTime.WEEK),
        (7, LeadTime.WEEK),
        (8, LeadTime.MONTH),
        (30, LeadTime.MONTH),
        (31, LeadTime.LATER),
    ],
)
def test_forecasts_are_grouped_by_how_long_before_they_were_made(days: int, group: LeadTime) -> None:
    assert lead_time(days) is group
    assert {each: found.n for each, found in score_by_lead([case(days=days)]).items() if found.n} == {group: 1}


def test_what_bears_on_two_kinds_counts_under_both() -> None:
    scores = score_by_kind([case(kinds=(LANGUAGE, ETIQUETTE)), case(kinds=()), case()])

    assert {kind: each.n for kind, each in scores.items() if each.n} == {LANGUAGE: 2, ETIQUETTE: 1}


def test_of_fewer_people_than_asked_only_the_numbers_are_told() -> None:
    four = [case(person=number % 4) for number in range(400)]
    five = [case(person=number % 5) for number in range(400)]

    assert score(four, min_people=5).quality is None
    assert score(four, min_people=5).people == 4
    assert score(five, min_people=5).quality is not None


def test_a_bin_of_too_few_people_is_joined_with_the_next() -> None:
    crowd = [case(0.55, person=number % 5) for number in range(200)]
    low, high = [case(0.15, 0.0, person=1)] * 3, [case(0.95, 0.0, person=2)] * 4

    bins = score([*crowd, *low, *high], min_people=5).bins

    assert [(each.low, each.high, each.n) for each in bins if each.n] == [(0.1, 1.0, 207)]


def test_a_group_of_too_few_people_does_not_follow_from_the_others() -> None:
    crowd = [case(person=number % 5) for number in range(400)]
    alone = [case(kinds=(ETIQUETTE,), person=3)] * 300

    scores = score_by_kind([*crowd, *alone], min_people=5)

    assert scores[ETIQUETTE].n == 300
    assert all(each.quality is None and not each.bins for each in scores.values())
    assert score_by_kind(crowd, min_people=5)[LANGUAGE].quality is not None


def test_the_order_of_forecasts_is_how_often_the_better_one_was_higher() -> None:
    """Of all pairs 75 x 75 are in order, 25 x 25 the other way round, the rest alike."""
    fair, turned = score(FAIR).quality, score([*cases_at(0.25, 75, 25), *cases_at(0.75, 25, 75)]).quality

    assert fair is not None
    assert turned is not None
    assert fair.auc == pytest.approx(0.75)
    assert turned.auc == pytest.approx(0.25)


def test_one_forecast_for_all_has_the_order_of_chance_and_one_outcome_has_none() -> None:
    same, sure = score(cases_at(0.7, 150, 50)).quality, score(cases_at(0.7, 200, 0)).quality

    assert same is not None
    assert sure is not None
    assert same.auc == pytest.approx(0.5)
    assert sure.auc is None


def test_an_outcome_of_a_half_counts_half_for_either_side() -> None:
    quality = score([*[case(0.4, 0.5)] * 100, *[case(0.6, 0.5)] * 100]).quality

    assert quality is not None
    assert quality.auc == pytest.approx(0.5)


def test_the_log_loss_is_that_of_the_book_and_certainty_that_fails_costs_no_end_but_is_counted() -> None:
    half, sure = score(cases_at(0.5, 100, 100)).quality, score(cases_at(1.0, 199, 1)).quality

    assert half is not None
    assert sure is not None
    assert half.log_loss == pytest.approx(0.6931, abs=0.0001)
    assert 0.05 < sure.log_loss < 0.1


def test_skill_is_told_over_what_is_usual_and_over_the_share_so_far() -> None:
    both = [each._replace(usual=0.5, so_far=0.0) for each in FAIR]

    quality = score(both).quality

    assert quality is not None
    assert quality.over_usual == pytest.approx((1 - 0.1875 / 0.25, 200))
    assert quality.over_so_far == pytest.approx((1 - 0.1875 / 0.5, 200))


def test_skill_is_told_on_the_cases_that_the_plain_forecast_could_be_made_for_when_they_are_enough() -> None:
    known = [each._replace(usual=0.5) for each in FAIR]

    enough, few = score([*known, *cases_at(0.5, 1, 1)]).quality, score([*known[:199], *cases_at(0.5, 1, 1)]).quality

    assert enough is not None
    assert few is not None
    assert enough.over_usual == pytest.approx((0.25, 200))
    assert few.over_usual is None
    assert enough.over_so_far is None


def test_skill_over_plain_forecasts_stands_for_as_many_people_as_are_asked_for() -> None:
    crowd = [case(person=number % 5) for number in range(200)]
    known = [case(person=number % 4, outcome=0.0)._replace(usual=0.5) for number in range(200)]

    quality = score([*crowd, *known], min_people=5).quality

    assert quality is not None
    assert quality.over_usual is None


def test_the_range_holds_as_often_as_the_outcome_lies_in_its_reach() -> None:
    inside, outside = [case(0.7, 0.9)._replace(reach=0.25)] * 160, [case(0.7, 0.2)._replace(reach=0.25)] * 40

    quality, without = score([*inside, *outside]).quality, score(FAIR).quality

    assert quality is not None
    assert without is not None
    assert quality.covered == pytest.approx(0.8)
    assert without.covered is None


def test_the_reach_grows_with_the_luck_of_few_answers() -> None:
    assert reach_of(0.7, 0.5, 0.9, 10**9) == pytest.approx(0.2, abs=0.001)
    assert reach_of(0.7, 0.5, 0.9, 3) > reach_of(0.7, 0.5, 0.9, 30) > 0.2


def test_a_share_is_that_of_what_came_before_with_one_more_answer() -> None:
    shares = Shares()
    for day, each in enumerate((1.0, 1.0, 0.0)):
        shares.add("item", each, days(day))

    assert shares.before("item", days(0)) is None
    assert shares.before("item", days(1), drawn_to=0.6) == pytest.approx(0.8)
    assert shares.before("item", days(9), drawn_to=0.6) == pytest.approx(0.65)
    assert shares.before("other", days(9)) is None


def test_parts_are_told_by_kind_and_lead_time_at_once() -> None:
    scores = score_by_part([*[case(days=14)] * 200, case(days=2), case(days=2, kinds=(ETIQUETTE,))])

    assert len(scores) == len(CompetencyKind) * len(LeadTime)
    assert {part: each.n for part, each in scores.items() if each.n} == {
        (LANGUAGE, LeadTime.MONTH): 200, (LANGUAGE, LeadTime.WEEK): 1, (ETIQUETTE, LeadTime.WEEK): 1,
    }  # fmt: skip
    assert scores[LANGUAGE, LeadTime.MONTH].quality is not None
    assert scores[LANGUAGE, LeadTime.WEEK].quality is None


some_cases = st.lists(
    st.builds(case, st.floats(0, 1), st.sampled_from([0.0, 0.5, 1.0]), st.integers(0, 60), st.integers(0, 9)),
    min_size=200,
    max_size=260,
)


@settings(max_examples=25)
@given(some_cases)
def test_the_parts_of_the_brier_score_add_up_and_nothing_is_left_out(cases: list[Resolved]) -> None:
    found = score(cases)

    quality = found.quality
    assert quality is not None
    parts = quality.reliability - quality.resolution + quality.uncertainty + quality.rest
    assert parts == pytest.approx(quality.brier)
    assert min(quality.reliability, quality.resolution, quality.uncertainty) >= 0
    assert sum(each.n for each in found.bins) == len(cases)
    for each in found.bins:
        if each.outcome is not None:
            assert each.low_end is not None
            assert each.high_end is not None
            assert each.low_end - 1e-9 <= each.outcome <= each.high_end + 1e-9


@settings(max_examples=25)
@given(some_cases, st.integers(1, 12))
def test_no_bin_tells_of_fewer_people_than_asked(cases: list[Resolved], min_people: int) -> None:
    found = score(cases, min_people=min_people)

    assert [each.high for each in found.bins[:-1]] == [each.low for each in found.bins[1:]]
    assert (found.bins[0].low, found.bins[-1].high) == (0.0, 1.0)
    for each in found.bins:
        inside = {one.learner for one in cases if each.low <= one.p < each.high or (each.high == 1.0 and one.p == 1.0)}
        assert not inside or len(inside) >= min_people or found.quality is None
