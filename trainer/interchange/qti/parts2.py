"""What a QTI 2 item declares and shows: right answers, mappings, scoring rules, the body as HTML."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from html import escape

from trainer.interchange.entries import ONE, ZERO, NumericAnswer
from trainer.interchange.numerals import number_in, part
from trainer.interchange.readings import Unrepresentable
from trainer.interchange.safe_xml import Node, inner_html, outer_html

_HIDDEN = {"feedbackInline", "feedbackBlock", "rubricBlock", "stylesheet", "templateInline", "templateBlock"}
_SAME = {"match", "stringMatch"}
_HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Declaration:
    """A response variable: its right values, and what each value is worth where they are mapped."""

    identifier: str
    cardinality: str
    base_type: str
    correct: tuple[str, ...]
    mapped: dict[str, Decimal]
    otherwise: Decimal
    upper: Decimal | None
    case_sensitive: bool

    @classmethod
    def of(cls, node: Node) -> "Declaration":
        correct = node.first("correctResponse")
        mapping = node.first("mapping")
        entries = [] if mapping is None else list(mapping.each("mapEntry"))
        return cls(
            identifier=node.get("identifier"),
            cardinality=node.get("cardinality", "single").lower(),
            base_type=node.get("baseType", "identifier").lower(),
            correct=() if correct is None else tuple(value.words().strip() for value in correct.each("value")),
            mapped={each.get("mapKey"): _number(each.get("mappedValue")) for each in entries},
            otherwise=ZERO if mapping is None else _number(mapping.get("defaultValue") or "0"),
            upper=None if mapping is None else number_in(mapping.get("upperBound")),
            case_sensitive=not entries or any(each.get("caseSensitive").lower() != "false" for each in entries),
        )


@dataclass(frozen=True, slots=True)
class Rules:
    """The response processing of an item."""

    node: Node | None
    maxima: dict[str, Decimal]

    @classmethod
    def of(cls, item: Node) -> "Rules":
        maxima = {}
        for each in item.each("outcomeDeclaration"):
            most = number_in(each.get("normalMaximum"))
            if most is not None and most > 0:
                maxima[each.get("identifier")] = most
        return cls(item.first("responseProcessing"), maxima)

    def maps(self, declaration: Declaration) -> bool:
        """Whether the mapping decides, or else the right values alone."""
        if not declaration.mapped:
            return False
        if self.node is None or not (self.node.get("template") or self.node.children):
            return True
        if self.node.get("template"):
            return "map_response" in self.node.get("template")
        return any(each.get("identifier") == declaration.identifier for each in self.node.within("mapResponse"))

    def named(self, declaration: Declaration) -> dict[str, Decimal]:
        """Values with their marks, where the rules alone say which are right."""
        found: dict[str, Decimal] = {}
        for rule in self._conditions():
            for condition in rule.children[:1]:
                value = condition.first("baseValue")
                if condition.tag in _SAME and value is not None and _is_about(condition, declaration):
                    found.setdefault(value.words().strip(), _marks(rule))
        return found

    def ignores_case(self, declaration: Declaration) -> bool:
        """Whether every comparison of a text says that capitals do not count."""
        tests = [
            each for rule in self._conditions() for each in rule.each("stringMatch") if _is_about(each, declaration)
        ]
        return bool(tests) and all(each.get("caseSensitive").lower() == "false" for each in tests)

    def _conditions(self) -> Iterator[Node]:
        if self.node is not None:
            yield from self.node.within("responseIf", "responseElseIf")

    def most(self, declaration: Declaration, found: Decimal) -> Decimal:
        """The full mark of a response: as declared, or the best that was found."""
        own = self.maxima.get(declaration.identifier.replace("RESPONSE", "SCORE", 1))
        most = own or declaration.upper or found
        if most <= 0:
            raise Unrepresentable("its scoring gives no answer any marks")
        return most

    def numbers(self, declaration: Declaration) -> tuple[NumericAnswer, ...]:
        """Numbers and ranges with their weights, from rules, the mapping or the right value."""
        found = list(self._ruled(declaration))
        if not found:
            worth = declaration.mapped if self.maps(declaration) else dict.fromkeys(declaration.correct, ONE)
            found = [(_number(value), ZERO, marks) for value, marks in worth.items()]
        if not found:
            raise Unrepresentable("no number is marked as right")
        most = self.most(declaration, max(marks for _, _, marks in found))
        return tuple(NumericAnswer(value, margin, part(marks, most)) for value, margin, marks in found)

    def _ruled(self, declaration: Declaration) -> Iterator[tuple[Decimal, Decimal, Decimal]]:
        for rule in self._conditions():
            for condition in rule.children[:1]:
                yield from ((value, margin, _marks(rule)) for value, margin in _spans(condition, declaration))


def body_html(node: Node, replacing: Callable[[Node], str | None]) -> str:
    """The content of an element as HTML without feedback; `replacing` gives what stands for an element instead."""
    parts = [escape(node.text, quote=False)]
    for child in node.children:
        instead = replacing(child)
        if instead is not None:
            parts.append(instead)
        elif child.tag not in _HIDDEN:
            shell = Node(child.tag, child.attributes, child.line)
            opening, _, closing = outer_html(shell).partition("></")
            if closing:
                parts.append(f"{opening}>{body_html(child, replacing)}</{closing}")
            else:
                parts.append(outer_html(shell))
        parts.append(escape(child.tail, quote=False))
    return "".join(parts)


def unwrapped(html: str, node: Node) -> str:
    """The body without the one block that is only there since QTI asks for one."""
    html = html.strip()
    lone = [child for child in node.children if child.tag == "div" and not child.attributes.get("id")]
    if len(lone) == 1 and html.startswith("<div") and html.endswith("</div>") and html.count("<div") == 1:
        return html[html.index(">") + 1 : -len("</div>")].strip()
    return html


def words_without_feedback(node: Node) -> tuple[str, str]:
    """The HTML of a choice, and of the feedback inside it."""
    feedback = "".join(inner_html(each) for each in node.within("feedbackInline", "feedbackBlock"))
    return body_html(node, lambda child: None).strip(), feedback.strip()


def _spans(condition: Node, declaration: Declaration) -> Iterator[tuple[Decimal, Decimal]]:
    if condition.tag == "equal" and _is_about(condition, declaration):
        value = _value(condition, declaration)
        low, high = _tolerances(condition, value)
        span = NumericAnswer.between(value - low, value + high)
        yield span.value or ZERO, abs(span.tolerance)
    elif condition.tag == "and":
        ends = {each.tag: each for each in condition.children if _is_about(each, declaration)}
        low_end, high_end = ends.get("gte") or ends.get("gt"), ends.get("lte") or ends.get("lt")
        if low_end is not None and high_end is not None:
            span = NumericAnswer.between(_value(low_end, declaration), _value(high_end, declaration))
            yield span.value or ZERO, abs(span.tolerance)
    elif condition.tag == "or":
        for each in condition.children:
            yield from _spans(each, declaration)


def _marks(rule: Node) -> Decimal:
    """What a rule sets or adds; a rule that sets nothing only tells what is right."""
    values = (value for setting in rule.each("setOutcomeValue") for value in setting.within("baseValue"))
    return next((number for value in values if (number := number_in(value.words())) is not None), ONE)


def _is_about(condition: Node, declaration: Declaration) -> bool:
    return any(each.get("identifier") == declaration.identifier for each in condition.each("variable"))


def _value(condition: Node, declaration: Declaration) -> Decimal:
    written = condition.first("baseValue")
    if written is not None:
        return _number(written.words())
    if condition.first("correct") is None or not declaration.correct:
        raise Unrepresentable("its scoring compares with something that is not a number")
    return _number(declaration.correct[0])


def _tolerances(condition: Node, value: Decimal) -> tuple[Decimal, Decimal]:
    mode = condition.get("toleranceMode", "exact").lower()
    written = condition.get("tolerance").split()
    if mode == "exact" or not written:
        return ZERO, ZERO
    low, high = abs(_number(written[0])), abs(_number(written[-1]))
    if mode == "relative":
        return abs(value) * low / _HUNDRED, abs(value) * high / _HUNDRED
    return low, high


def _number(written: str) -> Decimal:
    number = number_in(written)
    if number is None:
        raise Unrepresentable(f"{written.strip()[:40]!r} is not a number")
    return number
