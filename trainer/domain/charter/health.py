"""The quarterly health check: six questions that both sides answer, and what their answers say beside one another."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from trainer.domain.parties import Party

MARKS = (1, 2, 3, 4, 5)
GAP = 2.0
"""Means that lie so far apart are the agenda of a talk."""
FEW = 3
"""From fewer answers of a side one can guess who gave which."""


class Question(StrEnum):
    ABILITY = "ability"
    BENEVOLENCE = "benevolence"
    INTEGRITY = "integrity"
    COMMUNICATION = "communication"
    OBJECTIVE = "objective"
    WORKING = "working"


QUESTIONS = {
    Question.ABILITY: ("Ability", "When we asked the other side something, the answer was right and could be used."),
    Question.BENEVOLENCE: ("Goodwill", "The other side thought of what a change would cost us before they made it."),
    Question.INTEGRITY: ("Keeping one’s word", "What the other side told us was still true a week later."),
    Question.COMMUNICATION: (
        "Hearing in time",
        "We heard what we needed early enough to act on it, bad news too.",
    ),
    Question.OBJECTIVE: (
        "The objective",
        "Both sides still want the same, and the figure we count is still right.",
    ),
    Question.WORKING: ("Way of working", "What we agreed about channels, times and contacts is what happens."),
}
"""A title, and the sentence that is agreed with from 1 (not at all) to 5 (fully)."""
_ORDINALS = ("first", "second", "third", "fourth")
MARK_WORDS = {1: "Not at all", 2: "Hardly", 3: "Partly", 4: "Mostly", 5: "Fully"}


@dataclass(frozen=True, slots=True)
class Sheet:
    """The answers of one person for one quarter."""

    side: Party
    name: str
    marks: Mapping[Question, int]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Compared:
    """The means of both sides to a question; None where a side has not answered."""

    question: Question
    ours: float | None
    theirs: float | None

    @property
    def apart(self) -> float | None:
        return None if self.ours is None or self.theirs is None else abs(self.ours - self.theirs)

    @property
    def is_gap(self) -> bool:
        return self.apart is not None and self.apart >= GAP


@dataclass(frozen=True, slots=True)
class Health:
    """What both sides said in a quarter, question by question, and by how many people."""

    compared: tuple[Compared, ...]
    answered: Mapping[Party, int]

    @property
    def gaps(self) -> tuple[Compared, ...]:
        return tuple(each for each in self.compared if each.is_gap)

    @property
    def is_of_few(self) -> bool:
        """Whether a side has answered, but by so few that its means tell who said what."""
        return any(0 < number < FEW for number in self.answered.values())

    @property
    def is_of_both(self) -> bool:
        return all(self.answered.values())


def compare(sheets: Iterable[Sheet]) -> Health:
    sheets = tuple(sheets)
    return Health(
        compared=tuple(
            Compared(question, _mean(sheets, Party.OURS, question), _mean(sheets, Party.THEIRS, question))
            for question in Question
        ),
        answered={side: sum(each.side is side for each in sheets) for side in Party},
    )


def quarter_of(day: date) -> date:
    """The first day of a day's quarter."""
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)


def quarter_words(quarter: date) -> str:
    return f"{_ORDINALS[(quarter.month - 1) // 3]} quarter of {quarter.year}"


def _mean(sheets: tuple[Sheet, ...], side: Party, question: Question) -> float | None:
    marks = [each.marks[question] for each in sheets if each.side is side and question in each.marks]
    return sum(marks) / len(marks) if marks else None
