"""The terms of the model: what an answer does to them, how they fade, and the log that they can be made from again."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from enum import StrEnum
from math import exp, pi, sqrt
from uuid import UUID

from trainer.domain.mastery.constants import (
    ABILITY_FADE_DAYS,
    ABILITY_VARIANCE,
    COMPETENCY_NOVELTY,
    COMPETENCY_VARIANCE,
    ITEM_NOVELTY,
    ITEM_VARIANCE,
    MEMORY_FADE_DAYS,
    MEMORY_FADE_TIMES,
    MEMORY_VARIANCE,
    NOVELTY_DAYS,
    POPULATION_LEVEL,
    PRACTICE_GAIN,
    REPLAY_WEIGHT,
    STATE_FADE_DAYS,
    STATE_VARIANCE,
)

SECONDS_PER_DAY = 86_400.0
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
    return max(0.0, (end - start).total_seconds() / SECONDS_PER_DAY)


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
