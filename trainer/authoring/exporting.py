"""Use cases of exporting: a quiz as a file for other programs, a course as a deck to take along."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from trainer.domain.content import Content, Course, Phrase, Quiz
from trainer.interchange.anki import write_phrase_deck, write_question_deck
from trainer.interchange.entries import Entry
from trainer.interchange.gift.writing import write_gift
from trainer.interchange.moodle.writing import write_moodle_xml
from trainer.interchange.qti.writing import write_qti
from trainer.interchange.quizzes.leaving import entries_of
from trainer.interchange.readings import Problem, Written
from trainer.speech import CannotSpeak, Speech, line_of

Voice = Callable[[Phrase], Path | None]
"""Where the sound of a phrase is; None where there is none."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A format that a quiz is written in."""

    name: str
    title: str
    ending: str
    mimetype: str


KINDS: Mapping[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind("gift", "GIFT", ".gift.txt", "text/plain"),
        Kind("moodle-xml", "Moodle XML", ".xml", "application/xml"),
        Kind("qti", "QTI 2.1", ".zip", "application/zip"),
    )
}
DECK_TYPE = "application/apkg"


def export_quiz(content: Content, quiz: Quiz, form: str) -> Written:
    """The quiz in one of `KINDS`, with everything that it loses."""
    course = content.courses[quiz.course_id]
    entries, problems = entries_of(quiz, course.title)
    written = _write(entries, form, quiz.title)
    return Written(written.data, (*problems, *written.problems))


def export_phrases(course: Course, voice: Voice, *, at: datetime) -> Written:
    """An Anki deck of the phrases with their sound, as far as it is there."""
    sounds = {phrase.id: path.read_bytes() for phrase in course.phrases if (path := voice(phrase)) is not None}
    return write_phrase_deck(course.phrases, sounds, title=f"{course.title}: phrases", at=at)


def export_questions(course: Course, *, at: datetime) -> Written:
    """An Anki deck of the questions, the right answer on the back."""
    entries: list[Entry] = []
    problems: list[Problem] = []
    for quiz in course.quizzes:
        found, lost = entries_of(quiz, course.title)
        entries += found
        problems += lost
    written = write_question_deck(entries, title=f"{course.title}: questions", at=at)
    return Written(written.data, (*problems, *written.problems))


def kept_voice(speech: Speech) -> Voice:
    """Sounds that were made before."""

    def voice(phrase: Phrase) -> Path | None:
        found = speech.find(line_of(phrase))
        return found.path if found is not None else None

    return voice


def new_voice(speech: Speech) -> Voice:
    """Sounds that were made before, and others made now: about a second each."""

    def voice(phrase: Phrase) -> Path | None:
        try:
            return speech.render(line_of(phrase)).path
        except CannotSpeak:
            return None

    return voice


def _write(entries: tuple[Entry, ...], form: str, title: str) -> Written:
    match form:
        case "gift":
            return write_gift(entries)
        case "moodle-xml":
            return write_moodle_xml(entries)
        case _:
            return write_qti(entries, title)
