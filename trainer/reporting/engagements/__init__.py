"""Engagements as they stand: their heads, their seats, and their readiness."""

from trainer.reporting.engagements.beliefs import beliefs_of, cell_of, last_answer_at
from trainer.reporting.engagements.heads import (
    HEADS,
    EngagementHead,
    engagements_ahead,
    find_engagement,
    list_engagements,
    next_engagement,
    to_head,
)
from trainer.reporting.engagements.readiness import assess_engagements, assess_with_terms, stand_ins
from trainer.reporting.engagements.seats import requirements_of, seats_of

__all__ = [
    "HEADS",
    "EngagementHead",
    "assess_engagements",
    "assess_with_terms",
    "beliefs_of",
    "cell_of",
    "engagements_ahead",
    "find_engagement",
    "last_answer_at",
    "list_engagements",
    "next_engagement",
    "requirements_of",
    "seats_of",
    "stand_ins",
    "to_head",
]
