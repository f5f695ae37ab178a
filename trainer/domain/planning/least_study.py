"""The least study: a plan of activities by day that reaches a person's targets with the fewest minutes.

Greedy by weighted gain a minute on the best day, then a removal pass, then a local improvement that takes one or two
activities out and fills the gap more cheaply. No randomness and no clock: the same case gives the same plan.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from trainer.domain.mastery import Array, Forecast
from trainer.domain.planning.activities import ActivityKind, GoalOutlook, StudyCase, StudyDay, StudyPlan
from trainer.domain.planning.arrays import CaseArrays, arrays_of
from trainer.domain.planning.effects import MEETS, Effects, Pick, Picks

MIN_GAIN = 0.001
"""An activity is not worth planning if it brings less than this share of one goal of weight 1."""
MAX_TRIALS = 40
"""So many times at most an improvement is tried: it bounds the work."""
PAIRS_UP_TO = 6
"""Two activities are taken out together in plans of up to so many."""
UNKNOWN = Forecast(0.0, 0.0, 1.0, 0)
"""The forecast of a goal without items: nothing can be known of it, nothing planned for it."""


def least_study(case: StudyCase, previous: StudyPlan | None = None) -> StudyPlan:
    """The suggested plan. What still stands of a previous plan is kept unless a better one is found."""
    arrays = arrays_of(case)
    if arrays is None:
        return StudyPlan((), tuple(GoalOutlook(goal, UNKNOWN, UNKNOWN) for goal in case.goals))
    search = _Search(arrays)
    picks = search.best(_standing(arrays, previous) if previous else ())
    outlooks = {id(outlook.goal): outlook for outlook in search.effects.outlooks(picks)}
    goals = tuple(outlooks.get(id(goal)) or GoalOutlook(goal, UNKNOWN, UNKNOWN) for goal in case.goals)
    return StudyPlan(tuple(_days(arrays, picks)), goals)


@dataclass(frozen=True, slots=True, order=True)
class _Worth:
    """What is wrong with a plan, the lesser the better: the weighted shortfall, then the minutes."""

    shortfall: float
    minutes: float


class _Search:
    def __init__(self, arrays: CaseArrays) -> None:
        self.arrays = arrays
        self.effects = Effects(arrays)
        self.free = np.array([arrays.case.free_minutes[day] for day in arrays.days], dtype=np.float64)

    def best(self, standing: Picks) -> Picks:
        """From nothing and from a plan that stands already: the better of the two."""
        found = [self._improved(self._pruned(self._filled(())))]
        if standing:
            found.append(self._pruned(self._filled(standing)))
        return min(found, key=self._worth)

    def _worth(self, picks: Picks) -> _Worth:
        """Shortfalls are compared in steps of what is worth planning for."""
        missing = np.maximum(0.0, self.effects.targets - self.effects.shares(picks) - MEETS)
        return _Worth(round(float(self.effects.weights @ missing) / MIN_GAIN) * MIN_GAIN, self._minutes(picks))

    def _minutes(self, picks: Picks) -> float:
        return float(sum(self.arrays.minutes[activity] for activity, _ in picks))

    def _allowed(self, picks: Picks, banned: Picks) -> Array:
        """Whether each activity (rows) may be added on each day (columns)."""
        spare = self.free.copy()
        for activity, day in picks:
            spare[day] -= self.arrays.minutes[activity]
        allowed = self.arrays.minutes[:, None] <= spare
        for activity, day in (*picks, *banned):
            allowed[activity, day] = False
        for activity, _ in picks:
            if not self.arrays.is_answered[activity]:
                allowed[activity] = False
        return allowed

    def _filled(self, picks: Picks, banned: Picks = ()) -> Picks:
        """Add what gains most a minute until all targets are met or nothing is worth adding.

        On the way, each plan that one cheap activity would complete is remembered; the cheapest of them is taken.
        """
        complete: list[Picks] = []
        while self._is_short(picks):
            gain, unmet = self.effects.gain(picks)
            allowed = self._allowed(picks, banned)
            closing = np.where(allowed & (unmet == 0), -self.arrays.minutes[:, None], -np.inf)
            if np.isfinite(closing).any():
                complete.append(_with(picks, _largest(closing + gain * MEETS)))
            rate = np.where(allowed & (gain >= MIN_GAIN), gain / self.arrays.minutes[:, None], -1.0)
            pick = _largest(rate)
            if rate[pick] < 0.0:
                break
            picks = _with(picks, pick)
        else:
            complete.append(picks)
        return min(complete, key=self._minutes) if complete else picks

    def _is_short(self, picks: Picks) -> bool:
        return bool((self.effects.shares(picks) < self.effects.targets - MEETS).any())

    def _pruned(self, picks: Picks) -> Picks:
        """Drop what is not needed to hold what the plan reaches, the longest activities first."""
        shares = self.effects.shares(picks)
        floor = np.where(shares >= self.effects.targets - MEETS, self.effects.targets - MEETS, shares - MIN_GAIN)
        is_changed = True
        while is_changed:
            is_changed = False
            for pick in sorted(picks, key=lambda each: (-self.arrays.minutes[each[0]], each)):
                fewer = _without(picks, (pick,))
                if (self.effects.shares(fewer) >= floor).all():
                    picks, is_changed = fewer, True
        return picks

    def _improved(self, picks: Picks) -> Picks:
        """Take one activity or two out and fill the gap otherwise, as long as that is better."""
        worth, trials = self._worth(picks), MAX_TRIALS
        is_changed = True
        while is_changed and trials > 0:
            is_changed = False
            for removed in self._removals(picks):
                trials -= 1
                other = self._pruned(self._filled(_without(picks, removed), removed))
                if self._worth(other) < worth:
                    picks, worth, is_changed = other, self._worth(other), True
                    break
                if trials <= 0:
                    break
        return picks

    def _removals(self, picks: Picks) -> Iterator[Picks]:
        longest = sorted(picks, key=lambda each: (-self.arrays.minutes[each[0]], each))
        yield from ((pick,) for pick in longest)
        if len(picks) <= PAIRS_UP_TO:
            yield from combinations(longest, 2)


def _largest(values: Array) -> Pick:
    activity, day = np.unravel_index(int(values.argmax()), values.shape)
    return int(activity), int(day)


def _with(picks: Picks, pick: Pick) -> Picks:
    return tuple(sorted((*picks, pick)))


def _without(picks: Picks, removed: Picks) -> Picks:
    return tuple(pick for pick in picks if pick not in removed)


def _standing(arrays: CaseArrays, plan: StudyPlan) -> Picks:
    """What of a plan can still be done: known activities on days to come, within the minutes free."""
    places = {activity.id: place for place, activity in enumerate(arrays.case.activities)}
    days = {day: place for place, day in enumerate(arrays.days)}
    picks: list[Pick] = []
    for planned in plan.days:
        spare = arrays.case.free_minutes.get(planned.day, 0)
        for activity in planned.activities:
            if planned.day in days and activity.id in places:
                place = places[activity.id]
                spare -= arrays.case.activities[place].minutes
                if spare >= 0:
                    picks.append((place, days[planned.day]))
    return tuple(sorted(picks))


def _days(arrays: CaseArrays, picks: Picks) -> Iterator[StudyDay]:
    """By day; on a day lessons first, reviews last."""
    order = list(ActivityKind)
    for place, day in enumerate(arrays.days):
        chosen = [arrays.case.activities[activity] for activity, its_day in picks if its_day == place]
        if chosen:
            yield StudyDay(day, tuple(sorted(chosen, key=lambda each: (order.index(each.kind), each.id))))
