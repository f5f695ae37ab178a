"""The least study: a plan of activities by day that reaches a person's targets with the fewest minutes.

Greedy by weighted gain a minute on the best day, then a removal pass, then a local improvement that takes one or two
activities out and fills the gap more cheaply. No randomness and no clock: the same case gives the same plan.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import ceil

import numpy as np

from trainer.domain.mastery import Array, Forecast
from trainer.domain.planning.activities import MEETS, ActivityKind, GoalOutlook, StudyCase, StudyDay, StudyPlan
from trainer.domain.planning.arrays import CaseArrays, arrays_of
from trainer.domain.planning.effects import Draft, Effects, Pick
from trainer.domain.planning.memories import Flags

MIN_GAIN = 0.001
"""An activity is not worth planning if it brings less than this share of one goal of weight 1."""
MAX_TRIALS = 60
TRIAL_WORK = 800
"""So many times at most an improvement is tried, and times activities times days: it bounds the work. More trials
than this gain less than one minute in a hundred."""
LARGE = 200
"""More activities times days than this are a large case: it is searched in larger steps."""
GOOD_RATE = 0.3
"""One large step takes what gains at least this part of the best gain a minute, for each goal one activity."""
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
    draft = search.best(_standing(arrays, previous) if previous else ())
    outlooks = {id(outlook.goal): outlook for outlook in search.effects.outlooks(draft)}
    goals = tuple(outlooks.get(id(goal)) or GoalOutlook(goal, UNKNOWN, UNKNOWN) for goal in case.goals)
    return StudyPlan(tuple(_days(arrays, draft.picks)), goals)


@dataclass(frozen=True, slots=True, order=True)
class _Worth:
    """What is wrong with a plan, the lesser the better: the weighted shortfall, then the minutes."""

    shortfall: int
    minutes: float


class _Search:
    def __init__(self, arrays: CaseArrays) -> None:
        self.arrays = arrays
        self.effects = Effects(arrays)
        self.free = np.array([arrays.case.free_minutes[day] for day in arrays.days], dtype=np.float64)
        self.size = len(arrays.touched) * len(arrays.days)

    def best(self, standing: tuple[Pick, ...]) -> Draft:
        """From nothing and from a plan that stands already: the better of the two."""
        if not self.size:
            return self.effects.draft()
        found = [self._improved(self._settled(self.effects.draft()))]
        if standing:
            found.append(self._settled(self.effects.draft(standing)))
        return min(found, key=self._worth)

    def _worth(self, draft: Draft) -> _Worth:
        """Shortfalls are compared in steps of what is worth planning for; none at all is a step of its own."""
        missing = np.maximum(0.0, self.effects.targets - self.effects.shares([draft])[0] - MEETS)
        return _Worth(ceil(float(self.effects.weights @ missing) / MIN_GAIN), self._minutes(draft))

    def _minutes(self, draft: Draft) -> float:
        return float(sum(self.arrays.minutes[activity] for activity, _ in draft.picks))

    def _allowed(self, draft: Draft, banned: tuple[Pick, ...]) -> Flags:
        """Whether each activity (rows) may be added on each day (columns)."""
        spare = self.free.copy()
        for activity, day in draft.picks:
            spare[day] -= self.arrays.minutes[activity]
        allowed: Flags = self.arrays.minutes[:, None] <= spare
        for activity, day in (*draft.picks, *banned):
            allowed[activity, day] = False
        for activity, _ in draft.picks:
            if not self.arrays.is_answered[activity]:
                allowed[activity] = False
        return allowed

    def _settled(self, draft: Draft, banned: tuple[Pick, ...] = ()) -> Draft:
        """Fill, then drop what is not needed; what that leaves free is filled again while targets are missed."""
        filled = self._filled(draft, banned)
        draft = self._pruned(filled)
        while draft is not filled and self._is_short(draft):
            filled = self._filled(draft, banned)
            other = self._pruned(filled)
            if self._worth(other) >= self._worth(draft):
                break
            draft = other
        return draft

    def _filled(self, draft: Draft, banned: tuple[Pick, ...] = ()) -> Draft:
        """Add what gains most a minute until all targets are met or nothing is worth adding.

        On the way, each plan that one cheap activity would complete is remembered; the cheapest of them is taken.
        """
        complete: list[Draft] = []
        minutes = self.arrays.minutes[:, None]
        while self._is_short(draft):
            allowed = self._allowed(draft, banned)
            if not allowed.any():
                break
            gain, unmet = self.effects.gain(draft)
            closing = np.where(allowed & (unmet == 0), gain * MEETS - minutes, -np.inf)
            if np.isfinite(closing).any():
                complete.append(self.effects.added(draft, _largest(closing)))
            rate = np.where(allowed & (gain >= MIN_GAIN), gain / minutes, -1.0)
            more = self._with_best(draft, rate)
            if more is draft:
                break
            draft = more
        else:
            complete.append(draft)
        return min(complete, key=self._minutes) if complete else draft

    def _with_best(self, draft: Draft, rate: Array) -> Draft:
        """The draft with the activity of the best rate; in a large case with further good ones for other goals."""
        ahead = np.argsort(-rate, axis=None, kind="stable") if self.size > LARGE else [rate.argmax()]
        least = max(0.0, float(rate.max()) * GOOD_RATE)
        touched: set[int] = set()
        for activity, day in zip(*(each.tolist() for each in np.unravel_index(ahead, rate.shape)), strict=True):
            if rate[activity, day] < least:
                break
            goals = self.arrays.goals_of[activity]
            if touched.isdisjoint(goals) and self._fits(draft, activity, day):
                draft = self.effects.added(draft, (activity, day))
                touched.update(goals)
        return draft

    def _fits(self, draft: Draft, activity: int, day: int) -> bool:
        taken = sum(self.arrays.minutes[each] for each, its_day in draft.picks if its_day == day)
        return bool(taken + self.arrays.minutes[activity] <= self.free[day])

    def _is_short(self, draft: Draft) -> bool:
        return bool((self.effects.shares([draft])[0] < self.effects.targets - MEETS).any())

    def _without(self, draft: Draft, picks: Iterable[Pick]) -> Draft:
        for pick in picks:
            draft = self.effects.dropped(draft, pick)
        return draft

    def _pruned(self, draft: Draft) -> Draft:
        """Drop what is not needed to hold what the plan reaches, the longest activities first."""
        shares = self.effects.shares([draft])[0]
        missing = self.effects.targets - shares
        floor = np.where(missing <= MEETS, self.effects.targets - MEETS, shares - np.minimum(MIN_GAIN, missing / 20.0))
        while True:
            fewer = [self._without(draft, [pick]) for pick in self._longest(draft)]
            held = (self.effects.shares(fewer) >= floor).all(axis=1)
            if not held.any():
                return draft
            draft = fewer[int(held.argmax())]

    def _longest(self, draft: Draft) -> list[Pick]:
        return sorted(draft.picks, key=lambda pick: (-self.arrays.minutes[pick[0]], pick))

    def _improved(self, draft: Draft) -> Draft:
        """Take one activity or two out and fill the gap otherwise, as long as that is better."""
        worth, trials = self._worth(draft), min(MAX_TRIALS, TRIAL_WORK // self.size)
        is_changed = True
        while is_changed and trials > 0:
            is_changed = False
            for removed in self._removals(draft):
                trials -= 1
                other = self._settled(self._without(draft, removed), removed)
                if self._worth(other) < worth:
                    draft, worth, is_changed = other, self._worth(other), True
                    break
                if trials <= 0:
                    break
        return draft

    def _removals(self, draft: Draft) -> Iterator[tuple[Pick, ...]]:
        longest = self._longest(draft)
        yield from ((pick,) for pick in longest)
        if len(longest) <= PAIRS_UP_TO:
            yield from combinations(longest, 2)


def _largest(values: Array) -> Pick:
    activity, day = np.unravel_index(int(values.argmax()), values.shape)
    return int(activity), int(day)


def _standing(arrays: CaseArrays, plan: StudyPlan) -> tuple[Pick, ...]:
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


def _days(arrays: CaseArrays, picks: Sequence[Pick]) -> Iterator[StudyDay]:
    """By day; on a day lessons first, reviews last."""
    order = list(ActivityKind)
    for place, day in enumerate(arrays.days):
        chosen = [arrays.case.activities[activity] for activity, its_day in picks if its_day == place]
        if chosen:
            yield StudyDay(day, tuple(sorted(chosen, key=lambda each: (order.index(each.kind), each.id))))
