"""Times the least study for a team: `python -m tests.bench.planning` prints a table, with `--json` the figures.

Twenty people, each with four or ten goals of eight items, for each goal three quizzes and a lesson, over twenty-one
days. On a busy machine read `ratio`: the best time in units of a fixed loop of numpy and Python, timed in the same run.
"""

import argparse
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, timedelta
from random import Random
from statistics import median
from time import perf_counter

import numpy as np

from trainer.domain.mastery import Card, LearnerTerms, Mastery, SharedTerms
from trainer.domain.planning import Activity, ActivityKind, Goal, StudyCase, StudyPlan, least_study
from trainer.domain.readiness import Rules

PEOPLE, GOALS, ITEMS, DAYS = 20, 10, 8, 21
TARGET_MS = 200.0
AT = datetime(2026, 11, 12, 9, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Timed:
    """One kind of team; `reached` counts the people whose targets can be reached.

    `ready` are those then expected to be ready. `total_ms` is the median of the rounds, `best_ms` the sum of each
    person's best: nearer to that of a quiet core.
    """

    team: str
    total_ms: float
    best_ms: float
    slowest_ms: float
    reached: int
    activities: float
    minutes: float
    ready: int
    ratio: float


def main() -> None:
    parser = argparse.ArgumentParser(description="Times the least study for a team of twenty.")
    parser.add_argument("--json", action="store_true", help="print JSON instead of the table")
    parser.add_argument("--rounds", type=int, default=7)
    options = parser.parse_args()
    timed = [timing(name, target, free, goals, options.rounds) for name, target, free, goals in TEAMS]
    print(json.dumps([asdict(each) for each in timed], indent=2) if options.json else "\n".join(table(timed)))  # noqa: T201


TEAMS = (
    ("a seat each, close", 0.65, 20, 4),
    ("a seat each, far off", 0.8, 20, 4),
    ("close to it", 0.65, 20, GOALS),
    ("some way off", 0.75, 20, GOALS),
    ("far off, little time", 0.85, 10, GOALS),
)
"""Target, minutes a day, goals."""
LEARNT = SharedTerms(population=(0.9, 0.01), item_novelty=(0.3, 0.01), competency_novelty=(0.4, 0.04))
"""What a company has learnt from some thousand answers."""


def timing(team: str, target: float, free: int, goals: int, rounds: int) -> Timed:
    cases = [person(seed, target, free, goals) for seed in range(PEOPLE)]
    rows: list[list[float]] = []
    plans: list[StudyPlan] = []
    for _ in range(rounds):
        laps, plans = [], []
        for case in cases:
            start = perf_counter()
            plans.append(least_study(case))
            laps.append((perf_counter() - start) * 1e3)
        rows.append(laps)
    return Timed(
        team,
        median(map(sum, rows)),
        sum(map(min, zip(*rows, strict=True))),
        max(map(max, rows)),
        sum(plan.is_reached for plan in plans),
        sum(len(day.activities) for plan in plans for day in plan.days) / PEOPLE,
        sum(plan.minutes for plan in plans) / PEOPLE,
        sum(plan.is_ready for plan in plans),
        sum(map(min, zip(*rows, strict=True))) / reference_ms(),
    )


def reference_ms() -> float:
    """The best of some runs of a fixed loop, half of it numpy on small arrays."""
    laps = []
    for _ in range(5):
        start = perf_counter()
        values = np.linspace(0.0, 1.0, 400)
        for _ in range(4000):
            values = 1.0 / (1.0 + np.exp(-values))
        sum(number % 7 for number in range(200_000))
        laps.append((perf_counter() - start) * 1e3)
    return min(laps)


def person(seed: int, target: float, free: int, count: int = GOALS) -> StudyCase:
    """Someone who has met about half of the items."""
    random = Random(seed)
    names = [f"competency-{number}" for number in range(count)]
    items = {name: {f"{name}.{n}": (random.gauss(0.0, 0.4), 0.6) for n in range(ITEMS)} for name in names}
    terms = LearnerTerms(ability=Mastery(random.gauss(0.5, 0.6), 0.3, AT - timedelta(days=3), 30))
    for name in names[::2]:
        terms.states[name] = Mastery(random.gauss(0.0, 0.3), 0.2, AT - timedelta(days=random.uniform(1, 30)), 6)
        for key in items[name]:
            met_at = AT - timedelta(days=random.uniform(1, 40))
            terms.memories[key] = Mastery(random.gauss(0.5, 0.5), 0.5, met_at, 1, Card(random.uniform(1, 9), 5.0))
    goals = tuple(Goal(name, target, is_must=number < 6) for number, name in enumerate(names))
    days: dict[date, int] = {AT.date() + timedelta(days=day): free for day in range(DAYS)}
    return StudyCase(
        goals, items, terms, LEARNT, tuple(activities(items, random)), days, AT, AT + timedelta(days=DAYS), Rules()
    )


def activities(items: dict[str, dict[str, tuple[float, float]]], random: Random) -> Iterator[Activity]:
    """For each competency a lesson, two quizzes that share items, and a review with two items of another."""
    for number, (name, own) in enumerate(items.items()):
        keys, others = tuple(own), tuple(list(items.values())[(number + 1) % len(items)])
        yield Activity(f"l{number}", ActivityKind.LESSON, name, random.randint(5, 8))
        yield Activity(f"q{number}a", ActivityKind.QUIZ, name, random.randint(6, 12), keys[:5], needs=f"l{number}")
        yield Activity(f"q{number}b", ActivityKind.QUIZ, name, random.randint(6, 12), keys[3:])
        yield Activity(f"r{number}", ActivityKind.REVIEW, name, random.randint(3, 6), keys[-2:] + others[:2])


def table(timed: list[Timed]) -> Iterator[str]:
    yield (
        f"{'team of twenty':<22}{'ms':>8}{'best':>8}{'slowest':>9}{'reached':>9}{'ready':>7}{'activities':>12}"
        f"{'minutes':>9}{'ratio':>7}  target {TARGET_MS:.0f} ms"
    )
    for row in timed:
        mark = "ok" if row.total_ms < TARGET_MS else "NO"
        yield (
            f"{row.team:<22}{row.total_ms:>8.0f}{row.best_ms:>8.0f}{row.slowest_ms:>9.1f}{row.reached:>9}{row.ready:>7}"
            f"{row.activities:>12.1f}{row.minutes:>9.0f}{row.ratio:>7.1f}  {mark}"
        )


if __name__ == "__main__":
    main()
