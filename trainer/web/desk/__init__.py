"""The trainers' desk: how the content does, what was reported, and what was decided about it."""

from trainer.web.desk.views import bp

__all__ = ["bp"]
