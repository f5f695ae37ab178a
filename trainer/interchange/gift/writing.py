"""Entries as a GIFT file that Moodle, and our own reader, read back the same."""

from collections.abc import Iterable
from functools import singledispatch
from re import compile as pattern_of

from trainer.interchange.entries import (
    ONE,
    ZERO,
    Body,
    Choice,
    Description,
    Entry,
    Essay,
    Matching,
    Numeric,
    NumericAnswer,
    Option,
    Text,
    TextFormat,
    TrueFalse,
    Typed,
)
from trainer.interchange.gift.texts import escape
from trainer.interchange.moodle.cloze import numeric_spelling
from trainer.interchange.moodle.patterns import moodle_spelling
from trainer.interchange.numerals import percent_text
from trainer.interchange.readings import Report, Unrepresentable, Written
from trainer.interchange.writing import note_lost, write_each

_NAME = "GIFT"
_UNWRITABLE_TAG = pattern_of(r"[<>`\x00-\x1f\x7f]|\\$")
_UNWRITABLE_ID = pattern_of(r"[\x00-\x1f\x7f]|\\$")
_ARROW = "->"


def write_gift(entries: Iterable[Entry]) -> Written:
    """The file, and what of the entries GIFT has no place for."""
    report = Report()
    blocks: list[str] = []
    category: tuple[str, ...] = ()
    for entry, block in write_each(entries, report, _block):
        if entry.category != category:
            category = entry.category
            blocks.append(f"$CATEGORY: {_category(category)}")
        blocks.append(block)
    return Written("".join(f"{block}\n\n" for block in blocks).encode(), tuple(report.problems))


def _block(entry: Entry, report: Report) -> str:
    _check_category(entry)
    answers = _answers(entry, report)
    note_lost(entry, report, ("hints", "when_right", "when_partly", "when_wrong"), _NAME)
    label = _label(entry, report)
    title = f"::{escape(entry.title)}::" if entry.title else ""
    prompt = f"{title}[{entry.prompt.format}]{escape(entry.prompt.text)}"
    return f"{label}{prompt}{answers}"


def _answers(entry: Entry, report: Report) -> str:
    if isinstance(entry.body, Description):
        note_lost(entry, report, ("general_feedback",), "A description in GIFT")
        return ""
    inside = _inside(entry.body, entry, report)
    general = f"####{_text(entry.general_feedback, entry.prompt.format)}" if entry.general_feedback else ""
    return f"{{{inside}{general}}}"


@singledispatch
def _inside(body: Body, entry: Entry, report: Report) -> str:
    """What stands between the braces, without the general feedback."""
    raise Unrepresentable(f"GIFT has no {entry.type} questions")


@_inside.register
def _essay(body: Essay, entry: Entry, report: Report) -> str:
    if body.for_grader or body.template:
        report.note(f"GIFT has no place for the notes and the template of “{entry.name}”.")
    return ""


@_inside.register
def _choice(body: Choice, entry: Entry, report: Report) -> str:
    if body.single and not any(option.weight == ONE for option in body.options):
        raise Unrepresentable("a choice in GIFT needs an answer that gives the full mark")
    if body.all_or_nothing:
        report.note(f"In GIFT each right answer of “{entry.name}” counts by itself, not only all of them together.")
    return _lines(_option(option, body.single, entry.prompt.format) for option in body.options)


def _option(option: Option, single: bool, text_format: TextFormat) -> str:
    mark = "=" if single and option.weight == ONE else f"~%{percent_text(option.weight)}%"
    return f"{mark}{_text(option.text, text_format)}{_feedback(option.feedback, text_format)}"


@_inside.register
def _typed(body: Typed, entry: Entry, report: Report) -> str:
    if body.case_sensitive:
        report.note(f"GIFT cannot say that capital letters count in “{entry.name}”.")
    lines = []
    for answer in body.answers:
        spelled = ("[plain]" if answer.text.startswith("[") else "") + escape(moodle_spelling(answer))
        lines.append(f"=%{percent_text(answer.weight)}%{spelled}{_feedback(answer.feedback, entry.prompt.format)}")
    if any(_ARROW in line for line in (*lines, entry.general_feedback.text)):
        if len(lines) > 1:
            raise Unrepresentable("an answer or its feedback has ->, which GIFT takes for a pair")
        lines = [line.removeprefix("=") for line in lines]
    return _lines(lines)


@_inside.register
def _numeric(body: Numeric, entry: Entry, report: Report) -> str:
    text_format = entry.prompt.format
    lines = []
    for position, answer in enumerate(body.answers, start=1):
        if _is_otherwise(answer) and position == len(body.answers) > 1:
            lines.append(f"~{_feedback(answer.feedback, text_format)}")
        else:
            value = numeric_spelling(answer)
            lines.append(f"=%{percent_text(answer.weight)}%{value}{_feedback(answer.feedback, text_format)}")
    return f"#{_lines(lines)}"


def _is_otherwise(answer: NumericAnswer) -> bool:
    return answer.value is None and answer.weight == ZERO


@_inside.register
def _matching(body: Matching, entry: Entry, report: Report) -> str:
    if len(body.pairs) + len(body.distractors) < 2:
        raise Unrepresentable("a matching question in GIFT needs at least two pairs")
    rights = [pair.right for pair in body.pairs] + list(body.distractors)
    if any(right.words != right.text for right in rights):
        report.note(f"The right sides of “{entry.name}” are written without their formatting.")
    if any(_ARROW in pair.left.text for pair in body.pairs):
        raise Unrepresentable("a left side has ->, which GIFT takes for the end of it")
    lines = [f"={_text(pair.left, entry.prompt.format)} -> {escape(pair.right.words)}" for pair in body.pairs]
    return _lines(lines + [f"= -> {escape(right.words)}" for right in body.distractors])


@_inside.register
def _true_false(body: TrueFalse, entry: Entry, report: Report) -> str:
    text_format = entry.prompt.format
    right, wrong = (body.when_true, body.when_false) if body.answer else (body.when_false, body.when_true)
    written = "TRUE" if body.answer else "FALSE"
    if wrong or right:
        written += f"#{_text(wrong, text_format)}"
    return f"{written}{_feedback(right, text_format)}"


def _lines(lines: Iterable[str]) -> str:
    return "".join(f"\n\t{line}" for line in lines) + "\n"


def _feedback(text: Text, text_format: TextFormat) -> str:
    return f"#{_text(text, text_format)}" if text else ""


def _text(text: Text, otherwise: TextFormat) -> str:
    """A text, with its format before it where it is not the question's."""
    named = bool(text) and (text.format != otherwise or text.text.startswith("["))
    return (f"[{text.format}]" if named else "") + escape(text.text)


def _label(entry: Entry, report: Report) -> str:
    parts = []
    if entry.id and not _UNWRITABLE_ID.search(entry.id):
        parts.append(f"[id:{entry.id.replace(']', chr(92) + ']')}]")
    elif entry.id:
        report.note(f"The id of “{entry.name}” cannot be written in GIFT.")
    for tag in entry.tags:
        if _UNWRITABLE_TAG.search(tag):
            report.note(f"The tag “{tag}” cannot be written in GIFT.")
        else:
            parts.append(f"[tag:{tag.replace(']', chr(92) + ']')}]")
    return f"// {' '.join(parts)}\n" if parts else ""


def _check_category(entry: Entry) -> None:
    if any(name.startswith("/") or name.endswith("/") or "\n" in name for name in entry.category):
        raise Unrepresentable("a name in its category begins or ends with a slash, or has a line break")


def _category(names: tuple[str, ...]) -> str:
    path = "/".join(name.replace("/", "//").replace("\\", "\\\\") for name in names)
    return f"$course$/top/{path}" if path else "$course$/top"
