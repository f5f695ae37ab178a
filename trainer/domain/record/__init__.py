"""Holds what was forecast against what came: the reliability of the numbers, with how much it rests on."""

from trainer.domain.record.cases import LAST_DAYS, LeadTime, Resolved, Shares, lead_time, reach_of
from trainer.domain.record.correcting import (
    Advice,
    Dated,
    Fitted,
    Period,
    Quarter,
    advise,
    fit_correction,
    quarter_of,
)
from trainer.domain.record.measures import Skill
from trainer.domain.record.scoring import (
    MIN_RESOLVED,
    Bin,
    Quality,
    Score,
    chance_error,
    score,
    score_by_kind,
    score_by_lead,
    score_by_part,
    wilson,
)

__all__ = [
    "LAST_DAYS",
    "MIN_RESOLVED",
    "Advice",
    "Bin",
    "Dated",
    "Fitted",
    "LeadTime",
    "Period",
    "Quality",
    "Quarter",
    "Resolved",
    "Score",
    "Shares",
    "Skill",
    "advise",
    "chance_error",
    "fit_correction",
    "lead_time",
    "quarter_of",
    "reach_of",
    "score",
    "score_by_kind",
    "score_by_lead",
    "score_by_part",
    "wilson",
]
