"""What belongs to content and company, learnt from everybody's answers: level, difficulties and novelty costs."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import exp, pi, sqrt
from typing import NamedTuple

from trainer.domain.mastery.constants import SHIPPED, Belief, Constants

EIGHTH_PI = pi / 8.0


class Basis(NamedTuple):
    """What the shared terms say of one item: M - D_c - D_i with its variance, and what novelty costs."""

    mean: float
    variance: float
    item_novelty: Belief
    competency_novelty: Belief


class Part(NamedTuple):
    """What a person brings to one item at one time: U + S + R with its variance, and how new both are to them."""

    mean: float
    variance: float
    item_novelty: float
    competency_novelty: float


class Evidence(NamedTuple):
    """One answer, as the shared terms learn from it: whatever it was given by, only the person's part counts."""

    item_key: str
    competencies: tuple[str, ...]
    difficulty: float
    part: Part
    score: float
    weight: float


def chance(part: Part, basis: Basis) -> tuple[float, float]:
    """P(handled well) = sigmoid(E[z] / sqrt(1 + pi V[z] / 8)), and V[z]."""
    mean, variance, new_item, new_competency = part
    base, base_variance, (item, item_variance), (competency, competency_variance) = basis
    mean += base - new_item * item - new_competency * competency
    variance += (
        base_variance + new_item * new_item * item_variance + new_competency * new_competency * competency_variance
    )
    return 1.0 / (1.0 + exp(-mean / sqrt(1.0 + EIGHTH_PI * variance))), variance


def pull(p: float, variance: float, score: float, weight: float) -> tuple[float, float]:
    """How strongly an answer moves each term: g for means, k for variances.

    A term with coefficient s in z and variance v becomes m + s v g, v - (s v)^2 k.
    """
    slope = p * (1.0 - p)
    damped = weight / (1.0 + slope * variance)
    return damped * (score - p), damped * slope


@dataclass(slots=True)
class SharedTerms:
    """M, N1, N2, and the difficulty of each competency and item that anyone has met."""

    constants: Constants = SHIPPED
    population: Belief = SHIPPED.population
    item_novelty: Belief = SHIPPED.item_novelty
    competency_novelty: Belief = SHIPPED.competency_novelty
    competencies: dict[str, Belief] = field(default_factory=dict)
    items: dict[str, Belief] = field(default_factory=dict)

    @classmethod
    def prior(cls, constants: Constants = SHIPPED) -> "SharedTerms":
        return cls(constants, constants.population, constants.item_novelty, constants.competency_novelty)

    def basis(self, item_key: str, competencies: Sequence[str], difficulty: float) -> Basis:
        """What is believed of an item; `difficulty` is its prior mean, by its level."""
        hard, unsure = self.items.get(item_key) or (difficulty, self.constants.item_variance)
        level, variance = self.population
        mean, variance, share = level - hard, variance + unsure, 1.0 / max(1, len(competencies))
        for name in competencies:
            hard, unsure = self.competencies.get(name) or (0.0, self.constants.competency_variance)
            mean -= share * hard
            variance += share * share * unsure
        return Basis(mean, variance, self.item_novelty, self.competency_novelty)

    def learn(self, evidence: Evidence) -> None:
        """Move every shared term that had a part in one answer; one that is evidence for nothing moves none."""
        item_key, competencies, difficulty, part, score, weight = evidence
        if not competencies:
            return
        p, variance = chance(part, self.basis(item_key, competencies, difficulty))
        g, k = pull(p, variance, score, weight)
        item = self.items.get(item_key) or (difficulty, self.constants.item_variance)
        self.items[item_key] = _moved(item, -1.0, g, k)
        share = 1.0 / len(competencies)
        for name in competencies:
            belief = self.competencies.get(name) or (0.0, self.constants.competency_variance)
            self.competencies[name] = _moved(belief, -share, g, k)
        self.population = _moved(self.population, 1.0, g, k)
        self.item_novelty = _cost(_moved(self.item_novelty, -part[2], g, k))
        self.competency_novelty = _cost(_moved(self.competency_novelty, -part[3], g, k))

    def learn_all(self, log: Iterable[Evidence]) -> None:
        for evidence in log:
            self.learn(evidence)

    def item_beliefs(self, priors: Mapping[str, float]) -> dict[str, Belief]:
        """What is believed of items, of those nobody has met by their prior means."""
        unmet = self.constants.item_variance
        return {key: self.items.get(key) or (mean, unmet) for key, mean in priors.items()}


def _moved(belief: Belief, coefficient: float, g: float, k: float) -> Belief:
    mean, variance = belief
    step = coefficient * variance
    return mean + step * g, variance - step * step * k


def _cost(belief: Belief) -> Belief:
    """A cost is not below 0: where all is a first contact, it could not be told from the level."""
    return (0.0, belief[1]) if belief[0] < 0.0 else belief
