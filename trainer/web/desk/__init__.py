"""The trainers' desk: how the content does, what was reported and decided, and attempts that are used up."""

from trainer.web.desk import attempts, views
from trainer.web.desk.blueprint import bp

__all__ = ["attempts", "bp", "views"]
