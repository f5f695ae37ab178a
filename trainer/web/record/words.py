"""The words of a record: how forecasts held, in sentences, measures and rows, and what is missing for that."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeVar

from trainer.domain.content import CompetencyKind
from trainer.domain.record import MIN_RESOLVED, LeadTime, Quality, Score
from trainer.reporting import Compared, Record
from trainer.web.charts import Diagram, reliability
from trainer.wording import KINDS, count, figure, number

K = TypeVar("K", bound=StrEnum)

LEADS = {
    LeadTime.SAME_DAY: "On the day",
    LeadTime.WEEK: "1 to 7 days before",
    LeadTime.MONTH: "8 to 30 days before",
    LeadTime.LATER: "More than 30 days before",
}
HOLDS = ("above", "Holds so far", "▲")
OFF = ("below", "Off by more than chance", "▽")
TOO_LITTLE = ("none", "Too little to say", "?")
ANSWER, FORECAST, DEBRIEF = "answer", "forecast", "debrief"
"""What is held against what came."""
NOUNS = {ANSWER: "answer", FORECAST: "forecast", DEBRIEF: "forecast"}


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure with what it means."""

    name: str
    number: str
    words: str


@dataclass(frozen=True, slots=True)
class Told:
    """A score as the page tells it: in a sentence, and with what chance explains; the diagram where there is enough.

    `state` is css name, words and mark.
    """

    score: Score
    state: tuple[str, str, str]
    sentence: str
    check: str
    diagram: Diagram | None
    measures: tuple[Measure, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A part of the forecasts. `lack` says what is missing when it has no figures."""

    words: str
    n: int
    quality: Quality | None
    state: tuple[str, str, str]
    lack: str


@dataclass(frozen=True, slots=True)
class Cell:
    """Forecasts of one kind and lead time; `state` is None where there are too few to have one."""

    lead: str
    words: str
    state: tuple[str, str, str] | None


@dataclass(frozen=True, slots=True)
class Part:
    """The forecasts for dates against one kind of outcome: told whole, in rows, and by kind and lead time at once."""

    told: Told
    unresolved: str
    grid: tuple[tuple[str, tuple[Cell, ...]], ...]


@dataclass(frozen=True, slots=True)
class Section:
    """The record of oneself or of one's teams; `tables` are groups of rows by what they divide."""

    id: str
    title: str
    word: str
    answers: Told
    forecasts: Part
    debriefs: Part
    tables: Mapping[str, tuple[Row, ...]]


def section_of(name: str, title: str, word: str, record: Record) -> Section:
    """`word` is the heading of what people said themselves."""
    least = record.min_people
    return Section(
        id=name,
        title=title,
        word=word,
        answers=_told(record.answers, ANSWER, least),
        forecasts=_part(record.forecasts, FORECAST, least),
        debriefs=_part(record.debriefs, DEBRIEF, least),
        tables=_tables(record, word),
    )


def hundredths(share: float) -> str:
    """Finer than tenths: 96 in 100 is not all of them."""
    return f"{round(share * 100)} in 100"


def _tables(record: Record, word: str) -> dict[str, tuple[Row, ...]]:
    """By kind and by how long before. Forecasts for dates are divided once there are enough of them: before that the
    grid beside them has their numbers."""
    least = record.min_people
    tables = {
        "Just before each answer": (
            _row("All answers", record.answers, ANSWER, least),
            *_rows(record.answers_by_kind, KINDS, ANSWER, least),
        ),
        **_divided("For the date of a meeting", record.forecasts, FORECAST, least),
        **_divided(word, record.debriefs, DEBRIEF, least),
    }
    return {title: rows for title, rows in tables.items() if rows}


def _divided(title: str, compared: Compared, what: str, min_people: int) -> dict[str, tuple[Row, ...]]:
    whole: dict[str, tuple[Row, ...]] = {title: (_row("All forecasts", compared.score, what, min_people),)}
    if compared.score.quality is None:
        return whole
    return {
        **whole,
        f"{title}, by how long before": _all_rows(compared.by_lead, what, min_people),
        f"{title}, by kind": _rows(compared.by_kind, KINDS, what, min_people),
    }


def _rows(scores: Mapping[K, Score], words: Mapping[K, str], what: str, min_people: int) -> tuple[Row, ...]:
    return tuple(_row(words[key], each, what, min_people) for key, each in scores.items() if each.n)


def _all_rows(scores: Mapping[LeadTime, Score], what: str, min_people: int) -> tuple[Row, ...]:
    return tuple(_row(words, scores[lead], what, min_people) for lead, words in LEADS.items())


def _row(words: str, score: Score, what: str, min_people: int) -> Row:
    lack = "" if score.quality else _lack(score, what, min_people)
    return Row(words, score.n, score.quality, _state(score.quality), lack)


def _state(quality: Quality | None) -> tuple[str, str, str]:
    return TOO_LITTLE if quality is None else OFF if quality.is_off else HOLDS


def _part(compared: Compared, what: str, min_people: int) -> Part:
    told = _told(compared.score, what, min_people)
    if _is_withheld(compared, what, min_people):
        told = replace(told, sentence="Too few people.")
    return Part(
        told=told,
        unresolved=_unresolved(compared, what, min_people),
        grid=tuple((words, tuple(_cells(compared, kind))) for kind, words in KINDS.items()),
    )


def _is_withheld(compared: Compared, what: str, min_people: int) -> bool:
    return what == DEBRIEF and 0 < compared.people < min_people


def _cells(compared: Compared, kind: CompetencyKind) -> Iterator[Cell]:
    for lead, words in LEADS.items():
        score = compared.by_part[kind, lead]
        quality = score.quality
        if quality is None:
            yield Cell(words, f"{score.n:,}: too little to say" if score.n else "none", None)
        else:
            told = f"{score.n:,}: {hundredths(quality.forecast)} forecast, {hundredths(quality.outcome)} came"
            yield Cell(words, told, _state(quality))


def _unresolved(compared: Compared, what: str, min_people: int) -> str:
    """The forecasts without an outcome, counted by why. Of too few people that would tell who has debriefed."""
    waiting, missing, cancelled = compared.waiting, compared.missing, compared.cancelled
    of_meetings = [f"{count(cancelled, 'was', 'were')} not resolved: cancelled"] if cancelled else []
    if what == FORECAST:
        said = [
            f"{count(waiting, 'forecast waits', 'forecasts wait')} for the day",
            f"{count(missing, 'was', 'were')} never put to the test",
        ]
    elif _is_withheld(compared, what, min_people):
        return f"Of fewer than {number(min_people)} people nothing is told of their debriefs."
    else:
        said = [
            f"{count(waiting, 'forecast waits', 'forecasts wait')} until the debrief is fixed",
            f"{count(missing, 'was', 'were')} not spoken of",
            f"{count(compared.not_needed, 'was', 'were')} of what the meeting did not call for",
        ]
    return ", ".join((*said, *of_meetings)) + "."


def _told(score: Score, what: str, min_people: int) -> Told:
    quality = score.quality
    if quality is None:
        lack = _lack(score, what, min_people)
        return Told(score, TOO_LITTLE, f"{lack[:1].upper()}{lack[1:]}.", _why_not(score), None, ())
    fullest = score.fullest
    assert fullest.forecast is not None
    assert fullest.outcome is not None
    forecast, outcome = hundredths(fullest.forecast), hundredths(fullest.outcome)
    sentence = {
        ANSWER: f"Of {fullest.n:,} answers forecast at about {forecast}, {outcome} were handled well.",
        FORECAST: f"Of {fullest.n:,} forecasts at about {forecast} for a day, {outcome} came about.",
        DEBRIEF: f"Of {fullest.n:,} forecasts at about {forecast} for a meeting, {outcome} came about by their word.",
    }[what]
    check, measures = _check(quality, score.n, what), tuple(_measures(quality, what))
    return Told(score, _state(quality), sentence, check, reliability(score.bins), measures)


def _measures(quality: Quality, what: str) -> Iterator[Measure]:
    """What stands beside the Brier score: no one of them tells all."""
    noun, same = _noun(what), "the item" if what == ANSWER else "the competency"
    if quality.over_usual is not None:
        words = f"How much better than what all people got in {same} before, on {quality.over_usual.n:,} {noun}s."
        yield Measure("Skill over the usual", figure(quality.over_usual.value, 2), f"{words} 0 is no better.")
    if quality.over_so_far is not None:
        words = f"How much better than the person’s share correct so far, on {quality.over_so_far.n:,} {noun}s."
        yield Measure("Skill over “so far”", figure(quality.over_so_far.value, 2), f"{words} 0 is no better.")
    if quality.auc is not None:
        words = "Of two, one handled well and one not: how often the one handled well had the higher forecast (AUC)."
        yield Measure("Right order", figure(quality.auc, 2), f"{words} 0.5 is chance, 1 perfect.")
    yield Measure(
        "Log loss",
        figure(quality.log_loss, 3),
        "Makes it costly to be sure and wrong: always saying a half gets 0.693. Lower is better.",
    )
    if quality.covered is not None:
        words = "How often what came lay in the range told for 8 times of 10"
        luck = "with the luck of so few answers" if what == FORECAST else "with half a step of the debrief either way"
        yield Measure("Range held", hundredths(quality.covered), f"{words}, {luck}. About 80 is right.")


def _check(quality: Quality, n: int, what: str) -> str:
    """Whether the forecasts are further off than chance explains."""
    apart = f"All in all, what came about lies {_points(quality.error)} of 100 from what was forecast."
    chance = f"With {_number_of(n, _noun(what))}, chance alone can make that {_points(quality.chance_error)}."
    if quality.is_off:
        return f"{apart} {chance} So the number does not hold well: it is off by more than chance explains."
    return f"{apart} {chance} So nothing speaks against the number."


def _why_not(score: Score) -> str:
    if score.n < MIN_RESOLVED:
        return f"Figures are told from {MIN_RESOLVED} on: of fewer, even perfect forecasts look bad by chance."
    return "Of fewer, figures could tell of one person."


def _points(error: float) -> str:
    return count(round(error * 100), "point")


def _number_of(n: int, noun: str) -> str:
    return f"{n:,} {noun}{'' if n == 1 else 's'}"


def _noun(what: str) -> str:
    return NOUNS[what]


def _lack(score: Score, what: str, min_people: int) -> str:
    """What is missing before figures can be told."""
    noun = _noun(what)
    if not score.n:
        return "no answers yet" if what == ANSWER else "nothing to compare yet: no forecast has an outcome"
    if score.n < MIN_RESOLVED:
        return f"too little to say yet: {score.n} of the {MIN_RESOLVED} {noun}s it takes"
    if score.people < min_people:
        return f"too few people: figures stand for {number(min_people)} or more"
    return f"not told: a part beside it has fewer than {number(min_people)} people"
