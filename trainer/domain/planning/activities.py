"""What a study plan is made from, and what it says."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from statistics import median

from trainer.domain.mastery import Belief, Forecast, LearnerTerms, SharedTerms

MIN_MEASURED = 5
"""From this many measured durations on, their median counts instead of the declared minutes."""
MEETS = 1e-9
"""How far below its target a share may be by rounding."""


class ActivityKind(StrEnum):
    """What is done. A lesson is read, once; quizzes and reviews are answered, at most once a day."""

    LESSON = "lesson"
    QUIZ = "quiz"
    REVIEW = "review"


@dataclass(frozen=True, slots=True)
class Activity:
    """Something to do in one go. `item_keys` are the items that it lets a learner meet."""

    id: str
    kind: ActivityKind
    title: str
    minutes: int
    item_keys: tuple[str, ...]

    def __post_init__(self) -> None:
        if self.minutes < 1:
            raise ValueError(f"activity {self.id} takes {self.minutes} minutes: give at least 1")


@dataclass(frozen=True, slots=True)
class Goal:
    """The share of a competency's situations to be handled well on the date."""

    competency: str
    target: float
    weight: float = 1.0
    is_must: bool = True


@dataclass(frozen=True, slots=True)
class StudyCase:
    """All that a plan for one person is made from.

    `items` holds what is believed of the required items of each competency, by item key; `free_minutes` the minutes
    free on each date, by the calendar of `at` and `on`. What is free before `at` or from the day of `on` is not used.
    """

    goals: tuple[Goal, ...]
    items: Mapping[str, Mapping[str, Belief]]
    terms: LearnerTerms
    shared: SharedTerms
    activities: tuple[Activity, ...]
    free_minutes: Mapping[date, int]
    at: datetime
    on: datetime

    def days(self) -> tuple[date, ...]:
        """The days on which something can be planned, in order."""
        first, end = self.at.date(), self.on.date()
        return tuple(sorted(day for day, free in self.free_minutes.items() if first <= day < end and free > 0))


@dataclass(frozen=True, slots=True)
class GoalOutlook:
    """The forecast of one goal without and with the plan.

    `without` and `planned` bound the middle 80 %; the bounds of `planned` also allow for a practice that brings
    nothing, and for one that brings all that the model says.
    """

    goal: Goal
    without: Forecast
    planned: Forecast

    @property
    def is_reached(self) -> bool:
        return self.planned.mean >= self.goal.target - MEETS

    @property
    def shortfall(self) -> float:
        """By how much the plan misses the target; 0 when it is reached."""
        return 0.0 if self.is_reached else self.goal.target - self.planned.mean


@dataclass(frozen=True, slots=True)
class StudyDay:
    day: date
    activities: tuple[Activity, ...]

    @property
    def minutes(self) -> int:
        return sum(activity.minutes for activity in self.activities)


@dataclass(frozen=True, slots=True)
class StudyPlan:
    """A suggestion: what to do on which day, and what it is expected to bring. Days without study are left out."""

    days: tuple[StudyDay, ...]
    goals: tuple[GoalOutlook, ...]

    @property
    def minutes(self) -> int:
        return sum(day.minutes for day in self.days)

    @property
    def is_reached(self) -> bool:
        return all(goal.is_reached for goal in self.goals)

    @property
    def unreached(self) -> tuple[GoalOutlook, ...]:
        return tuple(goal for goal in self.goals if not goal.is_reached)


def typical_minutes(declared: int, measured: Sequence[float]) -> int:
    """How long an activity takes: the median of what was measured, with too few measurements what is declared."""
    return max(1, round(median(measured))) if len(measured) >= MIN_MEASURED else declared
