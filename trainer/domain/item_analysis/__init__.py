"""Item analysis: how hard each thing that is asked was, whom it tells apart, and which of its answers do no work."""

from trainer.domain.item_analysis.adding import MIN_OTHERS, PAUSE_SECONDS, Added, FirstAnswer, Log, add_up_log
from trainer.domain.item_analysis.analysis import analyse
from trainer.domain.item_analysis.asked import Asked, asked_of, everything_asked
from trainer.domain.item_analysis.findings import MIN_FOR_A_SIGN, MIN_TO_CORRELATE
from trainer.domain.item_analysis.sums import Estimate, Sums, Tally, correlate
from trainer.domain.item_analysis.values import Analysis, Answers, Finding, Mistake, Need, Older, OptionUse, Part

__all__ = [
    "MIN_FOR_A_SIGN",
    "MIN_OTHERS",
    "MIN_TO_CORRELATE",
    "PAUSE_SECONDS",
    "Added",
    "Analysis",
    "Answers",
    "Asked",
    "Estimate",
    "Finding",
    "FirstAnswer",
    "Log",
    "Mistake",
    "Need",
    "Older",
    "OptionUse",
    "Part",
    "Sums",
    "Tally",
    "add_up_log",
    "analyse",
    "asked_of",
    "correlate",
    "everything_asked",
]
