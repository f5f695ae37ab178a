"""Why something needs a look, and what to do about it, in words."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from trainer.domain.generating import DRILL, GLOSSARY
from trainer.domain.item_analysis import Analysis, Finding, Need
from trainer.web.desk.items import FEW, LONGEST_OPTION, asked_title, part_words, shortened

DO: Mapping[Need, str] = {
    Need.REVERSED: "Read the key again: the wrong answer may be marked as right, or the question be read in two ways.",
    Need.LURES_THE_ABLE: "See whether it is right too. If so accept it; else let the situation say why it is not.",
    Need.TOO_HARD: "See whether the lesson teaches it and the key is right; else give more of the situation.",
    Need.PART_TOO_HARD: "See whether the lesson teaches it and the key is right.",
    Need.UNEXPLAINED: "If it is right, add it to “accepted”; else to “rejected”, with why it is not.",
    Need.TELLS_LITTLE: "Let the situation hold the clue that who has learnt it can find.",
    Need.DEAD: "Make it plausible, or take it out.",
    Need.TOO_EASY: "Good as a start. Else make the other answers more tempting.",
}


@dataclass(frozen=True, slots=True)
class Reason:
    words: str
    todo: str


@dataclass(frozen=True, slots=True)
class Look:
    """Something to look at: where it stands, and why."""

    title: str
    item_id: str
    quiz: str
    quiz_id: str
    file: str
    reasons: tuple[Reason, ...]


def looks_of(analyses: Sequence[Analysis]) -> tuple[Look, ...]:
    return tuple(map(_look, analyses))


def file_of(analysis: Analysis) -> str:
    """Where to change it. A quiz's file has its name; what was made from phrases or terms is changed in theirs."""
    quiz = analysis.asked.quiz
    if any(name.startswith(GLOSSARY) for name in analysis.asked.item.competencies):
        return f"lessons/glossaries/{quiz.course_id}.yaml"
    if quiz.id.startswith(DRILL):
        return f"lessons/{quiz.course_id}/phrases.yaml"
    return f"quizzes/{quiz.course_id}/{quiz.id}.yaml"


def reasons_of(analysis: Analysis) -> tuple[Reason, ...]:
    return tuple(Reason(_words(analysis, finding), DO[finding.need]) for finding in analysis.findings)


def _look(analysis: Analysis) -> Look:
    asked = analysis.asked
    return Look(
        title=asked_title(asked),
        item_id=asked.item.id,
        quiz=asked.quiz.title,
        quiz_id=asked.quiz.id,
        file=file_of(analysis),
        reasons=reasons_of(analysis),
    )


def _words(analysis: Analysis, finding: Finding) -> str:
    words = WORDS[finding.need](analysis, finding)
    return f"So far {words}" if finding.is_early else f"{words[0].upper()}{words[1:]}"


def _dead(analysis: Analysis, finding: Finding) -> str:
    who = FEW if finding.people is None else str(finding.people) if finding.people else "nobody"
    return f"{who} of {analysis.people} people chose {_option(analysis, finding)}."


def _too_hard(analysis: Analysis, _finding: Finding) -> str:
    guessed = analysis.asked.guessed
    beside = f"; picking blindly would score {round(guessed * 100)}" if guessed else ""
    return f"{analysis.people} people score {_hundredths(analysis)} of 100 on average{beside}."


def _part_too_hard(analysis: Analysis, finding: Finding) -> str:
    right = next(part.right.value for part in analysis.parts if part.id == finding.subject)
    return f"{round(right * 100)} of 100 people get this part right: {part_words(analysis.asked, finding.subject)}."


def _unexplained(analysis: Analysis, finding: Finding) -> str:
    place = part_words(analysis.asked, finding.subject) if len(analysis.parts) > 1 else ""
    where = f" ({place})" if place else ""
    return (
        f"{finding.people} of {analysis.people} people typed “{finding.text}”{where}, and the key says nothing of it."
    )


def _option(analysis: Analysis, finding: Finding) -> str:
    text = next(option.text for option in analysis.asked.options if option.id == finding.subject)
    return f"“{shortened(text, LONGEST_OPTION)}” (option {finding.subject})"


def _hundredths(analysis: Analysis) -> int:
    return round(analysis.difficulty.value * 100) if analysis.difficulty else 0


WORDS: Mapping[Need, Callable[[Analysis, Finding], str]] = {
    Need.REVERSED: lambda *_: "who does well in the rest of the quiz does worse here.",
    Need.LURES_THE_ABLE: lambda analysis, finding: (
        f"{finding.people} people chose {_option(analysis, finding)}, rather those who do well in the rest of the quiz."
    ),
    Need.TOO_HARD: _too_hard,
    Need.PART_TOO_HARD: _part_too_hard,
    Need.UNEXPLAINED: _unexplained,
    Need.TELLS_LITTLE: lambda *_: "who does well in the rest of the quiz hardly does better here.",
    Need.DEAD: _dead,
    Need.TOO_EASY: lambda analysis, _: (
        f"nearly all of {analysis.people} people give the best answer: {_hundredths(analysis)} of 100 on average."
    ),
}
