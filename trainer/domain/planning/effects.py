"""What practice on given days adds to the forecasts of one person's goals.

Planned evidence moves neither U nor S in expectation. So a plan adds what practice leaves in the memory of items, takes
away what novelty costs, and narrows the interval; all else is the forecast of today. Reading adds nothing: a lesson
gives the rules, and what was measured is answering the very situation with feedback.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import chain
from typing import NamedTuple

import numpy as np

from trainer.domain.mastery import NODES, WEIGHTS, Array, Forecast
from trainer.domain.planning.activities import MEETS, GoalOutlook
from trainer.domain.planning.arrays import CaseArrays, GoalCell
from trainer.domain.planning.doubt import Places, left_on_the_date
from trainer.domain.planning.simulation import Met, Row, Simulation

PRACTICE_CREDIT = 0.5
"""The part of the modelled gain of practice that a plan counts on: in full, one practice is over-credited by about
11 points after a day (`docs/model.md`). A judgement."""
MISSING_ANSWER = 0.02
"""What one answer too few weighs in the search, as a share that is missing of the target."""

Pick = tuple[int, int]
"""A practice and a day, by their places in the case."""
Key = tuple[int, int, tuple[Met, ...]]
"""A goal, the day (from 1; 0: none) on which its competency is met last, and its items."""


class Draft(NamedTuple):
    """Practices on days, with what they mean for each item and each goal."""

    picks: tuple[Pick, ...]
    met: tuple[Met, ...]
    keys: tuple[Key, ...]


class Standing(NamedTuple):
    """A goal with a draft: its forecast, what the answers added weigh, and how near it is to what is aimed at.

    `level` reaches the target exactly when all that is aimed at is met.
    """

    forecast: Forecast
    weights: Array
    level: float


class Gain(NamedTuple):
    """What one more practice (rows) on each day (columns) adds, weighted, and whether the target (or how many of
    them) is unmet then. Of the ends of intervals it is an estimate."""

    gain: Array
    unmet: Places


class Effects:
    """The effects of practice for one case. What was worked out once is kept.

    `aims` says of each goal whether it is to be ready by the rules of the page; else the middle of its forecast is to
    reach the target, on enough answers to say so.
    """

    def __init__(self, arrays: CaseArrays, aims: Sequence[bool] | None = None, credit: float = PRACTICE_CREDIT) -> None:
        self.arrays = arrays
        self.credit = credit
        self.aims = np.array([True] * len(arrays.cells) if aims is None else aims)
        self.weights = np.array([cell.weight for cell in arrays.cells])
        self.targets = np.array([cell.goal.target for cell in arrays.cells])
        self._told = arrays.today.correction.told
        self._is_new = np.isneginf(arrays.items.memories.last)
        self._left = left_on_the_date(arrays.case, arrays.times)
        self._again = arrays.case.shared.constants.replay_weight
        self._simulation = Simulation(arrays, credit)
        self._now: dict[Met, Sequence[float]] = {}
        self._once_more: dict[Met, Row] = {}
        self._standings: dict[Key, Standing] = {}
        self._gains: dict[Key, Gain] = {}
        self._no_gain = Gain(
            np.zeros((len(arrays.touched), len(arrays.days))),
            np.zeros((len(arrays.touched), len(arrays.days)), dtype=np.int64),
        )

    def aiming(self, aims: Sequence[bool]) -> "Effects":
        """The same with other aims; what was worked out of the items is taken over."""
        other = Effects(self.arrays, aims, self.credit)
        other._now, other._once_more = self._now, self._once_more
        return other

    def draft(self, picks: Iterable[Pick] = ()) -> Draft:
        draft = Draft(
            (),
            tuple((item, ()) for item in range(len(self.arrays.items.difficulty))),
            tuple((place, 0, tuple((item, ()) for item in cell.items)) for place, cell in enumerate(self.arrays.cells)),
        )
        for pick in picks:
            draft = self.added(draft, pick)
        return draft

    def every(self, days: Sequence[int], at_most: int) -> Draft:
        """All practice on each of these days, whatever time there is; an item is met at most so often a day."""
        met_by = Counter(chain.from_iterable(self.arrays.touched))
        times = {item: min(count, at_most) for item, count in met_by.items()}
        met = tuple(
            (item, tuple(day for day in days for _ in range(times.get(item, 0))))
            for item in range(len(self.arrays.items.difficulty))
        )
        keys = tuple(
            (place, days[-1] + 1, tuple([met[item] for item in cell.items]))
            for place, cell in enumerate(self.arrays.cells)
        )
        return Draft((), met, keys)

    def added(self, draft: Draft, pick: Pick) -> Draft:
        """The draft with one practice more."""
        practice, day = pick
        met = list(draft.met)
        for item in self.arrays.touched[practice]:
            row = self._once_more.get(met[item])
            met[item] = item, tuple(sorted((*met[item][1], day)))
            if row is not None and met[item] not in self._now:
                self._now[met[item]] = float(row.offset[day]), float(row.damping[day])
        return self._with(draft, (*draft.picks, pick), met, pick)

    def dropped(self, draft: Draft, pick: Pick) -> Draft:
        """The draft with one of its practices less."""
        practice, day = pick
        met = list(draft.met)
        for item in self.arrays.touched[practice]:
            days = list(met[item][1])
            days.remove(day)
            met[item] = item, tuple(days)
        return self._with(draft, tuple([each for each in draft.picks if each != pick]), met, pick)

    def _with(self, draft: Draft, picks: tuple[Pick, ...], met: list[Met], pick: Pick) -> Draft:
        """The draft with other picks, of which one bears on its goals."""
        keys, goals_of = list(draft.keys), self.arrays.goals_of
        for place in goals_of[pick[0]]:
            last = max(keys[place][1], pick[1] + 1)
            if last == pick[1] + 1:
                last = max([day + 1 for practice, day in picks if place in goals_of[practice]], default=0)
            keys[place] = place, last, tuple([met[item] for item in self.arrays.cells[place].items])
        return Draft(tuple(sorted(picks)), tuple(met), tuple(keys))

    def levels(self, drafts: Sequence[Draft]) -> Array:
        """How near each goal (columns) comes to its target on the date by each draft (rows)."""
        keys = [key for draft in drafts for key in draft.keys]
        self._keep_standings([key for key in dict.fromkeys(keys) if key not in self._standings])
        return np.array([self._standings[key].level for key in keys]).reshape(len(drafts), len(self.targets))

    def gain(self, draft: Draft) -> Gain:
        """What one more practice adds to all goals, and how many of them stay unmet."""
        gains = self.gains(draft)
        return Gain(sum(each.gain for each in gains), sum(each.unmet for each in gains))  # type: ignore[arg-type]

    def gains(self, draft: Draft) -> list[Gain]:
        """What one more practice adds to each goal. Goals that are met stay so: nothing."""
        is_open = self.levels([draft])[0] < self.targets
        keys = [key for key, each in zip(draft.keys, is_open, strict=True) if each]
        self._keep_gains([key for key in keys if key not in self._gains and len(self.arrays.cells[key[0]].practices)])
        return [
            (self._gains.get(key) or self._never(key)) if each else self._no_gain
            for key, each in zip(draft.keys, is_open, strict=True)
        ]

    def _never(self, key: Key) -> Gain:
        """A goal that no practice bears on."""
        gain = self._gains[key] = Gain(self._no_gain.gain, self._no_gain.unmet + 1)
        return gain

    def outlooks(self, draft: Draft) -> tuple[GoalOutlook, ...]:
        """The forecast of each goal without the practice and with it."""
        self.levels([draft])
        return tuple(
            GoalOutlook(
                self.arrays.cells[key[0]].goal,
                self.arrays.today.forecast(key[0]),
                self._standings[key].forecast,
                self.arrays.case.rules,
                aims_at_ready=bool(self.aims[key[0]]),
            )
            for key in draft.keys
        )

    def _keep_standings(self, keys: Sequence[Key]) -> None:
        if not keys:
            return
        met = list(chain.from_iterable(key[2] for key in keys))
        missing = [each for each in dict.fromkeys(met) if each not in self._now]
        if missing:
            row = self._simulation.on_the_date(missing)
            self._now.update(zip(missing, np.hstack(row).tolist(), strict=True))
        answers, weights = np.array([len(history) for _, history in met]), self._weights(keys)
        counts = [len(key[2]) for key in keys]
        offset, damping = np.array([self._now[each] for each in met]).T
        points, starts = (
            np.repeat(self._points(keys, weights), counts, axis=0),
            np.concatenate(([0], np.cumsum(counts)[:-1])),
        )
        shares = np.add.reduceat(_shares(points, offset, damping), starts)
        shares = self._told(shares / np.array(counts)[:, None])
        known = np.array([self.arrays.cells[key[0]].answers for key in keys]) + np.add.reduceat(answers, starts)
        levels = self._levels([key[0] for key in keys], shares, known)
        found = zip(keys, shares.tolist(), known.tolist(), weights, levels.tolist(), strict=True)
        for key, (mean, low, high), count, own, level in found:
            self._standings[key] = Standing(Forecast(mean, low, high, count), own, level)

    def _weights(self, keys: Sequence[Key]) -> Array:
        """What the answers that these goals take weigh as evidence on the date, on U and on S: again proves less."""
        weights = np.zeros((len(keys), len(self.arrays.days) + 1))
        for weight, (_, _, met) in zip(weights, keys, strict=True):
            for item, history in met:
                for place, day in enumerate(history):
                    weight[day] += self._again if place or not self._is_new[item] else 1.0
        found: Array = weights[:, :-1] @ self._left
        return found

    def _points(self, keys: Sequence[Key], weights: Array) -> Array:
        """The levels of U + S (columns) at which the share of each key is asked for: the nodes, and both ends."""
        goals = [key[0] for key in keys]
        cells = [self.arrays.cells[goal] for goal in goals]
        centre = np.array([cell.centre + cell.lift[key[1]] for cell, key in zip(cells, keys, strict=True)])
        spread, reach = np.array([cell.spread for cell in cells]), self.arrays.doubt.reach(goals, weights)
        around = np.concatenate((spread[:, None] * NODES, -reach[:, None], reach[:, None]), axis=1)
        points: Array = centre[:, None] + around
        return points

    def _levels(self, goals: Sequence[int] | Places, shares: Array, answers: Places) -> Array:
        """How near goals come to their targets, given mean, low and high of the share (last axis) and the answers."""
        rules, shape = self.arrays.case.rules, (-1,) + (1,) * (shares.ndim - 2)
        mean, low, high = np.moveaxis(shares, -1, 0)
        targets, aims = self.targets[goals].reshape(shape), self.aims[goals].reshape(shape)
        sure = np.minimum(low + rules.ready_margin, low - high + rules.max_width + targets)
        missing = np.maximum(0, rules.min_answers - answers)
        levels: Array = np.where(aims, np.minimum(mean, sure), mean)
        return np.where(missing > 0, np.minimum(levels, targets), levels) - MISSING_ANSWER * missing

    def _keep_rows(self, met: Sequence[Met]) -> None:
        """Work out items met on given days, and once more on each; the last column is without."""
        missing = [each for each in met if each not in self._once_more]
        if missing:
            rows = self._simulation.on_the_date(missing, np.arange(len(self.arrays.days) + 1))
            for place, each in enumerate(missing):
                self._once_more[each] = Row(rows.offset[place], rows.damping[place])

    def _keep_gains(self, keys: Sequence[Key]) -> None:
        """Goals after each practice on each day: its items are met once more, and the competency is less new."""
        if not keys:
            return
        self._keep_rows(list(dict.fromkeys(chain.from_iterable(key[2] for key in keys))))
        rows = [self._once_more[each] for key in keys for each in key[2]]
        counts, days = [len(key[2]) for key in keys], np.arange(1, len(self.arrays.days) + 1)
        points = np.repeat(self._points(keys, np.array([self._standings[key].weights for key in keys])), counts, axis=0)
        cells = [self.arrays.cells[key[0]] for key in keys]
        more = [cell.lift[np.maximum(key[1], days)] - cell.lift[key[1]] for cell, key in zip(cells, keys, strict=True)]
        lift = np.repeat(np.array(more), counts, axis=0)
        offset, damping = np.array([row.offset for row in rows]), np.array([row.damping for row in rows])
        unchanged = _shares(points[:, None, :], offset[:, -1:] + lift, damping[:, -1:])
        added = _shares(points[:, None, :], offset[:, :-1] + lift, damping[:, :-1]) - unchanged
        slopes = unchanged[..., 1:] * (1.0 - unchanged[..., 1:]) / damping[:, -1:, None]
        starts, sizes = np.concatenate(([0], np.cumsum(counts)[:-1])), np.array(counts)
        mean_slopes = np.add.reduceat(slopes.mean(axis=1), starts) / sizes[:, None]
        groups = _Groups.of(cells, starts)
        shares = np.add.reduceat(unchanged, starts)[groups.key] + np.add.reduceat(added[groups.rows], groups.starts)
        shares /= sizes[groups.key, None, None]
        self._keep_gains_of(keys, groups, shares, mean_slopes)

    def _keep_gains_of(self, keys: Sequence[Key], groups: "_Groups", shares: Array, slopes: Array) -> None:
        """From the shares after each practice (rows) on each day: what they add, the answers taken into account."""
        standings = [self._standings[key] for key in keys]
        again = [1.0 if self._is_new[item] and not days else self._again for key in keys for item, days in key[2]]
        weights = np.array([standing.weights for standing in standings])[groups.key][:, None]
        more = np.add.reduceat(np.array(again)[groups.rows], groups.starts)[:, None, None] * self._left
        goals = np.array([key[0] for key in keys])[groups.key]
        narrower = self.arrays.doubt.reach(goals, weights) - self.arrays.doubt.reach(goals, weights + more)
        shares[..., 1] += slopes[groups.key, 0, None] * narrower
        shares[..., 2] -= slopes[groups.key, 1, None] * narrower
        answers = np.array([standing.forecast.answers for standing in standings])[groups.key] + groups.sizes
        levels = self._levels(goals, self._told(shares), answers[:, None])
        end = 0
        for key, standing in zip(keys, standings, strict=True):
            cell = self.arrays.cells[key[0]]
            start, end = end, end + len(cell.practices)
            after = np.full(self._no_gain.gain.shape, standing.level)
            after[cell.practices] = levels[start:end]
            gain = cell.weight * (np.minimum(after, cell.goal.target) - min(standing.level, cell.goal.target))
            self._gains[key] = Gain(gain, (after < cell.goal.target - MEETS).astype(np.int64))


class _Groups(NamedTuple):
    """Each practice of each of some goals: the rows of its items in a column of all items of those goals."""

    key: Places
    rows: Places
    starts: Places
    sizes: Places

    @classmethod
    def of(cls, cells: Sequence[GoalCell], starts: Places) -> "_Groups":
        key = np.repeat(np.arange(len(cells)), [len(cell.practices) for cell in cells])
        rows = np.concatenate([cell.columns + start for cell, start in zip(cells, starts, strict=True)])
        sizes = np.concatenate([cell.sizes for cell in cells])
        return cls(key, rows, np.concatenate(([0], np.cumsum(sizes)[:-1])), sizes)


def _shares(points: Array, offset: Array, damping: Array) -> Array:
    """The expected share of each item (last axis: in the middle, and at both ends) over what is not known of U + S."""
    z = points + offset[..., None]
    z /= -damping[..., None]
    np.exp(z, out=z)
    z += 1.0
    np.reciprocal(z, out=z)
    return np.concatenate(((z[..., :-2] @ WEIGHTS)[..., None], z[..., -2:]), axis=-1)
