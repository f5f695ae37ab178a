"""QTI 1.2 items as entries: what Canvas, Common Cartridge and text2qti write."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from trainer.interchange.entries import NO_TEXT, Body, Cloze, Description, Entry, Essay, Text, TextFormat
from trainer.interchange.markup import words_of
from trainer.interchange.qti.bodies1 import (
    Item,
    read_choice,
    read_matching,
    read_named_gaps,
    read_numeric,
    read_ordering,
    read_true_false,
    read_typed,
    read_written_gaps,
)
from trainer.interchange.qti.parts1 import Piece, Response, feedbacks, flow, metadata, text_of
from trainer.interchange.qti.scoring1 import Scoring
from trainer.interchange.readings import Report, Unrepresentable, read_each
from trainer.interchange.safe_xml import Node

BLANK = "_____"
_UNSUPPORTED = {
    "file_upload_question": "a file to hand in is not supported",
    "calculated_question": "a question that draws new numbers each time is not supported",
    "formula_question": "a question that draws new numbers each time is not supported",
    "hot_spot_question": "points on a picture are not supported",
    "categorization_question": "sorting into categories is not supported",
}
_TYPE_FIELDS = ("question_type", "cc_profile", "qmd_questiontype", "bbmd_questiontype", "qmd_itemtype")
_ESSAYS = ("essay", "short response", "long answer")
_SEVERAL = ("multiple_answers", "multiple_response", "multiple answer", "multi-select")
_NAMED_GAPS = {"fill_in_multiple_blanks_question", "multiple_dropdowns_question"}
_GENERAL = {"general_fb", "general"}
_RIGHT = {"correct_fb", "correct", "general_correct_fb"}
_WRONG = {"general_incorrect_fb", "incorrect", "incorrect_fb"}


@dataclass(frozen=True, slots=True)
class Placed:
    node: Node
    category: tuple[str, ...]


def read_items(root: Node, report: Report) -> None:
    """Every item below, with the titles of its assessment and sections as category."""
    read_each(report, _items(root, ()), _read_item)


def _items(node: Node, category: tuple[str, ...]) -> Iterator[tuple[int, Placed]]:
    for child in node.children:
        if child.tag == "item":
            yield child.line, Placed(child, category)
        elif child.tag in ("assessment", "section", "objectbank"):
            title = words_of(child.get("title"))
            named = child.get("ident") != "root_section" and bool(title)
            yield from _items(child, (*category, title) if named else category)


def _read_item(placed: Placed, report: Report) -> Entry:
    node = placed.node
    told = metadata(node)
    kind = next((told[name] for name in _TYPE_FIELDS if told.get(name)), "").lower()
    if kind in _UNSUPPORTED:
        raise Unrepresentable(_UNSUPPORTED[kind])
    shown = flow(node, report)
    if any(word in kind for word in _SEVERAL):
        shown = [replace(each, cardinality="multiple") if isinstance(each, Response) else each for each in shown]
    responses = tuple(each for each in shown if isinstance(each, Response))
    texts, hints = feedbacks(node, report)
    item = Item(
        kind=kind,
        shown=tuple(shown),
        responses=responses,
        scoring=Scoring.of(node, (each.ident for each in responses if each.cardinality == "multiple")),
        feedback=_by_answer(node, texts, report),
    )
    item.scoring.check_work(len(responses) + max((len(each.labels) for each in responses), default=0))
    prompt, body = _prompt_and_body(item, report)
    return Entry(
        body=body,
        prompt=prompt,
        title=words_of(node.get("title")),
        general_feedback=_named(texts, _GENERAL),
        when_right=_named(texts, _RIGHT),
        when_wrong=_named(texts, _WRONG),
        hints=hints,
        id=node.get("ident"),
        category=placed.category,
    )


def _prompt_and_body(item: Item, report: Report) -> tuple[Text, Body]:
    if item.kind in _NAMED_GAPS:
        marked, gaps = read_named_gaps(item, report)
        return marked, Cloze(gaps)
    texts = [each for each in item.responses if each.is_text]
    if len(texts) > 1 and len(texts) == len(item.responses):
        marked, gaps = read_written_gaps(item, report)
        return marked, Cloze(gaps)
    return _prompt(item, report), _body(item, report)


def _body(item: Item, report: Report) -> Body:
    if not item.responses:
        return Description()
    first = item.responses[0]
    if "matching" in item.kind or len(item.responses) > 1:
        return read_matching(item, report)
    if any(word in item.kind for word in _ESSAYS):
        return Essay()
    if first.is_text:
        if "numerical" in item.kind or first.is_number:
            return read_numeric(item, report)
        return read_typed(item, report) or Essay()
    if first.cardinality == "ordered":
        return read_ordering(item, report)
    if "true_false" in item.kind or item.kind == "true/false":
        return read_true_false(item, report)
    return read_choice(item, report)


def _prompt(item: Item, report: Report) -> Text:
    """The texts before, and after a single blank those behind it too."""
    pieces: list[Piece] = []
    for position, each in enumerate(item.shown):
        if isinstance(each, Piece):
            pieces.append(each)
        elif each.is_text and any(isinstance(later, Piece) and later.text.strip() for later in item.shown[position:]):
            pieces.append(Piece(BLANK, is_html=False))
    return text_of(pieces, report)


def _by_answer(node: Node, texts: dict[str, Text], report: Report) -> dict[tuple[str, str], Text]:
    """Feedback that is tied to one answer of one response. What is tied to another rule is noted, unless well known."""
    found: dict[tuple[str, str], Text] = {}
    tied = set(_GENERAL | _RIGHT | _WRONG)
    for rule in node.within("respcondition"):
        condition = rule.first("conditionvar")
        single = condition.children[0] if condition is not None and len(condition.children) == 1 else None
        for shown in rule.each("displayfeedback"):
            ident = shown.get("linkrefid")
            if ident in texts and ident not in tied and single is not None and single.tag == "varequal":
                found[single.get("respident"), single.words().strip()] = texts[ident]
                tied.add(ident)
    for ident in texts:
        if ident not in tied and ident.lower() not in tied:
            report.note(f"The feedback “{ident[:60]}” is not tied to one answer and was left out.")
    return found


def _named(texts: dict[str, Text], names: set[str]) -> Text:
    found = [text for ident, text in texts.items() if ident.lower() in names]
    if len(found) < 2:
        return found[0] if found else NO_TEXT
    return replace(found[0], text="".join(each.text for each in found), format=TextFormat.HTML)
