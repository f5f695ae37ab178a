"""Estimates what a learner can do from graded responses, lets it fade, and forecasts it to a date.

A logistic model in log-odds with independent Gaussian terms:

    z = M + U + mean(S) + R - mean(D_c) - D_i - w_i N1 - w_c N2
    P(handled well) = sigmoid(E[z] / sqrt(1 + pi V[z] / 8))

U is the person's general ability, S the state in a competency, R the memory of the very item: they belong to the
person and fade to their prior. M is the level of the population, D the difficulties and N the novelty costs: they
belong to the content. After Pelanek 2016 (Elo in education), Glickman 1999 (uncertainty) and Choffin et al. 2019
(spacing); the constants were measured on public response logs.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from enum import StrEnum
from itertools import chain
from math import exp, pi, sqrt
from typing import NamedTuple
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from trainer.domain.content import CefrLevel

MODEL_VERSION = 1

POPULATION_LEVEL = 0.4
"""M: log-odds that an average person handles an average item well."""
ABILITY_VARIANCE = 1.3
STATE_VARIANCE = 0.35
MEMORY_VARIANCE = 0.85
"""Prior variances of U, S and R; their prior means are 0."""
COMPETENCY_VARIANCE = 0.1
ITEM_VARIANCE = 1.5
"""Variances of the difficulties D_c and D_i."""
ABILITY_FADE_DAYS = 120.0
STATE_FADE_DAYS = 14.0
"""After this many days without practice half of U or S is left."""
MEMORY_FADE_DAYS = 7.0
"""The same of R for an item met once. It grows in proportion to the times met, a plain stand-in for the stability
of a review card (three times FSRS-6's first stability of about 2.3 days)."""
MEMORY_FADE_TIMES = 16
"""Meetings beyond this many no longer slow the fading."""
PRACTICE_GAIN = 1.2
"""gamma: what answering with feedback adds to R, times what was missed."""
NOVELTY_DAYS = 14.0
"""After this many days half of the novelty cost is back."""
ITEM_NOVELTY = 0.3
COMPETENCY_NOVELTY = 0.2
"""N1 and N2: what a first contact costs. Assumed until they are learnt from a company's own answers."""
LEVEL_DIFFICULTY: Mapping[CefrLevel, float] = {
    CefrLevel.PRE_A1: -0.8,
    CefrLevel.A1: -0.6,
    CefrLevel.A2: -0.2,
    CefrLevel.A2_PLUS: 0.0,
    CefrLevel.B1: 0.2,
    CefrLevel.B1_PLUS: 0.4,
    CefrLevel.B2: 0.6,
    CefrLevel.B2_PLUS: 0.8,
    CefrLevel.C1: 1.0,
    CefrLevel.C2: 1.4,
}
"""Prior mean of D_i by the level of the item: an assumption until answers correct it."""
REPLAY_WEIGHT = 0.3
"""Evidence of an answer to an item that was answered before: practice more than proof."""

INTERVAL_Z = 1.2815515655446004
"""Half width of an 80 % interval in standard deviations."""
_ROOTS, _ROOT_WEIGHTS = np.polynomial.hermite.hermgauss(9)
NODES = _ROOTS * np.sqrt(2.0)
WEIGHTS = _ROOT_WEIGHTS / np.sqrt(np.pi)
"""Nine Gauss-Hermite nodes of a standard normal, with weights that sum to 1."""

Array = NDArray[np.float64]
_DAY = 86_400.0
_NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Mastery:
    """One estimated term: mean and variance in log-odds as of `at`, and how many answers it rests on."""

    mean: float
    variance: float
    at: datetime
    answers: int = 0

    @property
    def is_met(self) -> bool:
        return self.at != _NEVER


UNMET_ABILITY = Mastery(0.0, ABILITY_VARIANCE, _NEVER)
UNMET_STATE = Mastery(0.0, STATE_VARIANCE, _NEVER)
UNMET_MEMORY = Mastery(0.0, MEMORY_VARIANCE, _NEVER)


@dataclass(frozen=True, slots=True)
class Terms:
    """What is known of a person that bears on one item: U, S of each of its competencies, R."""

    ability: Mastery = UNMET_ABILITY
    states: tuple[Mastery, ...] = (UNMET_STATE,)
    memory: Mastery = UNMET_MEMORY


@dataclass(frozen=True, slots=True)
class Observation:
    """One graded answer, as the model sees it."""

    score: float
    answered_at: datetime
    difficulty: float = 0.0
    weight: float = 1.0


class Forecast(NamedTuple):
    """The share of a competency's situations that a person is expected to handle well on a date.

    `low` and `high` bound the middle 80 %; `answers` is the evidence that it rests on.
    """

    mean: float
    low: float
    high: float
    answers: int


def item_difficulty(level: CefrLevel | None) -> float:
    """Prior mean of an item's difficulty, in log-odds."""
    return 0.0 if level is None else LEVEL_DIFFICULTY[level]


def expect(terms: Terms, difficulty: float, at: datetime) -> float:
    """Chance that the item is handled well at `at`, before it is answered."""
    mean, variance, _ = _evidence(_fade_terms(terms, at), terms, difficulty, at)
    return _squash(mean, variance)


def observe(terms: Terms, observation: Observation) -> Terms:
    """The terms after one answer. Evidence older than a term is treated as of that term's time."""
    at = observation.answered_at
    faded = _fade_terms(terms, at)
    mean, variance, share = _evidence(faded, terms, observation.difficulty, at)
    p = _squash(mean, variance)
    slope = p * (1.0 - p)
    k = observation.weight * slope / (1.0 + slope * variance)
    g = observation.weight * (observation.score - p) / (1.0 + slope * variance)
    memory = _updated(faded.memory, 1.0, g, k, at)
    return Terms(
        ability=_updated(faded.ability, 1.0, g, k, at),
        states=tuple(_updated(state, share, g, k, at) for state in faded.states),
        memory=replace(memory, mean=memory.mean + PRACTICE_GAIN * (1.0 - p)),
    )


class Scope(StrEnum):
    """What a kept term is about: the person (its key is empty), a competency, or an item or node."""

    ABILITY = "ability"
    COMPETENCY = "competency"
    ITEM = "item"


@dataclass(slots=True)
class LearnerTerms:
    """The terms of one learner, or those of them that bear on what is about to be observed."""

    ability: Mastery = UNMET_ABILITY
    states: dict[str, Mastery] = field(default_factory=dict)
    memories: dict[str, Mastery] = field(default_factory=dict)

    def of(self, item_key: str, competencies: Sequence[str]) -> Terms:
        return Terms(
            ability=self.ability,
            states=tuple(self.states.get(name, UNMET_STATE) for name in competencies),
            memory=self.memories.get(item_key, UNMET_MEMORY),
        )

    def put(self, scope: "Scope", key: str, mastery: Mastery) -> None:
        """Set one term, as it was kept."""
        match scope:
            case Scope.ABILITY:
                self.ability = mastery
            case Scope.COMPETENCY:
                self.states[key] = mastery
            case Scope.ITEM:
                self.memories[key] = mastery

    def named(self) -> Iterator[tuple["Scope", str, Mastery]]:
        """Every term, to be kept."""
        yield Scope.ABILITY, "", self.ability
        yield from ((Scope.COMPETENCY, key, state) for key, state in self.states.items())
        yield from ((Scope.ITEM, key, memory) for key, memory in self.memories.items())

    def learn(self, answer: "Answer") -> float:
        """Take in one answer; the chance of handling it well that was expected just before."""
        before = self.of(answer.item_key, answer.competencies)
        expected = expect(before, answer.difficulty, answer.answered_at)
        weight = REPLAY_WEIGHT if before.memory.is_met else 1.0
        after = observe(before, Observation(answer.score, answer.answered_at, answer.difficulty, weight))
        self.ability = after.ability
        self.states.update(zip(answer.competencies, after.states, strict=True))
        self.memories[answer.item_key] = after.memory
        return expected

    def is_before(self, answer: "Answer") -> bool:
        """Whether nothing taken in so far is later than this answer."""
        met = self.of(answer.item_key, answer.competencies)
        return all(term.at <= answer.answered_at for term in (met.ability, met.memory, *met.states))


@dataclass(frozen=True, slots=True)
class Answer:
    """One graded response as the log keeps it. The first to an item is evidence, a later one a replay."""

    id: UUID
    item_key: str
    competencies: tuple[str, ...]
    score: float
    difficulty: float
    answered_at: datetime


def replay(answers: Iterable[Answer]) -> LearnerTerms:
    """A learner's terms from the whole log, in any order.

    Answers count in the order they were given, ties by id, so that late arrivals change nothing.
    """
    terms = LearnerTerms()
    for answer in sorted(answers, key=lambda each: (each.answered_at, each.id)):
        terms.learn(answer)
    return terms


def fade(mastery: Mastery, prior: Mastery, half_days: float, on: datetime) -> Mastery:
    """The term on a later date without practice: its mean goes to 0, its variance to the prior's."""
    if not mastery.is_met:
        return prior
    left = 1.0 / (1.0 + days_between(mastery.at, on) / half_days)
    variance = prior.variance - (prior.variance - mastery.variance) * left * left
    return replace(mastery, mean=mastery.mean * left, variance=variance, at=max(mastery.at, on))


def days_between(start: datetime, end: datetime) -> float:
    """Days from start to end, 0 when end is earlier."""
    return max(0.0, (end - start).total_seconds() / _DAY)


class Cell(NamedTuple):
    """One person's terms for one competency: U, S, and the memory and difficulty of each of its items."""

    ability: Mastery
    state: Mastery
    memories: Sequence[Mastery]
    difficulties: Sequence[float]


@dataclass(frozen=True)
class Outlook:
    """Forecasts of many cells for one date, kept as arrays with one entry a cell.

    `state` and `state_variance` are S; `noise` is what the items add to the uncertainty of the share, in log-odds.
    """

    mean: Array
    low: Array
    high: Array
    answers: NDArray[np.int64]
    ability: Array
    ability_variance: Array
    state: Array
    state_variance: Array
    noise: Array
    _items: "_Items"

    def forecast(self, cell: int) -> Forecast:
        return Forecast(float(self.mean[cell]), float(self.low[cell]), float(self.high[cell]), int(self.answers[cell]))

    def needed(self, targets: Array) -> Array:
        """Log-odds of U + S at which the expected share reaches each cell's target, found by bisection."""
        low = np.full(len(targets), -12.0)
        high = np.full(len(targets), 12.0)
        for _ in range(40):
            middle = (low + high) / 2
            below = self._items.share(middle) < targets
            low, high = np.where(below, middle, low), np.where(below, high, middle)
        level: Array = (low + high) / 2
        return level


@dataclass(frozen=True)
class _Items:
    """The items of all cells in one row: offset and damping of each, and where each cell starts."""

    offset: Array
    damping: Array
    starts: NDArray[np.int64]
    counts: NDArray[np.int64]

    def chances(self, level: Array) -> Array:
        chances: Array = 1.0 / (1.0 + np.exp(-(np.repeat(level, self.counts) + self.offset) / self.damping))
        return chances

    def share(self, level: Array) -> Array:
        """Expected share handled well in each cell when U + S is `level`."""
        total: Array = np.add.reduceat(self.chances(level), self.starts)
        share: Array = total / self.counts
        return share


def forecast(cell: Cell, on: datetime) -> Forecast:
    return outlook([cell], on).forecast(0)


def outlook(cells: Sequence[Cell], on: datetime) -> Outlook:
    """Forecast every cell to a date, assuming no further study. Each cell needs at least one item."""
    when = on.timestamp()
    ability, ability_variance, _ = _faded([cell.ability for cell in cells], ABILITY_VARIANCE, ABILITY_FADE_DAYS, when)
    state, state_variance, state_novelty = _faded([cell.state for cell in cells], STATE_VARIANCE, STATE_FADE_DAYS, when)
    state_variance = state_variance + COMPETENCY_VARIANCE
    counts = np.array([len(cell.memories) for cell in cells])
    starts = np.concatenate(([0], np.cumsum(counts)[:-1]))
    items, item_variance = _item_row(cells, counts, starts, state_novelty, when)
    centre = ability + state
    chances = items.chances(centre)
    slopes = chances * (1.0 - chances) / items.damping
    slope_sums = np.add.reduceat(slopes, starts)
    noise = np.add.reduceat(slopes * slopes * item_variance, starts) / (slope_sums * slope_sums)
    spread = np.sqrt(ability_variance + state_variance)
    reach = INTERVAL_Z * np.sqrt(ability_variance + state_variance + noise)
    return Outlook(
        mean=sum(
            (weight * items.share(centre + node * spread) for node, weight in zip(NODES, WEIGHTS, strict=True)),
            start=np.zeros(len(cells)),
        ),
        low=items.share(centre - reach),
        high=items.share(centre + reach),
        answers=np.array([cell.state.answers for cell in cells]),
        ability=ability,
        ability_variance=ability_variance,
        state=state,
        state_variance=state_variance,
        noise=noise,
        _items=items,
    )


def _item_row(
    cells: Sequence[Cell], counts: NDArray[np.int64], starts: NDArray[np.int64], state_novelty: Array, when: float
) -> tuple[_Items, Array]:
    memories = list(chain.from_iterable(cell.memories for cell in cells))
    times = np.array([min(max(memory.answers, 1), MEMORY_FADE_TIMES) for memory in memories], dtype=np.float64)
    mean, variance, novelty = _faded(memories, MEMORY_VARIANCE, MEMORY_FADE_DAYS * times, when)
    difficulty = np.fromiter(chain.from_iterable(cell.difficulties for cell in cells), dtype=np.float64)
    cost = ITEM_NOVELTY * novelty + COMPETENCY_NOVELTY * np.repeat(state_novelty, counts)
    variance = variance + ITEM_VARIANCE
    damping = np.sqrt(1.0 + np.pi * variance / 8.0)
    return _Items(POPULATION_LEVEL + mean - difficulty - cost, damping, starts, counts), variance


def _faded(
    terms: Sequence[Mastery], prior_variance: float, half_days: float | Array, when: float
) -> tuple[Array, Array, Array]:
    """Means, variances and novelty weights on a date; the same arithmetic as `fade`, for many terms at once."""
    mean = np.array([term.mean for term in terms])
    variance = np.array([term.variance for term in terms])
    at = np.array([term.at.timestamp() if term.is_met else np.nan for term in terms])
    met = ~np.isnan(at)
    days = np.maximum(0.0, when - np.where(met, at, when)) / _DAY
    left = 1.0 / (1.0 + days / half_days)
    faded_variance = prior_variance - (prior_variance - variance) * left * left
    novelty = np.where(met, 1.0 - 1.0 / (1.0 + days / NOVELTY_DAYS), 1.0)
    return np.where(met, mean * left, 0.0), np.where(met, faded_variance, prior_variance), novelty


def _fade_terms(terms: Terms, on: datetime) -> Terms:
    times = min(max(terms.memory.answers, 1), MEMORY_FADE_TIMES)
    return Terms(
        ability=fade(terms.ability, UNMET_ABILITY, ABILITY_FADE_DAYS, on),
        states=tuple(fade(state, UNMET_STATE, STATE_FADE_DAYS, on) for state in terms.states),
        memory=fade(terms.memory, UNMET_MEMORY, MEMORY_FADE_DAYS * times, on),
    )


def _evidence(faded: Terms, met: Terms, difficulty: float, at: datetime) -> tuple[float, float, float]:
    """Mean and variance of z, and the coefficient of each S."""
    share = 1.0 / len(faded.states)
    state_novelty = sum(_novelty(state, at) for state in met.states) * share
    mean = (
        POPULATION_LEVEL
        + faded.ability.mean
        + share * sum(state.mean for state in faded.states)
        + faded.memory.mean
        - difficulty
        - ITEM_NOVELTY * _novelty(met.memory, at)
        - COMPETENCY_NOVELTY * state_novelty
    )
    variance = (
        faded.ability.variance
        + share * share * sum(state.variance + COMPETENCY_VARIANCE for state in faded.states)
        + faded.memory.variance
        + ITEM_VARIANCE
    )
    return mean, variance, share


def _novelty(mastery: Mastery, at: datetime) -> float:
    return 1.0 - 1.0 / (1.0 + days_between(mastery.at, at) / NOVELTY_DAYS) if mastery.is_met else 1.0


def _updated(mastery: Mastery, share: float, g: float, k: float, at: datetime) -> Mastery:
    variance = mastery.variance
    return Mastery(
        mean=mastery.mean + share * variance * g,
        variance=variance - (share * variance) ** 2 * k,
        at=max(mastery.at, at),
        answers=mastery.answers + 1,
    )


def _squash(mean: float, variance: float) -> float:
    return 1.0 / (1.0 + exp(-mean / sqrt(1.0 + pi * variance / 8.0)))
