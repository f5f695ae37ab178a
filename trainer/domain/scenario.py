"""Walks a branching scenario: where one stands, what the meters read, and which choice turned it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from trainer.domain.content import Choice, Effect, Ending, Node, Outcome, Scenario

METER_START = 50
METER_STEP = 8
"""Points of a 0-100 meter that one step of trust or clarity moves it; trust falls twice as fast as it rises."""


@dataclass(frozen=True, slots=True)
class Meters:
    trust: int = METER_START
    clarity: int = METER_START

    def after(self, choice: Choice) -> "Meters":
        trust = choice.option.trust * METER_STEP * (2 if choice.option.trust < 0 else 1)
        clarity = choice.option.clarity * METER_STEP
        return Meters(trust=_clamp(self.trust + trust), clarity=_clamp(self.clarity + clarity))


@dataclass(frozen=True, slots=True)
class Step:
    """A choice that was made at a node, and what the meters read after it."""

    node: Node
    choice: Choice
    meters: Meters


@dataclass(frozen=True, slots=True)
class Position:
    """Where a walk stands: at `node`, at `ending` when it is over, or at neither where its path broke off."""

    steps: tuple[Step, ...]
    node: Node | None
    ending: Ending | None
    meters: Meters

    @property
    def is_broken(self) -> bool:
        return self.node is None and self.ending is None


def walk(scenario: Scenario, taken: Iterable[tuple[str | None, str]]) -> Position:
    """Follow the choices that were taken, each with the id of the node that it was taken at, from the start.

    They may have been taken before the scenario was changed: the walk stops where the path is no longer there.
    """
    steps: list[Step] = []
    meters = Meters()
    place = scenario.start
    for node_id, choice_id in taken:
        node = scenario.nodes.get(place)
        choice = find_choice(node, choice_id) if node is not None and place == node_id else None
        if node is None or choice is None:
            return Position(tuple(steps), None, None, meters)
        meters = meters.after(choice)
        steps.append(Step(node, choice, meters))
        place = choice.next
    return Position(tuple(steps), scenario.nodes.get(place), scenario.endings.get(place), meters)


def find_choice(node: Node, choice_id: str) -> Choice | None:
    return next((choice for choice in node.choices if choice.option.id == choice_id), None)


def turning_step(steps: Sequence[Step], ending: Ending) -> Step | None:
    """The step that decided the ending.

    After a good ending it is the one that gained most trust and clarity (a repair before an ordinary step);
    after another it is the one that fell furthest below the best choice of its node. The first of equals counts.
    """
    if not steps:
        return None
    if ending.outcome is Outcome.AGREEMENT:
        return max(steps, key=lambda step: (step.node.is_repair, _gain(step.choice)))
    worst = max(steps, key=_loss)
    return worst if _loss(worst) > 0 else steps[-1]


def best_choice(node: Node) -> Choice:
    return next(choice for choice in node.choices if choice.option.effect is Effect.BEST)


def best_path(scenario: Scenario) -> tuple[Choice, ...]:
    """The best choice of each node from the start until an ending, or until a node repeats."""
    path: list[Choice] = []
    seen: set[str] = set()
    place = scenario.start
    while place in scenario.nodes and place not in seen:
        seen.add(place)
        choice = best_choice(scenario.nodes[place])
        path.append(choice)
        place = choice.next
    return tuple(path)


def _gain(choice: Choice) -> int:
    return choice.option.trust + choice.option.clarity


def _loss(step: Step) -> int:
    return _gain(best_choice(step.node)) - _gain(step.choice)


def _clamp(value: int) -> int:
    return max(0, min(100, value))
