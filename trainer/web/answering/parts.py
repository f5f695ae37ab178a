"""The graded parts of an answer as the feedback prints them."""

from collections.abc import Sequence
from dataclasses import dataclass

from trainer.domain.answers import Change, Checked, Span, Verdict
from trainer.domain.content import Effect, MostAndLeast, Prose, RateEach
from trainer.domain.grading import Grade, PartGrade
from trainer.domain.grading.choosing import LEAST, MOST
from trainer.web.answering.steps import Step
from trainer.wording import EFFECTS

SLOTS = {MOST: "The most effective", LEAST: "The least effective"}
UNDETERMINED = "und"
"""BCP 47 for a language that nobody named: a page then says nothing of it."""
ACCEPTED = {
    Verdict.CASE: "Accepted: mind the capital letters.",
    Verdict.PUNCTUATION: "Accepted: mind the punctuation.",
    Verdict.VARIANT: "Accepted: another way to write it.",
    Verdict.ARTICLE: "Accepted: mind the article.",
    Verdict.ACCENT: "Accepted: mind the accents.",
    Verdict.TYPO: "Accepted: there is a slip of the hand in it.",
}


@dataclass(frozen=True)
class PartLine:
    """One entry with its mark: what was given and what is better, in words; `marks` show the letters that differ."""

    label: str
    score: float
    given: str
    better: str
    note: str
    explanation: Prose | None
    marks: Sequence[Span]
    lang: str | None


def part_lines(shown: Step, graded: Grade) -> list[PartLine]:
    labels = _labels(shown)
    langs = {gap.id: gap.lang for gap in shown.gaps if gap.lang != UNDETERMINED}
    return [_line(shown, part, labels.get(part.slot, ""), langs.get(part.slot)) for part in graded.parts]


def _line(shown: Step, part: PartGrade, label: str, lang: str | None) -> PartLine:
    given, expected = part.given, part.expected
    if isinstance(shown.item.interaction, RateEach):
        given, expected = (EFFECTS[Effect(each)][1] for each in (given, expected))
    return PartLine(
        label=label,
        score=part.score,
        given=given,
        better="" if given == expected else expected,
        note=_note(part.checked),
        explanation=_explanation(shown, part),
        marks=_marks(part.checked) if given != expected else (),
        lang=lang,
    )


def _explanation(shown: Step, part: PartGrade) -> Prose | None:
    is_told_below = isinstance(shown.item.interaction, MostAndLeast)
    return None if is_told_below or part.explanation is None or not part.explanation.source else part.explanation


def _note(checked: Checked | None) -> str:
    return "" if checked is None else ACCEPTED.get(checked.verdict, "")


def _marks(checked: Checked | None) -> Sequence[Span]:
    """The letters that differ; nothing where so much does that the right answer alone is easier to read."""
    if checked is None:
        return ()
    kept = sum(len(span.expected) for span in checked.diff if span.change is Change.KEPT)
    return checked.diff if 2 * kept > len(checked.answer) else ()


def _labels(shown: Step) -> dict[str, str]:
    """What each entry was about."""
    labels = dict(SLOTS)
    labels |= {option.id: option.text.plain for option in shown.options}
    labels |= {part.id: part.text.plain for part in shown.parts}
    if len(shown.gaps) > 1:
        labels |= {gap.id: f"Gap {number}" for number, gap in enumerate(shown.gaps, start=1)}
    return labels
