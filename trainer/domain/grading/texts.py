"""Grades what is typed: one text, or the gaps of one."""

from dataclasses import replace

from trainer.domain.answers import Mode, Verdict, check_answer
from trainer.domain.content import Cloze, Gap, Typed
from trainer.domain.grading.choosing import entries_for
from trainer.domain.grading.values import Given, PartGrade


def grade_typed(interaction: Typed, given: Given, mode: Mode) -> tuple[float, tuple[PartGrade, ...]]:
    """Accepted or not, by the rules of typed answers; one with a slip counts what the item says."""
    part = _graded(interaction.gap, entries_for(given, (interaction.gap.id,))[interaction.gap.id], mode)
    if part.checked is not None and part.checked.verdict is Verdict.TYPO:
        part = replace(part, score=interaction.slip_score)
    return part.score, (part,)


def grade_cloze(interaction: Cloze, given: Given, mode: Mode) -> tuple[float, tuple[PartGrade, ...]]:
    """The share of the gaps whose answer is accepted; one that is left empty is not."""
    texts = entries_for(given, [gap.id for gap in interaction.gaps])
    parts = tuple(_graded(gap, texts[gap.id], mode) for gap in interaction.gaps)
    return sum(part.score for part in parts) / len(parts), parts


def _graded(gap: Gap, text: str, mode: Mode) -> PartGrade:
    checked = check_answer(text, gap.key, mode)
    is_rejected = checked.verdict is Verdict.REJECTED and checked.rejected is not None
    return PartGrade(
        slot=gap.id,
        score=float(checked.is_accepted),
        given=text,
        expected=checked.answer,
        explanation=gap.why.get(checked.rejected.text) if is_rejected and checked.rejected else None,
        checked=checked,
    )
