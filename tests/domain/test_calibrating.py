"""A refit of the constants: it finds what the log holds, and is better only when people held back say so."""

from datetime import timedelta
from math import exp
from random import Random
from uuid import UUID

from tests.builders import NOW
from trainer.domain.mastery import Kind, Logged, calibrate
from trainer.domain.mastery.calibrating import MIN_HELD_ANSWERS, MIN_HELD_LEARNERS
from trainer.domain.mastery.constants import SHIPPED, Constants

FAR_OFF = Constants(ability_variance=0.02, item_variance=0.02, practice_gain=6.0)
"""As if people and items hardly differed, and one practice taught all."""


def log_of(people: int, items: int = 12, seed: int = 5) -> dict[UUID, list[Logged]]:
    """People and items that differ a lot; everybody answers each item twice, days apart."""
    dice = Random(seed)
    hard = [dice.gauss(0.0, 1.2) for _ in range(items)]
    log = {}
    for number in range(people):
        able = dice.gauss(0.3, 1.1)
        answers = []
        for turn in range(2 * items):
            item = turn % items
            chance = 1.0 / (1.0 + exp(-(able - hard[item] + 0.4 * (turn >= items))))
            score = float(dice.random() < chance)
            at = NOW + timedelta(hours=7 * turn)
            answers.append(Logged(UUID(int=turn), f"item {item}", ("greeting",), score, 0.0, at, Kind.FIRST))
        log[UUID(int=number + 1)] = answers
    return log


def test_constants_that_are_far_off_are_bettered_on_people_held_back() -> None:
    found = calibrate(log_of(60), FAR_OFF)

    assert found.is_enough
    assert found.is_better
    assert 0.0 < found.gain_low <= found.gain <= found.gain_high
    assert found.constants.ability_variance > FAR_OFF.ability_variance
    assert found.learners + found.held_learners == 60


def test_a_refit_of_what_it_has_found_finds_no_more_than_chance() -> None:
    log = log_of(60)
    found = calibrate(log, SHIPPED)

    again = calibrate(log, found.constants)

    assert again.gain < 0.01


def test_too_few_people_held_back_are_not_judged_by_whatever_the_gain() -> None:
    found = calibrate(log_of(8), FAR_OFF)

    assert found.held_learners < MIN_HELD_LEARNERS or found.held_answers < MIN_HELD_ANSWERS
    assert not found.is_enough
    assert not found.is_better


def test_an_empty_log_changes_nothing() -> None:
    found = calibrate({}, SHIPPED)

    assert found.constants == SHIPPED
    assert not found.is_better


def test_the_same_log_gives_the_same_refit() -> None:
    log = log_of(20)

    assert calibrate(log, FAR_OFF) == calibrate(log, FAR_OFF)
