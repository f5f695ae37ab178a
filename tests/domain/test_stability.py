"""How long an item is remembered is what FSRS-6 says, card for card."""

from datetime import timedelta

import fsrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import NOW, answer, days
from tests.domain.strategies import cards
from trainer.domain.mastery import Card, LearnerTerms, Mastery
from trainer.domain.mastery.stability import GOOD_FROM, MIN_STABILITY, met

SCHEDULER = fsrs.Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)

whole_days = st.integers(1, 400).map(lambda number: timedelta(days=number))
same_day = st.integers(0, 24 * 3600 - 1).map(lambda number: timedelta(seconds=number))


def by_the_package(reviews: list[tuple[bool, timedelta]]) -> list[Card]:
    """The card after each review by the fsrs package; it counts whole days, so gaps are those or within one."""
    at, card, found = NOW, fsrs.Card(), []
    for is_good, gap in reviews:
        at += gap
        card, _ = SCHEDULER.review_card(card, fsrs.Rating.Good if is_good else fsrs.Rating.Again, at)
        assert card.stability is not None
        assert card.difficulty is not None
        found.append(Card(card.stability, card.difficulty))
    return found


def by_us(reviews: list[tuple[bool, timedelta]]) -> list[Card]:
    card, found = None, []
    for is_good, gap in reviews:
        card = met(card, is_good, gap / timedelta(days=1))
        found.append(card)
    return found


@given(st.lists(st.tuples(st.booleans(), whole_days), min_size=1, max_size=15))
def test_reviews_on_different_days_give_the_card_of_the_package(reviews: list[tuple[bool, timedelta]]) -> None:
    for ours, theirs in zip(by_us(reviews), by_the_package(reviews), strict=True):
        assert tuple(ours) == pytest.approx(tuple(theirs), rel=1e-9)


@given(st.lists(st.tuples(st.booleans(), same_day | whole_days), min_size=1, max_size=15))
def test_reviews_on_the_same_day_among_others_give_the_card_of_the_package(
    reviews: list[tuple[bool, timedelta]],
) -> None:
    for ours, theirs in zip(by_us(reviews), by_the_package(reviews), strict=True):
        assert tuple(ours) == pytest.approx(tuple(theirs), rel=1e-9)


@given(cards, st.booleans(), st.integers(1, 300), st.floats(0.01, 0.99))
def test_parts_of_a_day_count_where_the_package_drops_them(card: Card, is_good: bool, number: int, part: float) -> None:
    before, between, following = (met(card, is_good, number + extra) for extra in (0.0, part, 1.0))

    assert before.stability <= between.stability <= following.stability


@given(st.lists(st.tuples(st.booleans(), st.floats(0.0, 1000.0)), min_size=1, max_size=40))
def test_a_card_stays_within_the_bounds_of_fsrs(reviews: list[tuple[bool, float]]) -> None:
    card = None
    for is_good, gap in reviews:
        card = met(card, is_good, gap)
        assert card.stability >= MIN_STABILITY
        assert 1.0 <= card.hardness <= 10.0


@given(cards, st.floats(0.0, 400.0))
def test_what_is_remembered_lasts_longer_than_what_is_forgotten(card: Card, gap: float) -> None:
    remembered, forgotten = met(card, True, gap), met(card, False, gap)

    assert remembered.stability >= card.stability - 1e-12
    assert forgotten.stability < card.stability or card.stability <= MIN_STABILITY
    assert remembered.hardness <= forgotten.hardness


def test_the_bounds_are_those_of_fsrs_and_half_a_score_is_remembered() -> None:
    assert (MIN_STABILITY, GOOD_FROM) == (0.001, 0.5)


@pytest.mark.parametrize(("score", "is_good"), [(0.0, False), (0.49, False), (0.5, True), (1.0, True)])
def test_a_score_of_half_or_more_counts_as_remembered(score: float, is_good: bool) -> None:
    terms = LearnerTerms()

    terms.learn(answer(1, "one", score=score))
    terms.learn(answer(2, "one", score=score, at=days(4)))

    assert terms.memories["one"].card == met(met(None, is_good, 0.0), is_good, 4.0)


def test_an_item_that_was_read_is_remembered_like_one_answered_well() -> None:
    terms = LearnerTerms()

    terms.expose("one", ["greeting"], answer(1).basis, NOW)

    assert terms.memories["one"].card == met(None, True, 0.0)


def test_a_memory_that_was_kept_without_a_card_starts_a_new_one() -> None:
    terms = LearnerTerms(memories={"one": Mastery(0.5, 0.4, NOW, 3)})

    terms.learn(answer(1, "one", at=days(9)))

    assert terms.memories["one"].card == met(None, True, 0.0)
