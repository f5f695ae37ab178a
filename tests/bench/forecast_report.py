"""The figures of a forecast as tables to read and as JSON to keep."""

from collections.abc import Iterator, Mapping
from typing import Any

from tests.bench.figures import Estimate
from tests.bench.frozen import Frozen
from tests.bench.judging import Forecasts, FrozenReport, FrozenScore, Report, Score

MAX_US_PER_UPDATE = 20.0
COVERAGE = (0.75, 0.88)
HEADINGS = {"auc": "AUC", "log_loss": "log loss", "rmse": "RMSE", "ece": "ECE", "bias": "bias"}
FROZEN_HEADINGS = {
    "auc": "AUC",
    "log_loss": "log loss",
    "ece": "ECE",
    "score_error": "score error",
    "bias": "bias",
    "interval_coverage": "coverage",
}
IN_POINTS = ("score_error", "bias")


def as_json(report: Report) -> dict[str, Any]:
    return {
        "training": vars(report.training),
        "held_out": vars(report.held_out),
        "model": _forecasts_json(report.model),
        "repeats_after_a_day": _score_json(report.model.repeats),
        "baselines": {
            name: _forecasts_json(each) | {"repeats_after_a_day": _score_json(each.repeats)}
            for name, each in report.baselines.items()
        },
    }


def frozen_json(report: FrozenReport) -> dict[str, Any]:
    return {
        "left_out": report.left_out,
        "pause_days": report.pause,
        "model": _dated_json(report.model),
        "baselines": {name: _dated_json(each) for name, each in report.baselines.items()},
    }


def table(report: Report) -> Iterator[str]:
    held_out, training = report.held_out, report.training
    yield f"{held_out.answers} answers of {held_out.students} students not seen in training"
    yield f"(trained on {training.answers} answers of {training.students}); in brackets 95 % by drawing students anew"
    forecasts = {"model": report.model, **report.baselines}
    yield ""
    yield from _scores({name: each.overall for name, each in forecasts.items()})
    yield ""
    repeats = report.model.repeats
    if repeats.answers:
        yield f"the {repeats.answers} of them that repeat an item after a day or more"
        yield from _scores({name: each.repeats for name, each in forecasts.items()})
        yield ""
    yield from _marks(report)


def frozen_table(report: FrozenReport) -> Iterator[str]:
    overall = report.model.overall
    yield f"forecast to the end of the longest pause, half of them longer than {report.pause:.2g} days:"
    yield f"{overall.answers} answers of {overall.students} students; {report.left_out} had too few; in brackets 95 %"
    scores: dict[str, FrozenScore] = {"model": report.model, **report.baselines}
    yield ""
    yield from _frozen_scores({name: each.overall for name, each in scores.items()})
    yield ""
    rested = {name: each.pauses for name, each in scores.items() if each.pauses is not None}
    if rested:
        yield f"the {rested['model'].students} students whose pause was a day or more"
        yield from _frozen_scores(rested)
        yield ""
    covered = overall.interval_coverage.value or 0.0
    low, high = COVERAGE
    yield f"80 % interval covers {covered:.3f}; target {low} to {high} {_mark(low <= covered <= high)}"


def _forecasts_json(forecasts: Forecasts) -> dict[str, Any]:
    return _score_json(forecasts.overall) | {"us_per_update": forecasts.us_per_update}


def _score_json(score: Score) -> dict[str, Any]:
    made: dict[str, Any] = {name: each.value for name, each in score.metrics.items()}
    made["answers"] = score.answers
    made["intervals"] = {name: each[1:] for name, each in score.metrics.items()}
    if score.lead is not None:
        made["model_auc_minus_this"] = {"value": score.lead.value, "interval": score.lead[1:]}
    return made


def _dated_json(score: FrozenScore) -> dict[str, Any]:
    pauses = None if score.pauses is None else _frozen_json(score.pauses)
    return _frozen_json(score.overall) | {"pauses_of_a_day": pauses}


def _frozen_json(frozen: Frozen) -> dict[str, Any]:
    estimates = {name: getattr(frozen, name) for name in FROZEN_HEADINGS}
    made: dict[str, Any] = {name: each.value for name, each in estimates.items()}
    made |= {"students": frozen.students, "answers": frozen.answers}
    made["intervals"] = {name: each[1:] for name, each in estimates.items()}
    return made


def _scores(scores: Mapping[str, Score]) -> Iterator[str]:
    yield f"{'':<12}" + "".join(f"{heading:>22}" for heading in HEADINGS.values()) + f"{'model leads in AUC':>25}"
    for name, score in scores.items():
        cells = "".join(f"{_shown(score.metrics[each]):>22}" for each in HEADINGS)
        yield f"{name:<12}{cells}{'' if score.lead is None else _shown(score.lead, '+.3f'):>25}"


def _frozen_scores(scores: Mapping[str, Frozen]) -> Iterator[str]:
    yield f"{'':<18}" + "".join(f"{heading:>21}" for heading in FROZEN_HEADINGS.values())
    for name, frozen in scores.items():
        cells = "".join(
            f"{_shown(getattr(frozen, each), '.1f' if each in IN_POINTS else '.3f'):>21}" for each in FROZEN_HEADINGS
        )
        yield f"{name:<18}{cells}"


def _marks(report: Report) -> Iterator[str]:
    lead = report.baselines["DAS3H"].overall.lead
    if lead is not None and lead.value is not None:
        yield f"AUC at least that of DAS3H: {_shown(lead, '+.4f')} {_mark(lead.value >= 0.0)}"
    loss, bar = (
        each.overall.metrics["log_loss"].value or 0.0 for each in (report.model, report.baselines["item mean"])
    )
    yield f"log loss no more than that of the item mean: {loss:.3f} of {bar:.3f} {_mark(loss <= bar)}"
    us = report.model.us_per_update or 0.0
    others = ", ".join(
        f"{name} {each.us_per_update:.1f}" for name, each in report.baselines.items() if each.us_per_update
    )
    yield f"an update takes {us:.1f} us ({others}); target {MAX_US_PER_UPDATE:.0f} {_mark(us <= MAX_US_PER_UPDATE)}"


def _shown(estimate: Estimate, style: str = ".3f") -> str:
    value, low, high = ("-" if each is None else f"{each:{style}}" for each in estimate)
    return f"{value} ({low} {high})"


def _mark(is_met: bool) -> str:
    return "ok" if is_met else "NO"
