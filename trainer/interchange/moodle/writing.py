"""Entries as a Moodle XML file."""

from collections.abc import Iterable, Iterator
from functools import singledispatch

from trainer.interchange.entries import (
    Body,
    Choice,
    Cloze,
    Entry,
    Essay,
    Matching,
    Numeric,
    Ordering,
    Text,
    TrueFalse,
    Typed,
    pieces,
)
from trainer.interchange.moodle.cloze import write_gap
from trainer.interchange.moodle.patterns import moodle_spelling
from trainer.interchange.moodle.texts import FORMAT_NAMES
from trainer.interchange.numerals import number_text, percent_text
from trainer.interchange.readings import Report, Unrepresentable, Written
from trainer.interchange.writing import write_each, xml_attribute, xml_text

_FORMATS = {text_format: name for name, text_format in FORMAT_NAMES.items()}
_TYPES = {
    "choice": "multichoice",
    "multiple_choice": "multichoice",
    "true_false": "truefalse",
    "typed": "shortanswer",
    "numeric": "numerical",
}
_FEEDBACKS = (
    ("generalfeedback", "general_feedback"),
    ("correctfeedback", "when_right"),
    ("partiallycorrectfeedback", "when_partly"),
    ("incorrectfeedback", "when_wrong"),
)


def write_moodle_xml(entries: Iterable[Entry]) -> Written:
    """The file, and what of the entries Moodle XML has no place for."""
    report = Report()
    parts = ['<?xml version="1.0" encoding="UTF-8"?>\n<quiz>\n']
    category: tuple[str, ...] = ()
    for entry, question in write_each(entries, report, _question):
        if entry.category != category:
            category = entry.category
            parts.append(_category(category))
        parts.append(question)
    parts.append("</quiz>\n")
    return Written("".join(parts).encode(), tuple(report.problems))


def _question(entry: Entry, report: Report) -> str:
    if any(name.startswith("/") or name.endswith("/") for name in entry.category):
        raise Unrepresentable("a name in its category begins or ends with a slash")
    lines = [
        f'<question type="{_TYPES.get(entry.type, entry.type)}">',
        f"<name><text>{xml_text(entry.title)}</text></name>",
        _element("questiontext", Text(_prompt(entry), entry.prompt.format)),
        *(_element(tag, getattr(entry, name)) for tag, name in _FEEDBACKS if getattr(entry, name)),
        *_body(entry.body, entry, report),
        *(_element("hint", hint) for hint in entry.hints),
    ]
    if entry.id:
        lines.append(f"<idnumber>{xml_text(entry.id)}</idnumber>")
    if entry.tags:
        lines.append("<tags>" + "".join(f"<tag><text>{xml_text(tag)}</text></tag>" for tag in entry.tags) + "</tags>")
    lines.append("</question>\n")
    return "\n".join(lines)


def _prompt(entry: Entry) -> str:
    if not isinstance(entry.body, Cloze):
        return entry.prompt.text
    gaps = entry.body.gaps
    placed = [piece for piece in pieces(entry.prompt.text) if isinstance(piece, int)]
    if placed != list(range(1, len(gaps) + 1)):
        raise Unrepresentable("its text does not hold each gap once, in their order")
    return "".join(
        write_gap(gaps[piece - 1]) if isinstance(piece, int) else piece for piece in pieces(entry.prompt.text)
    )


@singledispatch
def _body(body: Body, entry: Entry, report: Report) -> Iterator[str]:
    """The elements that only this type of question has; a description and a cloze have none."""
    yield from ()


@_body.register
def _choice(body: Choice, entry: Entry, report: Report) -> Iterator[str]:
    yield f"<single>{'true' if body.single else 'false'}</single>"
    if body.all_or_nothing:
        report.note(f"In Moodle each right answer of “{entry.name}” counts by itself, not only all together.")
    for option in body.options:
        yield _answer(percent_text(option.weight), option.text, option.feedback)


@_body.register
def _true_false(body: TrueFalse, entry: Entry, report: Report) -> Iterator[str]:
    yield _answer("100" if body.answer else "0", Text("true"), body.when_true, named=False)
    yield _answer("0" if body.answer else "100", Text("false"), body.when_false, named=False)


@_body.register
def _typed(body: Typed, entry: Entry, report: Report) -> Iterator[str]:
    yield f"<usecase>{int(body.case_sensitive)}</usecase>"
    for answer in body.answers:
        yield _answer(percent_text(answer.weight), Text(moodle_spelling(answer)), answer.feedback, named=False)


@_body.register
def _numeric(body: Numeric, entry: Entry, report: Report) -> Iterator[str]:
    for answer in body.answers:
        value = "*" if answer.value is None else number_text(answer.value)
        margin = f"<tolerance>{number_text(answer.tolerance)}</tolerance>"
        yield _answer(percent_text(answer.weight), Text(value), answer.feedback, margin, named=False)


@_body.register
def _matching(body: Matching, entry: Entry, report: Report) -> Iterator[str]:
    nowhere = Text("", entry.prompt.format)
    sides = [(pair.left, pair.right) for pair in body.pairs] + [(nowhere, each) for each in body.distractors]
    if any(right.words != right.text for _, right in sides):
        report.note(f"The right sides of “{entry.name}” are written without their formatting.")
    for left, right in sides:
        yield _element("subquestion", left, f"<answer><text>{xml_text(right.words)}</text></answer>")


@_body.register
def _ordering(body: Ordering, entry: Entry, report: Report) -> Iterator[str]:
    for place, step in enumerate(body.steps, start=1):
        yield _answer(str(place), step, Text())


@_body.register
def _essay(body: Essay, entry: Entry, report: Report) -> Iterator[str]:
    if body.for_grader:
        yield _element("graderinfo", body.for_grader)
    if body.template:
        yield _element("responsetemplate", body.template)


def _answer(fraction: str, text: Text, feedback: Text, more: str = "", *, named: bool = True) -> str:
    said = _element("feedback", feedback) if feedback else ""
    text_format = f' format="{_FORMATS[text.format]}"' if named else ""
    return f'<answer fraction="{fraction}"{text_format}><text>{xml_text(text.text)}</text>{more}{said}</answer>'


def _element(tag: str, text: Text, more: str = "") -> str:
    return f'<{tag} format="{_FORMATS[text.format]}"><text>{xml_text(text.text)}</text>{more}</{tag}>'


def _category(names: tuple[str, ...]) -> str:
    path = "/".join(("$course$", "top", *(name.replace("/", "//") for name in names)))
    return f'<question type="category"><category><text>{xml_attribute(path)}</text></category></question>\n'
