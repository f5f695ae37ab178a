"""One person's case as arrays: goals, items and practices by their places, and what is known of each on each day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from trainer.domain.mastery import Array, Cell, Outlook, days_between, fade, gather, outlook
from trainer.domain.planning.activities import Activity, ActivityKind, Goal, StudyCase
from trainer.domain.planning.doubt import Doubt, Places, doubt_of
from trainer.domain.planning.memories import Memories, known

MUST_WEIGHT = 10.0
"""A must-have counts so many times as much as another goal of the same weight."""


@dataclass(frozen=True, slots=True)
class GoalCell:
    """One goal: its items, what is known of U + S on the date, and which practice has which of them.

    `lift[l]` is by how much U + S less novelty is higher when the competency was last met on day l - 1 (0: as today).
    `practices` are those that have any of its items; `columns` are the items of each, one practice after another, and
    `sizes` how many each has.
    """

    goal: Goal
    items: tuple[int, ...]
    centre: float
    spread: float
    answers: int
    lift: Array
    practices: Places
    columns: Places
    sizes: Places
    weight: float


@dataclass(frozen=True, slots=True)
class ItemArrays:
    """What is known of each item today, and what else than memory and novelty bears on it (columns: days)."""

    memories: Memories
    difficulty: Array
    difficulty_variance: Array
    level: Array
    level_variance: Array

    @property
    def variance(self) -> Array:
        """What is not known of each item itself."""
        total: Array = self.memories.variance + self.difficulty_variance
        return total


class Shape(NamedTuple):
    """When something can be planned, in days from now, and whether each practice (rows) has each item (columns)."""

    times: Array
    has: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class CaseArrays:
    """`times` are days from `case.at` to each planning day; `end` to the date. Goals without items are left out.

    `practices` are the activities that let one meet any item of a goal; `needs` is the lesson of each, by its place
    in `lessons`, or None.
    """

    case: StudyCase
    days: tuple[date, ...]
    times: Array
    end: float
    today: Outlook
    cells: tuple[GoalCell, ...]
    doubt: Doubt
    items: ItemArrays
    practices: tuple[Activity, ...]
    touched: tuple[tuple[int, ...], ...]
    goals_of: tuple[tuple[int, ...], ...]
    minutes: Array
    lessons: tuple[Activity, ...]
    needs: tuple[int | None, ...]


def arrays_of(case: StudyCase) -> CaseArrays | None:
    """The case as arrays; None when no goal has an item."""
    goals = tuple(goal for goal in case.goals if case.items.get(goal.competency))
    if not goals:
        return None
    days = case.days()
    moments = [max(case.at, datetime.combine(day, time(12), case.at.tzinfo)) for day in days]
    times = np.array([days_between(case.at, moment) for moment in moments])
    cells = [_cell(case, goal) for goal in goals]
    today = outlook(gather(cells, case.shared.constants), case.on, case.shared)
    places = {key: place for place, key in enumerate(dict.fromkeys(k for g in goals for k in case.items[g.competency]))}
    practices = tuple(each for each in case.activities if not places.keys().isdisjoint(each.item_keys))
    touched = tuple(
        tuple(places[key] for key in dict.fromkeys(activity.item_keys) if key in places) for activity in practices
    )
    own = [[places[key] for key in case.items[goal.competency]] for goal in goals]
    items, has = _item_arrays(case, cells, own, moments), np.zeros((len(touched), len(places)), dtype=np.bool_)
    for practice, its_items in enumerate(touched):
        has[practice, list(its_items)] = True
    shape = Shape(times, has)
    goal_cells = tuple(
        _goal_cell(case, goal, place, today, items, own[place], shape) for place, goal in enumerate(goals)
    )
    spread = today.ability_variance + today.state_variance
    of_an_item = np.array([items.variance[its_items].mean() for its_items in own])
    lessons = tuple(each for each in case.activities if each.kind is ActivityKind.LESSON)
    by_id = {lesson.id: place for place, lesson in enumerate(lessons)}
    return CaseArrays(
        case=case,
        days=days,
        times=times,
        end=days_between(case.at, case.on),
        today=today,
        cells=goal_cells,
        doubt=doubt_of(case, goals, spread + today.noise, spread + of_an_item),
        items=items,
        practices=practices,
        touched=touched,
        goals_of=_goals_of(goal_cells, touched),
        minutes=np.array([activity.minutes for activity in practices], dtype=np.float64),
        lessons=lessons,
        needs=tuple(None if activity.needs is None else by_id[activity.needs] for activity in practices),
    )


def _cell(case: StudyCase, goal: Goal) -> Cell:
    terms, items = case.terms, case.items[goal.competency]
    return Cell(
        ability=terms.ability,
        state=terms.states.get(goal.competency),
        memories=[terms.memories.get(key) for key in items],
        items=list(items.values()),
        competency=case.shared.competencies.get(goal.competency) or (0.0, case.shared.constants.competency_variance),
    )


def _goal_cell(
    case: StudyCase, goal: Goal, place: int, today: Outlook, items: ItemArrays, own: Sequence[int], shape: Shape
) -> GoalCell:
    """The goal whose items are `own`."""
    has = shape.has[:, list(own)]
    state = case.terms.states.get(goal.competency)
    age = np.inf if state is None else days_between(state.at, case.on)
    ages = np.minimum(np.concatenate(([age], days_between(case.at, case.on) - shape.times)), age)
    novelty = 1.0 - 1.0 / (1.0 + ages / case.shared.constants.novelty_days)
    return GoalCell(
        goal=goal,
        items=tuple(own),
        centre=float(today.ability[place] + today.state[place]),
        spread=float(np.sqrt(today.ability_variance[place] + today.state_variance[place])),
        answers=int(today.answers[place]),
        lift=case.shared.competency_novelty[0] * (novelty[0] - novelty),
        practices=np.flatnonzero(has.any(axis=1)),
        columns=np.nonzero(has)[1],
        sizes=has.sum(axis=1, dtype=np.int64)[has.any(axis=1)],
        weight=goal.weight * (MUST_WEIGHT if goal.is_must else 1.0),
    )


def _goals_of(goals: Sequence[GoalCell], touched: Sequence[tuple[int, ...]]) -> tuple[tuple[int, ...], ...]:
    """The goals of each practice."""
    own = [set(goal.items) for goal in goals]
    return tuple(
        tuple(place for place, items in enumerate(own) if not items.isdisjoint(its_items)) for its_items in touched
    )


def _item_arrays(
    case: StudyCase, cells: Sequence[Cell], own: Sequence[Sequence[int]], moments: list[datetime]
) -> ItemArrays:
    beliefs = {key: belief for goal in case.goals for key, belief in case.items.get(goal.competency, {}).items()}
    difficulty, difficulty_variance = np.array(list(beliefs.values())).T
    memories = [case.terms.memories.get(key) for key in beliefs]
    ages = [0.0 if memory is None else days_between(memory.at, case.at) for memory in memories]
    level, variance = _levels(case, cells, own, len(beliefs), moments)
    return ItemArrays(
        memories=known(memories, case.shared.constants.memory_variance, [-age for age in ages]),
        difficulty=difficulty,
        difficulty_variance=difficulty_variance,
        level=level - difficulty[:, None],
        level_variance=variance + difficulty_variance[:, None],
    )


def _levels(
    case: StudyCase, cells: Sequence[Cell], own: Sequence[Sequence[int]], count: int, moments: Sequence[datetime]
) -> tuple[Array, Array]:
    """M + U + mean(S) - mean(D_c) of each item on each day, with the variance.

    The competency counts as no longer new, so that what practice brings is not overstated.
    """
    constants, shared = case.shared.constants, case.shared
    ability = np.array(
        [fade(case.terms.ability, constants.ability_variance, constants.ability_days, moment) for moment in moments]
    ).reshape(len(moments), 2)
    states = np.array(
        [fade(cell.state, constants.state_variance, constants.state_days, m) for cell in cells for m in moments]
    ).reshape(len(cells), len(moments), 2)
    hard = np.array([cell.competency for cell in cells])[:, None, :]
    part = np.zeros((count, len(cells)))
    for place, items in enumerate(own):
        part[list(items), place] = 1.0
    part /= part.sum(axis=1, keepdims=True)
    level = part @ (states[..., 0] - hard[..., 0]) + ability[:, 0] + shared.population[0]
    variance = (part * part) @ (states[..., 1] + hard[..., 1]) + ability[:, 1] + shared.population[1]
    return level, variance
