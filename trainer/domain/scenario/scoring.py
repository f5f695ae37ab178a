"""How a path through a scenario scored, for each competency, against what the best way reaches."""

from collections.abc import Sequence
from typing import NamedTuple

from trainer.domain.content import Choice, Scenario
from trainer.domain.scenario.walking import Step
from trainer.domain.scenario.ways import Way, best_way


class Tally(NamedTuple):
    """Points of so many decisions, each from 0 to 1."""

    points: float
    decisions: int

    @property
    def share(self) -> float | None:
        return self.points / self.decisions if self.decisions else None


class PathScore(NamedTuple):
    """What one competency, or with None all decisions, reached on the path taken and on the best one."""

    competency: str | None
    taken: Tally
    best: Tally


def score_path(
    scenario: Scenario, usual: tuple[str, ...], steps: Sequence[Step], scores: Sequence[float]
) -> tuple[PathScore, ...]:
    """Overall first, then each competency that the scenario can be scored in.

    `scores` are those that the steps were given, `usual` the competencies of choices that name none. The best of a
    competency is what the best way of all reaches in it, unless another way reaches a higher share.
    """
    way = best_way(scenario)
    if way is None:
        return ()
    found = [PathScore(None, Tally(sum(scores), len(scores)), Tally(way.points, way.counted))]
    for name in _competencies(scenario, usual):
        counted = [
            score for step, score in zip(steps, scores, strict=True) if name in (step.choice.competencies or usual)
        ]
        best = _best_of(scenario, usual, name, way)
        if best is not None:
            found.append(PathScore(name, Tally(sum(counted), len(counted)), best))
    return tuple(found)


def _best_of(scenario: Scenario, usual: tuple[str, ...], name: str, way: Way) -> Tally | None:
    own = best_way(scenario, None, name, usual)
    if own is None:
        return None
    on_way = [move.score for move in way.moves if name in _serves(move.choice, usual)]
    on_best = Tally(sum(on_way), len(on_way))
    is_best = on_best.share is not None and on_best.share >= own.share
    return on_best if is_best else Tally(own.points, own.counted)


def _serves(choice: Choice, usual: tuple[str, ...]) -> tuple[str, ...]:
    return choice.competencies or usual


def _competencies(scenario: Scenario, usual: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for _, choice in scenario.choices for name in _serves(choice, usual)))
