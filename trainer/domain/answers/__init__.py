"""Judges typed answers in any script by ordered rules: `check_answer`, and `letters_of` for the keys beside the field.

The rules stand in `docs/answers.md`. Numbers are not judged here: they have items of their own, with a tolerance.
"""

from trainer.domain.answers.checking import (
    RULES_VERSION,
    AnswerKey,
    Checked,
    Mode,
    Rejected,
    Verdict,
    check_answer,
)
from trainer.domain.answers.diff import Change, Span
from trainer.domain.answers.languages import letters_of

__all__ = [
    "RULES_VERSION",
    "AnswerKey",
    "Change",
    "Checked",
    "Mode",
    "Rejected",
    "Span",
    "Verdict",
    "check_answer",
    "letters_of",
]
