"""Times the least study for a team: `python -m tests.bench.planning` prints a table, with `--json` the figures.

Twenty people, each with ten goals of eight items, forty activities and twenty-one days of twenty minutes.
"""

import argparse
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, timedelta
from random import Random
from statistics import median
from time import perf_counter

from trainer.domain.mastery import Card, LearnerTerms, Mastery, SharedTerms
from trainer.domain.planning import Activity, ActivityKind, Goal, StudyCase, StudyPlan, least_study

PEOPLE, GOALS, ITEMS, DAYS = 20, 10, 8, 21
TARGET_MS = 200.0
AT = datetime(2026, 11, 12, 9, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Timed:
    """One kind of team; `reached` counts the people whose targets can be reached.

    `total_ms` is the median of the rounds, `best_ms` the sum of each person's best: nearer to that of a quiet core.
    """

    team: str
    total_ms: float
    best_ms: float
    slowest_ms: float
    reached: int
    activities: float
    minutes: float


def main() -> None:
    parser = argparse.ArgumentParser(description="Times the least study for a team of twenty.")
    parser.add_argument("--json", action="store_true", help="print JSON instead of the table")
    parser.add_argument("--rounds", type=int, default=7)
    options = parser.parse_args()
    timed = [timing(name, target, free, options.rounds) for name, target, free in TEAMS]
    print(json.dumps([asdict(each) for each in timed], indent=2) if options.json else "\n".join(table(timed)))  # noqa: T201


TEAMS = (("close to it", 0.55, 20), ("some way off", 0.65, 20), ("far off, little time", 0.75, 10))


def timing(team: str, target: float, free: int, rounds: int) -> Timed:
    cases = [person(seed, target, free) for seed in range(PEOPLE)]
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
    )


def person(seed: int, target: float, free: int) -> StudyCase:
    """Someone who has met about half of the items."""
    random = Random(seed)
    names = [f"competency-{number}" for number in range(GOALS)]
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
        goals, items, terms, SharedTerms(), tuple(activities(items, random)), days, AT, AT + timedelta(days=DAYS)
    )


def activities(items: dict[str, dict[str, tuple[float, float]]], random: Random) -> Iterator[Activity]:
    """For each competency a lesson, two quizzes that share items, and a review with two items of another."""
    for number, (name, own) in enumerate(items.items()):
        keys, others = tuple(own), tuple(list(items.values())[(number + 1) % len(items)])
        yield Activity(f"l{number}", ActivityKind.LESSON, name, random.randint(8, 15), keys[:5])
        yield Activity(f"q{number}a", ActivityKind.QUIZ, name, random.randint(6, 12), keys[:5])
        yield Activity(f"q{number}b", ActivityKind.QUIZ, name, random.randint(6, 12), keys[3:])
        yield Activity(f"r{number}", ActivityKind.REVIEW, name, random.randint(3, 6), keys[-2:] + others[:2])


def table(timed: list[Timed]) -> Iterator[str]:
    yield (
        f"{'team of twenty':<22}{'ms':>8}{'best':>8}{'slowest':>9}{'reached':>9}{'activities':>12}{'minutes':>9}"
        f"  target {TARGET_MS:.0f} ms"
    )
    for row in timed:
        mark = "ok" if row.total_ms < TARGET_MS else "NO"
        yield (
            f"{row.team:<22}{row.total_ms:>8.0f}{row.best_ms:>8.0f}{row.slowest_ms:>9.1f}{row.reached:>9}{row.activities:>12.1f}"
            f"{row.minutes:>9.0f}  {mark}"
        )


if __name__ == "__main__":
    main()
