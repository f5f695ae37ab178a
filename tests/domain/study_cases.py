"""Small cases to plan for, and an exact solver for them."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import product
from random import Random

import numpy as np

from trainer.domain.mastery import Belief, Card, LearnerTerms, Mastery, SharedTerms
from trainer.domain.planning import Activity, ActivityKind, Goal, StudyCase
from trainer.domain.planning.activities import MEETS
from trainer.domain.planning.arrays import arrays_of
from trainer.domain.planning.effects import Effects, Pick

AT = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)
KINDS = tuple(ActivityKind)


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
    )


def activity(id: str, *item_keys: str, minutes: int = 10, kind: ActivityKind = ActivityKind.QUIZ) -> Activity:
    return Activity(id, kind, id.title(), minutes, item_keys)


def random_case(seed: int, *, most_days: int = 4, most_activities: int = 3) -> StudyCase:
    """A person with one to three goals, known or new, who has little time."""
    random = Random(seed)
    names = ("greeting", "clarifying", "deciding")[: random.randint(1, 3)]
    items = {
        name: {f"{name}.{n}": (random.gauss(0.0, 0.5), random.uniform(0.2, 1.5)) for n in range(random.randint(2, 5))}
        for name in names
    }
    count = random.randint(1, most_days)
    free = {AT.date() + timedelta(days=day): random.randint(5, 25) for day in range(count)}
    keys = [key for own in items.values() for key in own]
    activities = tuple(
        activity(
            f"a{number}",
            *random.sample(keys, random.randint(1, min(5, len(keys)))),
            minutes=random.randint(3, 12),
            kind=random.choice(KINDS),
        )
        for number in range(random.randint(1, most_activities))
    )
    made = case({}, items, activities, free=free, terms=random_terms(random, items))
    made = replace(made, on=AT + timedelta(days=count + random.choice((0, 0, 3, 10)), hours=random.randint(0, 8)))
    made = replace(made, goals=tuple(Goal(name, 1.0, random.uniform(0.5, 2), random.random() < 0.6) for name in names))
    return with_targets_between_nothing_and_everything(made, random)


def with_targets_between_nothing_and_everything(study: StudyCase, random: Random) -> StudyCase:
    """Targets that ask for a part of what all activities on all days would bring: many can be reached, many not."""
    arrays = arrays_of(study)
    assert arrays is not None
    effects = Effects(arrays)
    every = effects.draft(product(range(len(study.activities)), range(len(arrays.days))))
    now, most = effects.shares([effects.draft(), every])
    return replace(
        study,
        goals=tuple(
            replace(goal, target=float(low + random.uniform(-0.1, 1.0) * max(0.02, high - low)))
            for goal, low, high in zip(study.goals, now, most, strict=True)
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
    """The best plan of a small case, by trying all. Shortfalls are weighted as the search weighs them."""

    def __init__(self, study: StudyCase) -> None:
        arrays = arrays_of(study)
        assert arrays is not None
        self.arrays, self.effects = arrays, Effects(arrays)
        drafts = [self.effects.draft(picks) for picks in self._all_picks()]
        missing = np.maximum(0.0, self.effects.targets - self.effects.shares(drafts) - MEETS) @ self.effects.weights
        minutes = np.array([sum(arrays.minutes[each] for each, _ in draft.picks) for draft in drafts])
        self.shortfall = float(missing.min())
        self.minutes = float(minutes[missing <= self.shortfall + MEETS].min())

    @property
    def is_reached(self) -> bool:
        return self.shortfall == 0.0

    def shortfall_of(self, shares: Mapping[str, float]) -> float:
        reached = np.array([shares[cell.goal.competency] for cell in self.arrays.cells])
        return float(np.maximum(0.0, self.effects.targets - reached - MEETS) @ self.effects.weights)

    def _all_picks(self) -> Iterator[tuple[Pick, ...]]:
        arrays, count = self.arrays, len(self.arrays.touched)
        by_day = [
            [
                tuple((activity, day) for activity in range(count) if chosen >> activity & 1)
                for chosen in range(2**count)
                if sum(arrays.minutes[activity] for activity in range(count) if chosen >> activity & 1)
                <= arrays.case.free_minutes[date_]
            ]
            for day, date_ in enumerate(arrays.days)
        ]
        for days in product(*by_day):
            picks = tuple(pick for day in days for pick in day)
            read = [activity for activity, _ in picks if not arrays.is_answered[activity]]
            if len(read) == len(set(read)):
                yield picks
