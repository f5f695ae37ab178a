"""The path through a scenario as a picture: where each mark, word and bar of the drawing stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import NamedTuple

WIDTH = 328
SPINE, TEXT = 18, 42
"""Where the line runs down and where words begin, from the left."""
LINE_HEIGHT, GAP = 17, 20
ROW_CHARS, TITLE_CHARS = 44, 34
MAX_LINES = 2
"""So many lines of what was chosen are drawn; the list beside the picture has all of it."""
BAR_WIDTH, BAR_STEP, BAR_HEIGHT = 80, 96, 6


class Words(NamedTuple):
    x: float
    y: float
    kind: str
    text: str


class Bar(NamedTuple):
    """A meter: the words above it, its ground and how much of that is filled."""

    x: float
    y: float
    filled: float
    words: str


class Mark(NamedTuple):
    """A sign on the line, of a state's colour; a ring is drawn around the one that turned it."""

    y: float
    state: str
    sign: str
    is_turning: bool = False


class Side(NamedTuple):
    """The way that was not taken: from the line at `top` down to `bottom`, where its words begin."""

    top: float
    bottom: float


class Branch(NamedTuple):
    better: tuple[str, ...]
    ending: tuple[str, ...]

    @classmethod
    def of(cls, better: str, ending: str) -> "Branch":
        return cls(_cut(better, ROW_CHARS - 4), _cut(ending, ROW_CHARS - 4))


@dataclass(frozen=True)
class Stop:
    """What is drawn of one step."""

    title: str
    chosen: str
    state: tuple[str, str, str]
    tag: str
    is_turning: bool
    bars: tuple[tuple[str, int], ...]
    branch: Branch | None


@dataclass(frozen=True)
class Picture:
    width: int
    height: float
    spine: tuple[float, float]
    marks: tuple[Mark, ...]
    words: tuple[Words, ...]
    bars: tuple[Bar, ...]
    sides: tuple[Side, ...]


class _Drawing:
    """Puts one thing below the other; `y` is the base line of what comes next."""

    def __init__(self) -> None:
        self.y = 22.0
        self.marks: list[Mark] = []
        self.words: list[Words] = []
        self.bars: list[Bar] = []
        self.sides: list[Side] = []

    def say(self, kind: str, lines: Sequence[str], x: float = TEXT) -> None:
        for line in lines:
            self.words.append(Words(x, self.y, kind, line))
            self.y += LINE_HEIGHT

    def mark(self, state: tuple[str, str, str], *, is_turning: bool = False) -> None:
        self.marks.append(Mark(self.y - 5, state[0], state[2], is_turning))

    def fill(self, bars: Sequence[tuple[str, int]]) -> None:
        for place, (name, value) in enumerate(bars):
            x = TEXT + BAR_STEP * place
            self.bars.append(Bar(x, self.y + 4, round(BAR_WIDTH * value / 100, 1), f"{name} {value}"))
            self.words.append(Words(x, self.y - 2, "meter", f"{name} {value}"))
        self.y += LINE_HEIGHT + BAR_HEIGHT

    def branch(self, branch: Branch) -> None:
        self.sides.append(Side(self.marks[-1].y + 10, self.y - 4))
        self.say("better", branch.better, TEXT + 18)
        self.say("better-end", branch.ending, TEXT + 18)


def draw_path(stops: Sequence[Stop], ending: str, outcome: tuple[str, str, str]) -> Picture:
    drawing = _Drawing()
    for stop in stops:
        drawing.mark(stop.state, is_turning=stop.is_turning)
        drawing.say("title", _cut(stop.title, TITLE_CHARS))
        if stop.tag:
            drawing.say("tag", [stop.tag])
        drawing.say("chosen", _cut(stop.chosen, ROW_CHARS))
        drawing.fill(stop.bars)
        if stop.branch is not None:
            drawing.branch(stop.branch)
        drawing.y += GAP
    drawing.mark(outcome)
    drawing.say("title", _cut(ending, TITLE_CHARS))
    drawing.say("tag", [outcome[1]])
    marks = drawing.marks
    return Picture(
        WIDTH,
        drawing.y,
        (marks[0].y, marks[-1].y),
        tuple(marks),
        tuple(drawing.words),
        tuple(drawing.bars),
        tuple(drawing.sides),
    )


def _cut(text: str, width: int) -> tuple[str, ...]:
    return tuple(wrap(text, width, max_lines=MAX_LINES, placeholder=" …"))
