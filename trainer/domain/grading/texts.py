"""Grades what is typed: one text, or the gaps of one."""

from dataclasses import replace

from trainer.domain.answers import Mode, Verdict, check_answer
from trainer.domain.content import Cloze, Gap, Typed
from trainer.domain.grading.choosing import entries_for
from trainer.domain.grading.numbers import expected_words, number_part
from trainer.domain.grading.values import Given, PartGrade


def grade_typed(interaction: Typed, given: Given, mode: Mode) -> tuple[float, tuple[PartGrade, ...]]:
    """Accepted or not, by the rules of typed answers; one with a slip counts what the item says."""
    part = _graded(interaction.gap, entries_for(given, (interaction.gap.id,))[interaction.gap.id], mode)
    if part.checked is not None and part.checked.verdict is Verdict.TYPO:
        part = replace(part, score=interaction.slip_score)
    return part.score, (part,)


def grade_cloze(interaction: Cloze, given: Given, mode: Mode) -> tuple[float, tuple[PartGrade, ...]]:
    """The share of the gaps whose answer is accepted, by their marks; one that is left empty is not."""
    texts = entries_for(given, [gap.id for gap in interaction.gaps])
    parts = tuple(_gap_graded(gap, texts[gap.id], mode) for gap in interaction.gaps)
    marks = sum(gap.mark for gap in interaction.gaps)
    return sum(gap.mark * part.score for gap, part in zip(interaction.gaps, parts, strict=True)) / marks, parts


def _gap_graded(gap: Gap, text: str, mode: Mode) -> PartGrade:
    if gap.offered:
        score = gap.shares.get(text, 1.0) if text in gap.key.accepted else 0.0
        return PartGrade(gap.id, score, text, gap.key.accepted[0], gap.why.get(text))
    if gap.number is None:
        return _graded(gap, text, mode)
    if not text:
        return PartGrade(gap.id, 0.0, text, expected_words(gap.number))
    return number_part(gap.number, gap.id, text)


def _graded(gap: Gap, text: str, mode: Mode) -> PartGrade:
    checked = check_answer(text, gap.key, mode)
    hit = checked.rejected.text if checked.rejected is not None else checked.answer if checked.is_accepted else None
    share = gap.shares.get(checked.answer, 1.0)
    is_as_typed = checked.verdict is Verdict.PATTERN
    return PartGrade(
        slot=gap.id,
        score=share if checked.is_accepted else 0.0,
        given=text,
        expected=gap.key.accepted[0] if share < 1.0 else text if is_as_typed else checked.answer,
        explanation=gap.why.get(hit) if hit is not None else None,
        checked=checked,
    )
