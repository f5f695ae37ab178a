"""The words and marks of an assessment: where its items stand, what came of them, how long is left."""

import math
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from trainer.domain.sittings import Allowance, Standing
from trainer.web.current import now

STANDINGS = {
    Standing.OPEN: ("open", "Not answered", "○"),
    Standing.UNDER_WAY: ("near", "Under way", "◐"),
    Standing.ANSWERED: ("above", "Answered", "●"),
}
"""State to css name, words and mark."""
ALLOWANCES: Mapping[Allowance, str] = {
    Allowance.USUAL: "The usual time",
    Allowance.QUARTER_MORE: "1.25 times the usual time",
    Allowance.HALF_MORE: "1.5 times the usual time",
    Allowance.DOUBLE: "Twice the usual time",
    Allowance.UNTIMED: "No time limit",
}
ALL_RIGHT = 0.999


def result_state(share: float) -> tuple[str, str, str]:
    """How an item went, in its css name, words and mark."""
    if share >= ALL_RIGHT:
        return "above", "Right", "▲"
    return ("near", "Partly right", "◇") if share > 0 else ("below", "Not right", "▽")


def clock_time(moment: datetime) -> str:
    """The time of day at Greenwich, named as such: scripts put the local one in its place."""
    return f"{moment.astimezone(UTC):%H:%M} UTC"


def minutes_left(due_at: datetime) -> int:
    """Full minutes until then; 0 when it is over."""
    return max(0, math.floor((due_at - now()) / timedelta(minutes=1)))
