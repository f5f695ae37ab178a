"""What to do next, and the least study that reaches a person's or a team's targets by a date."""

from trainer.domain.planning.activities import (
    DAILY_MINUTES,
    LEAST_DAILY,
    MIN_MEASURED,
    MOST_DAILY,
    MOST_PART,
    Activity,
    ActivityKind,
    Chosen,
    Goal,
    GoalOutlook,
    StudyCase,
    StudyDay,
    StudyPlan,
    typical_minutes,
)
from trainer.domain.planning.calendar import sittings
from trainer.domain.planning.effects import PRACTICE_CREDIT
from trainer.domain.planning.least_study import least_study
from trainer.domain.planning.next_step import Done, Need, NextStep, material_for, needs_of, next_step, study_for
from trainer.domain.planning.team import Interpreting, OpenSeat, SeatChange, TeamPlan, goals_of, plan_team

__all__ = [
    "DAILY_MINUTES",
    "LEAST_DAILY",
    "MIN_MEASURED",
    "MOST_DAILY",
    "MOST_PART",
    "PRACTICE_CREDIT",
    "Activity",
    "ActivityKind",
    "Chosen",
    "Done",
    "Goal",
    "GoalOutlook",
    "Interpreting",
    "Need",
    "NextStep",
    "OpenSeat",
    "SeatChange",
    "StudyCase",
    "StudyDay",
    "StudyPlan",
    "TeamPlan",
    "goals_of",
    "least_study",
    "material_for",
    "needs_of",
    "next_step",
    "plan_team",
    "sittings",
    "study_for",
    "typical_minutes",
]
