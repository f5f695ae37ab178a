"""An engagement: its readiness, planning it, its seats, its times, its charter, and what follows the meeting."""

from trainer.web.engagements import (
    brief,
    charter,
    debrief,
    exporting,
    follow_up,
    meeting,
    planning,
    readiness,
    seats,
    sharing,
)
from trainer.web.engagements.blueprint import bp

__all__ = [
    "bp",
    "brief",
    "charter",
    "debrief",
    "exporting",
    "follow_up",
    "meeting",
    "planning",
    "readiness",
    "seats",
    "sharing",
]
