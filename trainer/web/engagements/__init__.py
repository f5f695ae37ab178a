"""An engagement: its page for the manager, planning it, its seats and who takes them, and its debrief."""

from trainer.web.engagements import debrief, planning, readiness, seats
from trainer.web.engagements.blueprint import bp

__all__ = ["bp", "debrief", "planning", "readiness", "seats"]
