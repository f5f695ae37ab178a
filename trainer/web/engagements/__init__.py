"""An engagement: its page for the manager, planning it, its seats and who takes them."""

from trainer.web.engagements import planning, readiness, seats
from trainer.web.engagements.blueprint import bp

__all__ = ["bp", "planning", "readiness", "seats"]
