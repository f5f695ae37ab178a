"""Geometry of two melodies on one time axis, and of one's own word over takes: templates print it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from trainer.domain.review import Closeness
from trainer.speech.hearing import PitchOverlay

WIDTH, HEIGHT, LEFT, TOP = 560, 180, 34, 12
"""The plane of the melodies, and where it begins, in a drawing of 600 x 224."""
LEAST_SEMITONES = 6.0
"""Up and down: a voice that hardly moves must not look as if it did."""
TICK_EVERY = 0.5
STEP_WIDTH, STEP_HEIGHT, STEP_PAD = 28.0, 14.0, 8.0
"""From one take to the next, and from one word to a better one."""


@dataclass(frozen=True, slots=True)
class Melody:
    """The lines of both voices, broken where there is no pitch; `apart` are stretches as (x, width)."""

    model: tuple[str, ...]
    take: tuple[str, ...]
    apart: tuple[tuple[float, float], ...]
    middle: float
    seconds: tuple[tuple[float, str], ...]
    semitones: tuple[tuple[float, str], ...]


@dataclass(frozen=True, slots=True)
class Steps:
    """One's own word over takes, from the first to the last: a dot each, higher for closer."""

    points: str
    dots: tuple[tuple[float, float], ...]
    width: float


def steps_of(said: Sequence[Closeness]) -> Steps | None:
    """None before there are two to compare."""
    if len(said) < 2:
        return None
    dots = tuple(
        (STEP_PAD + place * STEP_WIDTH, STEP_PAD + (4 - each) * STEP_HEIGHT) for place, each in enumerate(said)
    )
    return Steps(" ".join(f"{x},{y}" for x, y in dots), dots, dots[-1][0] + STEP_PAD)


def melody_of(overlay: PitchOverlay) -> Melody:
    seen = [abs(each) for each in (*overlay.model, *overlay.take) if each is not None]
    reach = max(LEAST_SEMITONES, *seen) if seen else LEAST_SEMITONES
    length = max(1, len(overlay.model) - 1) * overlay.step

    def x(seconds: float) -> float:
        return round(LEFT + min(1.0, seconds / length) * WIDTH, 1)

    def y(semitones: float) -> float:
        return round(TOP + (1 - semitones / reach) / 2 * HEIGHT, 1)

    def lines(points: Sequence[float | None]) -> Iterator[str]:
        numbered = groupby(enumerate(points), key=lambda pair: pair[1] is None)
        for is_silent, run in numbered:
            if not is_silent:
                yield " ".join(f"{x(place * overlay.step)},{y(each or 0.0)}" for place, each in run)

    ticks = range(int(length / TICK_EVERY) + 1)
    marks = (int(reach), 0, -int(reach))
    return Melody(
        model=tuple(lines(overlay.model)),
        take=tuple(lines(overlay.take)),
        apart=tuple((x(start), round(x(end) - x(start), 1)) for start, end in overlay.disagreements),
        middle=y(0.0),
        seconds=tuple((x(tick * TICK_EVERY), f"{tick * TICK_EVERY:g} s") for tick in ticks),
        semitones=tuple((y(mark), f"{mark:+d}" if mark else "0") for mark in marks),
    )
