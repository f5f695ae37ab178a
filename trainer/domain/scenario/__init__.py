"""Branching scenarios: walking them, what can be reached in them, and how a path scores against the best one."""

from trainer.domain.scenario.scoring import PathScore, Tally, score_path
from trainer.domain.scenario.states import MAX_STATES, Graph, Move, State, graph_of
from trainer.domain.scenario.walking import (
    METER_START,
    METER_STEP,
    Meters,
    Position,
    Step,
    best_choice,
    find_choice,
    holds,
    is_conditional,
    missed_step,
    missed_steps,
    offered_at,
    place_after,
    turning_step,
    walk,
)
from trainer.domain.scenario.ways import MAX_STEPS, Way, best_moves, best_path, best_way

__all__ = [
    "MAX_STATES",
    "MAX_STEPS",
    "METER_START",
    "METER_STEP",
    "Graph",
    "Meters",
    "Move",
    "PathScore",
    "Position",
    "State",
    "Step",
    "Tally",
    "Way",
    "best_choice",
    "best_moves",
    "best_path",
    "best_way",
    "find_choice",
    "graph_of",
    "holds",
    "is_conditional",
    "missed_step",
    "missed_steps",
    "offered_at",
    "place_after",
    "score_path",
    "turning_step",
    "walk",
]
