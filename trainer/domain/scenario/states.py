"""Every state that a scenario can come to: where one is, as far as conditions ask what the meters read and was chosen.

A meter or a choice that no condition asks about makes no state of its own. So a scenario without conditions has as many
states as places, and one that asks for a few things some hundreds.
"""

from collections import deque
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from trainer.domain.content import Choice, ChoiceKey, Meter, Node, Scenario
from trainer.domain.options import graded_score
from trainer.domain.scenario.walking import METER_START, Meters, Step, offered_at, place_after

MAX_STATES = 2000
"""So many states are looked at; the catalog refuses a scenario that has more."""


class State(NamedTuple):
    """A place, the meters as far as conditions ask for them, and those of the choices made that they ask for."""

    place: str
    meters: Meters
    made: frozenset[ChoiceKey]


class Move(NamedTuple):
    """A choice that is offered in a state, how it scores among those offered, and the state it leads to."""

    choice: Choice
    score: float
    to: State


@dataclass(frozen=True)
class Graph:
    """The states in the order they are first reached; an ending offers nothing. `came` tells from where each was."""

    start: State
    moves: Mapping[State, tuple[Move, ...]]
    came: Mapping[State, tuple[State, Move]]
    is_whole: bool

    def follow(self, steps: Collection[Step]) -> State:
        """The state that a walk through this scenario has come to."""
        state = self.start
        for step in steps:
            state = next(move.to for move in self.moves[state] if move.choice.option.id == step.choice.option.id)
        return state

    def way_to(self, state: State) -> tuple[ChoiceKey, ...]:
        """The choices of a shortest way from the start."""
        keys: list[ChoiceKey] = []
        while state in self.came:
            state, move = self.came[state]
            keys.append((state.place, move.choice.option.id))
        return tuple(reversed(keys))


class _Asked(NamedTuple):
    """What any condition of a scenario asks about."""

    meters: frozenset[Meter]
    choices: frozenset[ChoiceKey]

    def keep(self, meters: Meters) -> Meters:
        values = {meter: meters.read(meter) if meter in self.meters else METER_START for meter in Meter}
        return Meters(values[Meter.TRUST], values[Meter.CLARITY], values[Meter.TIME])


@lru_cache(maxsize=128)
def graph_of(scenario: Scenario) -> Graph:
    """Its states, looked through breadth first. Past `MAX_STATES` it is not whole: the rest offers nothing."""
    asked = _asked_by(scenario)
    start = State(scenario.start, Meters(), frozenset())
    moves: dict[State, tuple[Move, ...]] = {}
    came: dict[State, tuple[State, Move]] = {}
    waiting = deque([start])
    seen = {start}
    while waiting and len(moves) < MAX_STATES:
        state = waiting.popleft()
        node = scenario.nodes.get(state.place)
        moves[state] = _moves(asked, node, state) if node is not None else ()
        for move in moves[state]:
            if move.to not in seen:
                seen.add(move.to)
                came[move.to] = state, move
                waiting.append(move.to)
    moves |= dict.fromkeys(waiting, ())
    return Graph(start, moves, came, not waiting)


def _moves(asked: _Asked, node: Node, state: State) -> tuple[Move, ...]:
    offered = offered_at(node, state.meters, state.made)
    options = [choice.option for choice in offered]
    found = []
    for choice in offered:
        meters = asked.keep(state.meters.after(choice))
        made = state.made | ({(node.id, choice.option.id)} & asked.choices)
        to = State(place_after(choice, meters, made), meters, made)
        found.append(Move(choice, graded_score(choice.option, options), to))
    return tuple(found)


def _asked_by(scenario: Scenario) -> _Asked:
    conditions = [condition for _, choice in scenario.choices for condition in choice.conditions]
    return _Asked(
        frozenset(bound.meter for condition in conditions for bound in condition.bounds),
        frozenset(key for condition in conditions for key in (*condition.chose, *condition.not_chose)),
    )
