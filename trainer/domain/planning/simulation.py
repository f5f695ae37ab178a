"""What is left on the date of the memory of items that are met on given days."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from trainer.domain.mastery import Array
from trainer.domain.mastery.shared import EIGHTH_PI
from trainer.domain.planning.arrays import CaseArrays
from trainer.domain.planning.doubt import Places
from trainer.domain.planning.memories import Memories, Practice, Practising

History = tuple[int, ...]
"""The days on which one item is met, by their places, ascending."""
Met = tuple[int, History]
"""One item, met as its history says."""


class Row(NamedTuple):
    """Items on the date: log-odds but for U + S, and damping."""

    offset: Array
    damping: Array


class Simulation:
    """Meets the items of a case on days; `credit` is the part of the modelled gain of practice to count on."""

    def __init__(self, arrays: CaseArrays, credit: float) -> None:
        self.arrays = arrays
        self._rules = Practising(arrays.case.shared, credit)

    def on_the_date(self, met: Sequence[Met], more: Places | None = None) -> Row:
        """Items (rows) met on their days, on the date; columns are days to be met on once more, the last of them none.

        Rows go from the longest history to the shortest, so that each step is taken by the first so many.
        """
        arrays, rules = self.arrays, self._rules
        lengths = np.array([len(history) for _, history in met])
        order = np.argsort(-lengths, kind="stable")
        items, longest = np.array([item for item, _ in met])[order, None], int(lengths.max())
        taking = (lengths[:, None] > np.arange(longest + 1)).sum(axis=0).tolist()
        steps = self._steps([met[row][1] for row in order], longest, more)
        memories = Memories(*(column[items] + np.zeros(steps.shape[1:]) for column in arrays.items.memories))
        for step, days in enumerate(steps):
            rows = taking[step] if more is None else taking[step - 1] if step else len(met)
            before = Memories(*(column[:rows] for column in memories))
            later = rules.after(before, self._practice(items[:rows], days[:rows]), is_first=not step)
            for column, old, new in zip(memories, before, later, strict=True):
                if more is not None:
                    new[taking[step] :, -1] = old[taking[step] :, -1]
                column[:rows] = new
        left = rules.left(memories, arrays.end)
        offset = left.mean - arrays.items.difficulty[items] - left.novelty * arrays.case.shared.item_novelty[0]
        damping = np.sqrt(1.0 + EIGHTH_PI * (left.variance + arrays.items.difficulty_variance[items]))
        found = Row(np.empty_like(offset), np.empty_like(damping))
        found.offset[order], found.damping[order] = offset, damping
        return found

    def _steps(self, histories: Sequence[History], longest: int, more: Places | None) -> Places:
        """The days of each step (first axis) by row and column, ascending; where there are none left, the last day."""
        last = len(self.arrays.days)
        past = (last,) * longest
        days = np.array([(history + past)[:longest] for history in histories], dtype=np.int64).reshape(
            len(histories), longest
        )
        steps = days.T[:, :, None]
        if more is not None:
            steps = np.concatenate((steps + 0 * more, np.broadcast_to(more, (1, len(histories), len(more)))))
            steps.sort(axis=0)
        return np.minimum(steps, last - 1)

    def _practice(self, items: Places, day: Places) -> Practice:
        """Items answered on days."""
        known = self.arrays.items
        return Practice(self.arrays.times[day], known.level[items, day], known.level_variance[items, day])
