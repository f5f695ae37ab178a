"""What activities on given days add to the forecasts of one person's goals.

Planned evidence moves neither U nor S in expectation, and does not narrow today's view of them. So a plan adds what
practice leaves in the memory of items and takes away what novelty costs; all else is the forecast of today.
"""

from collections.abc import Iterable, Sequence
from itertools import chain
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from trainer.domain.mastery import INTERVAL_Z, NODES, WEIGHTS, Array, Forecast
from trainer.domain.mastery.shared import EIGHTH_PI
from trainer.domain.planning.activities import MEETS, GoalOutlook
from trainer.domain.planning.arrays import CaseArrays, GoalCell
from trainer.domain.planning.memories import Memories, Practice, Practising

PRACTICE_CREDIT = 0.5
"""The part of the modelled gain of practice that a plan counts on: in full, one practice is over-credited by about
11 points after a day (`docs/model.md`). A judgement; the range of a planned forecast runs from none of it to all."""

Places = NDArray[np.int64]
Pick = tuple[int, int]
"""An activity and a day, by their places in the case."""
History = tuple[int, ...]
"""When one item is met: twice the place of each day, and one more where it is answered; ascending."""
Met = tuple[int, History]
"""One item, met as its history says."""
Key = tuple[int, int, tuple[Met, ...]]
"""A goal, the day (from 1; 0: none) on which its competency is met last, and its items."""


class Draft(NamedTuple):
    """Activities on days, with what they mean for each item and each goal."""

    picks: tuple[Pick, ...]
    met: tuple[Met, ...]
    keys: tuple[Key, ...]


class Row(NamedTuple):
    """Items on the date: log-odds but for U + S, and damping."""

    offset: Array
    damping: Array


class Gain(NamedTuple):
    """What one more activity (rows) on each day (columns) adds, weighted, and whether the target (or how many of
    them) is unmet then."""

    gain: Array
    unmet: Places


class Effects:
    """The effects of activities for one case. What was worked out once is kept."""

    def __init__(self, arrays: CaseArrays, credit: float = PRACTICE_CREDIT) -> None:
        self.arrays = arrays
        self.credit = credit
        self.weights = np.array([cell.weight for cell in arrays.cells])
        self.targets = np.array([cell.target for cell in arrays.cells])
        self._codes = 2 * len(arrays.days)
        self._now: dict[Met, Sequence[float]] = {}
        self._once_more: dict[Met, Row] = {}
        self._shares: dict[Key, float] = {}
        self._gains: dict[Key, Gain] = {}
        self._no_gain = Gain(
            np.zeros((len(arrays.touched), len(arrays.days))),
            np.zeros((len(arrays.touched), len(arrays.days)), dtype=np.int64),
        )

    def draft(self, picks: Iterable[Pick] = ()) -> Draft:
        draft = Draft(
            (),
            tuple((item, ()) for item in range(len(self.arrays.items.difficulty))),
            tuple((place, 0, tuple((item, ()) for item in cell.items)) for place, cell in enumerate(self.arrays.cells)),
        )
        for pick in picks:
            draft = self.added(draft, pick)
        return draft

    def added(self, draft: Draft, pick: Pick) -> Draft:
        """The draft with one activity more."""
        activity, day = pick
        code, met = 2 * day + self.arrays.is_answered[activity], list(draft.met)
        for item in self.arrays.touched[activity]:
            row = self._once_more.get(met[item])
            met[item] = item, tuple(sorted((*met[item][1], code)))
            if row is not None and met[item] not in self._now:
                self._now[met[item]] = float(row.offset[code]), float(row.damping[code])
        return self._with(draft, (*draft.picks, pick), met, pick)

    def dropped(self, draft: Draft, pick: Pick) -> Draft:
        """The draft with one of its activities less."""
        activity, day = pick
        code, met = 2 * day + self.arrays.is_answered[activity], list(draft.met)
        for item in self.arrays.touched[activity]:
            codes = list(met[item][1])
            codes.remove(code)
            met[item] = item, tuple(codes)
        return self._with(draft, tuple([each for each in draft.picks if each != pick]), met, pick)

    def _with(self, draft: Draft, picks: tuple[Pick, ...], met: list[Met], pick: Pick) -> Draft:
        """The draft with other picks, of which one bears on its goals."""
        keys, goals_of = list(draft.keys), self.arrays.goals_of
        for place in goals_of[pick[0]]:
            last = max(keys[place][1], pick[1] + 1)
            if last == pick[1] + 1:
                last = max([day + 1 for activity, day in picks if place in goals_of[activity]], default=0)
            keys[place] = place, last, tuple([met[item] for item in self.arrays.cells[place].items])
        return Draft(tuple(sorted(picks)), tuple(met), tuple(keys))

    def shares(self, drafts: Sequence[Draft]) -> Array:
        """The expected share of each goal (columns) on the date by each draft (rows), before any correction."""
        keys = [key for draft in drafts for key in draft.keys]
        self._keep_shares([key for key in dict.fromkeys(keys) if key not in self._shares])
        return np.array([self._shares[key] for key in keys]).reshape(len(drafts), len(self.targets))

    def gain(self, draft: Draft) -> Gain:
        """What one more activity adds to all goals, and how many of them stay unmet. Goals that are met stay so."""
        shares = self.shares([draft])[0]
        keys = [key for key, share, target in zip(draft.keys, shares, self.targets, strict=True) if share < target]
        new = [key for key in keys if key not in self._gains]
        self._keep_gains(new)
        gains = [self._gains[key] for key in keys] or [self._no_gain]
        return Gain(sum(each.gain for each in gains), sum(each.unmet for each in gains))  # type: ignore[arg-type]

    def outlooks(self, draft: Draft) -> tuple[GoalOutlook, ...]:
        """The forecast of each goal without the activities and with them."""
        row = self._on_the_date(draft.met, np.array([0.0, self.credit, 1.0]))
        found = []
        for place, last, _ in draft.keys:
            cell, without = self.arrays.cells[place], self.arrays.today.forecast(place)
            centre, items = cell.centre + cell.lift[last], list(cell.items)
            none, some, full = zip(row.offset[items].T, row.damping[items].T, strict=True)
            mean = float(_expected(centre, cell.spread, *some).mean())
            reach = INTERVAL_Z * np.sqrt(cell.spread**2 + float(self.arrays.today.noise[place]))
            low, high = _share(centre - reach, *none), _share(centre + reach, *full)
            mean, low, high = self.arrays.today.correction.told(np.array([mean, low, high])).tolist()
            found.append(GoalOutlook(cell.goal, without, Forecast(mean, low, high, without.answers)))
        return tuple(found)

    def _keep_shares(self, keys: Sequence[Key]) -> None:
        if not keys:
            return
        met = list(chain.from_iterable(key[2] for key in keys))
        missing = [each for each in dict.fromkeys(met) if each not in self._now]
        if missing:
            row = self._on_the_date(missing, np.array([self.credit]))
            self._now.update(zip(missing, np.hstack(row).tolist(), strict=True))
        cells = [self.arrays.cells[key[0]] for key in keys]
        counts = [len(key[2]) for key in keys]
        offset, damping = np.array([self._now[each] for each in met]).T
        centre = np.repeat([cell.centre + cell.lift[key[1]] for cell, key in zip(cells, keys, strict=True)], counts)
        spread = np.repeat([cell.spread for cell in cells], counts)
        expected = _expected(centre, spread, offset, damping)
        totals = np.add.reduceat(expected, np.concatenate(([0], np.cumsum(counts)[:-1])))
        self._shares.update(zip(keys, (totals / counts).tolist(), strict=True))

    def _keep_rows(self, met: Sequence[Met]) -> None:
        """Work out items met at given times, and once more by each code; the last column is without."""
        missing = [each for each in met if each not in self._once_more]
        if missing:
            rows = self._on_the_date(missing, np.array([self.credit]), np.arange(self._codes + 1))
            for place, each in enumerate(missing):
                self._once_more[each] = Row(rows.offset[place], rows.damping[place])

    def _on_the_date(self, met: Sequence[Met], credit: Array, more: Places | None = None) -> Row:
        """Items (rows) met by their codes, on the date; columns are credits, or codes to be met by once more."""
        arrays, rules = self.arrays, Practising(self.arrays.case.shared, credit)
        order = sorted(range(len(met)), key=lambda row: -len(met[row][1]))
        items = np.array([met[row][0] for row in order])[:, None]
        lengths = np.array([len(met[row][1]) for row in order])
        codes = self._steps([met[row][1] for row in order], len(credit), more)
        memories = Memories(*(column[items] + np.zeros(codes.shape[1:]) for column in arrays.items.memories))
        for step, code in enumerate(codes):
            rows = int((lengths + (more is not None) > step).sum())
            before, is_met = Memories(*(column[:rows] for column in memories)), code[:rows] < self._codes
            later = rules.after(before, self._practice(items[:rows], np.where(is_met, code[:rows], 0)))
            for column, old, new in zip(memories, before, later, strict=True):
                column[:rows] = np.where(is_met, new, old)
        left = rules.left(memories, arrays.end)
        offset = left.mean - arrays.items.difficulty[items] - left.novelty * arrays.case.shared.item_novelty[0]
        damping = np.sqrt(1.0 + EIGHTH_PI * (left.variance + arrays.items.difficulty_variance[items]))
        found = Row(np.empty_like(offset), np.empty_like(damping))
        found.offset[order], found.damping[order] = offset, damping
        return found

    def _steps(self, histories: Sequence[History], columns: int, more: Places | None) -> Places:
        """The codes of each step (first axis) by row and column, ascending; where there are none left, past all."""
        longest = len(histories[0])
        past = (self._codes,) * longest
        codes = np.array([(history + past)[:longest] for history in histories], dtype=np.int64).T[:, :, None]
        if more is None:
            return codes + np.zeros(columns, dtype=np.int64)
        codes = np.concatenate((codes + 0 * more, np.broadcast_to(more, (1, len(histories), len(more)))))
        codes.sort(axis=0)
        return codes

    def _practice(self, items: Places, code: Places) -> Practice:
        """Items met by codes."""
        day, known = code // 2, self.arrays.items
        return Practice(
            self.arrays.times[day], code % 2 == 1, known.level[items, day], known.level_variance[items, day]
        )

    def _keep_gains(self, keys: Sequence[Key]) -> None:
        """Goals after each activity on each day: its items are met once more, and the competency is less new."""
        if not keys:
            return
        self._keep_rows(list(dict.fromkeys(chain.from_iterable(key[2] for key in keys))))
        rows = [self._once_more[each] for key in keys for each in key[2]]
        cells, days = [self.arrays.cells[key[0]] for key in keys], np.arange(1, len(self.arrays.days) + 1)
        counts = [len(key[2]) for key in keys]
        levels = [cell.centre + cell.lift[np.maximum(key[1], days)] for cell, key in zip(cells, keys, strict=True)]
        centre = np.repeat(np.array(levels), counts, axis=0)
        spread = np.repeat([cell.spread for cell in cells], counts)[:, None]
        offset, damping = np.array([row.offset for row in rows]), np.array([row.damping for row in rows])
        unchanged = _expected(centre, spread, offset[:, -1:], damping[:, -1:])
        read, answered = (
            _expected(centre, spread, offset[:, codes], damping[:, codes]) - unchanged
            for codes in (slice(0, -1, 2), slice(1, None, 2))
        )
        start = 0
        for key, cell, count in zip(keys, cells, counts, strict=True):
            own = slice(start, start + count)
            start += count
            self._gains[key] = self._gain_of(key, cell, unchanged[own], (read[own], answered[own]))

    def _gain_of(self, key: Key, cell: GoalCell, unchanged: Array, added: tuple[Array, Array]) -> Gain:
        share, target = self._shares[key], cell.target
        after = np.full(self._no_gain.gain.shape, share)
        level = unchanged.sum(axis=0)
        for activities, its_added in zip((cell.lessons, cell.practices), added, strict=True):
            after[activities] = (level + cell.has[activities] @ its_added) / len(unchanged)
        gain = cell.weight * (np.minimum(after, target) - min(share, target))
        return Gain(gain, (after < target - MEETS).astype(np.int64))


def _expected(centre: Array | float, spread: Array | float, offset: Array, damping: Array) -> Array:
    """The expected share of each item over what is not known of U + S."""
    z = np.asarray(spread)[..., None] * NODES + (centre + offset)[..., None]
    z /= -damping[..., None]
    np.exp(z, out=z)
    z += 1.0
    np.reciprocal(z, out=z)
    expected: Array = z @ WEIGHTS
    return expected


def _share(level: float, offset: Array, damping: Array) -> float:
    return float((1.0 / (1.0 + np.exp(-(level + offset) / damping))).mean())
