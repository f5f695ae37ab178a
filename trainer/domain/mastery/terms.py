"""What belongs to a person: what an answer does to it, how it fades, and the log that it can be made from again."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

from trainer.domain.mastery.constants import SHIPPED, Belief, Constants
from trainer.domain.mastery.shared import Basis, Evidence, Part, chance, pull
from trainer.domain.mastery.stability import GOOD_FROM, Card, met

DAY = timedelta(days=1)


class Mastery(NamedTuple):
    """One estimated term: mean and variance in log-odds as of `at`, and how many answers it rests on.

    The memory of an item also carries the card that says how long it lasts.
    """

    mean: float
    variance: float
    at: datetime
    answers: int = 0
    card: Card | None = None


class Terms(NamedTuple):
    """What is known of a person that bears on one item: U, S of each of its competencies, R; None where unmet."""

    ability: Mastery | None = None
    states: tuple[Mastery | None, ...] = (None,)
    memory: Mastery | None = None


Faded = tuple[Belief, list[Belief], Belief]
"""U, S of each competency and R as of one time, without practice since."""


class Kind(StrEnum):
    """How an answer came about, which says how much it proves."""

    FIRST = "first"
    REPLAY = "replay"
    REVIEW = "review"
    HINTED = "hinted"
    SELF_RATED = "self_rated"

    def weight(self, constants: Constants) -> float:
        match self:
            case Kind.FIRST:
                return 1.0
            case Kind.REPLAY | Kind.REVIEW:
                return constants.replay_weight
            case Kind.HINTED:
                return constants.hint_weight
            case Kind.SELF_RATED:
                return constants.self_rating_weight


class Answer(NamedTuple):
    """One graded response as the log keeps it, with what was believed of its item when it was given.

    `difficulty` is the item's prior mean.
    """

    id: UUID
    item_key: str
    competencies: tuple[str, ...]
    score: float
    difficulty: float
    answered_at: datetime
    basis: Basis
    kind: Kind = Kind.FIRST


class Learnt(NamedTuple):
    """What one answer did: the chance that was expected just before, and what the shared terms learn from it."""

    expected: float
    evidence: Evidence


class Scope(StrEnum):
    """What a kept term is about: the person (its key is empty), a competency, or an item or node."""

    ABILITY = "ability"
    COMPETENCY = "competency"
    ITEM = "item"


@dataclass(slots=True)
class LearnerTerms:
    """The terms of one learner, or those of them that bear on what is about to be observed."""

    constants: Constants = SHIPPED
    ability: Mastery | None = None
    states: dict[str, Mastery] = field(default_factory=dict)
    memories: dict[str, Mastery] = field(default_factory=dict)

    def of(self, item_key: str, competencies: Sequence[str]) -> Terms:
        return Terms(self.ability, tuple(map(self.states.get, competencies)), self.memories.get(item_key))

    def put(self, scope: Scope, key: str, mastery: Mastery) -> None:
        """Set one term, as it was kept."""
        match scope:
            case Scope.ABILITY:
                self.ability = mastery
            case Scope.COMPETENCY:
                self.states[key] = mastery
            case Scope.ITEM:
                self.memories[key] = mastery

    def named(self) -> Iterator[tuple[Scope, str, Mastery]]:
        """Every term, to be kept."""
        if self.ability is not None:
            yield Scope.ABILITY, "", self.ability
        yield from ((Scope.COMPETENCY, key, state) for key, state in self.states.items())
        yield from ((Scope.ITEM, key, memory) for key, memory in self.memories.items())

    def expect(self, item_key: str, competencies: Sequence[str], basis: Basis, at: datetime) -> float:
        """Chance that an item is handled well at `at`, before it is answered."""
        _, part = faded(self.constants, self.of(item_key, competencies), at)
        return chance(part, basis)[0]

    def learn(self, answer: Answer) -> Learnt:
        """Take in one answer; one to an item that serves no competency is practice, and proves nothing."""
        _, item_key, names, score, difficulty, at, basis, kind = answer
        before = self.of(item_key, names)
        now, part = faded(self.constants, before, at)
        p, variance = chance(part, basis)
        weight = 1.0 if kind is Kind.FIRST else kind.weight(self.constants)
        if names:
            self._move(item_key, names, before, now, pull(p, variance, score, weight), at, 1)
            self._remember(item_key, before.memory, at, 1.0 - p, score >= GOOD_FROM)
        return Learnt(p, Evidence(item_key, names, difficulty, part, score, weight))

    def expose(self, item_key: str, competencies: Sequence[str], basis: Basis, at: datetime) -> None:
        """Take in that the very item was met with its answer, but not answered: remembered as after an answer, and
        it proves nothing.

        Reading a lesson is no such thing: it meets no item. The logs of the benchmark hold such study trials; the
        product has none until phrases are listened to or reviewed with the answer shown.
        """
        before = self.of(item_key, competencies)
        now, part = faded(self.constants, before, at)
        self._move(item_key, competencies, before, now, (0.0, 0.0), at, 0)
        self._remember(item_key, before.memory, at, 1.0 - chance(part, basis)[0], is_good=True)

    def _move(
        self,
        item_key: str,
        competencies: Sequence[str],
        before: Terms,
        now: Faded,
        pulled: tuple[float, float],
        at: datetime,
        answers: int,
    ) -> None:
        g, k = pulled
        ability, states, memory = now
        share = 1.0 / len(competencies)
        self.ability = _moved(before.ability, ability, 1.0, g, k, at, answers)
        for name, old, state in zip(competencies, before.states, states, strict=True):
            self.states[name] = _moved(old, state, share, g, k, at, answers)
        self.memories[item_key] = _moved(before.memory, memory, 1.0, g, k, at, answers)

    def _remember(self, item_key: str, before: Mastery | None, at: datetime, missed: float, is_good: bool) -> None:
        """Practice with feedback adds to R: one gains most from what one would have missed."""
        mean, variance, later, answers, _ = self.memories[item_key]
        days = 0.0 if before is None else days_between(before.at, at)
        card = met(None if before is None else before.card, is_good, days)
        gain = self.constants.practice_gain * missed
        self.memories[item_key] = Mastery(mean + gain, variance, later, answers, card)

    def is_before(self, answer: Answer) -> bool:
        """Whether all that was taken in so far was before this answer.

        One of the very same moment is not: ids say which counts first, and terms do not keep them.
        """
        known = self.of(answer.item_key, answer.competencies)
        terms = (known.ability, known.memory, *known.states)
        return all(term is None or term.at < answer.answered_at for term in terms)


def replay(answers: Iterable[Answer], constants: Constants = SHIPPED) -> LearnerTerms:
    """A learner's terms from the whole log, in any order.

    Answers count in the order they were given, ties by id, so that late arrivals change nothing.
    """
    terms = LearnerTerms(constants)
    for answer in sorted(answers, key=lambda each: (each.answered_at, each.id)):
        terms.learn(answer)
    return terms


def faded(constants: Constants, terms: Terms, at: datetime) -> tuple[Faded, Part]:
    """The terms as of a time, without practice since, and what they bring to the item together."""
    ability = fade(terms.ability, constants.ability_variance, constants.ability_days, at)
    memory = fade(terms.memory, constants.memory_variance, memory_days(constants, terms.memory), at)
    share = 1.0 / max(1, len(terms.states))
    mean, variance, novelty = ability[0] + memory[0], ability[1] + memory[1], 0.0
    states = []
    for known in terms.states:
        state = fade(known, constants.state_variance, constants.state_days, at)
        states.append(state)
        mean += share * state[0]
        variance += share * share * state[1]
        novelty += share * _novelty(constants, known, at)
    return (ability, states, memory), Part(mean, variance, _novelty(constants, terms.memory, at), novelty)


def fade(mastery: Mastery | None, prior_variance: float, half_days: float, on: datetime) -> Belief:
    """The term on a later date without practice: its mean goes to 0, its variance to the prior's.

    A term that was never met is its prior. Evidence older than a term is treated as of that term's time.
    """
    if mastery is None:
        return 0.0, prior_variance
    mean, variance, at, _, _ = mastery
    if on <= at:
        return mean, variance
    left = half_days / (half_days + (on - at) / DAY)
    return mean * left, prior_variance - (prior_variance - variance) * left * left


def memory_days(constants: Constants, memory: Mastery | None) -> float:
    """After how many days half of R is left."""
    if memory is None or memory.card is None:
        return constants.min_memory_days
    return max(constants.min_memory_days, constants.memory_days * memory.card.stability)


def days_between(start: datetime, end: datetime) -> float:
    """Days from start to end, 0 when end is earlier."""
    return max(0.0, (end - start) / DAY)


def _novelty(constants: Constants, mastery: Mastery | None, at: datetime) -> float:
    if mastery is None:
        return 1.0
    days = (at - mastery.at) / DAY
    return days / (days + constants.novelty_days) if days > 0.0 else 0.0


def _moved(
    before: Mastery | None, now: Belief, coefficient: float, g: float, k: float, at: datetime, answers: int
) -> Mastery:
    mean, variance = now
    step = coefficient * variance
    if before is not None:
        answers += before.answers
        at = max(before.at, at)
    return Mastery(mean + step * g, variance - step * step * k, at, answers)
