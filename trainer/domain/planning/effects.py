"""What activities on given days add to the forecasts of one person's goals.

Planned evidence moves neither U nor S in expectation, and does not narrow today's view of them. So a plan adds what
practice leaves in the memory of items and takes away what novelty costs; all else is the forecast of today.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from trainer.domain.mastery import INTERVAL_Z, NODES, WEIGHTS, Array, Forecast
from trainer.domain.mastery.shared import EIGHTH_PI
from trainer.domain.planning.activities import GoalOutlook
from trainer.domain.planning.arrays import CaseArrays
from trainer.domain.planning.memories import Memories, Practice, Practising

PRACTICE_CREDIT = 0.5
"""The part of the modelled gain of practice that a plan counts on: in full, one practice is over-credited by about
11 points after a day (`docs/model.md`). A judgement; the range of a planned forecast runs from none of it to all."""
MEETS = 1e-9
"""How far below its target a share may be by rounding."""

Pick = tuple[int, int]
"""An activity and a day, by their places in the case."""
Picks = tuple[Pick, ...]
History = tuple[int, ...]
"""When one item is met: twice the place of each day, and one more where it is answered; ascending."""
Key = tuple[int, int, tuple[History, ...]]
"""A goal, the day (from 1; 0: none) on which its competency is met last, and the history of each of its items."""


class Row(NamedTuple):
    """One item on the date if met once more, by code; the last entry is without."""

    offset: Array
    damping: Array


class Gain(NamedTuple):
    """What one more activity (rows) on each day (columns) adds, weighted, and whether the target (or how many of them) is unmet then."""

    gain: Array
    unmet: NDArray[np.int64]


class Effects:
    """The effects of activities for one case. What was worked out once is kept."""

    def __init__(self, arrays: CaseArrays) -> None:
        self.arrays = arrays
        self.weights = np.array([cell.weight for cell in arrays.cells])
        self.targets = np.array([cell.goal.target for cell in arrays.cells])
        self._codes = 2 * len(arrays.days)
        self._rows: dict[tuple[int, History], Row] = {}
        self._shares: dict[Key, float] = {}
        self._gains: dict[Key, Gain] = {}

    def shares(self, picks: Picks) -> Array:
        """The expected share of each goal on the date with these activities."""
        return np.array([self._share(key) for key in self._keys(picks)])

    def gain(self, picks: Picks) -> Gain:
        """What one more activity adds to all goals, and how many of them stay unmet."""
        gains = [self._goal_gain(key) for key in self._keys(picks)]
        return Gain(np.sum([each.gain for each in gains], axis=0), np.sum([each.unmet for each in gains], axis=0))

    def outlooks(self, picks: Picks) -> tuple[GoalOutlook, ...]:
        """The forecast of each goal without the activities and with them."""
        histories, last = self._histories(picks)
        none, some, full = (self._offsets(histories, credit) for credit in (0.0, PRACTICE_CREDIT, 1.0))
        found = []
        for place, cell in enumerate(self.arrays.cells):
            without = self.arrays.today.forecast(place)
            centre, items = cell.centre + cell.lift[last[place]], list(cell.items)
            mean = _expected(centre, cell.spread, some.offset[items], some.damping[items])
            reach = INTERVAL_Z * np.sqrt(cell.spread**2 + float(self.arrays.today.noise[place]))
            low = _share(centre - reach, none.offset[items], none.damping[items])
            high = _share(centre + reach, full.offset[items], full.damping[items])
            planned = Forecast(float(mean.mean()), low, high, without.answers)
            found.append(GoalOutlook(cell.goal, without, planned))
        return tuple(found)

    def _histories(self, picks: Picks) -> tuple[list[History], list[int]]:
        arrays = self.arrays
        met: list[list[int]] = [[] for _ in arrays.items.difficulty]
        last = [0] * len(arrays.cells)
        for activity, day in picks:
            code = 2 * day + arrays.is_answered[activity]
            for item in arrays.touched[activity]:
                met[item].append(code)
            for place in arrays.goals_of[activity]:
                last[place] = max(last[place], day + 1)
        return [tuple(sorted(codes)) for codes in met], last

    def _keys(self, picks: Picks) -> list[Key]:
        histories, last = self._histories(picks)
        self._keep_rows([key for key in enumerate(histories) if key not in self._rows])
        return [
            (place, last[place], tuple([histories[item] for item in cell.items]))
            for place, cell in enumerate(self.arrays.cells)
        ]

    def _keep_rows(self, missing: Sequence[tuple[int, History]]) -> None:
        """Work out items met at given times, and once more at each other time."""
        if not missing:
            return
        count, longest = self._codes, max(len(history) for _, history in missing)
        codes = np.full((len(missing), count + 1, longest + 1), count)
        for place, (_, history) in enumerate(missing):
            codes[place, :, : len(history)] = history
        codes[:, :, longest] = np.arange(count + 1)
        codes.sort(axis=-1)
        rows = self._on_the_date(np.array([item for item, _ in missing]), codes, PRACTICE_CREDIT)
        for place, key in enumerate(missing):
            self._rows[key] = Row(rows.offset[place], rows.damping[place])

    def _offsets(self, histories: Sequence[History], credit: float) -> Row:
        """Every item on the date, met as its history says."""
        longest = max(1, max(len(history) for history in histories))
        codes = np.full((len(histories), 1, longest), self._codes)
        for place, history in enumerate(histories):
            codes[place, 0, : len(history)] = history
        rows = self._on_the_date(np.arange(len(histories)), codes, credit)
        return Row(rows.offset[:, 0], rows.damping[:, 0])

    def _on_the_date(self, items: NDArray[np.int64], codes: NDArray[np.int64], credit: float) -> Row:
        """Items (rows) met by ascending codes (last axis), on the date; codes past the last day mean not met."""
        arrays, rules = self.arrays, Practising(self.arrays.case.shared, credit)
        shape = codes.shape[:2]
        memories = Memories(*(np.broadcast_to(column[items, None], shape) for column in arrays.items.memories))
        for step in range(codes.shape[2]):
            code = codes[:, :, step]
            is_met = code < self._codes
            if is_met.any():
                later = rules.after(memories, self._practice(items[:, None], np.where(is_met, code, 0)))
                memories = Memories(*(np.where(is_met, new, old) for new, old in zip(later, memories, strict=True)))
        left = rules.left(memories, arrays.end)
        cost = arrays.case.shared.item_novelty[0]
        offset = left.mean - arrays.items.difficulty[items, None] - left.novelty * cost
        variance = left.variance + arrays.items.difficulty_variance[items, None]
        return Row(offset, np.sqrt(1.0 + EIGHTH_PI * variance))

    def _practice(self, items: NDArray[np.int64], code: NDArray[np.int64]) -> Practice:
        day = code // 2
        known = self.arrays.items
        is_answered = code % 2 == 1
        return Practice(self.arrays.times[day], is_answered, known.level[items, day], known.level_variance[items, day])

    def _share(self, key: Key) -> float:
        found = self._shares.get(key)
        if found is None:
            place, last, histories = key
            cell = self.arrays.cells[place]
            rows = [self._rows[each] for each in zip(cell.items, histories, strict=True)]
            offset, damping = np.array([(row.offset[-1], row.damping[-1]) for row in rows]).T
            found = float(_expected(cell.centre + cell.lift[last], cell.spread, offset, damping).mean())
            self._shares[key] = found
        return found

    def _goal_gain(self, key: Key) -> Gain:
        found = self._gains.get(key)
        if found is None:
            found = self._gains[key] = self._work_out_gain(key)
        return found

    def _work_out_gain(self, key: Key) -> Gain:
        """One goal after each activity on each day: its items are met once more, and the competency is less new."""
        place, last, histories = key
        cell, share, days = self.arrays.cells[place], self._share(key), np.arange(len(self.arrays.days))
        rows = [self._rows[each] for each in zip(cell.items, histories, strict=True)]
        offset, damping = np.array([row.offset for row in rows]), np.array([row.damping for row in rows])
        centre = cell.centre + cell.lift[np.maximum(last, days + 1)]
        unchanged = _expected(centre, cell.spread, offset[:, -1:], damping[:, -1:])
        after = np.full((len(self.arrays.touched), len(days)), share)
        for is_answered, activities in enumerate((cell.lessons, cell.practices)):
            if len(activities):
                codes = slice(is_answered, -1, 2)
                added = _expected(centre, cell.spread, offset[:, codes], damping[:, codes]) - unchanged
                after[activities] = unchanged.mean(axis=0) + cell.has[activities] @ added / len(rows)
        target = cell.goal.target
        gain = cell.weight * (np.minimum(after, target) - min(share, target))
        return Gain(gain, (after < target - MEETS).astype(np.int64))


def _expected(centre: Array | float, spread: float, offset: Array, damping: Array) -> Array:
    """The expected share of each item over what is not known of U + S."""
    reach = spread * NODES
    z = np.subtract(-centre, offset)[..., None] - reach
    z /= damping[..., None]
    np.exp(z, out=z)
    z += 1.0
    np.reciprocal(z, out=z)
    expected: Array = z @ WEIGHTS
    return expected


def _share(level: float, offset: Array, damping: Array) -> float:
    return float((1.0 / (1.0 + np.exp(-(level + offset) / damping))).mean())
