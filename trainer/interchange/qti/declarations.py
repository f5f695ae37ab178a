"""What a QTI 2.1 item declares of its answers, and the rules that give them marks."""

from trainer.interchange.entries import Choice, Entry, MatchKind, Numeric, Typed, TypedAnswer
from trainer.interchange.numerals import number_text
from trainer.interchange.readings import Report, Unrepresentable
from trainer.interchange.writing import xml_attribute, xml_text

NAME = "QTI 2.1"


def declare_choice(response: str, body: Choice, idents: list[str]) -> str:
    weights = dict(zip(idents, (option.weight for option in body.options), strict=True))
    best = max(weights.values())
    right = [ident for ident, weight in weights.items() if weight > 0 and (not body.single or weight == best)]
    correct = "".join(f"<value>{ident}</value>" for ident in right)
    entries = "".join(
        f'<mapEntry mapKey="{ident}" mappedValue="{number_text(weight)}"/>' for ident, weight in weights.items()
    )
    mapping = "" if body.all_or_nothing else f'<mapping defaultValue="0">{entries}</mapping>'
    return (
        f'<responseDeclaration identifier="{response}" cardinality="{"single" if body.single else "multiple"}" '
        f'baseType="identifier"><correctResponse>{correct}</correctResponse>{mapping}</responseDeclaration>'
    )


def declare_typed(response: str, body: Typed, entry: Entry, report: Report) -> str:
    texts = [answer for answer in body.answers if answer.match is MatchKind.TEXT]
    if len(texts) < len(body.answers):
        report.note(f"QTI 2.1 has no wildcards; the answers with * of “{entry.name}” were not written.")
    if not any(answer.weight > 0 for answer in texts):
        raise Unrepresentable("no answer without a wildcard gives marks")
    correct = max(texts, key=lambda answer: answer.weight)
    return (
        f'<responseDeclaration identifier="{response}" cardinality="single" baseType="string">'
        f"<correctResponse><value>{xml_text(correct.text)}</value></correctResponse>"
        f'<mapping defaultValue="0">{"".join(_map_entry(each, body.case_sensitive) for each in texts)}</mapping>'
        "</responseDeclaration>"
    )


def _map_entry(answer: TypedAnswer, case_sensitive: bool) -> str:
    return (
        f'<mapEntry mapKey="{xml_attribute(answer.text)}" mappedValue="{number_text(answer.weight)}" '
        f'caseSensitive="{"true" if case_sensitive else "false"}"/>'
    )


def declare_number(response: str, body: Numeric) -> str:
    value = next((answer.value for answer in body.answers if answer.value is not None), None)
    if value is None:
        raise Unrepresentable("it accepts any number, which QTI cannot say")
    return (
        f'<responseDeclaration identifier="{response}" cardinality="single" baseType="float">'
        f"<correctResponse><value>{number_text(value)}</value></correctResponse></responseDeclaration>"
    )


def score_number(outcome: str, response: str, body: Numeric, entry: Entry, report: Report) -> str:
    """If it is this number or in this range so many marks, else if …"""
    blocks: list[str] = []
    for answer in body.answers:
        if answer.value is None:
            if answer.weight:
                report.note(f"QTI 2.1 cannot give marks to any other number in “{entry.name}”.")
            continue
        tag = "responseElseIf" if blocks else "responseIf"
        test = (
            f'<equal toleranceMode="absolute" tolerance="{number_text(answer.tolerance)}">'
            f'<variable identifier="{response}"/>'
            f'<baseValue baseType="float">{number_text(answer.value)}</baseValue></equal>'
        )
        marks = f'<baseValue baseType="float">{number_text(answer.weight)}</baseValue>'
        blocks.append(f"<{tag}>{test}{set_outcome(outcome, marks)}</{tag}>")
    return f"<responseCondition>{''.join(blocks)}</responseCondition>"


def score_mapped(outcome: str, response: str) -> str:
    return set_outcome(outcome, f'<mapResponse identifier="{response}"/>')


def score_match(response: str) -> str:
    test = f'<match><variable identifier="{response}"/><correct identifier="{response}"/></match>'
    marks = '<baseValue baseType="float">1</baseValue>'
    return f"<responseCondition><responseIf>{test}{set_outcome('SCORE', marks)}</responseIf></responseCondition>"


def set_outcome(outcome: str, expression: str) -> str:
    return f'<setOutcomeValue identifier="{outcome}">{expression}</setOutcomeValue>'
