"""The quiz player: one item a page, of any type; and scenarios played again from a decision."""

from trainer.web.quizzes import player, replays
from trainer.web.quizzes.blueprint import bp

__all__ = ["bp", "player", "replays"]
