"""The quiz player: one item a page, for practice and for assessments; and scenarios played again from a decision."""

from trainer.web.quizzes import player, replays, sitting
from trainer.web.quizzes.blueprint import bp

__all__ = ["bp", "player", "replays", "sitting"]
