"""What to do next, and the least study that reaches a person's or a team's targets by a date."""

from trainer.domain.planning.activities import (
    Activity,
    ActivityKind,
    Goal,
    GoalOutlook,
    StudyCase,
    StudyDay,
    StudyPlan,
    typical_minutes,
)
from trainer.domain.planning.effects import PRACTICE_CREDIT
from trainer.domain.planning.least_study import least_study
from trainer.domain.planning.next_step import Done, Need, NextStep, material_for, needs_of, next_step, study_for
from trainer.domain.planning.team import Interpreting, OpenSeat, SeatChange, TeamPlan, goals_of, plan_team

__all__ = [
    "PRACTICE_CREDIT",
    "Activity",
    "ActivityKind",
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
    "study_for",
    "typical_minutes",
]
