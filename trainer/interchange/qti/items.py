"""One entry as a QTI 2.1 assessmentItem."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import singledispatch
from re import ASCII
from re import compile as pattern_of

from trainer.interchange.entries import (
    ONE,
    ZERO,
    Body,
    Choice,
    Cloze,
    Entry,
    Essay,
    Matching,
    Numeric,
    Option,
    Ordering,
    Text,
    TrueFalse,
    Typed,
    pieces,
)
from trainer.interchange.qti.declarations import (
    NAME,
    declare_choice,
    declare_number,
    declare_typed,
    score_mapped,
    score_match,
    score_number,
    set_outcome,
)
from trainer.interchange.qti.version2 import OWN_IDENTIFIER
from trainer.interchange.qti.xhtml import xhtml
from trainer.interchange.readings import Report, Unrepresentable
from trainer.interchange.writing import note_feedback, note_lost, xml_attribute

NAMESPACE = "http://www.imsglobal.org/xsd/imsqti_v2p1"
_IDENTIFIER = pattern_of(r"[A-Za-z_][A-Za-z0-9_.-]{0,120}", ASCII)
_BLOCK = pattern_of(r"<(?:p|div|ul|ol|table|blockquote|pre|h[1-6]|dl|hr)\b")


@dataclass(slots=True)
class Parts:
    """An item while it is put together: what it declares, shows and computes."""

    declarations: list[str] = field(default_factory=list)
    outcomes: list[str] = field(default_factory=list)
    body: str = ""
    rules: list[str] = field(default_factory=list)
    has_feedback: bool = False


def identifier_of(entry: Entry, number: int) -> str:
    """The entry's own id where QTI allows it."""
    if _IDENTIFIER.fullmatch(entry.id) and not entry.id.startswith(OWN_IDENTIFIER):
        return entry.id
    return f"{OWN_IDENTIFIER}{number}"


def write_item(entry: Entry, number: int, report: Report) -> str:
    """The XML of the item; raises Unrepresentable."""
    identifier = identifier_of(entry, number)
    if entry.id and identifier != entry.id:
        report.note(f"The id of “{entry.name}” cannot be written in QTI.")
    note_lost(entry, report, ("hints",), NAME)
    parts = Parts()
    _write(entry.body, entry, parts, report)
    modal = _modal(entry, parts)
    named = f'identifier="{identifier}" title="{xml_attribute(entry.title)}"'
    processing = f"<responseProcessing>{''.join(parts.rules)}</responseProcessing>" if parts.rules else ""
    score = '<outcomeDeclaration identifier="SCORE" cardinality="single" baseType="float" normalMaximum="1"/>'
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<assessmentItem xmlns="{NAMESPACE}" {named} '
        f'adaptive="false" timeDependent="false">\n'
        f"{''.join(parts.declarations)}{score}{''.join(parts.outcomes)}\n"
        f"<itemBody>{parts.body}</itemBody>\n{processing}{modal}\n</assessmentItem>\n"
    )


@singledispatch
def _write(body: Body, entry: Entry, parts: Parts, report: Report) -> None:
    """Fills the parts; a description has nothing but its text."""
    parts.body = _prompt(entry)


@_write.register
def _choice(body: Choice, entry: Entry, parts: Parts, report: Report) -> None:
    several = not body.single
    idents = [f"c{position}" for position in range(1, len(body.options) + 1)]
    parts.declarations.append(declare_choice("RESPONSE", body, idents))
    parts.body = _prompt(entry) + _interaction(body.options, idents, several=several)
    _score_choice(body, parts, several=several)


@_write.register
def _true_false(body: TrueFalse, entry: Entry, parts: Parts, report: Report) -> None:
    options = (
        Option(Text("True"), ONE if body.answer else ZERO, body.when_true),
        Option(Text("False"), ZERO if body.answer else ONE, body.when_false),
    )
    idents = ["true", "false"]
    parts.declarations.append(declare_choice("RESPONSE", Choice(options), idents))
    parts.body = _prompt(entry) + _interaction(options, idents, several=False)
    _score_choice(Choice(options), parts, several=False)


@_write.register
def _typed(body: Typed, entry: Entry, parts: Parts, report: Report) -> None:
    note_feedback((answer.feedback for answer in body.answers), entry, report, NAME)
    parts.declarations.append(declare_typed("RESPONSE", body, entry, report))
    parts.body = f'{_prompt(entry)}<p><textEntryInteraction responseIdentifier="RESPONSE"/></p>'
    parts.rules.append(score_mapped("SCORE", "RESPONSE"))


@_write.register
def _numeric(body: Numeric, entry: Entry, parts: Parts, report: Report) -> None:
    note_feedback((answer.feedback for answer in body.answers), entry, report, NAME)
    parts.declarations.append(declare_number("RESPONSE", body))
    parts.body = f'{_prompt(entry)}<p><textEntryInteraction responseIdentifier="RESPONSE"/></p>'
    parts.rules.append(score_number("SCORE", "RESPONSE", body, entry, report))


@_write.register
def _matching(body: Matching, entry: Entry, parts: Parts, report: Report) -> None:
    rights = list(dict.fromkeys((*(pair.right for pair in body.pairs), *body.distractors)))
    if len(body.pairs) < 2 or len(rights) < 2:
        raise Unrepresentable("a matching question in QTI needs at least two pairs")
    links = [f"l{number} r{rights.index(pair.right) + 1}" for number, pair in enumerate(body.pairs, start=1)]
    correct = "".join(f"<value>{link}</value>" for link in links)
    parts.declarations.append(
        '<responseDeclaration identifier="RESPONSE" cardinality="multiple" baseType="directedPair">'
        f"<correctResponse>{correct}</correctResponse></responseDeclaration>"
    )
    sets = _associable("l", (pair.left for pair in body.pairs), 1) + _associable("r", rights, len(body.pairs))
    parts.body = (
        f'{_prompt(entry)}<matchInteraction responseIdentifier="RESPONSE" shuffle="true" '
        f'maxAssociations="{len(body.pairs)}">{sets}</matchInteraction>'
    )
    parts.rules.append(score_match("RESPONSE"))


@_write.register
def _ordering(body: Ordering, entry: Entry, parts: Parts, report: Report) -> None:
    numbers = range(1, len(body.steps) + 1)
    correct = "".join(f"<value>s{number}</value>" for number in numbers)
    steps = "".join(
        f'<simpleChoice identifier="s{number}">{xhtml(step)}</simpleChoice>'
        for number, step in zip(numbers, body.steps, strict=True)
    )
    parts.declarations.append(
        '<responseDeclaration identifier="RESPONSE" cardinality="ordered" baseType="identifier">'
        f"<correctResponse>{correct}</correctResponse></responseDeclaration>"
    )
    parts.body = (
        f'{_prompt(entry)}<orderInteraction responseIdentifier="RESPONSE" shuffle="true">{steps}</orderInteraction>'
    )
    parts.rules.append(score_match("RESPONSE"))


@_write.register
def _essay(body: Essay, entry: Entry, parts: Parts, report: Report) -> None:
    if body.template:
        report.note(f"QTI 2.1 has no place for the template of “{entry.name}”.")
    rubric = f'<rubricBlock view="scorer">{xhtml(body.for_grader)}</rubricBlock>' if body.for_grader else ""
    parts.declarations.append('<responseDeclaration identifier="RESPONSE" cardinality="single" baseType="string"/>')
    parts.body = f'{_prompt(entry)}<extendedTextInteraction responseIdentifier="RESPONSE"/>{rubric}'


@_write.register
def _cloze(body: Cloze, entry: Entry, parts: Parts, report: Report) -> None:
    written = [piece for piece in pieces(entry.prompt.text) if isinstance(piece, int)]
    if written != list(range(1, len(body.gaps) + 1)):
        raise Unrepresentable("its text does not hold each gap once, in their order")
    if any(gap.mark != 1 for gap in body.gaps):
        report.note(f"In QTI 2.1 all gaps of “{entry.name}” count the same.")
    places = []
    for number, gap in enumerate(body.gaps, start=1):
        parts.outcomes.append(
            f'<outcomeDeclaration identifier="SCORE_{number}" cardinality="single" baseType="float" normalMaximum="1"/>'
        )
        places.append(_gap(gap.body, number, entry, parts, report))
    parts.body = f"<div>{''.join(_filled(xhtml(entry.prompt), places))}</div>"
    total = "".join(f'<variable identifier="SCORE_{number}"/>' for number in range(1, len(places) + 1))
    count = f'<baseValue baseType="float">{len(places)}</baseValue>'
    parts.rules.append(set_outcome("SCORE", f"<divide><sum>{total}</sum>{count}</divide>"))


def _gap(body: Typed | Choice | Numeric, number: int, entry: Entry, parts: Parts, report: Report) -> str:
    response, outcome = f"RESPONSE_{number}", f"SCORE_{number}"
    entry_field = f'<textEntryInteraction responseIdentifier="{response}"/>'
    answers = body.options if isinstance(body, Choice) else body.answers
    note_feedback((answer.feedback for answer in answers), entry, report, NAME)
    if isinstance(body, Typed):
        parts.declarations.append(declare_typed(response, body, entry, report))
        parts.rules.append(score_mapped(outcome, response))
        return entry_field
    if isinstance(body, Numeric):
        parts.declarations.append(declare_number(response, body))
        parts.rules.append(score_number(outcome, response, body, entry, report))
        return entry_field
    if not body.single:
        raise Unrepresentable("QTI has no gap in which several answers are chosen")
    idents = [f"c{position}" for position in range(1, len(body.options) + 1)]
    parts.declarations.append(declare_choice(response, body, idents))
    parts.rules.append(score_mapped(outcome, response))
    choices = "".join(
        f'<inlineChoice identifier="{ident}">{xhtml(option.text)}</inlineChoice>'
        for ident, option in zip(idents, body.options, strict=True)
    )
    return (
        f'<inlineChoiceInteraction responseIdentifier="{response}" shuffle="true">{choices}</inlineChoiceInteraction>'
    )


def _filled(prompt: str, places: list[str]) -> Iterator[str]:
    for piece in pieces(prompt):
        yield places[piece - 1] if isinstance(piece, int) else piece


def _prompt(entry: Entry) -> str:
    written = xhtml(entry.prompt)
    return f"<div>{written}</div>" if written else ""


def _interaction(options: Iterable[Option], idents: list[str], *, several: bool) -> str:
    opening = f'<choiceInteraction responseIdentifier="RESPONSE" shuffle="true" maxChoices="{0 if several else 1}">'
    choices = (
        f'<simpleChoice identifier="{ident}">{xhtml(option.text)}{_feedback(ident, option.feedback)}</simpleChoice>'
        for ident, option in zip(idents, options, strict=True)
    )
    return f"{opening}{''.join(choices)}</choiceInteraction>"


def _feedback(ident: str, feedback: Text) -> str:
    """As a block where the feedback has blocks, which QTI does not allow in a line."""
    if not feedback:
        return ""
    written = xhtml(feedback)
    tag = "feedbackBlock" if _BLOCK.search(written) else "feedbackInline"
    return f'<{tag} outcomeIdentifier="FEEDBACK" identifier="{ident}" showHide="show">{written}</{tag}>'


def _associable(letter: str, texts: Iterable[Text], most: int) -> str:
    tag = "simpleAssociableChoice"
    choices = (
        f'<{tag} identifier="{letter}{number}" matchMax="{most}">{xhtml(text)}</{tag}>'
        for number, text in enumerate(texts, start=1)
    )
    return f"<simpleMatchSet>{''.join(choices)}</simpleMatchSet>"


def _score_choice(body: Choice, parts: Parts, *, several: bool) -> None:
    parts.rules.append(score_match("RESPONSE") if body.all_or_nothing else score_mapped("SCORE", "RESPONSE"))
    if any(option.feedback for option in body.options):
        cardinality = "multiple" if several else "single"
        parts.outcomes.append(
            f'<outcomeDeclaration identifier="FEEDBACK" cardinality="{cardinality}" baseType="identifier"/>'
        )
        parts.rules.append(set_outcome("FEEDBACK", '<variable identifier="RESPONSE"/>'))


def _modal(entry: Entry, parts: Parts) -> str:
    """Feedback to the whole answer, chosen by the score."""
    texts = {
        "general": entry.general_feedback,
        "correct": entry.when_right,
        "partial": entry.when_partly,
        "incorrect": entry.when_wrong,
    }
    if not any(texts.values()):
        return ""
    parts.outcomes.append('<outcomeDeclaration identifier="OVERALL" cardinality="multiple" baseType="identifier"/>')
    parts.rules.append(
        f"<responseCondition><responseIf>{_compared('gte', 1)}{_overall('correct')}</responseIf>"
        f"<responseElseIf>{_compared('gt', 0)}{_overall('partial')}</responseElseIf>"
        f"<responseElse>{_overall('incorrect')}</responseElse></responseCondition>"
    )
    return "".join(
        f'<modalFeedback outcomeIdentifier="OVERALL" identifier="{name}" showHide="show">{xhtml(text)}</modalFeedback>'
        for name, text in texts.items()
        if text
    )


def _compared(comparison: str, marks: int) -> str:
    limit = f'<baseValue baseType="float">{marks}</baseValue>'
    return f'<{comparison}><variable identifier="SCORE"/>{limit}</{comparison}>'


def _overall(name: str) -> str:
    values = "".join(f'<baseValue baseType="identifier">{each}</baseValue>' for each in ("general", name))
    return set_outcome("OVERALL", f"<multiple>{values}</multiple>")
