"""Geometry of the small charts: templates print it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from trainer.domain.mastery import Forecast
from trainer.domain.readiness import MIN_GROUP, Readiness
from trainer.reporting import SnapshotPoint

DOTS_WIDTH = 240
TREND_WIDTH, TREND_HEIGHT, TREND_PAD = 96, 28, 4


@dataclass(frozen=True, slots=True)
class Dots:
    """A forecast on a line from 0 to 1, in units of the drawing."""

    low: float
    mean: float
    high: float
    target: float | None


@dataclass(frozen=True, slots=True)
class Line:
    points: str
    end_x: float
    end_y: float


def dots(forecast: Forecast, target: float | None = None) -> Dots:
    low, mean, high = (round(value * DOTS_WIDTH, 1) for value in (forecast.low, forecast.mean, forecast.high))
    return Dots(low, mean, high, None if target is None else round(target * DOTS_WIDTH, 1))


def trend(points: Sequence[SnapshotPoint], today: date, readiness: Readiness) -> Line | None:
    """Expected ready people over time, up to now; None without an earlier day, or when it would tell of few people."""
    before = [(point.taken_on.toordinal(), point.expected_ready) for point in points if point.taken_on < today]
    if not before or readiness.people < MIN_GROUP:
        return None
    line = [*before, (today.toordinal(), readiness.expected_ready)]
    first, last = line[0][0], line[-1][0]
    top = max(1.0, *(expected for _, expected in line))
    places = [
        (
            TREND_PAD + (TREND_WIDTH - 2 * TREND_PAD) * (day - first) / (last - first),
            TREND_HEIGHT - TREND_PAD - (TREND_HEIGHT - 2 * TREND_PAD) * expected / top,
        )
        for day, expected in line
    ]
    return Line(" ".join(f"{x:.1f},{y:.1f}" for x, y in places), round(places[-1][0], 1), round(places[-1][1], 1))
