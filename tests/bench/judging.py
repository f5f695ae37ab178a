"""Puts the product's forecasts of a log beside those of simpler forecasters, all judged on the same answers."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from tests.bench.baselines import elo, fsrs, means
from tests.bench.features import RECIPES
from tests.bench.figures import Answers, Array, Estimate, estimate, judged, measure, resample
from tests.bench.forecaster import Forecaster
from tests.bench.frozen import Frozen, forecast_frozen, item_means_of_tests, judge, shares_in_practice
from tests.bench.logs import Log, LogError, Student
from tests.bench.prequential import Stream, stream
from tests.bench.regressions import regression

DAY = 1.0
Say = Callable[[str], None]


@dataclass(frozen=True)
class Score:
    """One forecaster's figures on some answers; `lead` is the model's AUC minus its own, None for the model itself."""

    answers: int
    metrics: Mapping[str, Estimate]
    lead: Estimate | None = None


@dataclass(frozen=True)
class Forecasts:
    """One forecaster: all answers, repeats after a day or more, and what an update takes if there are any."""

    overall: Score
    repeats: Score
    us_per_update: float | None = None


@dataclass(frozen=True)
class Size:
    students: int
    answers: int


@dataclass(frozen=True)
class Report:
    training: Size
    held_out: Size
    model: Forecasts
    baselines: Mapping[str, Forecasts]


@dataclass(frozen=True)
class FrozenScore:
    """One forecaster's figures of all students, and of those whose pause was a day or more, if there are any."""

    overall: Frozen
    pauses: Frozen | None


@dataclass(frozen=True)
class FrozenReport:
    """`pause` is the median of the pauses in days."""

    left_out: int
    pause: float
    model: FrozenScore
    baselines: Mapping[str, FrozenScore]


def report(log: Log, bootstraps: int, say: Say) -> Report:
    """Forecast every answer of the held-out students before it is learnt, with the model and with each baseline."""
    answers, is_late = judged(log)
    draws = resample(len(log.held_out), bootstraps)

    def scored(made: Stream, best: Stream | None) -> Forecasts:
        everything = np.full(len(answers.correct), True)
        overall, repeats = (
            _score(answers.only(mask), made.chances[mask], None if best is None else best.chances[mask], draws)
            for mask in (everything, is_late)
        )
        return Forecasts(overall, repeats, made.us_per_update)

    say("model")
    model = stream(log, Forecaster())
    return Report(
        training=_size(log.training),
        held_out=_size(log.held_out),
        model=scored(model, None),
        baselines={name: scored(made, model) for name, made in _baselines(log, say)},
    )


def frozen_report(log: Log, bootstraps: int) -> FrozenReport:
    """Forecast the score of each held-out student after the longest pause; LogError when nobody paused."""
    parts, forecasts = forecast_frozen(log, Forecaster())
    if not parts:
        raise LogError(" no held-out student has enough answers before and after a pause")
    pauses = np.array([each.pause for each in parts])
    everybody, rested = np.full(len(parts), True), pauses >= DAY
    scores = {
        name: FrozenScore(
            overall=judge(parts, made, everybody, bootstraps),
            pauses=judge(parts, made, rested, bootstraps) if rested.any() else None,
        )
        for name, made in (
            ("model", forecasts),
            ("share in practice", shares_in_practice(parts)),
            ("item mean", item_means_of_tests(log, parts)),
        )
    }
    model = scores.pop("model")
    return FrozenReport(len(log.held_out) - len(parts), float(np.median(pauses)), model, scores)


def _baselines(log: Log, say: Say) -> Iterator[tuple[str, Stream]]:
    overall, items = means(log)
    yield "global mean", Stream(overall, None)
    yield "item mean", Stream(items, None)
    say("Elo")
    yield "Elo", elo(log)
    for recipe in RECIPES:
        say(recipe.name)
        yield recipe.name, Stream(regression(log, recipe), None)
    say("FSRS-6")
    yield "FSRS-6", fsrs(log)


def _score(answers: Answers, chances: Array, model: Array | None, draws: Array) -> Score:
    found = measure(answers, chances, draws)
    lead = None if model is None else estimate(measure(answers, model, draws)["auc"] - found["auc"])
    return Score(len(chances), {name: estimate(samples) for name, samples in found.items()}, lead)


def _size(students: tuple[Student, ...]) -> Size:
    return Size(len(students), sum(not row.is_study for student in students for row in student.rows))
