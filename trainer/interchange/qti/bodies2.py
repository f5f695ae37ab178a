"""The answers of a QTI 2 item, by its interaction."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from trainer.interchange import limits
from trainer.interchange.entries import (
    NO_TEXT,
    ONE,
    ZERO,
    Choice,
    Matching,
    Numeric,
    Option,
    Ordering,
    Pair,
    Text,
    TextFormat,
    TrueFalse,
    Typed,
    TypedAnswer,
)
from trainer.interchange.numerals import part
from trainer.interchange.qti.parts2 import Declaration, Rules, words_without_feedback
from trainer.interchange.readings import Report, Unrepresentable
from trainer.interchange.safe_xml import Node

_TRUTH = {"true", "false"}


@dataclass(frozen=True, slots=True)
class Question:
    declarations: Mapping[str, Declaration]
    rules: Rules
    feedback: Mapping[str, Text]

    def declaration(self, interaction: Node) -> Declaration:
        identifier = interaction.get("responseIdentifier") or interaction.get("responseidentifier")
        found = self.declarations.get(identifier)
        if found is None:
            raise Unrepresentable(f"the answer “{identifier[:60]}” is declared nowhere")
        return found

    def is_compared(self, interaction: Node) -> bool:
        """Whether rules compare what was written, so that nobody has to read it."""
        declaration = self.declarations.get(interaction.get("responseIdentifier"))
        return declaration is not None and bool(self.rules.named(declaration))


def read_choice(node: Node, question: Question, report: Report) -> Choice | TrueFalse:
    declaration = question.declaration(node)
    single = declaration.cardinality == "single"
    choices = _choices(node, "simpleChoice")
    weights, whole = _weights(declaration, question.rules, [each.get("identifier") for each in choices])
    options = []
    for each in choices:
        identifier = each.get("identifier")
        text, feedback = words_without_feedback(each)
        said = report.text(feedback, TextFormat.HTML) or question.feedback.get(identifier.lower()) or NO_TEXT
        options.append(Option(report.text(text, TextFormat.HTML), weights[identifier], said))
    if single and _is_true_false(choices, options):
        true, false = sorted(options, key=lambda option: option.text.words.strip().lower() != "true")
        return TrueFalse(true.weight > false.weight, when_true=true.feedback, when_false=false.feedback)
    return Choice(tuple(options), single=single, all_or_nothing=whole and not single)


def read_inline_choice(node: Node, question: Question, report: Report) -> Choice:
    declaration = question.declaration(node)
    choices = _choices(node, "inlineChoice")
    weights, _ = _weights(declaration, question.rules, [each.get("identifier") for each in choices])
    options = (
        Option(report.text(words_without_feedback(each)[0], TextFormat.HTML), weights[each.get("identifier")])
        for each in choices
    )
    return Choice(tuple(options))


def read_text_entry(node: Node, question: Question) -> Typed | Numeric:
    declaration = question.declaration(node)
    if declaration.base_type in ("float", "integer"):
        return Numeric(question.rules.numbers(declaration))
    rules = question.rules
    maps = rules.maps(declaration)
    worth = declaration.mapped if maps else dict.fromkeys(declaration.correct, ONE) or rules.named(declaration)
    if not worth:
        raise Unrepresentable("no answer is marked as right")
    most = ONE if declaration.correct and not maps else rules.most(declaration, max(worth.values()))
    answers = (TypedAnswer(text.strip(), part(marks, most)) for text, marks in worth.items() if text.strip())
    case_sensitive = declaration.case_sensitive and not rules.ignores_case(declaration)
    return Typed(tuple(answers), case_sensitive=case_sensitive)


def read_ordering(node: Node, question: Question, report: Report) -> Ordering:
    declaration = question.declaration(node)
    texts = _texts(_choices(node, "simpleChoice"), report)
    if len(declaration.correct) != len(texts) or set(declaration.correct) != set(texts):
        raise Unrepresentable("the right order of all steps is not declared")
    return Ordering(tuple(texts[identifier] for identifier in declaration.correct))


def read_matching(node: Node, question: Question, report: Report) -> Matching:
    declaration = question.declaration(node)
    sets = [_texts(_choices(each, None), report) for each in node.each("simpleMatchSet")]
    if len(sets) != 2:
        raise Unrepresentable("a matching question needs two sets")
    lefts, rights = sets
    chosen: dict[str, str] = {}
    for pair in declaration.correct or tuple(key for key, marks in declaration.mapped.items() if marks > 0):
        left, _, right = pair.partition(" ")
        if left in rights and right in lefts:
            left, right = right, left
        if left not in lefts or right not in rights or left in chosen:
            raise Unrepresentable("a left side has several right sides, or one that is not there")
        chosen[left] = right
    if len(chosen) != len(lefts) or len(lefts) < 2:
        raise Unrepresentable("not every left side has its right side")
    pairs = tuple(Pair(lefts[left], rights[chosen[left]]) for left in lefts)
    return Matching(pairs, tuple(text for identifier, text in rights.items() if identifier not in chosen.values()))


def _choices(node: Node, tag: str | None) -> list[Node]:
    found = list(node.within(tag) if tag else node.each("simpleAssociableChoice"))
    if len(found) < 2:
        raise Unrepresentable("there are fewer than two answers to choose from")
    if len(found) > limits.MAX_OPTIONS:
        raise Unrepresentable(f"there are more than {limits.MAX_OPTIONS} answers")
    return found


def _texts(choices: list[Node], report: Report) -> dict[str, Text]:
    return {each.get("identifier"): report.text(words_without_feedback(each)[0], TextFormat.HTML) for each in choices}


def _weights(declaration: Declaration, rules: Rules, identifiers: list[str]) -> tuple[dict[str, Decimal], bool]:
    """A share for each choice; the second value tells that only the whole set counts."""
    named = {} if declaration.correct or declaration.mapped else rules.named(declaration)
    if rules.maps(declaration) or named:
        given = declaration.mapped or named
        worth = {each: given.get(each, declaration.otherwise) for each in identifiers}
        gains = [marks for marks in worth.values() if marks > 0]
        best = max(gains, default=ZERO) if declaration.cardinality == "single" else sum(gains, ZERO)
        most = rules.most(declaration, best)
        return {each: part(marks, most) for each, marks in worth.items()}, False
    right = [each for each in identifiers if each in declaration.correct]
    if not right:
        raise Unrepresentable("no answer is marked as right")
    share = ONE if declaration.cardinality == "single" else part(ONE, Decimal(len(right)))
    return {each: share if each in right else ZERO for each in identifiers}, True


def _is_true_false(choices: list[Node], options: list[Option]) -> bool:
    """Two answers that are true and false, by their words."""
    return len(choices) == 2 and {option.text.words.strip().lower() for option in options} == _TRUTH
