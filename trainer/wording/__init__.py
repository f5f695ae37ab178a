"""The words for amounts, days, states and readiness: pages, papers and letters say the same."""

from trainer.wording.amounts import count, count_of, figure, in_ten, listed, number, percent, tenths
from trainer.wording.days import day_of, short_day_of
from trainer.wording.readiness import change_lines, driver_line, interpreter_lines, verdict
from trainer.wording.states import (
    EFFECTS,
    KEY_STATUS,
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
    "KEY_STATUS",
    "KINDS",
    "MARKS",
    "METERS",
    "OUTCOMES",
    "REGISTERS",
    "STATES",
    "change_lines",
    "count",
    "count_of",
    "day_of",
    "driver_line",
    "effect_state",
    "figure",
    "in_ten",
    "interpreter_lines",
    "listed",
    "number",
    "percent",
    "short_day_of",
    "state_of",
    "tenths",
    "verdict",
]
