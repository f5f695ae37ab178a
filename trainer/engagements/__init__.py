"""Use cases of engagements: what, when, with whom, which seats, who takes them, and how it went."""

from trainer.engagements.debriefs import keep_debrief
from trainer.engagements.planning import (
    EngagementDraft,
    EngagementError,
    add_seat,
    adopt_rules,
    assign,
    cancel_engagement,
    change_engagement,
    drop_requirement,
    plan_engagement,
    remove_seat,
    require,
)

__all__ = [
    "EngagementDraft",
    "EngagementError",
    "add_seat",
    "adopt_rules",
    "assign",
    "cancel_engagement",
    "change_engagement",
    "drop_requirement",
    "keep_debrief",
    "plan_engagement",
    "remove_seat",
    "require",
]
