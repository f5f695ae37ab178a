"""What an answer says of a card: read from the answer itself, which the learner may put right."""

from collections.abc import Mapping
from enum import IntEnum, StrEnum

from trainer.domain.answers import Verdict
from trainer.domain.grading import Grade


class Rating(IntEnum):
    """How well a card was remembered; the numbers are those of FSRS."""

    AGAIN = 1
    HARD = 2
    GOOD = 3
    EASY = 4


class Correction(StrEnum):
    """What a learner says of their own answer, when it tells less than they know."""

    KNEW = "knew"
    EASY = "easy"
    GUESSED = "guessed"


PARTLY = 0.5
"""A score from here on is remembered with difficulty, below it not."""
RIGHT = 0.999
SLIPS = (Verdict.ARTICLE, Verdict.ACCENT, Verdict.TYPO)
_CORRECTED: Mapping[Correction, Rating] = {
    Correction.KNEW: Rating.GOOD,
    Correction.EASY: Rating.EASY,
    Correction.GUESSED: Rating.AGAIN,
}


def rating_of(grade: Grade) -> Rating:
    """What is typed counts by its verdict, the worst of several; all else by its score.

    How long it took says nothing: a page that is open is not read. So no answer is found easy by itself.
    """
    verdicts = [part.checked.verdict for part in grade.parts if part.checked is not None]
    if not all(verdict.is_accepted for verdict in verdicts) or grade.score < PARTLY:
        return Rating.AGAIN
    if grade.score < RIGHT or any(verdict in SLIPS for verdict in verdicts):
        return Rating.HARD
    return Rating.GOOD


def offered_corrections(rating: Rating) -> tuple[Correction, ...]:
    """What can be said against a rating that was read from an answer."""
    if rating is Rating.GOOD:
        return (Correction.EASY, Correction.GUESSED)
    return (Correction.KNEW,) if rating in (Rating.AGAIN, Rating.HARD) else ()


def corrected(correction: Correction) -> Rating:
    return _CORRECTED[correction]
