"""The words for states, marks, dates and amounts: one place for what templates print."""

from trainer.web.wording.amounts import count, count_of, figure, listed, number, tenths
from trainer.web.wording.dates import day, day_short
from trainer.web.wording.environment import init_wording
from trainer.web.wording.states import (
    EFFECTS,
    KINDS,
    MARKS,
    METERS,
    OUTCOMES,
    REGISTERS,
    STATES,
    effect_state,
    state_of,
)

__all__ = [
    "EFFECTS",
    "KINDS",
    "MARKS",
    "METERS",
    "OUTCOMES",
    "REGISTERS",
    "STATES",
    "count",
    "count_of",
    "day",
    "day_short",
    "effect_state",
    "figure",
    "init_wording",
    "listed",
    "number",
    "state_of",
    "tenths",
]
