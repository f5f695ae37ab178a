"""Chooses the model's constants without a log, then judges them on it: `python tests/bench/leave_one_out.py LOG...`.

For each log the constants are chosen on training students of the other logs only, from round numbers that nobody has
fitted, and judged on its held-out students beside the constants that the product ships with.
"""

import argparse
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import log2, sqrt
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.bench.figures import Array, Estimate, estimate, judged, measure, resample
from tests.bench.forecaster import Forecaster
from tests.bench.logs import Log, LogError, Student, read_log
from tests.bench.prequential import stream
from trainer.domain.mastery import SHIPPED, Constants

START = Constants(
    population=(0.0, 1.0),
    ability_variance=1.0,
    state_variance=1.0,
    memory_variance=1.0,
    competency_variance=1.0,
    item_variance=1.0,
    item_novelty=(0.0, 1.0),
    competency_novelty=(0.0, 1.0),
    ability_days=30.0,
    state_days=30.0,
    memory_days=1.0,
    novelty_days=30.0,
    practice_gain=0.5,
)
"""Where the search begins. The shipped constants would bring along what was seen of the log that is left out."""
SCALED = (
    "item_variance",
    "ability_variance",
    "practice_gain",
    "memory_variance",
    "state_variance",
    "competency_variance",
    "memory_days",
    "ability_days",
    "state_days",
    "novelty_days",
)
"""What is tried larger and smaller by a factor; what a first contact costs at the start is tried by adding to it."""
FACTORS = (4.0, 2.0, sqrt(2.0))
ROUNDS = 2
"""How often all constants are gone through with each factor, at most."""
NOVELTY_STEP = 0.2
"""Log-odds that are added for a factor of two."""
MIN_GAIN = 1e-5
"""Log loss an answer by which another value must be better."""
HELD_BACK = 5
"""One training student in so many is kept back to choose by."""
STUDENTS = 300
PROCESSES = 2
METRICS = ("auc", "log_loss", "ece")
HEADINGS = ("AUC", "log loss", "ECE")
SHIPPED_ROW, CHOSEN_ROW, START_ROW = "shipped", "chosen without it", "round numbers"

Logs = Mapping[str, Log]
Move = Callable[[Constants, float], Constants]


@dataclass(frozen=True)
class Choice:
    """The constants that some logs together ask for: their log loss there, and after how many tries."""

    constants: Constants
    loss: float
    tries: int


@dataclass(frozen=True)
class LeftOut:
    """One log: what was chosen without it, and the figures of each set of constants on its held-out students.

    `lead` is the AUC of the shipped constants minus that of the chosen ones.
    """

    choice: Choice
    scores: Mapping[str, Mapping[str, Estimate]]
    lead: Estimate


def leave_out(logs: Logs, name: str, students: int, bootstraps: int) -> LeftOut:
    """Choose on the training students of the others, `students` of each at most, and judge on this one."""
    choice = choose([sample(log.training, students) for other, log in logs.items() if other != name])
    log = logs[name]
    answers, _ = judged(log)
    draws = resample(len(log.held_out), bootstraps)
    found: dict[str, dict[str, Array]] = {}
    for row, constants in ((SHIPPED_ROW, SHIPPED), (CHOSEN_ROW, choice.constants), (START_ROW, START)):
        found[row] = measure(answers, stream(log, Forecaster(constants)).chances, draws)
    return LeftOut(
        choice,
        {row: {metric: estimate(samples[metric]) for metric in METRICS} for row, samples in found.items()},
        estimate(found[SHIPPED_ROW]["auc"] - found[CHOSEN_ROW]["auc"]),
    )


def sample(students: Sequence[Student], number: int) -> Log:
    """Training students as a log of their own, evenly taken from all; one in five of them is to be judged."""
    taken = [students[index] for index in np.unique(np.linspace(0, len(students) - 1, number).astype(int))]
    held_back = taken[HELD_BACK - 1 :: HELD_BACK]
    return Log(tuple(each for each in taken if each not in held_back), tuple(held_back))


def choose(logs: Sequence[Log]) -> Choice:
    """Coordinate descent from `START`: first in large steps, then in smaller ones, as long as the loss falls."""
    best, lowest, tries = START, loss(logs, START), 1
    for factor in FACTORS:
        for _ in range(ROUNDS):
            before = lowest
            for move in moves():
                for step in (factor, 1.0 / factor):
                    tried = move(best, step)
                    found = loss(logs, tried)
                    tries += 1
                    if found < lowest - MIN_GAIN:
                        best, lowest = tried, found
                        break
            if lowest == before:
                break
    return Choice(best, lowest, tries)


def moves() -> Iterator[Move]:
    """The ways from one set of constants to another, each by a factor."""
    yield _add_novelty
    for name in SCALED:
        yield _scaling(name)


def loss(logs: Sequence[Log], constants: Constants) -> float:
    """Log loss an answer of the students to be judged; each log counts the same."""
    losses = []
    for log in logs:
        answers, _ = judged(log)
        chances = stream(log, Forecaster(constants)).chances
        losses.append(measure(answers, chances, np.ones((1, len(log.held_out))))["log_loss"][0])
    return float(np.mean(losses))


def _scaling(name: str) -> Move:
    return lambda constants, factor: replace(constants, **{name: getattr(constants, name) * factor})


def _add_novelty(constants: Constants, factor: float) -> Constants:
    mean, variance = constants.item_novelty
    cost = (max(0.0, mean + NOVELTY_STEP * log2(factor)), variance)
    return replace(constants, item_novelty=cost, competency_novelty=cost)


def read_logs(paths: Iterable[Path]) -> dict[str, Log]:
    """Logs by their files' names without endings; of a folder all that it holds."""
    files = [file for path in paths for file in (sorted(path.glob("*.csv*")) if path.is_dir() else [path])]
    return {file.name.split(".")[0]: read_log(file) for file in files}


def as_json(found: Mapping[str, LeftOut]) -> dict[str, Any]:
    return {
        name: {
            "constants": {each: getattr(left.choice.constants, each) for each in ("item_novelty", *SCALED)},
            "loss_on_the_others": left.choice.loss,
            "tries": left.choice.tries,
            "scores": {
                row: {metric: score.value for metric, score in scores.items()}
                | {"intervals": {metric: score[1:] for metric, score in scores.items()}}
                for row, scores in left.scores.items()
            },
            "shipped_auc_minus_chosen": {"value": left.lead.value, "interval": left.lead[1:]},
        }
        for name, left in found.items()
    }


def table(found: Mapping[str, LeftOut]) -> Iterator[str]:
    yield f"{'log':<16}{'constants':<20}" + "".join(f"{heading:>22}" for heading in HEADINGS)
    for name, left in found.items():
        for row, scores in left.scores.items():
            yield f"{name:<16}{row:<20}" + "".join(f"{_shown(scores[metric]):>22}" for metric in METRICS)
        yield f"{name:<16}shipped lead in AUC by {_shown(left.lead, '+.4f')}"
    yield ""
    yield f"{'constant':<22}{'start':>10}{'shipped':>10}" + "".join(f"{f'not {name}':>20}" for name in found)
    for constant in ("item_novelty", *SCALED):
        cells = "".join(f"{_value(left.choice.constants, constant):>20.3g}" for left in found.values())
        yield f"{constant:<22}{_value(START, constant):>10.3g}{_value(SHIPPED, constant):>10.3g}{cells}"


def _value(constants: Constants, name: str) -> float:
    value = getattr(constants, name)
    return float(value[0] if isinstance(value, tuple) else value)


def _shown(score: Estimate, style: str = ".3f") -> str:
    value, low, high = ("-" if each is None else f"{each:{style}}" for each in score)
    return f"{value} ({low} {high})"


def main(argv: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(description="Judges constants on a log that they were not chosen on.")
    parser.add_argument("logs", type=Path, nargs="+", help="two logs or more, or folders of them")
    parser.add_argument("--json", action="store_true", help="print JSON instead of the tables")
    parser.add_argument("--students", type=int, default=STUDENTS, help="training students of a log to choose by")
    parser.add_argument("--bootstraps", type=int, default=1000, help="draws of students for the intervals; 0 for none")
    options = parser.parse_args(argv)
    if options.students < HELD_BACK or options.bootstraps < 0:
        parser.error(f"--students must be {HELD_BACK} at least, --bootstraps cannot be negative")
    try:
        logs = read_logs(options.logs)
        if len(logs) < 2:
            raise LogError("at least two logs of different names are needed, to leave one out")
    except LogError as error:
        parser.exit(1, f"{error}\n")
    with get_context("fork").Pool(PROCESSES) as pool:
        tasks = [(logs, name, options.students, options.bootstraps) for name in logs]
        found = dict(zip(logs, pool.starmap(leave_out, tasks, chunksize=1), strict=True))
    print(json.dumps(as_json(found), indent=2) if options.json else "\n".join(table(found)))  # noqa: T201


if __name__ == "__main__":
    main(sys.argv[1:])
