"""An engagement: its page for the manager, planning it, its seats and who takes them, its charter, and its debrief."""

from trainer.web.engagements import charter, debrief, exporting, follow_up, planning, readiness, seats, sharing
from trainer.web.engagements.blueprint import bp

__all__ = ["bp", "charter", "debrief", "exporting", "follow_up", "planning", "readiness", "seats", "sharing"]
