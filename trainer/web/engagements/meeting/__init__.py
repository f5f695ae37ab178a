"""Times and agenda of an engagement: its page, its forms, finding a time, and its calendar file."""

from trainer.web.engagements.meeting import entries, parts, times, views

__all__ = ["entries", "parts", "times", "views"]
