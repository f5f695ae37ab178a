"""QTI 2.1 and 2.2 items as entries."""

from re import compile as pattern_of

from trainer.interchange import limits
from trainer.interchange.entries import NO_TEXT, Body, Cloze, Description, Entry, Essay, Gap, Text, TextFormat
from trainer.interchange.markup import words_of
from trainer.interchange.qti.bodies2 import (
    Question,
    read_choice,
    read_inline_choice,
    read_matching,
    read_ordering,
    read_text_entry,
)
from trainer.interchange.qti.parts2 import Declaration, Rules, body_html, unwrapped
from trainer.interchange.readings import Report, Unrepresentable
from trainer.interchange.safe_xml import Node, inner_html

BLANK = "_____"
OWN_IDENTIFIER = "entente-item-"
_INTERACTION = "interaction"
_TEXT_ENTRY, _INLINE_CHOICE = "textentryinteraction", "inlinechoiceinteraction"
_RIGHT, _PARTLY, _WRONG = "correct", "partial", "incorrect"
_HERE = "\ufdd0"
"""Stands for the place to answer; no file has it, since decoding takes such characters out."""
_LONELY = pattern_of(rf"<(p|div)>\s{{0,200}}{_HERE}\s{{0,200}}</\1>")


def read_item(item: Node, category: tuple[str, ...], tags: tuple[str, ...], report: Report) -> Entry:
    """One assessmentItem; raises Unrepresentable."""
    for name in ("templateDeclaration", "templateProcessing"):
        if item.first(name) is not None:
            raise Unrepresentable("a question that draws new values each time is not supported")
    body_node = item.first("itemBody")
    if body_node is None:
        raise Unrepresentable("the item has no body")
    question = Question(
        declarations={each.get("identifier"): Declaration.of(each) for each in item.each("responseDeclaration")},
        rules=Rules.of(item),
        feedback=_modal(item, report),
    )
    prompt, body = _prompt_and_body(body_node, question, report)
    named = dict(question.feedback)
    identifier = item.get("identifier")
    return Entry(
        body=body,
        prompt=prompt,
        title=words_of(item.get("title")),
        general_feedback=named.pop("general", NO_TEXT),
        when_right=named.pop(_RIGHT, NO_TEXT),
        when_partly=named.pop(_PARTLY, NO_TEXT),
        when_wrong=named.pop(_WRONG, NO_TEXT),
        tags=tags,
        id="" if identifier.startswith(OWN_IDENTIFIER) else identifier,
        category=category,
    )


def _prompt_and_body(body: Node, question: Question, report: Report) -> tuple[Text, Body]:
    interactions = [node for node in _all(body) if node.tag.lower().endswith(_INTERACTION)]
    if len(interactions) > limits.MAX_OPTIONS:
        raise Unrepresentable("it has more parts than any question needs")
    inline = [node for node in interactions if node.tag.lower() in (_TEXT_ENTRY, _INLINE_CHOICE)]
    if len(inline) == len(interactions) and (len(inline) > 1 or (inline and inline[0].tag.lower() == _INLINE_CHOICE)):
        return _cloze(body, inline, question, report)
    if len(interactions) > 1:
        raise Unrepresentable("it asks several questions at once; split it into one item each")
    return _prompt(body, interactions, report), _body(body, interactions, question, report)


def _body(body: Node, interactions: list[Node], question: Question, report: Report) -> Body:
    if not interactions:
        return Description()
    node = interactions[0]
    kind = node.tag.lower()
    if kind == "choiceinteraction":
        return read_choice(node, question, report)
    if kind == "orderinteraction":
        return read_ordering(node, question, report)
    if kind == "matchinteraction":
        return read_matching(node, question, report)
    if kind == _TEXT_ENTRY:
        return read_text_entry(node, question)
    if kind == "extendedtextinteraction" and question.is_compared(node):
        return read_text_entry(node, question)
    if kind == "extendedtextinteraction":
        return _essay(body, report)
    raise Unrepresentable(f"a question answered by <{node.tag[:60]}> is not supported")


def _essay(body: Node, report: Report) -> Essay:
    notes = (each for each in body.within("rubricBlock") if "candidate" not in each.get("view"))
    rubric = "".join(inner_html(each) for each in notes)
    return Essay(for_grader=report.text(rubric.strip(), TextFormat.HTML) or NO_TEXT)


def _prompt(body: Node, interactions: list[Node], report: Report) -> Text:
    """The text around the place to answer, which shows as a blank only when words come after it."""
    asked = ""

    def replacing(node: Node) -> str | None:
        nonlocal asked
        if not any(node is each for each in interactions):
            return None
        prompt = node.first("prompt")
        asked = "" if prompt is None else inner_html(prompt).strip()
        return _HERE

    html = _LONELY.sub(_HERE, body_html(body, replacing))
    before, here, after = html.partition(_HERE)
    if here and asked and Text(asked, TextFormat.HTML).words not in Text(before, TextFormat.HTML).words:
        before += asked
    is_blank = bool(interactions) and interactions[0].tag.lower() == _TEXT_ENTRY and _has_words(after)
    return report.text(unwrapped(before + (BLANK if is_blank else "") + after, body), TextFormat.HTML)


def _cloze(body: Node, inline: list[Node], question: Question, report: Report) -> tuple[Text, Cloze]:
    gaps: list[Gap] = []

    def replacing(node: Node) -> str | None:
        if not any(node is each for each in inline):
            return None
        if node.tag.lower() == _TEXT_ENTRY:
            gaps.append(Gap(read_text_entry(node, question)))
        else:
            gaps.append(Gap(read_inline_choice(node, question, report)))
        return f"{{#{len(gaps)}}}"

    html = body_html(body, replacing)
    return report.text(unwrapped(html, body), TextFormat.HTML), Cloze(tuple(gaps))


def _has_words(html: str) -> bool:
    return bool(Text(html, TextFormat.HTML).words)


def _modal(item: Node, report: Report) -> dict[str, Text]:
    """Feedback by its identifier."""
    found = {}
    for each in item.each("modalFeedback"):
        found[each.get("identifier").lower()] = report.text(inner_html(each).strip(), TextFormat.HTML)
    known = {"general", _RIGHT, _PARTLY, _WRONG}
    for declaration in item.each("responseDeclaration"):
        known |= {value.words().strip().lower() for value in declaration.within("value")}
    choices = {each.get("identifier").lower() for each in item.within("simpleChoice")}
    for identifier in found:
        if identifier not in known | choices:
            report.note(f"The feedback “{identifier[:60]}” is shown by a rule of its own and was left out.")
    inside = sum(1 for choice in item.within("simpleChoice") for _ in choice.within("feedbackBlock"))
    if sum(1 for _ in item.within("feedbackBlock")) > inside:
        report.note("The item has feedback with conditions of its own; it was left out.")
    return found


def _all(node: Node) -> list[Node]:
    found = []
    for child in node.children:
        found.append(child)
        found.extend(_all(child))
    return found
