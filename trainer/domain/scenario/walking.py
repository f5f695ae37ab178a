"""Walks a branching scenario: where one stands, what the meters read, what is offered, and which choice turned it."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from trainer.domain.content import (
    ALWAYS,
    METER_TOP,
    Choice,
    ChoiceKey,
    Condition,
    Ending,
    Meter,
    Node,
    Outcome,
    Scenario,
)
from trainer.domain.options import graded_score

METER_START = 50
METER_STEP = 8
"""Points of a 0-100 meter that one step of it moves; trust falls twice as fast as it rises."""


@dataclass(frozen=True, slots=True)
class Meters:
    trust: int = METER_START
    clarity: int = METER_START
    time: int = METER_START

    def after(self, choice: Choice) -> "Meters":
        trust = choice.option.trust * METER_STEP * (2 if choice.option.trust < 0 else 1)
        return Meters(
            trust=_clamp(self.trust + trust),
            clarity=_clamp(self.clarity + choice.option.clarity * METER_STEP),
            time=_clamp(self.time + choice.time * METER_STEP),
        )

    def read(self, meter: Meter) -> int:
        match meter:
            case Meter.TRUST:
                return self.trust
            case Meter.CLARITY:
                return self.clarity
            case Meter.TIME:
                return self.time


@dataclass(frozen=True, slots=True)
class Step:
    """A choice that was made at a node, what the meters read after it, and what it was offered with."""

    node: Node
    choice: Choice
    meters: Meters
    offered: tuple[Choice, ...] = ()

    @property
    def key(self) -> ChoiceKey:
        return self.node.id, self.choice.option.id

    @property
    def best(self) -> Choice:
        return best_choice(self.offered or self.node.choices)

    @property
    def score(self) -> float:
        return graded_score(self.choice.option, [each.option for each in self.offered or self.node.choices])

    @property
    def loss(self) -> int:
        """How far it fell below the best that was offered, in steps of trust and clarity."""
        return _gain(self.best) - _gain(self.choice)


@dataclass(frozen=True, slots=True)
class Position:
    """Where a walk stands: at `node`, at `ending` when it is over, or at neither where its path broke off."""

    steps: tuple[Step, ...]
    node: Node | None
    ending: Ending | None
    meters: Meters
    offered: tuple[Choice, ...] = ()

    @property
    def is_broken(self) -> bool:
        return self.node is None and self.ending is None


def walk(scenario: Scenario, taken: Iterable[tuple[str | None, str]]) -> Position:
    """Follow the choices that were taken, each with the id of the node that it was taken at, from the start.

    They may have been taken before the scenario was changed: the walk stops where the path is no longer there, or no
    longer open.
    """
    steps: list[Step] = []
    made: set[ChoiceKey] = set()
    meters = Meters()
    place = scenario.start
    for node_id, choice_id in taken:
        node = scenario.nodes.get(place)
        offered = offered_at(node, meters, made) if node is not None and place == node_id else ()
        choice = next((each for each in offered if each.option.id == choice_id), None)
        if node is None or choice is None:
            return Position(tuple(steps), None, None, meters)
        meters = meters.after(choice)
        made.add((node.id, choice_id))
        steps.append(Step(node, choice, meters, offered))
        place = place_after(choice, meters, made)
    node = scenario.nodes.get(place)
    offered = offered_at(node, meters, made) if node is not None else ()
    return Position(tuple(steps), node, scenario.endings.get(place), meters, offered)


def holds(condition: Condition, meters: Meters, made: Collection[ChoiceKey]) -> bool:
    return (
        all(bound.at_least <= meters.read(bound.meter) < bound.below for bound in condition.bounds)
        and all(key in made for key in condition.chose)
        and not any(key in made for key in condition.not_chose)
    )


def offered_at(node: Node, meters: Meters, made: Collection[ChoiceKey]) -> tuple[Choice, ...]:
    """The choices of a node that may be made as things stand."""
    return tuple(choice for choice in node.choices if holds(choice.when, meters, made))


def place_after(choice: Choice, meters: Meters, made: Collection[ChoiceKey]) -> str:
    """Where a choice leads, with the meters as they read after it and itself among those made."""
    return next((detour.to for detour in choice.detours if holds(detour.when, meters, made)), choice.next)


def is_conditional(node: Node) -> bool:
    """Whether what a node offers depends on what came before."""
    return any(choice.when != ALWAYS for choice in node.choices)


def find_choice(node: Node, choice_id: str) -> Choice | None:
    return next((choice for choice in node.choices if choice.option.id == choice_id), None)


def turning_step(steps: Sequence[Step], ending: Ending) -> Step | None:
    """The step that decided the ending.

    After a good ending it is the one that gained most trust and clarity (a repair before an ordinary step);
    after another it is the one that fell furthest below the best choice offered. The first of equals counts.
    """
    if not steps:
        return None
    if ending.outcome is Outcome.AGREEMENT:
        return max(steps, key=lambda step: (step.node.is_repair, _gain(step.choice)))
    return missed_step(steps) or steps[-1]


def missed_steps(steps: Sequence[Step]) -> tuple[int, ...]:
    """Positions of the steps at which something better was offered."""
    return tuple(number for number, step in enumerate(steps) if step.loss > 0)


def missed_step(steps: Sequence[Step]) -> Step | None:
    """The step that fell furthest below the best choice offered, the first of equals; None if none did."""
    return max((steps[number] for number in missed_steps(steps)), key=lambda step: step.loss, default=None)


def best_choice(choices: Sequence[Choice]) -> Choice:
    """The choice that gains most trust and clarity; the author's order decides between equals."""
    return max(choices, key=_gain)


def _gain(choice: Choice) -> int:
    return choice.option.trust + choice.option.clarity


def _clamp(value: int) -> int:
    return max(0, min(METER_TOP, value))
