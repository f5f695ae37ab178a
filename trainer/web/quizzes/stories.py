"""How a scenario went, as pages tell it: step by step, what would have changed it, and how it scored."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from trainer.domain.content import Competency, Ending, Item, Meter, Option, Scenario
from trainer.domain.scenario import (
    METER_START,
    PathScore,
    Position,
    Step,
    Tally,
    best_way,
    graph_of,
    missed_step,
    missed_steps,
    score_path,
    turning_step,
)
from trainer.web import content
from trainer.web.quizzes.pictures import Branch, Picture, Stop, draw_path
from trainer.wording import METERS, OUTCOMES, effect_state

State = tuple[str, str, str]
ALL_DECISIONS = "All decisions"
ROUNDED = 1e-6


@dataclass(frozen=True)
class Reading:
    """What a meter reads after a step, and how that differs from before."""

    name: str
    value: int
    change: int

    @property
    def words(self) -> str:
        return f"{self.name} {self.value}" + (f" ({self.change:+d})" if self.change else "")


@dataclass(frozen=True)
class Line:
    """One step of the path. `again` is where a form to take the decision anew is sent; None where it was the best."""

    number: int
    title: str
    chosen: Option
    state: State
    readings: tuple[Reading, ...]
    is_turning: bool
    is_missed: bool
    is_given: bool
    again: str | None


@dataclass(frozen=True)
class Change:
    """What would have changed it: the better option at a step, and where the best way from it ends."""

    title: str
    better: Option
    ending: Ending


@dataclass(frozen=True)
class ScoreLine:
    """Points that were reached and those of the best way, of so many decisions each."""

    name: str
    state: State
    taken: str
    best: str


@dataclass(frozen=True)
class Story:
    item: Item
    title: str
    ending: Ending
    lines: tuple[Line, ...]
    missed: Line | None
    change: Change | None
    scores: tuple[ScoreLine, ...]
    picture: Picture


def story_of(
    item: Item, position: Position, scores: Sequence[float], again: Callable[[int], str], given_steps: int = 0
) -> Story | None:
    """The story of a scenario that has ended; None before that, and where its path broke off.

    `scores` are those that were kept with the answers; the first `given_steps` were taken over, not played.
    """
    scenario, ending = item.interaction, position.ending
    if not isinstance(scenario, Scenario) or ending is None:
        return None
    lines = tuple(_lines(scenario, position, ending, again, given_steps))
    change = _change(scenario, position)
    scored = score_path(scenario, item.competencies, position.steps, scores)
    return Story(
        item=item,
        title=scenario.title,
        ending=ending,
        lines=lines,
        missed=next((line for line in lines if line.is_missed), None),
        change=change,
        scores=tuple(_score_line(each, content().competencies) for each in scored),
        picture=_picture(lines, ending, change),
    )


def readings_of(scenario: Scenario, steps: Sequence[Step], number: int) -> tuple[Reading, ...]:
    """What each meter reads after a step."""
    after = steps[number].meters
    return tuple(
        Reading(METERS[meter], after.read(meter), after.read(meter) - _before(steps, number, meter))
        for meter in scenario.meters
    )


def _before(steps: Sequence[Step], number: int, meter: Meter) -> int:
    return steps[number - 1].meters.read(meter) if number else METER_START


def _lines(
    scenario: Scenario, position: Position, ending: Ending, again: Callable[[int], str], given_steps: int
) -> list[Line]:
    steps = position.steps
    turning, missed, below = turning_step(steps, ending), missed_step(steps), missed_steps(steps)
    return [
        Line(
            number=number + 1,
            title=step.node.title,
            chosen=step.choice.option,
            state=effect_state(step.choice.option.effect, step.score),
            readings=readings_of(scenario, steps, number),
            is_turning=step is turning,
            is_missed=step is missed,
            is_given=number < given_steps,
            again=again(number) if number in below else None,
        )
        for number, step in enumerate(steps)
    ]


def _change(scenario: Scenario, position: Position) -> Change | None:
    missed = missed_step(position.steps)
    if missed is None:
        return None
    graph = graph_of(scenario)
    state = graph.follow(position.steps[: position.steps.index(missed)])
    better = next(move for move in graph.moves[state] if move.choice == missed.best)
    way = best_way(scenario, better.to)
    ending = scenario.endings.get(better.to.place) or (way.ending if way else None)
    return Change(missed.node.title, missed.best.option, ending) if ending else None


def _score_line(each: PathScore, competencies: Mapping[str, Competency]) -> ScoreLine:
    name = ALL_DECISIONS if each.competency is None else competencies[each.competency].title
    share, best = each.taken.share, each.best.share or 0.0
    if share is None:
        return ScoreLine(name, ("none", "Not asked on your way", "–"), "–", _points(each.best))
    if share >= best - ROUNDED:
        return ScoreLine(name, ("above", "As the best way", "▲"), _points(each.taken), _points(each.best))
    state = ("near", "Partly", "◇") if share >= best / 2 else ("below", "To look at again", "▽")
    return ScoreLine(name, state, _points(each.taken), _points(each.best))


def _points(tally: Tally) -> str:
    points = f"{tally.points:.1f}".removesuffix(".0")
    return f"{points} of {tally.decisions}"


def _picture(lines: Sequence[Line], ending: Ending, change: Change | None) -> Picture:
    stops = []
    for line in lines:
        tag = "The turning point" if line.is_turning else "Taken over from before" if line.is_given else ""
        branch = None
        if line.is_missed and change is not None:
            words = f"Better: {change.better.text.plain}"
            branch = Branch.of(words, f"Can still end with: {change.ending.title}")
        bars = tuple((each.name, each.value) for each in line.readings)
        stops.append(Stop(line.title, line.chosen.text.plain, line.state, tag, line.is_turning, bars, branch))
    return draw_path(stops, ending.title, OUTCOMES[ending.outcome])
