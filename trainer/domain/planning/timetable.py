"""Which practice fits on which day, with the lessons that it needs read before."""

from collections import Counter
from collections.abc import Sequence
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from trainer.domain.mastery import Array
from trainer.domain.planning.arrays import CaseArrays
from trainer.domain.planning.effects import Pick

MOST_TIMES = 4
"""An item is met so many times at most in one plan: a first time and three more, as successive relearning has it
(Rawson et al. 2013). Further repeats would teach its answer rather than the situation."""
Flags = NDArray[np.bool_]
Reading = tuple[tuple[int, int], ...]
"""Lessons and the days on which they are read, by their places."""


class Timetable:
    """The free minutes of each day. A lesson is read once, on the first day of what needs it or before.

    What fits leaves no day with too much in it, and no item is met more than `MOST_TIMES`.
    """

    def __init__(self, arrays: CaseArrays) -> None:
        self.arrays = arrays
        self.free = np.array([arrays.case.free_minutes[day] for day in arrays.days], dtype=np.float64)
        self.lengths = np.array([lesson.minutes for lesson in arrays.lessons], dtype=np.float64)
        self._with_lesson = np.array([place for place, each in enumerate(arrays.needs) if each is not None], dtype=int)
        self._lesson = np.array([each for each in arrays.needs if each is not None], dtype=int)

    def minutes(self, picks: Sequence[Pick]) -> float:
        """What these practices take, and the lessons that they need."""
        practice = sum(self.arrays.minutes[practice] for practice, _ in picks)
        return float(practice + sum(self.lengths[lesson] for lesson in self._deadlines(picks)))

    def fits(self, picks: Sequence[Pick]) -> bool:
        return self.reading(picks) is not None and max(self.times(picks).values(), default=0) <= MOST_TIMES

    def times(self, picks: Sequence[Pick]) -> Counter[int]:
        """How often each item is met."""
        return Counter(chain.from_iterable(self.arrays.touched[practice] for practice, _ in picks))

    def reading(self, picks: Sequence[Pick]) -> Reading | None:
        """When each lesson is read, as late as can be; None when not all of it fits into the days."""
        spare = self._spare(picks)
        if (spare < 0.0).any():
            return None
        placed = []
        for lesson, last in sorted(self._deadlines(picks).items(), key=lambda each: (-each[1], -self.lengths[each[0]])):
            fits = np.flatnonzero(spare[: last + 1] >= self.lengths[lesson])
            if not len(fits):
                return None
            spare[fits[-1]] -= self.lengths[lesson]
            placed.append((lesson, int(fits[-1])))
        return tuple(sorted(placed))

    def costs(self, picks: Sequence[Pick], banned: Sequence[Pick], *, is_thorough: bool) -> Array:
        """The minutes that each practice (rows) takes on each day (columns), a new lesson included; infinite where it
        does not fit, is planned already or banned. If thorough, lessons may change their days to make room."""
        room, read_on = self._spare(picks), np.full(len(self.lengths), len(self.free))
        spare = room.copy()
        for lesson, day in self.reading(picks) or ():
            spare[day] -= self.lengths[lesson]
            read_on[lesson] = day
        costs: Array = self.arrays.minutes[:, None] + np.zeros(len(spare))
        costs[spare < costs] = np.inf
        if len(self._with_lesson):
            self._add_reading(costs, spare, read_on)
        if is_thorough and len(self.lengths):
            self._make_room(costs, picks, np.isinf(costs) & (self.arrays.minutes[:, None] <= room))
        for practice, day in (*picks, *banned):
            costs[practice, day] = np.inf
        times = self.times(picks)
        worn = [place for place, items in enumerate(self.arrays.touched) if any(times[i] >= MOST_TIMES for i in items)]
        costs[worn] = np.inf
        return costs

    def spent(self, picks: Sequence[Pick], costs: Array) -> Array:
        """The costs, with what is left of each day when no practice fits into it any more."""
        room = self.room(picks)
        is_over = np.isfinite(costs) & (room - costs < self.arrays.minutes.min(initial=np.inf))
        return np.where(is_over, np.maximum(costs, room), costs)

    def room(self, picks: Sequence[Pick]) -> Array:
        """The minutes left of each day, with the lessons on their days."""
        room = self._spare(picks)
        for lesson, day in self.reading(picks) or ():
            room[day] -= self.lengths[lesson]
        return room

    def _make_room(self, costs: Array, picks: Sequence[Pick], blocked: Flags) -> None:
        """What is blocked by lessons only, and is not when these are read on other days."""
        minutes = self.minutes(picks)
        for practice, day in zip(*(each.tolist() for each in blocked.nonzero()), strict=True):
            more = (*picks, (practice, day))
            if self.reading(more) is not None:
                costs[practice, day] = self.minutes(more) - minutes

    def _add_reading(self, costs: Array, spare: Array, read_on: Array) -> None:
        """What the lesson of each practice costs, on the days on which it is not read yet."""
        rows, end = self._with_lesson, len(spare)
        day, length = read_on[self._lesson], self.lengths[self._lesson][:, None]
        sooner = np.maximum.accumulate(np.concatenate(([-np.inf], spare[:-1])))
        needed = costs[rows] + length
        fits = (sooner >= length) | (spare >= needed)
        unread = np.where(fits, np.where(day[:, None] < end, costs[rows], needed), np.inf)
        costs[rows] = np.where(np.arange(end) < day[:, None], unread, costs[rows])

    def _spare(self, picks: Sequence[Pick]) -> Array:
        spare = self.free.copy()
        for practice, day in picks:
            spare[day] -= self.arrays.minutes[practice]
        return spare

    def _deadlines(self, picks: Sequence[Pick]) -> dict[int, int]:
        """The lessons that are needed, and the first day of what needs each."""
        first: dict[int, int] = {}
        for practice, day in picks:
            lesson = self.arrays.needs[practice]
            if lesson is not None:
                first[lesson] = min(day, first.get(lesson, day))
        return first


class Ledger:
    """A timetable as it fills up, one practice after another."""

    def __init__(self, timetable: Timetable, picks: Sequence[Pick]) -> None:
        self._timetable, self._picks = timetable, list(picks)
        self._times = timetable.times(picks)
        self._look_again()

    def takes(self, pick: Pick) -> bool:
        """Enter a practice if it fits."""
        practice, day = pick
        arrays = self._timetable.arrays
        if any(self._times[item] >= MOST_TIMES for item in arrays.touched[practice]):
            return False
        lesson = arrays.needs[practice]
        is_read = lesson is None or self._read_on.get(lesson, day + 1) <= day
        if is_read and self._room[day] >= arrays.minutes[practice]:
            self._room[day] -= arrays.minutes[practice]
            self._picks.append(pick)
        elif self._timetable.reading([*self._picks, pick]) is None:
            return False
        else:
            self._picks.append(pick)
            self._look_again()
        self._times.update(arrays.touched[practice])
        return True

    def _look_again(self) -> None:
        """What is free with the lessons on their days."""
        self._read_on = dict(self._timetable.reading(self._picks) or ())
        self._room = self._timetable.room(self._picks).tolist()
