"""The search for the least study: fill, drop what is not needed, and take out what is filled more cheaply otherwise.

Greedy by weighted gain a minute on the best day, then a removal pass, then a local improvement. No randomness and no
clock: the same case gives the same draft.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import ceil

import numpy as np

from trainer.domain.mastery import Array
from trainer.domain.planning.activities import MEETS
from trainer.domain.planning.arrays import MUST_WEIGHT, CaseArrays
from trainer.domain.planning.effects import Draft, Effects, Pick
from trainer.domain.planning.timetable import MOST_TIMES, Flags, Ledger, Timetable

MIN_GAIN = 0.001
"""An activity is not worth planning if it brings less than this share of one goal of weight 1."""
LARGE = 40
"""More practices times days than this are a large case: filled once, in larger steps. Of random cases of up to 200 that
took a sixth of the time, 4 % more minutes and 5 % more shortfall in the mean."""
MAX_TRIALS = 60
TRIAL_WORK = 800
"""In other cases an improvement is tried so many times at most, and times practices times days."""
GOOD_RATE = 0.2
"""A large step takes what gains at least this part of the best gain a minute,"""
LARGE_STEP = 0.8
"""of each goal one practice, or several that together bring at most this part of what is missing;"""
AGAIN = 0.3
"""an item that is met again in the same step counts with this part,"""
BEST_DAYS = 4
"""and of each practice so many days are looked at."""
PAIRS_UP_TO = 6
"""Two activities are taken out together in plans of up to so many."""
SLOWER = 2.0
"""What is missing takes about so many times the minutes that the next practice would need for it."""
KEPT_WITHIN = 1.05
"""A plan that stands is kept while it misses, and takes, at most so many times what another does: a plan that changes
with each answer is none. (Without it a third of what was planned stays from one sitting to the next.)"""
A_POINT = MUST_WEIGHT * 0.01 / MIN_GAIN
"""Nor is it given up for less than a point of one must-have, unless the other reaches all."""


@dataclass(frozen=True, slots=True, order=True)
class Worth:
    """What is wrong with a plan, the lesser the better: the weighted shortfall, then the minutes."""

    shortfall: int
    minutes: float


class Search:
    """`is_sparing`: what is left of a day and serves nothing more counts as spent. Better where there are few days."""

    def __init__(self, arrays: CaseArrays, effects: Effects, *, is_sparing: bool = False) -> None:
        self.arrays, self.effects, self.timetable = arrays, effects, Timetable(arrays)
        self.size = len(arrays.touched) * len(arrays.days)
        self.is_sparing = is_sparing

    def sparing(self) -> "Search":
        return Search(self.arrays, self.effects, is_sparing=True)

    def aiming(self, aims: Flags) -> "Search":
        """The same with other goals that are to be ready."""
        return Search(self.arrays, self.effects.aiming(aims.tolist()))

    def best(self, standing: tuple[Pick, ...], found: Sequence[Draft]) -> Draft:
        """The best of some drafts, improved, or what follows from a plan that stands if hardly worse."""
        draft = self._improved(min(found, key=self._worth))
        if standing:
            as_it_is = self.effects.draft(standing)
            draft = self._kept(as_it_is, self._kept(self.settled(as_it_is), draft))
        return draft

    def _kept(self, standing: Draft, other: Draft) -> Draft:
        """What stands, unless the other is clearly better."""
        worth, other_worth = self._worth(standing), self._worth(other)
        is_nearer = other_worth.shortfall * KEPT_WITHIN + (A_POINT if other_worth.shortfall else 0) < worth.shortfall
        is_shorter = other_worth.minutes * KEPT_WITHIN < worth.minutes and other_worth <= worth
        return other if is_nearer or is_shorter else standing

    def ready_in_reach(self) -> Flags:
        """The goals that could be ready if there were time for all practice: on each day, or in a large case on a few
        days from first to last."""
        if not self.size:
            return np.zeros(len(self.arrays.cells), dtype=np.bool_)
        count = len(self.arrays.days) if self.size <= LARGE else MOST_TIMES
        days = sorted({round(day) for day in np.linspace(0, len(self.arrays.days) - 1, count).tolist()})
        every = self.effects.every(days, at_most=self.size if self.size <= LARGE else 1)
        effects = self.effects.aiming([True] * len(self.arrays.cells))
        in_reach: Flags = effects.levels([every])[0] >= effects.targets - MEETS
        return in_reach

    def in_time(self, draft: Draft) -> Flags:
        """The goals to be ready for which there is likely time, those first that seem to take least."""
        missing = self.effects.targets - self.effects.levels([draft])[0]
        costs = self.timetable.costs(draft.picks, (), is_thorough=False)
        rates = np.array([(each.gain / costs).max(initial=0.0) for each in self.effects.gains(draft)])
        needed = np.where(missing > MEETS, SLOWER * self.effects.weights * missing / np.maximum(rates, MEETS), 0.0)
        order = np.argsort(needed, kind="stable")
        spare = self.timetable.free.sum() - self.timetable.minutes(draft.picks)
        in_time = np.zeros(len(missing), dtype=np.bool_)
        in_time[order] = np.cumsum(needed[order]) <= spare
        found: Flags = in_time & self.effects.aims
        return found

    def missed(self, draft: Draft) -> Flags:
        """The goals that a draft does not reach."""
        missed: Flags = self.effects.levels([draft])[0] < self.effects.targets - MEETS
        return missed

    def _worth(self, draft: Draft) -> Worth:
        """Shortfalls are compared in steps of what is worth planning for; none at all is a step of its own."""
        missing = np.maximum(0.0, self.effects.targets - self.effects.levels([draft])[0] - MEETS)
        return Worth(ceil(float(self.effects.weights @ missing) / MIN_GAIN), self.timetable.minutes(draft.picks))

    def settled(self, draft: Draft, banned: tuple[Pick, ...] = ()) -> Draft:
        """Fill, then drop what is not needed; what that leaves free is filled again while targets are missed."""
        filled = self.filled(draft, banned)
        draft = self.pruned(filled)
        while draft is not filled and self._is_short(draft):
            filled = self.filled(draft, banned)
            other = self.pruned(filled)
            if self._worth(other) >= self._worth(draft):
                break
            draft = other
        return draft

    def filled(self, draft: Draft, banned: tuple[Pick, ...] = ()) -> Draft:
        """Add what gains most a minute until all targets are met or nothing is worth adding.

        On the way, each plan that one cheap practice would complete is remembered; the cheapest of them is taken.
        """
        complete: list[Draft] = []
        while self._is_short(draft):
            costs = self.timetable.costs(draft.picks, banned, is_thorough=self.size <= LARGE)
            if np.isinf(costs).all():
                break
            gain, unmet = self.effects.gain(draft)
            closing = np.where(unmet == 0, gain * MEETS - costs, -np.inf)
            costs = self.timetable.spent(draft.picks, costs) if self.is_sparing else costs
            if np.isfinite(closing).any():
                complete.extend(self._completed(draft, _largest(closing)))
            more = self._with_best(draft, gain, costs)
            if more is draft:
                break
            draft = more
        else:
            complete.append(draft)
        return min(complete, key=lambda each: self.timetable.minutes(each.picks)) if complete else draft

    def _completed(self, draft: Draft, pick: Pick) -> list[Draft]:
        """The draft with a practice that seems to complete it, if it does."""
        other = self.effects.added(draft, pick)
        return [] if self._is_short(other) or not self.timetable.fits(other.picks) else [other]

    def _with_best(self, draft: Draft, gain: Array, costs: Array) -> Draft:
        """The draft with the practice of the best rate; in a large case with further good ones.

        Those are for other goals, or for one that stays far from its target with all of them.
        """
        rate = np.where(np.isfinite(costs) & (gain >= MIN_GAIN), gain / costs, -1.0)
        missing = (self.effects.weights * (self.effects.targets - self.effects.levels([draft])[0])).tolist()
        least, gained, met = max(0.0, float(rate.max()) * GOOD_RATE), dict[int, float](), Counter[int]()
        ledger = Ledger(self.timetable, draft.picks)
        for practice, day in _ahead(rate, least):
            goals, items = self.arrays.goals_of[practice], self.arrays.touched[practice]
            part = 1.0 if met.keys().isdisjoint(items) else AGAIN ** max(met[item] for item in items)
            more = float(gain[practice, day]) * part
            is_good = part == 1.0 or rate[practice, day] * part >= least
            is_too_much = any(goal in gained and gained[goal] + more > missing[goal] * LARGE_STEP for goal in goals)
            if is_good and not is_too_much and ledger.takes((practice, day)):
                draft = self.effects.added(draft, (practice, day))
                gained.update((goal, gained.get(goal, 0.0) + more) for goal in goals)
                met.update(items)
                if self.size <= LARGE:
                    break
        return draft

    def _is_short(self, draft: Draft) -> bool:
        return bool(self.missed(draft).any())

    def _without(self, draft: Draft, picks: Iterable[Pick]) -> Draft:
        for pick in picks:
            draft = self.effects.dropped(draft, pick)
        return draft

    def pruned(self, draft: Draft) -> Draft:
        """Drop what is not needed to hold what the plan reaches, the longest activities first."""
        levels = self.effects.levels([draft])[0]
        missing = self.effects.targets - levels
        floor = np.where(missing <= MEETS, self.effects.targets - MEETS, levels - np.minimum(MIN_GAIN, missing / 20.0))
        ahead = self._longest(draft)
        while ahead:
            fewer = [self._without(draft, [pick]) for pick in ahead]
            held = self.effects.levels(fewer) >= floor
            ahead = [pick for pick, each in zip(ahead, held, strict=True) if each.all()]
            dropped: list[Pick] = []
            for pick in ahead:
                if self._are_apart(pick, dropped):
                    dropped.append(pick)
            draft = self._without(draft, dropped)
            ahead = [pick for pick in ahead if pick not in dropped]
        return draft

    def _are_apart(self, pick: Pick, others: Iterable[Pick]) -> bool:
        """Whether a practice bears on no goal of the others."""
        goals_of = self.arrays.goals_of
        return all(set(goals_of[pick[0]]).isdisjoint(goals_of[other]) for other, _ in others)

    def _longest(self, draft: Draft) -> list[Pick]:
        return sorted(draft.picks, key=lambda pick: (-self.arrays.minutes[pick[0]], pick))

    def _improved(self, draft: Draft) -> Draft:
        """Take one practice or some out and fill the gap otherwise, as long as that is better."""
        worth, trials = self._worth(draft), min(MAX_TRIALS, TRIAL_WORK // self.size) if 0 < self.size <= LARGE else 0
        is_changed = True
        while is_changed and trials > 0:
            is_changed = False
            for removed, banned in self._removals(draft):
                trials -= 1
                other = self.settled(self._without(draft, removed), banned)
                if self._worth(other) < worth:
                    draft, worth, is_changed = other, self._worth(other), True
                    break
                if trials <= 0:
                    break
        return draft

    def _removals(self, draft: Draft) -> Iterator[tuple[tuple[Pick, ...], tuple[Pick, ...]]]:
        """What to take out, and what not to put in instead: one, a practice, all with one lesson, or any two."""
        longest, needs, days = self._longest(draft), self.arrays.needs, range(len(self.arrays.days))
        yield from (((pick,), (pick,)) for pick in longest)
        for practice in dict.fromkeys(practice for practice, _ in longest):
            yield tuple(pick for pick in longest if pick[0] == practice), tuple((practice, day) for day in days)
        for lesson in range(len(self.arrays.lessons)):
            removed = tuple(pick for pick in longest if needs[pick[0]] == lesson)
            yield removed, removed
        if len(longest) <= PAIRS_UP_TO:
            yield from ((pair, pair) for pair in combinations(longest, 2))


def _ahead(rate: Array, least: float) -> list[Pick]:
    """Practices and days of at least this rate, the best first; of each practice its best days."""
    days = np.argsort(-rate, axis=1, kind="stable")[:, :BEST_DAYS]
    best = np.take_along_axis(rate, days, axis=1)
    order = np.argsort(-best, axis=None, kind="stable")
    order = order[best.ravel()[order] >= least]
    return list(zip((order // days.shape[1]).tolist(), days.ravel()[order].tolist(), strict=True))


def _largest(values: Array) -> Pick:
    practice, day = np.unravel_index(int(values.argmax()), values.shape)
    return int(practice), int(day)
