"""What was given to an item, and the grade of it."""

from dataclasses import dataclass

from trainer.domain.answers import Checked
from trainer.domain.content import Option, Prose, Result

RULES_VERSION = 2
"""Kept with each response, so that an old grade can be told from one by newer rules."""


class UnfitAnswer(ValueError):
    """What was given does not fit the item: an unknown option, a missing entry, a place taken twice."""


@dataclass(frozen=True, slots=True)
class Given:
    """What a learner gave.

    `options` are ids of the options chosen, `node` where in a scenario that was. `entries` hold what was put where: a
    rating of each option, a text in each gap, a place of each part, a right side for each left one. `offered` are the
    choices that were open at a node which does not always offer the same.
    """

    options: tuple[str, ...] = ()
    node: str | None = None
    entries: tuple[tuple[str, str], ...] = ()
    offered: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PartGrade:
    """How one entry was graded: what was given and what is expected, as they are read, and why."""

    slot: str
    score: float
    given: str
    expected: str
    explanation: Prose | None = None
    checked: Checked | None = None


@dataclass(frozen=True, slots=True)
class Grade:
    """A score from 0 to 1, with the options chosen or the parts that the feedback speaks about."""

    score: float
    chosen: tuple[Option, ...]
    competencies: tuple[str, ...]
    parts: tuple[PartGrade, ...] = ()


def result_of(score: float) -> Result:
    return Result.RIGHT if score >= 1.0 else Result.PARTLY if score > 0.0 else Result.WRONG
