"""What the regressions know of each answer before it: its item and skill, and counts of what came before."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from math import inf, log1p
from typing import NamedTuple

import numpy as np
from scipy.sparse import csr_matrix

from tests.bench.figures import Array, Mask
from tests.bench.logs import Row, Student

Column = tuple[str, ...]
Days = dict[Column, list[float]]


@dataclass(frozen=True)
class Recipe:
    """Which features a regression has.

    `scopes` are what is counted over: the student's rows of the same skill, of the same item, or all. `counts` are
    what is counted: attempts, wins, losses, studies (exposures without an answer). `windows` are how far back, in days.
    Counts of a skill have a slope that all skills share and one of each skill's own.
    """

    name: str
    has_items: bool
    scopes: tuple[str, ...]
    counts: tuple[str, ...]
    windows: tuple[float, ...] = (inf,)


PFA = Recipe("PFA", False, ("skill",), ("wins", "losses", "studies"))
"""Pavlik, Cen and Koedinger 2009, with logarithms of the counts, which foretell better than the counts."""
BEST_LR = Recipe("Best-LR", True, ("skill", "item", "all"), ("wins", "losses", "studies"))
"""Gervet et al. 2020."""
DAS3H = Recipe("DAS3H", True, ("skill", "item", "all"), ("attempts", "wins", "studies"), (1 / 24, 1.0, 7.0, 30.0, inf))
"""Choffin et al. 2019, with counts of the item and of all besides those of the skill, as Gervet et al. measured it."""
RECIPES = (PFA, BEST_LR, DAS3H)


class Design(NamedTuple):
    """One row an answer, one column a feature; a column may be a skill's own part of a slope that all skills share."""

    matrix: csr_matrix
    is_own_slope: Mask
    correct: Array
    student: Sequence[int]


@dataclass
class _Cells:
    """The matrix while it is written."""

    columns: dict[Column, int] = field(default_factory=dict)
    column: list[int] = field(default_factory=list)
    value: list[float] = field(default_factory=list)
    ends: list[int] = field(default_factory=lambda: [0])

    def add(self, name: Column, value: float) -> None:
        self.column.append(self.columns.setdefault(name, len(self.columns)))
        self.value.append(value)

    def end_row(self) -> None:
        self.ends.append(len(self.column))

    def matrix(self) -> csr_matrix:
        return csr_matrix((self.value, self.column, self.ends), shape=(len(self.ends) - 1, len(self.columns)))


def design(students: Sequence[Student], recipe: Recipe) -> Design:
    """Every answer of the students, in order, with the features that the recipe names."""
    cells = _Cells()
    correct: list[int] = []
    owners: list[int] = []
    for number, student in enumerate(students):
        days: Days = {}
        for row in student.rows:
            if not row.is_study:
                _describe(row, recipe, days, cells)
                correct.append(row.correct)
                owners.append(number)
            _remember(row, recipe, days)
    is_own = np.array([name[0] == "own" for name in cells.columns], dtype=np.bool_)
    return Design(cells.matrix(), is_own, np.array(correct, dtype=np.float64), owners)


def _describe(row: Row, recipe: Recipe, days: Days, cells: _Cells) -> None:
    cells.add(("skill", row.skill), 1.0)
    if recipe.has_items:
        cells.add(("item", row.item), 1.0)
    for scope in recipe.scopes:
        for count in recipe.counts:
            known = days.get(_key(row, scope, count))
            for window, number in _numbers(known, row.day, recipe.windows) if known else ():
                cells.add(("slope", scope, count, window), log1p(number))
                if scope == "skill":
                    cells.add(("own", row.skill, count, window), log1p(number))
    cells.end_row()


def _numbers(known: list[float], day: float, windows: Sequence[float]) -> Iterator[tuple[str, int]]:
    for window in windows:
        number = len(known) - bisect_left(known, day - window)
        if number:
            yield str(window), number


def _remember(row: Row, recipe: Recipe, days: Days) -> None:
    happened = {
        "attempts": not row.is_study,
        "wins": not row.is_study and row.correct == 1,
        "losses": not row.is_study and row.correct == 0,
        "studies": row.is_study,
    }
    for scope in recipe.scopes:
        for count in recipe.counts:
            if happened[count]:
                days.setdefault(_key(row, scope, count), []).append(row.day)


def _key(row: Row, scope: str, count: str) -> Column:
    match scope:
        case "skill":
            return (count, scope, row.skill)
        case "item":
            return (count, scope, row.item)
        case _:
            return (count, scope)
