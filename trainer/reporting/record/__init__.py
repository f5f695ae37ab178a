"""Does the number hold? What was said of the people asked for, and what came of it."""

from trainer.reporting.record.outcomes import WINDOW_DAYS, Everyone
from trainer.reporting.record.records import (
    Compared,
    Record,
    correction_advice,
    load_everyone,
    own_record,
    teams_record,
)

__all__ = [
    "WINDOW_DAYS",
    "Compared",
    "Everyone",
    "Record",
    "correction_advice",
    "load_everyone",
    "own_record",
    "teams_record",
]
