"""The charter of an engagement: its page, writing it, agreeing on it with the partner, and the health check."""

from trainer.web.engagements.charter import agreeing, health, partner, showing, writing

__all__ = ["agreeing", "health", "partner", "showing", "writing"]
