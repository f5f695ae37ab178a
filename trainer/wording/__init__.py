"""The words for amounts, days, states and readiness: pages, papers and letters say the same."""

from trainer.wording.amounts import count, count_of, figure, in_ten, listed, number, percent, tenths
from trainer.wording.days import day_of, short_day_of
from trainer.wording.readiness import change_lines, interpreter_lines, verdict
from trainer.wording.report import (
    AREAS,
    GAP_STATES,
    OVERALL,
    covered_words,
    due_words,
    if_closed_words,
    owner_words,
    report_change_lines,
    report_summary,
)
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
    "AREAS",
    "EFFECTS",
    "GAP_STATES",
    "KEY_STATUS",
    "KINDS",
    "MARKS",
    "METERS",
    "OUTCOMES",
    "OVERALL",
    "REGISTERS",
    "STATES",
    "change_lines",
    "count",
    "count_of",
    "covered_words",
    "day_of",
    "due_words",
    "effect_state",
    "figure",
    "if_closed_words",
    "in_ten",
    "interpreter_lines",
    "listed",
    "number",
    "owner_words",
    "percent",
    "report_change_lines",
    "report_summary",
    "short_day_of",
    "state_of",
    "tenths",
    "verdict",
]
