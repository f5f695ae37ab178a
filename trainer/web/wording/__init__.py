"""What templates print: the words of `trainer.wording`, and those that need the request."""

from trainer.web.wording.dates import day, day_short
from trainer.web.wording.environment import init_wording

__all__ = ["day", "day_short", "init_wording"]
