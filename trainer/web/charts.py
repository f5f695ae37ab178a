"""Geometry of the small charts: templates print it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from math import sqrt

from trainer.domain.mastery import Forecast
from trainer.domain.readiness import MIN_GROUP, Readiness
from trainer.domain.record import Bin
from trainer.domain.review import Day
from trainer.reporting import SnapshotPoint

DOTS_WIDTH = 240
TREND_WIDTH, TREND_HEIGHT, TREND_PAD = 96, 28, 4
PLOT_SIDE, PLOT_LEFT, PLOT_TOP = 240, 64, 10
"""The square of a reliability diagram in a drawing of 328 x 300."""
DOT_RADII = (3.0, 8.0)
"""Of the emptiest and of the fullest bin: the area goes with the number."""
BAR_STEP, BARS_FOOT, BARS_HEIGHT = 12, 92, 72


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


@dataclass(frozen=True, slots=True)
class Bar:
    """A day; the fullest carries its number."""

    x: float
    y: float
    height: float
    words: str


@dataclass(frozen=True, slots=True)
class Bars:
    bars: tuple[Bar, ...]
    ticks: "tuple[Tick, ...]"


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark on both axes of a reliability diagram: how far along, and in words."""

    x: float
    y: float
    words: str


@dataclass(frozen=True, slots=True)
class Dot:
    """A bin: how often it came about at what was forecast, its range of 19 in 20, its size by its number."""

    x: float
    y: float
    top: float
    bottom: float
    radius: float


@dataclass(frozen=True, slots=True)
class Diagram:
    ticks: tuple[Tick, ...]
    dots: tuple[Dot, ...]


def reliability(bins: Sequence[Bin]) -> Diagram:
    """What was forecast to the right, what came about upwards."""
    most = max((each.n for each in bins), default=0)
    ticks = tuple(Tick(_right(share), _up(share), f"{share:.0%}") for share in (0.0, 0.2, 0.4, 0.6, 0.8, 1.0))
    return Diagram(ticks, tuple(dot for each in bins for dot in _dots_of(each, most)))


def _dots_of(each: Bin, most: int) -> Iterator[Dot]:
    if (
        each.forecast is not None
        and each.outcome is not None
        and each.low_end is not None
        and each.high_end is not None
    ):
        smallest, largest = DOT_RADII
        radius = round(max(smallest, largest * sqrt(each.n / most)), 1)
        yield Dot(_right(each.forecast), _up(each.outcome), _up(each.high_end), _up(each.low_end), radius)


def _right(share: float) -> float:
    return round(PLOT_LEFT + PLOT_SIDE * share, 1)


def _up(share: float) -> float:
    return round(PLOT_TOP + PLOT_SIDE * (1 - share), 1)


def day_bars(days: Sequence[Day], words: Callable[[date], str]) -> Bars:
    """One bar for each day on which something comes back, and a date under the first of each week."""
    most = max((each.cards for each in days), default=0)
    fullest = next((number for number, each in enumerate(days) if each.cards == most), None)
    bars = []
    for number, each in enumerate(days):
        if each.cards:
            height = round(max(2.0, BARS_HEIGHT * each.cards / most), 1)
            told = str(each.cards) if number in (0, fullest) else ""
            bars.append(Bar(number * BAR_STEP + 1.5, round(BARS_FOOT - height, 1), height, told))
    ticks = (
        Tick(number * BAR_STEP + 1.5, BARS_FOOT, words(each.on)) for number, each in enumerate(days) if number % 7 == 0
    )
    return Bars(tuple(bars), tuple(ticks))


def dots(forecast: Forecast, target: float | None = None) -> Dots:
    return interval(forecast.low, forecast.mean, forecast.high, target)


def interval(low: float, mean: float, high: float, target: float | None = None) -> Dots:
    low, mean, high = (round(value * DOTS_WIDTH, 1) for value in (low, mean, high))
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
