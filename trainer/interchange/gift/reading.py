"""A GIFT file as entries."""

from collections.abc import Iterator
from dataclasses import dataclass

from trainer.interchange.decoding import decode
from trainer.interchange.entries import NO_TEXT, Body, Description, Entry, Essay, Text, TextFormat
from trainer.interchange.gift.answers import read_choice, read_matching, read_numeric, read_true_false, read_typed
from trainer.interchange.gift.texts import (
    SPACE,
    Label,
    category_path,
    formatted,
    hide_escapes,
    label_in,
    show_escapes,
)
from trainer.interchange.markup import words_of
from trainer.interchange.readings import Reading, Report, Unrepresentable, read_each

CATEGORY = "$CATEGORY:"
FEEDBACK = "####"
BLANK = "_____"
_TRUTHS = {"T", "TRUE", "F", "FALSE"}


@dataclass(frozen=True, slots=True)
class Block:
    """Lines between blank ones: a question, its label and the category it stands in."""

    text: str
    label: Label
    category: tuple[str, ...]


def read_gift(data: bytes) -> Reading:
    """Every question of the file; raises UnreadableFile."""
    report = Report()
    read_each(report, _blocks(decode(data), report), _read_block)
    return report.reading()


def _blocks(text: str, report: Report) -> Iterator[tuple[int, Block]]:
    category: tuple[str, ...] = ()
    for lines in _paragraphs(text, report):
        comments = "".join(f"{line}\n" for _, line in lines if line.startswith("//"))
        shown = [(number, line) for number, line in lines if not line.startswith("//")]
        if not shown:
            continue
        number = shown[0][0]
        content = "\n".join(" " if line.startswith("//") else line for _, line in lines).strip(SPACE)
        if content.startswith(CATEGORY):
            category = _category(content, number, report)
        else:
            yield number, Block(hide_escapes(content), label_in(comments), category)


def _paragraphs(text: str, report: Report) -> Iterator[list[tuple[int, str]]]:
    """Numbered, trimmed lines between blank ones. As in Moodle, a line that is only 0 counts as blank."""
    current: list[tuple[int, str]] = []
    for number, line in enumerate(_lines(text), start=1):
        line = line.strip(SPACE)
        if line == "0":
            report.note_file("A line with nothing but 0 separates questions, as in Moodle; its 0 was not read.", number)
        if line in ("", "0"):
            if current:
                yield current
            current = []
        else:
            current.append((number, line))
    if current:
        yield current


def _lines(text: str) -> list[str]:
    """Lines as Moodle cuts them: at line feeds, or at carriage returns where there is no line feed at all."""
    return text.split("\n") if "\n" in text else text.split("\r")


def _category(content: str, line: int, report: Report) -> tuple[str, ...]:
    first, _, rest = content[len(CATEGORY) :].partition("\n")
    if rest.strip(SPACE):
        report.note_file(
            "A $CATEGORY line needs a blank line after it; what followed was not read, as in Moodle.",
            line,
        )
    return category_path(show_escapes(hide_escapes(first)))


def _read_block(block: Block, report: Report) -> Entry:
    title, text = _title(block.text)
    start, end = text.find("{"), text.find("}")
    if start < 0 and end < 0:
        answers, prompt_text = None, text
    elif start >= 0 > end:
        raise Unrepresentable("the closing brace } after the answers is missing")
    elif end < start or start < 0:
        raise Unrepresentable("the braces { } around the answers do not match; write \\{ or \\} for a brace in a text")
    else:
        answers = text[start + 1 : end].strip(SPACE)
        prompt_text = text[:start] + ("" if text.endswith("}") else BLANK) + text[end + 1 :]
        if "{" in text[end:]:
            report.note("Only the first { } is read as answers; the later ones stay in the text.")
    prompt = formatted(prompt_text, TextFormat.MOODLE, report)
    answers, feedback = _general_feedback(answers, prompt, report)
    return Entry(
        body=_body(answers, prompt.format, report),
        prompt=prompt,
        title=title,
        general_feedback=feedback,
        tags=block.label.tags,
        id=block.label.id,
        category=block.category,
    )


def _title(text: str) -> tuple[str, str]:
    if not text.startswith("::"):
        return "", text
    title, closed, rest = text[2:].partition("::")
    if not closed:
        return "", text[2:]
    return words_of(show_escapes(title)), rest.strip(SPACE)


def _general_feedback(answers: str | None, prompt: Text, report: Report) -> tuple[str | None, Text]:
    if answers is None or FEEDBACK not in answers:
        return answers, NO_TEXT
    answers, _, feedback = answers.rpartition(FEEDBACK)
    return answers.strip(SPACE), formatted(feedback, prompt.format, report) or NO_TEXT


def _body(answers: str | None, text_format: TextFormat, report: Report) -> Body:
    """The order of these tests is Moodle's; it decides what a question is."""
    if answers is None:
        return Description()
    if not answers:
        return Essay()
    if answers.startswith("#"):
        return read_numeric(answers[1:], text_format, report)
    if "~" in answers:
        return read_choice(answers, text_format, report)
    if "=" in answers and "->" in answers:
        return read_matching(answers, text_format, report)
    if answers.partition("#")[0].strip(SPACE) in _TRUTHS:
        return read_true_false(answers, text_format, report)
    return read_typed(answers, text_format, report)
