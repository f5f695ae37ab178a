"""A Moodle XML file as entries."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from trainer.interchange.entries import NO_TEXT, Body, Cloze, Description, Entry, Essay, Text, TextFormat
from trainer.interchange.gift.texts import SPACE, category_path
from trainer.interchange.markup import words_of
from trainer.interchange.moodle.cloze import read_cloze
from trainer.interchange.moodle.questions import (
    read_choice,
    read_gapped,
    read_matching,
    read_numeric,
    read_ordering,
    read_true_false,
    read_typed,
)
from trainer.interchange.moodle.texts import format_of, raw_text, text_at
from trainer.interchange.readings import Reading, Report, UnreadableFile, Unrepresentable, read_each
from trainer.interchange.safe_xml import Node, parse_xml

_BODIES: dict[str, Callable[[Node, TextFormat, Report], Body]] = {
    "multichoice": read_choice,
    "truefalse": read_true_false,
    "shortanswer": read_typed,
    "numerical": read_numeric,
    "matching": read_matching,
    "match": read_matching,
    "ordering": read_ordering,
}
_CLOZES = {"cloze", "multianswer"}
_GAPPED = {"gapselect", "ddwtos"}
_UNSUPPORTED = {
    "calculated": "a calculated question draws new numbers each time",
    "calculatedsimple": "a calculated question draws new numbers each time",
    "calculatedmulti": "a calculated question draws new numbers each time",
    "random": "it only says to draw a question at random",
    "randomsamatch": "it only says to build pairs out of other questions",
    "ddimageortext": "dragging onto a picture is not supported",
    "ddmarker": "dragging onto a picture is not supported",
}


@dataclass(frozen=True, slots=True)
class Question:
    node: Node
    category: tuple[str, ...]


def read_moodle_xml(data: bytes) -> Reading:
    """Every question of the file; raises UnreadableFile."""
    ignored: list[str] = []
    root = parse_xml(data, ignored)
    if root.tag != "quiz":
        raise UnreadableFile(f"This XML begins with <{root.tag[:60]}>. Moodle XML begins with <quiz>; export it again.")
    report = Report()
    for each in ignored:
        report.note_file(each)
    read_each(report, _questions(root, report), _read_question)
    return report.reading()


def _questions(root: Node, report: Report) -> Iterator[tuple[int, Question]]:
    category: tuple[str, ...] = ()
    for node in root.children:
        if node.tag != "question":
            report.note_file(f"<{node.tag[:60]}> is not a question and was not read.", node.line)
        elif node.get("type") == "category":
            category = category_path(node.words_at("category", "text"))
        else:
            yield node.line, Question(node, category)


def _read_question(question: Question, report: Report) -> Entry:
    node = question.node
    prompt_node = node.first("questiontext")
    text_format = format_of(prompt_node, TextFormat.HTML, report)
    _note_files(node, report)
    prompt, body = _prompt_and_body(node, text_format, report)
    return Entry(
        body=body,
        prompt=prompt,
        title=words_of(node.words_at("name", "text")),
        general_feedback=text_at(node, "generalfeedback", text_format, report),
        when_right=text_at(node, "correctfeedback", text_format, report),
        when_partly=text_at(node, "partiallycorrectfeedback", text_format, report),
        when_wrong=text_at(node, "incorrectfeedback", text_format, report),
        hints=tuple(hint for hint in (_hint(each, text_format, report) for each in node.each("hint")) if hint),
        tags=_tags(node),
        id=node.words_at("idnumber"),
        category=question.category,
    )


def _prompt_and_body(node: Node, text_format: TextFormat, report: Report) -> tuple[Text, Body]:
    kind = node.get("type")
    raw = raw_text(node.first("questiontext"))
    if kind in _CLOZES:
        marked, gaps = read_cloze(raw, report)
        return report.text(marked, text_format), Cloze(gaps)
    if kind in _GAPPED:
        marked, gaps = read_gapped(node, raw, report)
        return report.text(marked, text_format), Cloze(gaps)
    prompt = report.text(raw, text_format)
    if kind == "description":
        return prompt, Description()
    if kind == "essay":
        return prompt, Essay(
            for_grader=text_at(node, "graderinfo", text_format, report),
            template=text_at(node, "responsetemplate", text_format, report),
        )
    read = _BODIES.get(kind)
    if read is None:
        why = _UNSUPPORTED.get(kind, "this type of question is not known here")
        raise Unrepresentable(f"a question of type “{kind[:60]}” cannot be read: {why}")
    return prompt, read(node, text_format, report)


def _hint(node: Node, text_format: TextFormat, report: Report) -> Text:
    inside = node.first("hintcontent") or node
    return report.text(raw_text(inside), format_of(inside, text_format, report)) or NO_TEXT


def _tags(node: Node) -> tuple[str, ...]:
    listed = (
        tag.words_at("text") for name in ("tags", "coursetags") for tags in node.each(name) for tag in tags.each("tag")
    )
    return tuple(dict.fromkeys(tag.strip(SPACE) for tag in listed if tag.strip(SPACE)))


def _note_files(node: Node, report: Report) -> None:
    names = {file.get("name", "without a name")[:100]: file.line for file in node.within("file")}
    if node.words_at("image_base64"):
        names[node.words_at("image")[:100] or "without a name"] = node.line
    for name, line in names.items():
        report.note(f"The file “{name}” inside the question was left out.", line)
