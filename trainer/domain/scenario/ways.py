"""The best way through a scenario: the highest mean score that any path to an ending reaches.

Dinkelbach's method: with a share assumed, a step is worth its score less that share. The path worth most is found step
by step from the endings; as long as it is worth more than nothing, its own share is higher and is assumed next.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import NamedTuple

from trainer.domain.content import Choice, Ending, Outcome, Scenario
from trainer.domain.scenario.states import Graph, Move, State, graph_of
from trainer.domain.scenario.walking import best_choice

MAX_STEPS = 24
"""Paths of so many choices are compared; a longer one goes round in circles."""
_CLOSE = 1e-9
_RANKS = {outcome: -rank for rank, outcome in enumerate(Outcome)}

Serves = Callable[[Choice], bool]
Gains = Mapping[State, Sequence[tuple[float, Move]]]
_Worth = tuple[float, int, int]
"""What is left to be had from a state: compared by worth, then by the ending's outcome, then by how short it is."""


class Way(NamedTuple):
    """A path from a state to an ending. `points` is the sum of the scores of those `counted` of its steps."""

    moves: tuple[Move, ...]
    ending: Ending
    points: float
    counted: int

    @property
    def share(self) -> float:
        return self.points / self.counted if self.counted else 0.0


@lru_cache(maxsize=1024)
def best_way(
    scenario: Scenario, start: State | None = None, competency: str | None = None, usual: tuple[str, ...] = ()
) -> Way | None:
    """The path from a state, or from the start, whose steps score best on average; None if no ending is in reach.

    With a competency only the steps that serve it count, and a path must have one: choices that name no competencies
    serve the item's `usual` ones. Of equals the one with the better ending is taken, then the shorter one.
    """
    graph = graph_of(scenario)
    begin = start or graph.start

    def serves(choice: Choice) -> bool:
        return competency is None or competency in (choice.competencies or usual)

    best = _search(scenario, graph, begin, serves, -1.0)
    while best is not None and best.counted:
        found = _search(scenario, graph, begin, serves, best.share)
        if found is None or not found.counted or found.share < best.share - _CLOSE:
            return best
        if found.share < best.share + _CLOSE:
            return found
        best = found
    return None


def best_path(scenario: Scenario) -> tuple[Choice, ...]:
    """The best choice offered at each place from the start until an ending, or until a state repeats."""
    return tuple(move.choice for move in best_moves(scenario))


def best_moves(scenario: Scenario) -> tuple[Move, ...]:
    graph = graph_of(scenario)
    path: list[Move] = []
    seen: set[State] = set()
    state = graph.start
    while graph.moves[state] and state not in seen:
        seen.add(state)
        best = best_choice([move.choice for move in graph.moves[state]])
        path.append(next(move for move in graph.moves[state] if move.choice is best))
        state = path[-1].to
    return tuple(path)


def _search(scenario: Scenario, graph: Graph, begin: State, serves: Serves, assumed: float) -> Way | None:
    """The path worth most when a step that counts is worth its score less `assumed`."""
    gains = {
        state: [(move.score - assumed if serves(move.choice) else 0.0, move) for move in moves]
        for state, moves in graph.moves.items()
    }
    layers = _layers(scenario, gains)
    if begin not in layers[-1]:
        return None
    moves: list[Move] = []
    state = begin
    left = len(layers) - 1
    while graph.moves[state]:
        left = max(left - 1, 0)
        _, move = max(_worths(layers[left], gains[state]), key=itemgetter(0))
        moves.append(move)
        state = move.to
    counted = [move.score for move in moves if serves(move.choice)]
    return Way(tuple(moves), scenario.endings[state.place], sum(counted), len(counted))


def _layers(scenario: Scenario, gains: Gains) -> list[dict[State, _Worth]]:
    """What each state is worth with no step left, with one, and so on, until more steps change nothing."""
    endings = {
        state: (0.0, _RANKS[scenario.endings[state.place].outcome], 0)
        for state in gains
        if state.place in scenario.endings
    }
    layers = [endings]
    for _ in range(MAX_STEPS):
        below = layers[-1]
        layer = dict(endings)
        for state, moves in gains.items():
            if worths := _worths(below, moves):
                layer[state] = max(worth for worth, _ in worths)
        layers.append(layer)
        if layer == below:
            break
    return layers


def _worths(below: Mapping[State, _Worth], moves: Sequence[tuple[float, Move]]) -> list[tuple[_Worth, Move]]:
    """What each move from which an ending is in reach is worth; rounded, so that equal sums are equal."""
    found = []
    for gain, move in moves:
        rest = below.get(move.to)
        if rest is not None:
            found.append(((round(rest[0] + gain, 9), rest[1], rest[2] - 1), move))
    return found
