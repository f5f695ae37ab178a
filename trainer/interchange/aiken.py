"""Aiken: a question on one line, lettered answers, `ANSWER: B`. Read as Moodle reads it."""

from dataclasses import dataclass, field
from re import ASCII
from re import compile as pattern_of

from trainer.interchange import limits
from trainer.interchange.decoding import decode
from trainer.interchange.entries import ONE, ZERO, Choice, Entry, Option, TextFormat
from trainer.interchange.gift.texts import SPACE
from trainer.interchange.readings import Reading, Report, Unrepresentable

OPTION = pattern_of(r"[A-Z][).]", ASCII)
ANSWER = "ANSWER:"


@dataclass(slots=True)
class _Question:
    line: int
    prompt: str
    options: list[str] = field(default_factory=list)


def read_aiken(data: bytes) -> Reading:
    """Every question of the file; raises UnreadableFile."""
    report = Report()
    current: _Question | None = None
    for number, line in enumerate(decode(data).replace("\r\n", "\n").replace("\r", "\n").split("\n"), start=1):
        line = line.strip(SPACE)
        if len(line.encode()) < 2:
            if line:
                report.note_file(f"A line with only “{line}” was not read, as in Moodle.", number)
        elif OPTION.match(line) or line.startswith(ANSWER):
            current = _continue(current, line, number, report)
        else:
            _drop(current, report)
            current = _Question(number, line)
    _drop(current, report)
    return report.reading()


def _continue(question: _Question | None, line: str, number: int, report: Report) -> _Question | None:
    """The question that an answer line belongs to; None once it is complete."""
    if question is None:
        report.note_file(f"“{line[:60]}” stands before any question and was not read.", number)
        return None
    if OPTION.match(line):
        question.options.append(line[2:].strip(SPACE))
        return question
    report.begin(question.line)
    try:
        report.keep(_entry(question, line, report))
    except Unrepresentable as why:
        report.skip(str(why))
    return None


def _entry(question: _Question, line: str, report: Report) -> Entry:
    right = ord(line[len(ANSWER) :].strip(SPACE)[:1] or " ") - ord("A")
    if len(question.options) > limits.MAX_OPTIONS:
        raise Unrepresentable(f"there are more than {limits.MAX_OPTIONS} answers")
    if len(question.options) < 2:
        raise Unrepresentable("the question has fewer than two answers")
    if not 0 <= right < len(question.options):
        raise Unrepresentable(f"“{line[:60]}” names no answer of the question")
    options = (
        Option(report.text(text, TextFormat.PLAIN), ONE if position == right else ZERO)
        for position, text in enumerate(question.options)
    )
    return Entry(body=Choice(tuple(options)), prompt=report.text(question.prompt, TextFormat.PLAIN))


def _drop(question: _Question | None, report: Report) -> None:
    if question is None:
        return
    report.begin(question.line)
    report.skip("the question has no line ANSWER: with the letter of the right answer (and must stand on one line)")
