"""The quiz player: one item a page, of any type."""

from trainer.web.quizzes.player import bp

__all__ = ["bp"]
