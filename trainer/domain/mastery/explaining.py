"""Says why a forecast is what it is: what each term adds, what fading took, what an answer tomorrow would change."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from itertools import count
from math import exp
from typing import NamedTuple
from uuid import UUID

import numpy as np

from trainer.domain.mastery.constants import Belief, Constants
from trainer.domain.mastery.correction import Correction
from trainer.domain.mastery.outlook import Array, Cell, Forecast, forecast, gather, outlook
from trainer.domain.mastery.shared import Basis, SharedTerms
from trainer.domain.mastery.terms import DAY, Answer, Kind, LearnerTerms, Mastery, days_between, fade, memory_days

MAX_DAYS = 120
"""How far ahead it is looked when nothing is practised."""
_COMPETENCY = ""
_NO_ID = UUID(int=0)


class Term(StrEnum):
    """What a forecast is made of, in log-odds."""

    ABILITY = "ability"
    STATE = "state"
    MEMORY = "memory"
    LEVEL = "level"
    DIFFICULTY = "difficulty"
    NOVELTY = "novelty"
    FADING = "fading"
    """What all terms have lost since they were last practised."""


class Effect(NamedTuple):
    """What one term adds to the log-odds on the date, and what it would add had nothing faded since the practice."""

    term: Term
    value: float
    fresh: float


class Tomorrow(NamedTuple):
    """The expected share after one more answer, the mean over the competency's items; `otherwise`: without any.

    An answer counts as for this competency alone. Practice with feedback teaches, so that even a wrong one can help;
    and what is known fades anew from it, so that a right one can cost a trace by a date that is far off.
    """

    right: float
    wrong: float
    otherwise: float


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a competency's forecast is what it is. `days` without practice on the date; None when never practised.

    `uncorrected` is the mean of the forecast before the company's correction.
    """

    forecast: Forecast
    uncorrected: float
    effects: tuple[Effect, ...]
    days: float | None
    tomorrow: Tomorrow

    @property
    def log_odds(self) -> float:
        """The middle: E[z], the mean over the items of the competency. The effects sum to it."""
        return sum(effect.value for effect in self.effects)

    @property
    def if_sure(self) -> float:
        """The share that the middle says. Not being sure of the terms draws the forecast from here towards a half."""
        return 1.0 / (1.0 + exp(-self.log_odds))

    @property
    def reasons(self) -> tuple[tuple[Term, float], ...]:
        """Each term as it was when last practised and what fading has taken, the largest first; they sum alike."""
        fading = sum(effect.value - effect.fresh for effect in self.effects)
        reasons = [(effect.term, effect.fresh) for effect in self.effects]
        if fading:
            reasons.append((Term.FADING, fading))
        return tuple(sorted(reasons, key=lambda reason: -abs(reason[1])))


def explain(cell: Cell, on: datetime, shared: SharedTerms, *, at: datetime) -> Explanation:
    """The forecast to a date and its reasons, as seen at `at`; an answer tomorrow is one day after that."""
    state, expected = cell.state, forecast(cell, on, shared)
    return Explanation(
        forecast=expected,
        uncorrected=Correction(*shared.constants.correction).untold_of(expected.mean),
        effects=tuple(sorted(_effects(cell, on, shared), key=lambda effect: -abs(effect.value))),
        days=None if state is None else days_between(state.at, on),
        tomorrow=_tomorrow(cell, on, shared, at + DAY),
    )


def days_until_below(cell: Cell, target: float, shared: SharedTerms, *, at: datetime) -> int | None:
    """In how many days the forecast falls below a target if nothing is practised: 0 when it is; None: not in sight."""
    below = np.flatnonzero(_means_by_day(cell, shared, at) < target)
    return int(below[0]) if below.size else None


def _means_by_day(cell: Cell, shared: SharedTerms, at: datetime) -> Array:
    """The forecasts of today and each day to come: those of today for what is known, had it been learnt earlier."""
    known = gather([cell] * (MAX_DAYS + 1), shared.constants)
    seconds = np.arange(MAX_DAYS + 1) * DAY.total_seconds()
    earlier = replace(
        known,
        ability=known.ability._replace(at=known.ability.at - seconds),
        state=known.state._replace(at=known.state.at - seconds),
        memory=known.memory._replace(at=known.memory.at - np.repeat(seconds, known.counts)),
    )
    return outlook(earlier, at, shared).mean


def _effects(cell: Cell, on: datetime, shared: SharedTerms) -> list[Effect]:
    constants, share = shared.constants, 1.0 / len(cell.memories)
    memories = [fade(each, constants.memory_variance, memory_days(constants, each), on)[0] for each in cell.memories]
    kept = [each.mean if each else 0.0 for each in cell.memories]
    difficulty = -cell.competency[0] - share * sum(mean for mean, _ in cell.items)
    level = shared.population[0]
    return [
        Effect(
            Term.ABILITY,
            fade(cell.ability, constants.ability_variance, constants.ability_days, on)[0],
            cell.ability.mean if cell.ability else 0.0,
        ),
        Effect(
            Term.STATE,
            fade(cell.state, constants.state_variance, constants.state_days, on)[0],
            cell.state.mean if cell.state else 0.0,
        ),
        Effect(Term.MEMORY, share * sum(memories), share * sum(kept)),
        Effect(Term.LEVEL, level, level),
        Effect(Term.DIFFICULTY, difficulty, difficulty),
        Effect(Term.NOVELTY, _novelty_cost(cell, shared, on), _novelty_cost(cell, shared, None)),
    ]


def _novelty_cost(cell: Cell, shared: SharedTerms, on: datetime | None) -> float:
    """What being new costs on a date, or right after the practice."""
    items = sum(_novelty(shared.constants, each, on) for each in cell.memories) / len(cell.memories)
    return -_novelty(shared.constants, cell.state, on) * shared.competency_novelty[0] - items * shared.item_novelty[0]


def _novelty(constants: Constants, term: Mastery | None, on: datetime | None) -> float:
    if term is None:
        return 1.0
    days = 0.0 if on is None else days_between(term.at, on)
    return days / (days + constants.novelty_days)


def _tomorrow(cell: Cell, on: datetime, shared: SharedTerms, at: datetime) -> Tomorrow:
    when = max(on, at)
    after = [_answered(cell, number, score, shared, at) for score in (1.0, 0.0) for number in range(len(cell.memories))]
    means = outlook(gather([cell, *after], shared.constants), when, shared).mean
    items = len(cell.memories)
    return Tomorrow(float(means[1 : items + 1].mean()), float(means[items + 1 :].mean()), float(means[0]))


def _answered(cell: Cell, number: int, score: float, shared: SharedTerms, at: datetime) -> Cell:
    """The cell once one of its items is answered like this; one that was met before is a replay."""
    memories = {str(place): memory for place, memory in zip(count(), cell.memories) if memory is not None}
    states = {} if cell.state is None else {_COMPETENCY: cell.state}
    terms = LearnerTerms(shared.constants, cell.ability, states, memories)
    item, key = cell.items[number], str(number)
    kind = Kind.REPLAY if key in memories else Kind.FIRST
    terms.learn(Answer(_NO_ID, key, (_COMPETENCY,), score, item[0], at, _basis(cell, item, shared), kind))
    return cell._replace(
        ability=terms.ability,
        state=terms.states[_COMPETENCY],
        memories=[terms.memories.get(str(place)) for place in range(len(cell.memories))],
    )


def _basis(cell: Cell, item: Belief, shared: SharedTerms) -> Basis:
    """What is believed of an item of the cell."""
    level, variance = shared.population
    return Basis(
        level - cell.competency[0] - item[0],
        variance + cell.competency[1] + item[1],
        shared.item_novelty,
        shared.competency_novelty,
    )
