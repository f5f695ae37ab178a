"""Small cases to plan for, and an exact solver for them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import product
from random import Random

import numpy as np

from trainer.domain.mastery import Belief, Card, LearnerTerms, Mastery, SharedTerms
from trainer.domain.planning import Activity, ActivityKind, Goal, StudyCase, StudyPlan
from trainer.domain.planning.activities import MEETS
from trainer.domain.planning.arrays import arrays_of
from trainer.domain.planning.effects import Effects, Pick
from trainer.domain.planning.timetable import MOST_TIMES
from trainer.domain.readiness import Rules

AT = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)
KINDS = ActivityKind.QUIZ, ActivityKind.REVIEW
MIDDLE_ONLY = Rules(min_answers=0, max_width=1.0, ready_margin=1.0)
"""Rules by which the middle of the forecast alone says what is ready."""


def days_free(count: int, minutes: int = 20) -> dict[date, int]:
    return {AT.date() + timedelta(days=day): minutes for day in range(count)}


def case(
    goals: Mapping[str, float],
    items: Mapping[str, Mapping[str, Belief]],
    activities: tuple[Activity, ...],
    *,
    free: Mapping[date, int] | None = None,
    terms: LearnerTerms | None = None,
    on: datetime | None = None,
    rules: Rules = MIDDLE_ONLY,
) -> StudyCase:
    """Targets by competency, all must-haves."""
    free = days_free(7) if free is None else free
    return StudyCase(
        goals=tuple(Goal(name, target) for name, target in goals.items()),
        items=items,
        terms=terms or LearnerTerms(),
        shared=SharedTerms(),
        activities=activities,
        free_minutes=free,
        at=AT,
        on=on or AT + timedelta(days=len(free)),
        rules=rules,
    )


def activity(
    id: str, *item_keys: str, minutes: int = 10, kind: ActivityKind = ActivityKind.QUIZ, needs: str | None = None
) -> Activity:
    return Activity(id, kind, id.title(), minutes, item_keys, needs)


def lesson(id: str, minutes: int = 8) -> Activity:
    return Activity(id, ActivityKind.LESSON, id.title(), minutes)


def random_case(seed: int, *, most_days: int = 4, most_activities: int = 3) -> StudyCase:
    """A person with one to three goals, known or new, who has little time; some quizzes need a lesson read before."""
    random = Random(seed)
    names = ("greeting", "clarifying", "deciding")[: random.randint(1, 3)]
    items = {
        name: {f"{name}.{n}": (random.gauss(0.0, 0.5), random.uniform(0.2, 1.5)) for n in range(random.randint(2, 5))}
        for name in names
    }
    count = random.randint(1, most_days)
    free = {AT.date() + timedelta(days=day): random.randint(5, 25) for day in range(count)}
    keys = [key for own in items.values() for key in own]
    lessons = tuple(lesson(f"l{number}", random.randint(2, 9)) for number in range(random.randint(0, 2)))
    activities = tuple(
        activity(
            f"a{number}",
            *random.sample(keys, random.randint(1, min(5, len(keys)))),
            minutes=random.randint(3, 12),
            kind=random.choice(KINDS),
            needs=random.choice((None, *(each.id for each in lessons))),
        )
        for number in range(random.randint(1, most_activities))
    )
    rules = random.choice((MIDDLE_ONLY, Rules(), Rules(random.randint(0, 8), 0.8, random.uniform(0.1, 0.4))))
    made = case({}, items, (*lessons, *activities), free=free, terms=random_terms(random, items), rules=rules)
    made = replace(made, on=AT + timedelta(days=count + random.choice((0, 0, 3, 10)), hours=random.randint(0, 8)))
    made = replace(made, goals=tuple(Goal(name, 1.0, random.uniform(0.5, 2), random.random() < 0.6) for name in names))
    return with_targets_between_nothing_and_everything(made, random)


def with_targets_between_nothing_and_everything(study: StudyCase, random: Random) -> StudyCase:
    """Targets that ask for a part of what all practice on all days would bring: many can be reached, many not."""
    arrays = arrays_of(study)
    assert arrays is not None
    effects = Effects(arrays)
    every = effects.draft(product(range(len(arrays.practices)), range(len(arrays.days))))
    gains = [(goal.without.mean, goal.planned.mean) for goal in effects.outlooks(every)]
    return replace(
        study,
        goals=tuple(
            replace(goal, target=float(low + random.uniform(-0.1, 1.0) * max(0.02, high - low)))
            for goal, (low, high) in zip(study.goals, gains, strict=True)
        ),
    )


def random_terms(random: Random, items: Mapping[str, Mapping[str, Belief]]) -> LearnerTerms:
    """Someone who has met each competency and each item with an even chance."""
    terms = LearnerTerms(ability=Mastery(random.gauss(0.3, 0.8), random.uniform(0.2, 1.3), _before(random), 9))
    for name, own in items.items():
        if random.random() < 0.5:
            terms.states[name] = Mastery(random.gauss(0.0, 0.4), random.uniform(0.1, 0.35), _before(random), 6)
            for key in own:
                if random.random() < 0.5:
                    card = Card(random.uniform(0.3, 20.0), random.uniform(1.0, 10.0))
                    terms.memories[key] = Mastery(
                        random.gauss(0.3, 0.6), random.uniform(0.3, 0.85), _before(random), 2, card
                    )
    return terms


def _before(random: Random) -> datetime:
    return AT - timedelta(days=random.uniform(0.0, 40.0))


class Exact:
    """The best plan of a small case, by trying all. Shortfalls are weighted as the search weighs them.

    `aims` are the goals that are to be ready by the rules, of the others the middle is to reach the target.
    """

    def __init__(self, study: StudyCase, aims: Sequence[bool] | None = None) -> None:
        arrays = arrays_of(study)
        assert arrays is not None
        self.arrays, self.effects = arrays, Effects(arrays, aims)
        found = list(self._all_picks())
        levels = self.effects.levels([self.effects.draft(picks) for picks, _ in found])
        missing = np.maximum(0.0, self.effects.targets - levels - MEETS) @ self.effects.weights
        minutes = np.array([minutes for _, minutes in found])
        self.shortfall = float(missing.min())
        self.minutes = float(minutes[missing <= self.shortfall + MEETS].min())

    @property
    def is_reached(self) -> bool:
        return self.shortfall == 0.0

    def shortfall_of(self, plan: StudyPlan) -> float:
        ids, days = [each.id for each in self.arrays.practices], self.arrays.days
        picks = [
            (ids.index(each.id), days.index(day.day)) for day in plan.days for each in day.activities if each.item_keys
        ]
        missing = self.effects.targets - self.effects.levels([self.effects.draft(picks)])[0] - MEETS
        return float(np.maximum(0.0, missing) @ self.effects.weights)

    def _all_picks(self) -> Iterator[tuple[tuple[Pick, ...], float]]:
        """All that fits into the days, with the minutes that it takes."""
        arrays, count = self.arrays, len(self.arrays.practices)
        free = [arrays.case.free_minutes[day] for day in arrays.days]
        by_day = [
            [
                tuple((practice, day) for practice in range(count) if chosen >> practice & 1)
                for chosen in range(2**count)
                if sum(arrays.minutes[practice] for practice in range(count) if chosen >> practice & 1) <= free[day]
            ]
            for day in range(len(free))
        ]
        for days in product(*by_day):
            picks = tuple(pick for day in days for pick in day)
            lessons = {arrays.needs[practice] for practice, _ in picks} - {None}
            if self._times(picks) <= MOST_TIMES and self._can_be_read(picks, free):
                read = sum(arrays.lessons[each].minutes for each in lessons if each is not None)
                yield picks, float(read + sum(arrays.minutes[practice] for practice, _ in picks))

    def _times(self, picks: tuple[Pick, ...]) -> int:
        """How often the item is met that is met most."""
        met = [item for practice, _ in picks for item in self.arrays.touched[practice]]
        return max(map(met.count, met), default=0)

    def _can_be_read(self, picks: tuple[Pick, ...], free: list[int]) -> bool:
        """Whether each lesson has room on the first day of what needs it or before, in any way there is."""
        arrays = self.arrays
        last: dict[int, int] = {}
        for practice, day in picks:
            needed = arrays.needs[practice]
            if needed is not None:
                last[needed] = min(day, last.get(needed, day))
        for days in product(*(range(day + 1) for day in last.values())):
            spare = [float(each) for each in free]
            for practice, day in picks:
                spare[day] -= arrays.minutes[practice]
            for needed, day in zip(last, days, strict=True):
                spare[day] -= arrays.lessons[needed].minutes
            if min(spare) >= 0:
                return True
        return False
