"""Refits the constants on a company's own log: fitted on some learners, judged on others that the fit never saw."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from math import log, sqrt
from typing import NamedTuple
from uuid import UUID

from trainer.domain.mastery.constants import Constants
from trainer.domain.mastery.shared import SharedTerms
from trainer.domain.mastery.terms import Answer, Kind, LearnerTerms

FITTED = (
    "practice_gain",
    "item_variance",
    "ability_variance",
    "memory_variance",
    "state_variance",
    "competency_variance",
    "memory_days",
    "state_days",
    "ability_days",
)
"""What is fitted, one after another; each is tried larger and smaller by these factors."""
FACTORS = (1.6, 0.625)
ROUNDS = 2
HELD_BACK = 5
"""One learner in so many is held back, by their id."""
MIN_HELD_ANSWERS = 200
MIN_HELD_LEARNERS = 8
INTERVAL_Z = 1.96
"""Half width of a 95 % interval in standard errors."""


class Logged(NamedTuple):
    """One answer of the log, without what any version of the model thought of it."""

    id: UUID
    item_key: str
    competencies: tuple[str, ...]
    score: float
    difficulty: float
    answered_at: datetime
    kind: Kind


@dataclass(frozen=True, slots=True)
class Calibration:
    """What a refit found. Losses are log losses an answer on the learners held back; a gain above 0 is better."""

    constants: Constants
    learners: int
    held_learners: int
    answers: int
    held_answers: int
    loss_before: float
    loss_after: float
    gain_low: float
    gain_high: float

    @property
    def gain(self) -> float:
        return self.loss_before - self.loss_after

    @property
    def is_enough(self) -> bool:
        """Whether enough was held back to judge by."""
        return self.held_answers >= MIN_HELD_ANSWERS and self.held_learners >= MIN_HELD_LEARNERS

    @property
    def is_better(self) -> bool:
        """Better beyond what chance explains: all of the interval is above 0."""
        return self.is_enough and self.gain_low > 0.0


Log = Mapping[UUID, Sequence[Logged]]
"""Each learner's answers, in the order they were given."""


def calibrate(log: Log, constants: Constants) -> Calibration:
    """Fit the constants on most learners and judge them on the rest, who are predicted before each answer."""
    fitted_on = {learner: answers for learner, answers in log.items() if not _is_held_back(learner)}
    held = {learner: answers for learner, answers in log.items() if _is_held_back(learner)}
    best = _fit(fitted_on, constants)
    before, after = _losses_on(fitted_on, held, constants), _losses_on(fitted_on, held, best)
    sizes = [len(answers) for answers in held.values()]
    gains = [one - other for one, other in zip(before, after, strict=True)]
    low, high = _interval(gains, sizes)
    total = max(1, sum(sizes))
    return Calibration(
        constants=best,
        learners=len(fitted_on),
        held_learners=len(held),
        answers=sum(map(len, fitted_on.values())),
        held_answers=sum(sizes),
        loss_before=sum(before) / total,
        loss_after=sum(after) / total,
        gain_low=low,
        gain_high=high,
    )


def learn_all(log: Log, constants: Constants) -> SharedTerms:
    """The shared terms after the whole log, learner after learner."""
    shared = SharedTerms.prior(constants)
    for answers in log.values():
        _stream(answers, shared)
    return shared


def _fit(log: Log, constants: Constants) -> Constants:
    """Coordinate descent: one constant after another, as long as it lowers the loss."""
    best, lowest = constants, _loss(log, constants)
    for _ in range(ROUNDS):
        for name in FITTED:
            for factor in FACTORS:
                tried = replace(best, **{name: getattr(best, name) * factor})
                loss = _loss(log, tried)
                if loss < lowest:
                    best, lowest = tried, loss
                    break
    return best


def _loss(log: Log, constants: Constants) -> float:
    shared = SharedTerms.prior(constants)
    return sum(_stream(answers, shared) for answers in log.values())


def _losses_on(fitted_on: Log, held: Log, constants: Constants) -> list[float]:
    """Loss of each learner held back, the shared terms having learnt from the others."""
    shared = learn_all(fitted_on, constants)
    return [_stream(answers, shared) for answers in held.values()]


def _stream(answers: Sequence[Logged], shared: SharedTerms) -> float:
    """Predict each answer of one learner, then learn from it; the sum of log losses."""
    terms = LearnerTerms(shared.constants)
    loss = 0.0
    for each in answers:
        basis = shared.basis(each.item_key, each.competencies, each.difficulty)
        learnt = terms.learn(Answer(*each[:6], basis, each.kind))
        shared.learn(learnt.evidence)
        loss -= each.score * log(learnt.expected) + (1.0 - each.score) * log(1.0 - learnt.expected)
    return loss


def _is_held_back(learner: UUID) -> bool:
    return sha256(learner.bytes).digest()[0] % HELD_BACK == 0


def _interval(gains: Sequence[float], sizes: Sequence[int]) -> tuple[float, float]:
    """95 % interval of the gain an answer; learners, not their answers, are what varies independently."""
    count, total = len(gains), sum(sizes)
    if count < 2 or not total:
        return 0.0, 0.0
    mean = sum(gains) / total
    spread = sum((gain - mean * size) ** 2 for gain, size in zip(gains, sizes, strict=True))
    error = sqrt(spread * count / (count - 1)) / total
    return mean - INTERVAL_Z * error, mean + INTERVAL_Z * error
