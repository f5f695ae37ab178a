"""Does the number hold? What was forecast held against what came, for oneself, one's teams and the company."""

from trainer.web.record.views import bp

__all__ = ["bp"]
