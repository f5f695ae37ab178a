"""The words of the company's correction: quarter by quarter whether the forecasts held, and what would correct them."""

from dataclasses import dataclass

from trainer.domain.mastery import Correction
from trainer.domain.record import Advice, Period, Quality, Quarter
from trainer.web.record.words import HOLDS, OFF, TOO_LITTLE, hundredths
from trainer.wording import figure

SHOWN = (0.9, 0.8, 0.7, 0.6, 0.5)
"""Forecasts for which it is told what a correction makes of them."""
COMMAND = "flask calibrate-model"


@dataclass(frozen=True, slots=True)
class QuarterRow:
    words: str
    n: int
    quality: Quality | None
    state: tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Company:
    """`sentence` says whether a correction is advised, `changes` what it would make of some forecasts; `todo` what an
    administrator does, None when nothing is to be done."""

    quarters: tuple[QuarterRow, ...]
    sentence: str
    changes: tuple[tuple[str, str], ...]
    parameters: str
    todo: str | None


def company_of(advice: Advice) -> Company:
    fitted = advice.fitted if advice.advised is not None else None
    return Company(
        quarters=tuple(map(_row, advice.periods)),
        sentence=_sentence(advice),
        changes=() if fitted is None else _changes(fitted.correction, advice.in_force),
        parameters="" if fitted is None else _parameters(fitted.correction),
        todo=COMMAND if fitted is not None else None,
    )


def in_force_words(correction: Correction) -> str | None:
    """What everybody reads while a correction is in force; None without one."""
    if correction.is_none:
        return None
    told = ", ".join(f"{hundredths(share)} as {hundredths(correction.told_of(share))}" for share in SHOWN[1::2])
    return (
        f"A correction of two numbers is in force for your company: it tells {told}. It was found in the company’s own "
        f"record, and it is part of every forecast for a date. An administrator takes it back with: {COMMAND} --revert"
    )


def _sentence(advice: Advice) -> str:
    if not advice.is_flagged:
        return (
            "No correction is called for: that takes two quarters in turn, each with enough forecasts, that were off "
            "by more than chance explains."
        )
    off = "The forecasts were off by more than chance explains in the last two quarters of which enough is known."
    if advice.fitted is None:
        return f"{off} No line through the quarters before is sound enough to correct them by."
    last = quarter_words(advice.fitted.judged_on)
    losses = f"{advice.fitted.loss_before:.3f} to {advice.fitted.loss_after:.3f}"
    fitted = f"A correction of two numbers, fitted on the {advice.fitted.n:,} forecasts before, changes the log loss"
    if not advice.fitted.is_better:
        return f"{off} {fitted} of {last} from {losses}: it is not better, so none is advised."
    return f"{off} {fitted} of {last}, which it has not seen, from {losses}: lower is better. It is not in force."


def _changes(correction: Correction, in_force: Correction) -> tuple[tuple[str, str], ...]:
    """What is told now, and what would be."""
    return tuple((hundredths(share), hundredths(correction.told_of(in_force.untold_of(share)))) for share in SHOWN)


def _parameters(correction: Correction) -> str:
    return f"intercept {figure(correction.intercept, 2)}, slope {figure(correction.slope, 2)}, in log-odds"


def _row(period: Period) -> QuarterRow:
    quality = period.score.quality
    state = TOO_LITTLE if quality is None else OFF if period.is_off else HOLDS
    return QuarterRow(quarter_words(period.quarter), period.score.n, quality, state)


def quarter_words(quarter: Quarter) -> str:
    months = ("January to March", "April to June", "July to September", "October to December")
    return f"{months[quarter.number - 1]} {quarter.year}"
