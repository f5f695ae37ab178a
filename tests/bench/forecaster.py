"""The product's forecast as the benchmark asks for it: one student at a time, answer after answer."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from math import sqrt
from typing import NamedTuple
from uuid import UUID

import numpy as np

from trainer.domain.mastery import (
    INTERVAL_Z,
    NODES,
    SHIPPED,
    WEIGHTS,
    Answer,
    Belief,
    Constants,
    Kind,
    LearnerTerms,
    SharedTerms,
    chance,
    faded,
)

START = datetime(2020, 1, 1, tzinfo=UTC)
UNNAMED = UUID(int=0)


class _Seen(NamedTuple):
    """z of one item on one day: its mean and variance, and what of the variance other items share."""

    mean: float
    variance: float
    ability_variance: float
    skill_variance: float


class Forecaster:
    """The domain's terms of the content, learnt from everybody, and those of the student of whom is asked."""

    def __init__(self, constants: Constants = SHIPPED) -> None:
        self._shared = SharedTerms.prior(constants)
        self.start("")

    def start(self, user: str) -> None:
        """Go on with a student of whom nothing is known."""
        self._terms = LearnerTerms(self._shared.constants)

    def expect(self, item: str, skill: str, day: float) -> float:
        """The chance that the item is answered right on that day; nothing is learnt."""
        return self._terms.expect(item, (skill,), self._shared.basis(item, (skill,), 0.0), _time(day))

    def answer(self, item: str, skill: str, day: float, correct: int) -> float:
        """Learn from an answer; the chance that was expected before it."""
        skills = (skill,)
        basis = self._shared.basis(item, skills, 0.0)
        learnt = self._terms.learn(Answer(UNNAMED, item, skills, float(correct), 0.0, _time(day), basis, Kind.FIRST))
        self._shared.learn(learnt.evidence)
        return learnt.expected

    def study(self, item: str, skill: str, day: float) -> None:
        """Learn that the item was met without an answer."""
        self._terms.expose(item, (skill,), self._shared.basis(item, (skill,), 0.0), _time(day))

    def outlook(self, items: Sequence[tuple[str, str]], day: float) -> tuple[float, float, float]:
        """Expected share right of these (item, skill) on that day, and the 80 % interval of what is expected.

        The interval holds what is not known of the student and the items, not the luck of the answers. It is that of
        the domain's outlook, for items of several competencies at once.
        """
        seen = [self._see(item, skill, day) for item, skill in items]
        shared = seen[0].ability_variance + self._shared.population[1]
        mean = np.array([each.mean for each in seen])
        damping = np.sqrt(1.0 + np.pi * (np.array([each.variance for each in seen]) - shared) / 8.0)
        levels = mean + np.sqrt(shared) * NODES[:, np.newaxis]
        shares = (1.0 / (1.0 + np.exp(-levels / damping))).mean(axis=1)
        centre = float(WEIGHTS @ shares)
        chances = 1.0 / (1.0 + np.exp(-mean / damping))
        slopes = chances * (1.0 - chances) / damping / len(seen)
        own = np.array([each.variance - shared - each.skill_variance for each in seen])
        variance = float(WEIGHTS @ (shares - centre) ** 2 + slopes**2 @ own)
        of_skill: dict[str, float] = defaultdict(float)
        for (_, skill), slope in zip(items, slopes, strict=True):
            of_skill[skill] += float(slope)
        known = {skill: each.skill_variance for (_, skill), each in zip(items, seen, strict=True)}
        variance += sum(slope**2 * known[skill] for skill, slope in of_skill.items())
        reach = INTERVAL_Z * sqrt(variance)
        return centre, max(0.0, centre - reach), min(1.0, centre + reach)

    def _see(self, item: str, skill: str, day: float) -> _Seen:
        terms, part = faded(self._shared.constants, self._terms.of(item, (skill,)), _time(day))
        basis = self._shared.basis(item, (skill,), 0.0)
        _, variance = chance(part, basis)
        mean = part.mean + basis.mean - part.item_novelty * basis.item_novelty[0]
        mean -= part.competency_novelty * basis.competency_novelty[0]
        ability, (state,), _ = terms
        hard: Belief = self._shared.competencies.get(skill) or (0.0, self._shared.constants.competency_variance)
        return _Seen(mean, variance, ability[1], state[1] + hard[1])


def _time(day: float) -> datetime:
    return START + timedelta(days=day)
