"""Dynamic time warping: which moment of one sound goes with which of another, and what it costs to say so."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Path:
    """The cheapest way through both sounds: frame `first[k]` of one goes with frame `second[k]` of the other."""

    first: npt.NDArray[np.int64]
    second: npt.NDArray[np.int64]


def distances(first: Floats, second: Floats) -> Floats:
    """The cosine distance of each frame to each, from 0 to 2; one row for each frame of the first."""
    found: Floats = 1 - _unit(first) @ _unit(second).T
    return found


def cheapest(tables: Sequence[Floats]) -> list[float]:
    """What it costs to warp onto each: the mean distance along the cheapest way. All have the same rows."""
    rows, widest = len(tables[0]), max(table.shape[1] for table in tables)
    padded = np.full((len(tables), rows, widest), np.inf, np.float32)
    for place, table in zip(padded, tables, strict=True):
        place[:, : table.shape[1]] = table
    sums = _sums(padded)
    ends = [rows + table.shape[1] for table in tables]
    return [float(sums[end - 2, which, rows - 1] / end) for which, end in enumerate(ends)]


def align(table: Floats) -> Path:
    """The cheapest way from the first frames of both to the last."""
    sums = _sums(table[np.newaxis])[:, 0]
    row, column = len(table) - 1, table.shape[1] - 1
    way = [(row, column)]
    while row or column:
        both, up, left = _step(sums, row - 1, column - 1), _step(sums, row - 1, column), _step(sums, row, column - 1)
        straight = both + float(table[row, column])
        if straight <= up and straight <= left:
            row, column = row - 1, column - 1
        elif up <= left:
            row -= 1
        else:
            column -= 1
        way.append((row, column))
    steps = np.array(way[::-1], np.int64)
    return Path(steps[:, 0], steps[:, 1])


def _step(sums: Floats, row: int, column: int) -> float:
    return float(sums[row + column, row]) if row >= 0 and column >= 0 else float("inf")


def _sums(tables: Floats) -> Floats:
    """The least sum of distances up to each cell, by anti-diagonal, table and row: [row + column, table, row].

    A step in one sound only counts its cell once, a step in both twice, so that all ways weigh the same. Cells of one
    anti-diagonal depend on the two before it only, and so are counted at once, for all tables.
    """
    count, rows, columns = tables.shape
    skewed = np.pad(tables, ((0, 0), (0, 0), (0, rows)), constant_values=np.inf).reshape(count, -1)[:, :-rows]
    by_diagonal = np.ascontiguousarray(skewed.reshape(count, rows, rows + columns - 1).transpose(2, 0, 1))
    sums = np.full((rows + columns - 1, count, rows), np.inf, np.float32)
    before, last = (np.full((count, rows + 1), np.inf, np.float32) for _ in range(2))
    before[:, 0] = 0
    now, twice = np.empty_like(before), np.empty_like(sums[0])
    now[:, 0] = np.inf
    for diagonal, cells in enumerate(by_diagonal):
        into = now[:, 1:]
        np.minimum(last[:, 1:], last[:, :-1], out=into)
        into += cells
        np.add(cells, cells, out=twice)
        twice += before[:, :-1]
        np.minimum(into, twice, out=into)
        sums[diagonal] = into
        before[:, 0] = np.inf
        before, last, now = last, now, before
    return sums


def _unit(frames: Floats) -> Floats:
    length = np.linalg.norm(frames, axis=1, keepdims=True)
    found: Floats = (frames / np.maximum(length, 1e-6)).astype(np.float32)
    return found
