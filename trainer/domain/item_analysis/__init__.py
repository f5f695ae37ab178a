"""Item analysis: how hard each thing that is asked was, whom it tells apart, and which of its answers do no work."""

from trainer.domain.item_analysis.analysis import analyse
from trainer.domain.item_analysis.asked import Asked, everything_asked
from trainer.domain.item_analysis.findings import MIN_FOR_A_SIGN, MIN_TO_CORRELATE
from trainer.domain.item_analysis.sums import Estimate, Sums, Tally, correlate
from trainer.domain.item_analysis.values import Analysis, Answers, Finding, Mistake, Need, Older, OptionUse, Part

__all__ = [
    "MIN_FOR_A_SIGN",
    "MIN_TO_CORRELATE",
    "Analysis",
    "Answers",
    "Asked",
    "Estimate",
    "Finding",
    "Mistake",
    "Need",
    "Older",
    "OptionUse",
    "Part",
    "Sums",
    "Tally",
    "analyse",
    "correlate",
    "everything_asked",
]
