"""What a study plan is made from, and what it says."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from statistics import median

from trainer.domain.mastery import Belief, Forecast, LearnerTerms, SharedTerms
from trainer.domain.readiness import Band, Rules, band_of

DAILY_MINUTES = 20
"""What is taken to be free each day of a person who has not said otherwise."""
LEAST_DAILY, MOST_DAILY = 5, 120
"""What a person may say instead."""
MIN_MEASURED = 5
"""From this many measured durations on, their median counts instead of the declared minutes."""
LEAST_PART, MOST_PART = 0.3, 3.0
"""A measured duration counts as no less and no more than these parts of the declared one."""
MEETS = 1e-9
"""How far below its target a share may be by rounding."""


class ActivityKind(StrEnum):
    """What is done. A lesson is read, once; a quiz is answered, at most once a day, and again as a review."""

    LESSON = "lesson"
    QUIZ = "quiz"
    REVIEW = "review"


@dataclass(frozen=True, slots=True)
class Activity:
    """Something to do in one go. `item_keys` are the items that it lets a learner meet.

    `needs` is the lesson that is to be read before, on the same day or sooner. A lesson itself has no items: reading
    about a thing is neither evidence nor practice of the situations that are asked for.
    """

    id: str
    kind: ActivityKind
    title: str
    minutes: int
    item_keys: tuple[str, ...] = ()
    needs: str | None = None

    def __post_init__(self) -> None:
        if self.minutes < 1:
            raise ValueError(f"activity {self.id} takes {self.minutes} minutes: give at least 1")
        if self.kind is ActivityKind.LESSON and self.item_keys:
            raise ValueError(f"{self.id} is a lesson: reading lets nobody meet an item")


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
    `rules` say what the readiness page calls ready.
    """

    goals: tuple[Goal, ...]
    items: Mapping[str, Mapping[str, Belief]]
    terms: LearnerTerms
    shared: SharedTerms
    activities: tuple[Activity, ...]
    free_minutes: Mapping[date, int]
    at: datetime
    on: datetime
    rules: Rules

    def days(self) -> tuple[date, ...]:
        """The days on which something can be planned, in order."""
        first, end = self.at.date(), self.on.date()
        return tuple(sorted(day for day, free in self.free_minutes.items() if first <= day < end and free > 0))


@dataclass(frozen=True, slots=True)
class GoalOutlook:
    """The forecast of one goal without and with the plan; both bound the middle 80 %.

    `planned` is what the readiness page is expected to say when all is done: with the answers that the plan adds, and
    the range that they narrow. The plan aims at ready where that is in reach, else at the middle of the forecast.
    """

    goal: Goal
    without: Forecast
    planned: Forecast
    rules: Rules
    aims_at_ready: bool

    @property
    def is_reached(self) -> bool:
        """Whether the middle of the forecast reaches the target, on enough answers to say so."""
        return self.planned.mean >= self.goal.target - MEETS and self.planned.answers >= self.rules.min_answers

    @property
    def band(self) -> Band:
        """What the readiness page is expected to call it with the plan."""
        return band_of(self.planned, self.goal.target - MEETS, self.rules)

    @property
    def band_without(self) -> Band:
        return band_of(self.without, self.goal.target, self.rules)

    @property
    def shortfall(self) -> float:
        """By how much the middle of the forecast misses the target; 0 when it does not."""
        return max(0.0, self.goal.target - self.planned.mean - MEETS)


Chosen = Mapping[date, Sequence[str]]
"""The ids of what is to be done on each day."""


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
    def is_ready(self) -> bool:
        """Whether the page is expected to call all of it ready."""
        return all(goal.band is Band.READY for goal in self.goals)

    @property
    def chosen(self) -> Chosen:
        """The plan as it is kept, to be gone on with."""
        return {day.day: tuple(activity.id for activity in day.activities) for day in self.days}

    @property
    def unreached(self) -> tuple[GoalOutlook, ...]:
        return tuple(goal for goal in self.goals if not goal.is_reached)


def typical_minutes(declared: int, measured: Sequence[float]) -> int:
    """How long an activity takes: the median of what was measured, with too few measurements what is declared."""
    if len(measured) < MIN_MEASURED:
        return declared
    return max(1, round(min(max(median(measured), LEAST_PART * declared), MOST_PART * declared)))
