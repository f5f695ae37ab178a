"""Where the steps of a scenario stand in its drawing: from left to right, each with its choices, and lines between."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from textwrap import shorten
from typing import NamedTuple

from trainer.domain.content import Outcome, Prose, Scenario
from trainer.wording import OUTCOMES

BOX_WIDTH, COLUMN_GAP, ROW_GAP, MARGIN = 232, 96, 44, 24
HEAD_HEIGHT, CHOICE_HEIGHT, CONDITION_HEIGHT, ENDING_HEIGHT = 30, 22, 15, 48
TITLE_CHARS, WORDS_CHARS = 30, 36


class ChoiceRow(NamedTuple):
    """A choice in words: what it does, when it is offered, and where it leads under which condition."""

    id: str
    text: Prose
    state: tuple[str, str, str]
    moves: str
    when: str
    targets: tuple[tuple[str, str], ...]
    is_best: bool
    is_flagged: bool


class NodeBox(NamedTuple):
    id: str
    title: str
    is_repair: bool
    choices: tuple[ChoiceRow, ...]

    @property
    def height(self) -> int:
        return HEAD_HEIGHT + sum(_row_height(choice) for choice in self.choices) + 6


class DrawnChoice(NamedTuple):
    y: float
    label: str
    when: str
    state: str
    sign: str
    is_best: bool


class DrawnBox(NamedTuple):
    """A step, or an ending with its outcome, at its place."""

    x: float
    y: float
    height: float
    title: str
    kind: str
    under: str
    choices: tuple[DrawnChoice, ...]


class Line(NamedTuple):
    """From a choice to where it leads; dashed where it leads there under a condition only."""

    path: str
    is_best: bool
    is_conditional: bool


@dataclass(frozen=True)
class MapPicture:
    width: float
    height: float
    boxes: tuple[DrawnBox, ...]
    lines: tuple[Line, ...]


def draw_map(scenario: Scenario, nodes: Sequence[NodeBox]) -> MapPicture:
    heights = {node.id: node.height for node in nodes} | dict.fromkeys(scenario.endings, ENDING_HEIGHT)
    columns = _columns(scenario)
    places = _places(columns, heights)
    boxes = [_node(node, *places[node.id]) for node in nodes if node.id in places]
    boxes += [_ending(scenario, name, *places[name]) for name in scenario.endings if name in places]
    lines = [line for node in nodes if node.id in places for line in _lines(node, places, heights)]
    lines.sort(key=lambda line: line.is_best)
    return MapPicture(
        width=max(x for x, _ in places.values()) + BOX_WIDTH + MARGIN,
        height=max(y + heights[name] for name, (_, y) in places.items()) + MARGIN,
        boxes=tuple(boxes),
        lines=tuple(lines),
    )


def _columns(scenario: Scenario) -> list[list[str]]:
    """The steps by how many choices lead to each at least, repairs below; the endings in a column of their own."""
    columns: list[list[str]] = []
    seen: set[str] = set()
    level = [scenario.start]
    while level:
        seen.update(level)
        columns.append(sorted(level, key=lambda name: scenario.nodes[name].is_repair))
        targets = (
            target
            for name in columns[-1]
            for choice in scenario.nodes[name].choices
            for target in reversed(choice.targets)
        )
        level = [name for name in dict.fromkeys(targets) if name in scenario.nodes and name not in seen]
    order = list(Outcome)
    columns.append(sorted(scenario.endings, key=lambda name: order.index(scenario.endings[name].outcome)))
    return columns


def _places(columns: Sequence[Sequence[str]], heights: Mapping[str, int]) -> dict[str, tuple[float, float]]:
    """The upper left corner of each; every column stands in the middle of the height."""
    totals = [sum(heights[name] + ROW_GAP for name in column) - ROW_GAP for column in columns]
    tallest = max(totals)
    places: dict[str, tuple[float, float]] = {}
    for number, column in enumerate(columns):
        y = MARGIN + (tallest - totals[number]) / 2
        for name in column:
            places[name] = MARGIN + number * (BOX_WIDTH + COLUMN_GAP), y
            y += heights[name] + ROW_GAP
    return places


def _node(node: NodeBox, x: float, y: float) -> DrawnBox:
    drawn = []
    below = y + HEAD_HEIGHT
    for choice in node.choices:
        label = f"{choice.id}  {choice.moves}" + ("  ⚑" if choice.is_flagged else "")
        when = shorten(f"if {choice.when}", WORDS_CHARS, placeholder=" …") if choice.when else ""
        drawn.append(DrawnChoice(below + 15, label, when, choice.state[0], choice.state[2], choice.is_best))
        below += _row_height(choice)
    kind = "repair" if node.is_repair else "step"
    title = shorten(f"{node.id} · {node.title}", TITLE_CHARS, placeholder=" …")
    return DrawnBox(x, y, node.height, title, kind, "repair" if node.is_repair else "", tuple(drawn))


def _ending(scenario: Scenario, name: str, x: float, y: float) -> DrawnBox:
    ending = scenario.endings[name]
    state, words, sign = OUTCOMES[ending.outcome]
    title = shorten(ending.title, TITLE_CHARS, placeholder=" …")
    return DrawnBox(x, y, ENDING_HEIGHT, title, f"ending-{state}", f"{sign} {words}", ())


def _lines(node: NodeBox, places: Mapping[str, tuple[float, float]], heights: Mapping[str, int]) -> list[Line]:
    x, y = places[node.id]
    lines = []
    below = y + HEAD_HEIGHT
    for choice in node.choices:
        for target, when in choice.targets:
            if target in places:
                to_x, to_y = places[target]
                path = _curve(x, below + 11, to_x, to_y + min(heights[target] / 2, 20))
                is_conditional = bool(when) and when != "otherwise"
                lines.append(Line(path, choice.is_best and not is_conditional, is_conditional))
        below += _row_height(choice)
    return lines


def _curve(x: float, y: float, to_x: float, to_y: float) -> str:
    """To the right in an S; back to the left around below."""
    start = x + BOX_WIDTH
    if to_x > x:
        middle = COLUMN_GAP / 2
        return f"M{start:g} {y:g} C{start + middle:g} {y:g} {to_x - middle:g} {to_y:g} {to_x:g} {to_y:g}"
    end, bend = to_x + BOX_WIDTH, COLUMN_GAP * 0.6
    return f"M{start:g} {y:g} C{start + bend:g} {y:g} {end + bend:g} {to_y:g} {end:g} {to_y:g}"


def _row_height(choice: ChoiceRow) -> int:
    return CHOICE_HEIGHT + (CONDITION_HEIGHT if choice.when else 0)
