"""How unsure the forecasts of a person's goals are on the date, and how much the answers of a plan narrow them."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from trainer.domain.mastery import INTERVAL_Z, Array, days_between, fade
from trainer.domain.planning.activities import Goal, StudyCase

Places = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Doubt:
    """The uncertainty of each goal's share in log-odds on the date: U and S, which answers narrow, and the rest.

    Cautious: only answers in the competency itself narrow it, and each as if it came out as likely as the target says.
    """

    ability: Array
    state: Array
    rest: Array
    pull: Array

    def reach(self, goals: Sequence[int] | Places, weights: Array) -> Array:
        """Half the width of the 80 % interval of these goals after further answers.

        The last axis of `weights` is what these answers weigh for U and for S, what fades until the date left out.
        """
        shape = (-1,) + (1,) * (weights.ndim - 2)
        pull, variance = self.pull[goals].reshape(shape), self.rest[goals].reshape(shape)
        for known, weight in zip((self.ability, self.state), np.moveaxis(weights, -1, 0), strict=True):
            own = known[goals].reshape(shape)
            variance = variance + own / (1.0 + pull * own * weight)
        reach: Array = INTERVAL_Z * np.sqrt(variance)
        return reach


def doubt_of(case: StudyCase, goals: Sequence[Goal], total: Array, of_an_answer: Array) -> Doubt:
    """`total` is the variance of each share on the date without study, `of_an_answer` that of what an answer shows."""
    constants = case.shared.constants
    _, ability = fade(case.terms.ability, constants.ability_variance, constants.ability_days, case.on)
    states = [case.terms.states.get(goal.competency) for goal in goals]
    own = np.array([fade(state, constants.state_variance, constants.state_days, case.on)[1] for state in states])
    slope = np.array([goal.target * (1.0 - goal.target) for goal in goals])
    return Doubt(np.full(len(goals), ability), own, total - ability - own, slope / (1.0 + slope * of_an_answer))


def left_on_the_date(case: StudyCase, times: Array) -> Array:
    """The part of an answer's evidence on U and on S (columns) that is left on the date, by when it is given."""
    days, constants = days_between(case.at, case.on) - times, case.shared.constants
    halves = np.array([constants.ability_days, constants.state_days])
    left: Array = (halves / (halves + days[:, None])) ** 2
    return left
