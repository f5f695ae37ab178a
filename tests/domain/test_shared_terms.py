"""What everybody's answers teach of level, difficulty and novelty: which way, how surely, and that it is true."""

from collections.abc import Iterator
from copy import deepcopy
from math import exp
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import answer, days
from tests.domain.strategies import COMPETENCIES, difficulties, scores, shared_terms
from trainer.domain.mastery import SHIPPED, Belief, Constants, Evidence, LearnerTerms, Part, SharedTerms, chance

STRANGER = Part(0.0, 2.5, 1.0, 1.0)
"""What someone who has met nothing brings to an item."""
TRUE_DIFFICULTIES = {"a": -1.5, "b": -1.0, "c": -0.5, "d": 0.0, "e": 0.5, "f": 1.0, "g": 1.5}

parts = st.builds(Part, st.floats(-3.0, 3.0), st.floats(0.1, 2.5), st.floats(0.0, 1.0), st.floats(0.0, 1.0))
weights = st.sampled_from([0.25, 0.3, 0.5, 1.0])
names_of_item = st.lists(st.sampled_from(COMPETENCIES), min_size=1, max_size=2, unique=True).map(tuple)


@st.composite
def evidences(draw: st.DrawFn) -> Evidence:
    item_key = draw(st.sampled_from(["one", "never met"]))
    return Evidence(item_key, draw(names_of_item), draw(difficulties), draw(parts), draw(scores), draw(weights))


def evidence(
    score: float, item_key: str = "one", *, difficulty: float = 0.0, part: Part = STRANGER, weight: float = 1.0
) -> Evidence:
    return Evidence(item_key, ("greeting",), difficulty, part, score, weight)


def after(shared: SharedTerms, *log: Evidence) -> SharedTerms:
    learnt = deepcopy(shared)
    learnt.learn_all(log)
    return learnt


def coefficients(one: Evidence) -> dict[str, float]:
    """With which sign and share each shared term enters the log-odds of one answer."""
    share = 1.0 / len(one.competencies)
    return {
        "population": 1.0,
        "item": -1.0,
        "item novelty": -one.part.item_novelty,
        "competency novelty": -one.part.competency_novelty,
        **dict.fromkeys(one.competencies, -share),
    }


def believed(shared: SharedTerms, one: Evidence) -> dict[str, Belief]:
    """All shared terms that had a part in one answer."""
    return {
        "population": shared.population,
        "item": shared.item_beliefs({one.item_key: one.difficulty})[one.item_key],
        "item novelty": shared.item_novelty,
        "competency novelty": shared.competency_novelty,
        **{name: shared.competencies.get(name, (0.0, 0.1)) for name in one.competencies},
    }


def expected(shared: SharedTerms, one: Evidence) -> float:
    return chance(one.part, shared.basis(one.item_key, one.competencies, one.difficulty))[0]


def test_before_any_answer_the_shared_terms_are_the_constants() -> None:
    prior = SharedTerms.prior()

    assert prior == SharedTerms()
    assert prior.constants is SHIPPED
    assert (prior.population, prior.item_novelty, prior.competency_novelty) == ((0.4, 0.5), (0.4, 0.5), (0.4, 0.5))
    assert (prior.items, prior.competencies) == ({}, {})


def test_other_constants_give_another_prior() -> None:
    constants = Constants(population=(1.0, 0.2), item_novelty=(0.1, 0.3), competency_novelty=(0.2, 0.4))

    prior = SharedTerms.prior(constants)

    assert prior.constants is constants
    assert (prior.population, prior.item_novelty, prior.competency_novelty) == ((1.0, 0.2), (0.1, 0.3), (0.2, 0.4))


def test_what_one_company_learns_does_not_reach_the_next() -> None:
    SharedTerms.prior().learn(evidence(0.0))

    assert SharedTerms.prior().items == {}


# What is believed of an item


@given(difficulties)
def test_an_item_that_nobody_has_met_is_as_hard_as_its_level_says(difficulty: float) -> None:
    learnt = after(SharedTerms.prior(), evidence(0.0, "other"), evidence(1.0, "another"))

    assert learnt.item_beliefs({"one": difficulty}) == {"one": (difficulty, 1.5)}
    assert learnt.basis("one", ["deciding"], difficulty).mean == pytest.approx(learnt.population[0] - difficulty)


def test_an_item_that_was_met_is_as_hard_as_its_answers_say() -> None:
    learnt = after(SharedTerms.prior(), evidence(0.0, difficulty=-0.6))

    assert learnt.item_beliefs({"one": -0.6}) == {"one": learnt.items["one"]}
    assert learnt.item_beliefs({"one": 99.0}) == {"one": learnt.items["one"]}


@given(shared_terms, evidences())
def test_the_basis_of_an_item_is_the_level_less_the_difficulties(shared: SharedTerms, one: Evidence) -> None:
    terms = believed(shared, one)
    entering = {name: each for name, each in coefficients(one).items() if "novelty" not in name}

    basis = shared.basis(one.item_key, one.competencies, one.difficulty)

    assert basis.mean == pytest.approx(sum(each * terms[name][0] for name, each in entering.items()))
    assert basis.variance == pytest.approx(sum(each**2 * terms[name][1] for name, each in entering.items()))
    assert (basis.item_novelty, basis.competency_novelty) == (shared.item_novelty, shared.competency_novelty)


def test_the_prior_of_an_item_without_difficulty_is_the_level_of_the_population() -> None:
    assert SharedTerms.prior().basis("one", ["greeting"], 0.0)[:2] == pytest.approx((0.4, 0.5 + 1.5 + 0.1))
    assert SharedTerms.prior().basis("one", ["greeting", "deciding"], 0.0).variance == pytest.approx(2.0 + 0.1 / 2)


# What an answer teaches


@given(shared_terms, evidences())
def test_an_answer_moves_each_shared_term_as_the_formulas_say(shared: SharedTerms, one: Evidence) -> None:
    p, variance = chance(one.part, shared.basis(one.item_key, one.competencies, one.difficulty))
    damping = 1.0 + p * (1.0 - p) * variance
    before = believed(shared, one)

    after_it = believed(after(shared, one), one)

    for name, s in coefficients(one).items():
        m, v = before[name]
        mean = m + s * v * one.weight * (one.score - p) / damping
        assert after_it[name] == pytest.approx(
            (
                max(0.0, mean) if "novelty" in name else mean,
                v - (s * v) ** 2 * one.weight * p * (1.0 - p) / damping,
            )
        )


def test_a_novelty_cost_is_never_below_nothing() -> None:
    shared = SharedTerms.prior()
    for number in range(200):
        shared.learn(Evidence(f"item {number}", ("greeting",), 0.0, STRANGER, 1.0, 1.0))

    assert shared.item_novelty[0] == shared.competency_novelty[0] == 0.0
    assert shared.population[0] > 1.0


@given(shared_terms, evidences())
def test_what_went_worse_than_expected_was_harder_and_what_went_better_was_easier(
    shared: SharedTerms, one: Evidence
) -> None:
    before = believed(shared, one)

    failed, handled = (believed(after(shared, one._replace(score=score)), one) for score in (0.0, 1.0))

    for name, s in coefficients(one).items():
        if s > 0:
            assert failed[name][0] < before[name][0] < handled[name][0]
        elif s < -1e-9:
            assert failed[name][0] > before[name][0] >= handled[name][0]
            assert before[name][0] > handled[name][0] or handled[name][0] == 0.0


@given(shared_terms, evidences())
def test_every_answer_makes_the_shared_terms_surer(shared: SharedTerms, one: Evidence) -> None:
    before = believed(shared, one)

    learnt = believed(after(shared, one), one)

    assert all(0.0 < learnt[name][1] <= before[name][1] for name in before)
    assert all(learnt[name][1] < before[name][1] for name in ("population", "item", *one.competencies))


@given(shared_terms, evidences())
def test_what_came_as_expected_moves_no_mean(shared: SharedTerms, one: Evidence) -> None:
    as_expected = one._replace(score=expected(shared, one))

    learnt = believed(after(shared, as_expected), one)

    for name, (mean, _) in believed(shared, one).items():
        assert learnt[name][0] == pytest.approx(mean)


@given(shared_terms, evidences(), st.floats(0.01, 0.99))
def test_partial_credit_teaches_between_a_miss_and_a_full_score(
    shared: SharedTerms, one: Evidence, score: float
) -> None:
    miss, partly, full = (after(shared, one._replace(score=each)).items[one.item_key][0] for each in (0.0, score, 1.0))

    assert full < partly < miss


@given(shared_terms, evidences())
def test_weaker_evidence_teaches_less(shared: SharedTerms, one: Evidence) -> None:
    before = believed(shared, one)["item"]

    whole, part = (after(shared, one._replace(weight=weight)).items[one.item_key] for weight in (1.0, 0.25))

    assert part[0] - before[0] == pytest.approx(0.25 * (whole[0] - before[0]), abs=1e-12)
    assert before[1] - part[1] == pytest.approx(0.25 * (before[1] - whole[1]), abs=1e-12)


def test_a_failure_of_the_able_says_more_of_an_item_than_one_of_the_unable() -> None:
    able, unable = (
        after(SharedTerms.prior(), evidence(0.0, part=STRANGER._replace(mean=mean))).items["one"][0]
        for mean in (2.0, -2.0)
    )

    assert able > unable > 0.0


def test_novelty_is_taught_only_by_those_to_whom_it_was_new() -> None:
    familiar = STRANGER._replace(item_novelty=0.0, competency_novelty=0.0)

    learnt = after(SharedTerms.prior(), evidence(0.0, part=familiar))

    assert (learnt.item_novelty, learnt.competency_novelty) == ((0.4, 0.5), (0.4, 0.5))
    assert learnt.population[0] < 0.4


@given(shared_terms, evidences())
def test_an_answer_says_nothing_of_the_difficulty_of_other_items_and_competencies(
    shared: SharedTerms, one: Evidence
) -> None:
    learnt = after(shared, one)

    assert {**learnt.items, one.item_key: None} == {**shared.items, one.item_key: None}
    for name in set(COMPETENCIES) - set(one.competencies):
        assert learnt.competencies.get(name) == shared.competencies.get(name)


# What many people's answers teach


def answers_of_many(people: int, *, population: float = 0.4, item_novelty: float = 0.0) -> SharedTerms:
    """The shared terms after this many people have met every item twice, and what they did followed the model."""
    dice = Random(20261203)
    shared = SharedTerms.prior()
    for _ in range(people):
        for log in _person(dice, shared, population, item_novelty):
            shared.learn(log)
    return shared


def _person(dice: Random, shared: SharedTerms, population: float, item_novelty: float) -> Iterator[Evidence]:
    ability, terms = dice.gauss(0.0, SHIPPED.ability_variance**0.5), LearnerTerms()
    order = dice.sample(sorted(TRUE_DIFFICULTIES), len(TRUE_DIFFICULTIES))
    memory = {key: dice.gauss(0.0, SHIPPED.memory_variance**0.5) for key in order}
    for number, key in enumerate([*order, *order]):
        is_new = number < len(order)
        level = population + ability + memory[key] - TRUE_DIFFICULTIES[key] - item_novelty * is_new
        chance_of_it = 1.0 / (1.0 + exp(-level))
        memory[key] += SHIPPED.practice_gain * (1.0 - chance_of_it)
        score = float(dice.random() < chance_of_it)
        basis = shared.basis(key, ["greeting"], 0.0)
        yield terms.learn(answer(number, key, score=score, at=days(number / 100), basis=basis)).evidence


@pytest.fixture(scope="module")
def learnt_from_200() -> SharedTerms:
    return answers_of_many(200)


def errors(learnt: SharedTerms) -> dict[str, float]:
    """By how much each item is believed too hard. What all items share may as well be the level of the people."""
    means = {key: learnt.items[key][0] for key in TRUE_DIFFICULTIES}
    middle = sum(means.values()) / len(means)
    return {key: mean - middle - TRUE_DIFFICULTIES[key] for key, mean in means.items()}


def test_two_hundred_learners_teach_how_hard_each_item_is(learnt_from_200: SharedTerms) -> None:
    found = errors(learnt_from_200)

    assert max(map(abs, found.values())) < 0.35
    hardness = {key: learnt_from_200.items[key][0] for key in TRUE_DIFFICULTIES}
    assert sorted(hardness, key=lambda key: hardness[key]) == sorted(TRUE_DIFFICULTIES)


def test_a_difficulty_is_as_sure_as_its_variance_says(learnt_from_200: SharedTerms) -> None:
    in_deviations = [error**2 / learnt_from_200.items[key][1] for key, error in errors(learnt_from_200).items()]

    assert 0.2 < sum(in_deviations) / len(in_deviations) < 3.0


def test_two_hundred_learners_leave_little_doubt_about_an_item(learnt_from_200: SharedTerms) -> None:
    few = answers_of_many(10)

    for key in TRUE_DIFFICULTIES:
        assert learnt_from_200.items[key][1] < few.items[key][1] / 3 < SHIPPED.item_variance / 6


def test_the_level_of_a_company_is_learnt(learnt_from_200: SharedTerms) -> None:
    weaker, stronger = (answers_of_many(60, population=level).population[0] for level in (-0.8, 1.6))

    assert weaker < learnt_from_200.population[0] < stronger
    assert stronger - weaker > 0.8


def test_what_a_first_contact_costs_is_learnt() -> None:
    free, dear = (answers_of_many(60, item_novelty=cost).item_novelty[0] for cost in (0.0, 1.5))

    assert dear - free > 0.5


def test_the_same_answers_in_the_same_order_teach_the_same(learnt_from_200: SharedTerms) -> None:
    assert answers_of_many(200) == learnt_from_200
