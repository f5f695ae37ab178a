"""Does the number hold? What was forecast held against what came, for oneself and for one's teams together."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from flask import Blueprint
from flask.typing import ResponseReturnValue

from trainer import reporting
from trainer.domain.access import Action, Subject, may
from trainer.domain.record import MIN_RESOLVED, LeadTime, Quality, Score
from trainer.reporting import WINDOW_DAYS, Record
from trainer.web import actor, authorize, content, me, now, page, reading
from trainer.web.charts import Diagram, reliability
from trainer.web.wording import KINDS, count, number

K = TypeVar("K", bound=StrEnum)

bp = Blueprint("record", __name__)

LEADS = {
    LeadTime.SAME_DAY: "On the day",
    LeadTime.WEEK: "1 to 7 days before",
    LeadTime.MONTH: "8 to 30 days before",
    LeadTime.LATER: "More than 30 days before",
}
HOLDS = ("above", "Holds so far", "▲")
OFF = ("below", "Off by more than chance", "▽")
TOO_LITTLE = ("none", "Too little to say", "?")


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


@dataclass(frozen=True, slots=True)
class Row:
    """A part of the forecasts. `lack` says what is missing when it has no figures."""

    words: str
    n: int
    quality: Quality | None
    lack: str


@dataclass(frozen=True, slots=True)
class Section:
    """The record of oneself or of one's teams; `tables` are groups of rows by what they divide."""

    id: str
    title: str
    record: Record
    answers: Told
    forecasts: Told
    tables: Mapping[str, tuple[Row, ...]]


@bp.get("/record")
def show_record() -> ResponseReturnValue:
    who = actor()
    authorize(Action.SEE_RECORD, Subject(owner_id=who.id if who else None))
    return page("record/show.html", sections=list(_sections()), min_resolved=MIN_RESOLVED, window_days=WINDOW_DAYS)


def _sections() -> Iterator[Section]:
    if may(me(), Action.SEE_TEAMS_RECORD):
        teams = reporting.teams_record(reading(), content(), me().managed_teams, at=now())
        yield _section("teams", "Your teams together", teams)
    yield _section("own", "You", reporting.own_record(reading(), content(), me().id, at=now()))


def _section(name: str, title: str, record: Record) -> Section:
    least = record.min_people
    return Section(
        id=name,
        title=title,
        record=record,
        answers=_told(record.answers, "answer", least),
        forecasts=_told(record.forecasts, "forecast", least),
        tables=_tables(record),
    )


def _tables(record: Record) -> dict[str, tuple[Row, ...]]:
    """By kind and by how long before, without the parts that nothing belongs to yet."""
    least = record.min_people
    tables = {
        "Just before each answer": (
            _row("All answers", record.answers, "answer", least),
            *_rows(record.answers_by_kind, KINDS, "answer", least),
        ),
        "For the date of a meeting": (_row("All forecasts", record.forecasts, "forecast", least),),
        "For the date of a meeting, by how long before": _rows(record.forecasts_by_lead, LEADS, "forecast", least),
        "For the date of a meeting, by kind": _rows(record.forecasts_by_kind, KINDS, "forecast", least),
    }
    return {title: rows for title, rows in tables.items() if rows}


def _rows(scores: Mapping[K, Score], words: Mapping[K, str], noun: str, min_people: int) -> tuple[Row, ...]:
    return tuple(_row(words[key], each, noun, min_people) for key, each in scores.items() if each.n)


def _row(words: str, score: Score, noun: str, min_people: int) -> Row:
    return Row(words, score.n, score.quality, "" if score.quality else _lack(score, noun, min_people))


def _told(score: Score, noun: str, min_people: int) -> Told:
    quality = score.quality
    if quality is None:
        lack = _lack(score, noun, min_people)
        return Told(score, TOO_LITTLE, f"{lack[:1].upper()}{lack[1:]}.", _why_not(score), None)
    fullest = score.fullest
    assert fullest.forecast is not None
    assert fullest.outcome is not None
    forecast, outcome = _hundredths(fullest.forecast), _hundredths(fullest.outcome)
    sentence = {
        "answer": f"Of {fullest.n:,} answers forecast at about {forecast}, {outcome} were handled well.",
        "forecast": f"Of {fullest.n:,} forecasts at about {forecast} for a day, {outcome} came about.",
    }[noun]
    return Told(
        score, OFF if quality.is_off else HOLDS, sentence, _check(quality, score.n, noun), reliability(score.bins)
    )


def _check(quality: Quality, n: int, noun: str) -> str:
    """Whether the forecasts are further off than chance explains."""
    apart = f"All in all, what came about lies {_points(quality.error)} of 100 from what was forecast."
    chance = f"With {_number_of(n, noun)}, chance alone can make that {_points(quality.chance_error)}."
    if quality.is_off:
        return f"{apart} {chance} So the number does not hold well: it is off by more than chance explains."
    return f"{apart} {chance} So nothing speaks against the number."


def _why_not(score: Score) -> str:
    if score.n < MIN_RESOLVED:
        return f"Figures are told from {MIN_RESOLVED} on: of fewer, even perfect forecasts look bad by chance."
    return "Of fewer, figures could tell of one person."


def _hundredths(share: float) -> str:
    """Finer than tenths: 96 in 100 is not all of them."""
    return f"{round(share * 100)} in 100"


def _points(error: float) -> str:
    return count(round(error * 100), "point")


def _number_of(n: int, noun: str) -> str:
    return f"{n:,} {noun}{'' if n == 1 else 's'}"


def _lack(score: Score, noun: str, min_people: int) -> str:
    """What is missing before figures can be told."""
    if not score.n:
        return f"nothing to compare yet: no {noun} has an outcome" if noun == "forecast" else "no answers yet"
    if score.n < MIN_RESOLVED:
        return f"too little to say yet: {score.n} of the {MIN_RESOLVED} {noun}s it takes"
    if score.people < min_people:
        return f"too few people: figures stand for {number(min_people)} or more"
    return f"not told: a part beside it has fewer than {number(min_people)} people"
