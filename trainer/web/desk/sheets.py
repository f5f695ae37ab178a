"""All figures of one item, step by step: its options, its parts, and what people typed that was not right."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from trainer.domain.content import Cloze, Prose, Typed
from trainer.domain.item_analysis import Analysis, Asked, Estimate, Mistake, OptionUse
from trainer.web.charts import Dots, interval
from trainer.web.desk.findings import Reason, reasons_of
from trainer.web.desk.items import FEW, apart_words, part_words, people_words, score_words, state_words, time_words

PULLS = ((0.1, "rather those who do well elsewhere"), (-0.1, "both alike"), (-1.0, "rather those who do less well"))
"""From this correlation on, in words."""


@dataclass(frozen=True, slots=True)
class OptionLine:
    """An option with how many chose it. `share` is None where one to four did; `chosen` says so."""

    id: str
    text: Prose
    worth: str
    chosen: str
    share: float | None
    pull: str


@dataclass(frozen=True, slots=True)
class MistakeLine:
    """`place` is empty where there is one only; `lang` where it is a number."""

    text: str
    lang: str
    place: str
    people: int
    feedback: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """An item, or one step of a conversation; `plot` draws the mean score with its range."""

    heading: str
    analysis: Analysis
    state: tuple[str, str, str]
    people: str
    reasons: tuple[Reason, ...]
    score: str
    plot: Dots | None
    apart: str
    time: str
    options: tuple[OptionLine, ...]
    parts: tuple[tuple[str, Estimate], ...]
    mistakes: tuple[MistakeLine, ...]


def sheets_of(analyses: Sequence[Analysis]) -> tuple[Sheet, ...]:
    return tuple(map(_sheet, analyses))


def _sheet(analysis: Analysis) -> Sheet:
    asked, mean = analysis.asked, analysis.difficulty
    return Sheet(
        heading=asked.node.title if asked.node else "How it was answered",
        analysis=analysis,
        state=state_words(analysis),
        people=people_words(analysis),
        reasons=reasons_of(analysis),
        score=score_words(mean) if mean else "",
        plot=interval(mean.low, mean.value, mean.high) if mean else None,
        apart=apart_words(analysis.discrimination),
        time=time_words(analysis.seconds),
        options=tuple(_options(analysis)),
        parts=tuple((part_words(asked, part.id), part.right) for part in analysis.parts),
        mistakes=tuple(_mistake(asked, each) for each in analysis.mistakes),
    )


def _options(analysis: Analysis) -> Iterator[OptionLine]:
    for use in analysis.options:
        yield OptionLine(
            id=use.option.id,
            text=use.option.text,
            worth="best" if use.option.id in analysis.asked.best else f"{round(use.option.score * 100)} of 100",
            chosen=_chosen_words(use),
            share=use.share,
            pull="" if use.pull is None else next(words for least, words in PULLS if use.pull >= least),
        )


def _chosen_words(use: OptionUse) -> str:
    if use.people is None or use.share is None:
        return f"{FEW} people"
    return f"{use.people} ({use.share:.0%})" if use.people else "nobody"


def _mistake(asked: Asked, mistake: Mistake) -> MistakeLine:
    match asked.item.interaction:
        case Typed(gap=gap):
            lang, place = gap.lang, ""
        case Cloze(gaps=gaps):
            lang = next((gap.lang for gap in gaps if gap.id == mistake.place), "")
            place = part_words(asked, mistake.place)
        case _:
            lang, place = "", ""
    feedback = "explained in the feedback" if mistake.is_explained else "nothing is said of it"
    return MistakeLine(mistake.text, lang, place, mistake.people, feedback)
