"""The scoring rules of a QTI 1.2 item, played through with answers that somebody might give."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from trainer.interchange.entries import ONE, ZERO, NumericAnswer
from trainer.interchange.numerals import number_in, part
from trainer.interchange.readings import Unrepresentable
from trainer.interchange.safe_xml import Node

Given = Mapping[str, tuple[str, ...]]
"""What was answered to each response."""
MAX_WORK = 2_000_000
"""Comparisons times options or rules: more is nobody's question."""
_COMPARISONS = {"varequal", "varsubstring", "varsubset", "vargt", "vargte", "varlt", "varlte"}
_JOINS = {"and", "or", "not", "conditionvar"}
_CONSTANT = {"other": True, "unanswered": False}
MAX_CONDITION_DEPTH = 50


@dataclass(frozen=True, slots=True)
class Scoring:
    """The rules in their order; `several` are the responses that take more than one answer."""

    rules: tuple[Node, ...]
    defaults: Mapping[str, Decimal]
    several: frozenset[str]
    most: Decimal = ONE

    @classmethod
    def of(cls, item: Node, several: Iterable[str]) -> "Scoring":
        rules: list[Node] = []
        defaults: dict[str, Decimal] = {}
        most = ONE
        for processing in item.each("resprocessing"):
            rules.extend(processing.each("respcondition"))
            for variable in processing.within("decvar"):
                defaults[variable.get("varname", "SCORE")] = number_in(variable.get("defaultval") or "0") or ZERO
                most = number_in(variable.get("maxvalue")) or most
        return cls(tuple(rules), defaults, frozenset(several), most)

    def score(self, given: Given) -> Decimal:
        variables = dict(self.defaults)
        for rule in self.rules:
            if not self._holds(rule.first("conditionvar"), given):
                continue
            for setting in rule.each("setvar"):
                _set(variables, setting, self.amount(setting))
            if rule.get("continue").lower() == "no":
                break
        return variables.get("SCORE") or sum(variables.values(), ZERO)

    def amount(self, setting: Node) -> Decimal:
        """The marks that a rule sets; Blackboard writes `SCORE.max` for all of them."""
        written = setting.words().strip()
        return self.most if written.endswith(".max") else number_in(written) or ZERO

    def scoring_rules(self) -> Iterator[tuple[Node, Decimal]]:
        """Rules that give marks, and how many."""
        for rule in self.rules:
            marks = sum((self.amount(each) for each in rule.each("setvar")), ZERO)
            if marks > 0:
                yield rule, marks

    def check_work(self, options: int) -> None:
        nodes = sum(1 for rule in self.rules for _ in rule.within(*_COMPARISONS, *_JOINS))
        if nodes * max(options, len(self.rules)) > MAX_WORK:
            raise Unrepresentable("its scoring rules are longer than any question needs")

    def _holds(self, condition: Node | None, given: Given) -> bool:
        if condition is None:
            return False
        results = [self._one(child, given) for child in condition.children]
        if condition.tag == "or" or (condition.tag == "conditionvar" and self._alternatives(condition)):
            return any(results)
        return not all(results) if condition.tag == "not" else all(results)

    def _alternatives(self, condition: Node) -> bool:
        """Several answers to a response that takes one can only be meant as either-or."""
        named = {child.get("respident") for child in condition.children}
        return (
            all(child.tag == "varequal" for child in condition.children)
            and len(named) == 1
            and not named & self.several
        )

    def _one(self, node: Node, given: Given) -> bool:
        if node.tag in _JOINS:
            return self._holds(node, given)
        if node.tag in _CONSTANT:
            return _CONSTANT[node.tag] or not any(given.values())
        if node.tag not in _COMPARISONS:
            raise Unrepresentable(f"its scoring uses <{node.tag[:40]}>, which is not supported")
        wanted = node.words().strip()
        return any(_compares(node, answer, wanted) for answer in given.get(node.get("respident"), ()))


def positive_values(condition: Node, respident: str) -> tuple[str, ...]:
    """The answers to a response that a condition asks for, without those it forbids."""
    found: list[str] = []
    for child in condition.children:
        if child.tag in ("varequal", "varsubstring", "varsubset") and child.get("respident") == respident:
            found.append(child.words().strip())
        elif child.tag in ("and", "or", "conditionvar"):
            found.extend(positive_values(child, respident))
    return tuple(dict.fromkeys(found))


def numeric_answers(scoring: Scoring, respident: str) -> tuple[NumericAnswer, ...]:
    """Numbers and ranges that give marks, the most marks first to be met."""
    rules = [(rule, marks) for rule, marks in scoring.scoring_rules() if rule.first("conditionvar") is not None]
    best = max((marks for _, marks in rules), default=ONE)
    found: list[NumericAnswer] = []
    for rule, marks in rules:
        condition = rule.first("conditionvar")
        if condition is not None:
            spans = list(_spans(condition, respident))
            found.extend(NumericAnswer(value, margin, part(marks, best)) for value, margin in _without_inner(spans))
    return tuple(dict.fromkeys(found))


def is_substring(condition: Node) -> bool:
    return any(True for _ in condition.within("varsubstring", "varsubset"))


def _spans(condition: Node, respident: str) -> Iterator[tuple[Decimal, Decimal]]:
    low: Decimal | None = None
    high: Decimal | None = None
    for child in condition.children:
        if child.tag in ("and", "or", "conditionvar"):
            yield from _spans(child, respident)
        elif child.tag in _COMPARISONS and child.get("respident") == respident:
            value = _number_of(child)
            if child.tag in ("vargt", "vargte"):
                low = value
            elif child.tag in ("varlt", "varlte"):
                high = value
            else:
                yield value, ZERO
    if low is None and high is None:
        return
    if low is None or high is None:
        raise Unrepresentable("its scoring accepts numbers without an upper or a lower end")
    span = NumericAnswer.between(low, high)
    yield span.value or ZERO, abs(span.tolerance)


def _number_of(comparison: Node) -> Decimal:
    value = number_in(comparison.words())
    if value is None:
        said = comparison.words().strip()[:40]
        raise Unrepresentable(f"its scoring compares with {said!r}, which is not a number")
    return value


def _without_inner(spans: list[tuple[Decimal, Decimal]]) -> list[tuple[Decimal, Decimal]]:
    """An exact number inside a range says nothing more than the range."""
    ranges = [(value - margin, value + margin) for value, margin in spans if margin]
    return [span for span in spans if span[1] or not any(low <= span[0] <= high for low, high in ranges)]


def _compares(node: Node, answer: str, wanted: str) -> bool:
    if node.tag == "varequal":
        return answer == wanted or (node.get("case").lower() != "yes" and answer.casefold() == wanted.casefold())
    if node.tag in ("varsubstring", "varsubset"):
        return wanted.casefold() in answer.casefold()
    number, limit = number_in(answer), number_in(wanted)
    if number is None or limit is None:
        return False
    return {
        "vargt": number > limit,
        "vargte": number >= limit,
        "varlt": number < limit,
        "varlte": number <= limit,
    }[node.tag]


def _set(variables: dict[str, Decimal], setting: Node, amount: Decimal) -> None:
    name = setting.get("varname", "SCORE")
    before, action = variables.get(name, ZERO), setting.get("action", "Set").lower()
    if action == "add":
        variables[name] = before + amount
    elif action == "subtract":
        variables[name] = before - amount
    elif action == "set":
        variables[name] = amount
    else:
        raise Unrepresentable(f"its scoring uses the action {action[:40]!r}, which is not supported")
