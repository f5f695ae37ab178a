"""The shared terms as they were at each version, so that an answer is replayed with what was believed when it came."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from trainer.domain.mastery.constants import SHIPPED, Belief, Constants
from trainer.domain.mastery.shared import Basis, SharedTerms

FIRST_VERSION = 1
"""The shared terms as shipped, before anything is learnt."""


@dataclass(frozen=True, slots=True)
class Model:
    """The version of the shared terms that is in force."""

    version: int = FIRST_VERSION
    shared: SharedTerms = field(default_factory=SharedTerms)

    @property
    def constants(self) -> Constants:
        return self.shared.constants


class Levels(NamedTuple):
    """What is no item's and no competency's own, at one version."""

    population: Belief
    item_novelty: Belief
    competency_novelty: Belief


class Changes:
    """The beliefs of one key, from version to version."""

    def __init__(self) -> None:
        self._versions: list[int] = []
        self._beliefs: list[Belief] = []

    def add(self, version: int, belief: Belief) -> None:
        """To be called in order of versions."""
        self._versions.append(version)
        self._beliefs.append(belief)

    def at(self, version: int) -> Belief | None:
        found = bisect_right(self._versions, version)
        return self._beliefs[found - 1] if found else None


class History:
    """All versions. What came before the constants in force, at version `since`, is replayed as if they had been."""

    def __init__(
        self,
        levels: Mapping[int, Levels],
        competencies: Mapping[str, Changes],
        items: Mapping[str, Changes],
        constants: Constants = SHIPPED,
        since: int = FIRST_VERSION,
    ) -> None:
        self._levels = levels
        self._competencies = competencies
        self._items = items
        self.constants = constants
        self._since = since

    def basis(self, version: int, item_key: str, competencies: Sequence[str], difficulty: float) -> Basis:
        """What was believed of an item at a version; its `difficulty` by level where nothing was learnt yet."""
        version = max(version, self._since)
        levels = self._levels.get(version)
        if levels is None:
            levels = Levels(self.constants.population, self.constants.item_novelty, self.constants.competency_novelty)
        shared = SharedTerms(
            self.constants,
            *levels,
            competencies=_at(self._competencies, competencies, version),
            items=_at(self._items, (item_key,), version),
        )
        return shared.basis(item_key, competencies, difficulty)


def _at(changes: Mapping[str, Changes], keys: Iterable[str], version: int) -> dict[str, Belief]:
    found = {key: changes[key].at(version) for key in keys if key in changes}
    return {key: belief for key, belief in found.items() if belief is not None}
