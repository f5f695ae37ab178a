"""The answers of a QTI 1.2 item, by what its responses and its scoring say."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from trainer.interchange import limits
from trainer.interchange.entries import (
    NO_TEXT,
    ONE,
    ZERO,
    Choice,
    Gap,
    Matching,
    MatchKind,
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
from trainer.interchange.markup import html_of
from trainer.interchange.numerals import part
from trainer.interchange.qti.parts1 import Piece, Response, text_of
from trainer.interchange.qti.scoring1 import Scoring, is_substring, numeric_answers, positive_values
from trainer.interchange.readings import Report, Unrepresentable

_TRUE = {"true", "t", "yes", "wahr", "vrai", "verdadero"}


@dataclass(frozen=True, slots=True)
class Item:
    """An item taken apart; `feedback` is by response and answer."""

    kind: str
    shown: tuple[Piece | Response, ...]
    responses: tuple[Response, ...]
    scoring: Scoring
    feedback: Mapping[tuple[str, str], Text]


def read_choice(item: Item, report: Report) -> Choice:
    response = item.responses[0]
    labels = [label for label in response.labels if label.text]
    if len(labels) < 2:
        raise Unrepresentable("a choice needs at least two answers with text")
    idents = [label.ident for label in labels]
    if response.cardinality == "multiple":
        weights, whole = _multiple_weights(item.scoring, response.ident, idents)
    else:
        weights, whole = _single_weights(item.scoring, response.ident, idents), False
    options = (
        Option(label.text, weights[label.ident], item.feedback.get((response.ident, label.ident), NO_TEXT))
        for label in labels
    )
    return Choice(tuple(options), single=response.cardinality != "multiple", all_or_nothing=whole)


def read_true_false(item: Item, report: Report) -> TrueFalse:
    choice = read_choice(item, report)
    if len(choice.options) != 2:
        raise Unrepresentable("a true or false question has other than two answers")
    first, second = choice.options
    true_first = first.text.words.strip().lower() in _TRUE or second.text.words.strip().lower() not in _TRUE
    true, false = (first, second) if true_first else (second, first)
    return TrueFalse(true.weight > false.weight, when_true=true.feedback, when_false=false.feedback)


def read_typed(item: Item, report: Report) -> Typed | None:
    """None if no rule names an answer: then a person has to read it."""
    return _typed(item, item.responses[0])


def read_numeric(item: Item, report: Report) -> Numeric:
    answers = numeric_answers(item.scoring, item.responses[0].ident)
    if not answers:
        raise Unrepresentable("its scoring names no number")
    _note_open_ends(item, report)
    return Numeric(answers)


def read_ordering(item: Item, report: Report) -> Ordering:
    response = item.responses[0]
    texts = {label.ident: label.text for label in response.labels}
    for rule, _ in item.scoring.scoring_rules():
        condition = rule.first("conditionvar")
        order = positive_values(condition, response.ident) if condition is not None else ()
        if len(order) == len(texts) > 1 and set(order) == set(texts):
            return Ordering(tuple(texts[ident] for ident in order))
    raise Unrepresentable("its scoring does not name the right order of all steps")


def read_matching(item: Item, report: Report) -> Matching:
    """A response for each left side, its right side among the labels."""
    if any(response.is_text or response.cardinality == "multiple" for response in item.responses):
        raise Unrepresentable("it mixes several ways to answer")
    texts = {label.ident: label.text for response in item.responses for label in response.labels}
    pairs, used = [], set()
    for response in item.responses:
        right = _right_label(item.scoring, response)
        if not response.label:
            raise Unrepresentable("a pair has no left side")
        pairs.append(Pair(response.label, texts[right]))
        used.add(right)
    if len(pairs) < 2:
        raise Unrepresentable("a matching question needs at least two pairs")
    return Matching(tuple(pairs), tuple(text for ident, text in texts.items() if ident not in used and text))


def read_named_gaps(item: Item, report: Report) -> tuple[Text, tuple[Gap, ...]]:
    """Canvas: `[name]` in the text is the gap that the response `response_name` fills."""
    prompt = text_of([each for each in item.shown if isinstance(each, Piece)], report)
    marked, gaps = prompt.text, []
    for response in item.responses:
        names = {f"[{response.ident.removeprefix('response_')}]", f"[{response.label.text}]"}
        name = next((each for each in sorted(names) if each in marked), None)
        if name is None:
            raise Unrepresentable(f"the gap “{response.ident[:60]}” has no place in the text")
        gaps.append(Gap(_gap_body(item, response)))
        marked = marked.replace(name, f"{{#{len(gaps)}}}", 1)
    if not gaps:
        raise Unrepresentable("the text has no gap")
    return Text(marked, prompt.format), tuple(gaps)


def read_written_gaps(item: Item, report: Report) -> tuple[Text, tuple[Gap, ...]]:
    """Places to write that stand between the texts."""
    parts, gaps = [], []
    for each in item.shown:
        if isinstance(each, Piece):
            parts.append(each.html)
            continue
        numbers = numeric_answers(item.scoring, each.ident) if each.is_number else ()
        typed = None if numbers else _typed(item, each)
        if not numbers and typed is None:
            raise Unrepresentable(f"the scoring names no answer for the gap “{each.ident[:60]}”")
        gaps.append(Gap(Numeric(numbers) if numbers else typed or Typed(())))
        parts.append(f"{{#{len(gaps)}}}")
    return report.text("".join(parts), TextFormat.HTML), tuple(gaps)


def _typed(item: Item, response: Response) -> Typed | None:
    found: dict[str, TypedAnswer] = {}
    best = max((marks for _, marks in item.scoring.scoring_rules()), default=ONE)
    case: list[bool] = []
    for rule, marks in item.scoring.scoring_rules():
        condition = rule.first("conditionvar")
        if condition is None:
            continue
        contains = is_substring(condition)
        case.extend(each.get("case").lower() == "yes" for each in condition.within("varequal"))
        for value in positive_values(condition, response.ident):
            text = f"*{value.replace('*', chr(92) + '*')}*" if contains else value
            kind = MatchKind.PATTERN if contains else MatchKind.TEXT
            weight = ONE if len(item.responses) > 1 else part(marks, best)
            feedback = item.feedback.get((response.ident, value), NO_TEXT)
            if text:
                found.setdefault(text, TypedAnswer(text, weight, kind, feedback))
    if len(found) > limits.MAX_OPTIONS:
        raise Unrepresentable(f"there are more than {limits.MAX_OPTIONS} answers")
    return Typed(tuple(found.values()), case_sensitive=bool(case) and all(case)) if found else None


def _gap_body(item: Item, response: Response) -> Typed | Choice:
    """A gap to write in accepts every label it lists; one to choose from has one right label."""
    kinds = {label.attributes.get("answer_type", "") for label in response.labels}
    labels = [label for label in response.labels if label.text]
    if not labels:
        raise Unrepresentable(f"the gap “{response.ident[:60]}” has no answers")
    chosen = "dropdown" in item.kind or kinds & {"dropdown", "wordbank"}
    if not chosen:
        return Typed(tuple(TypedAnswer(label.text.words) for label in labels))
    right = _right_label(item.scoring, response)
    options = (
        Option(
            _as_html(label.text),
            ONE if label.ident == right else ZERO,
            item.feedback.get((response.ident, label.ident), NO_TEXT),
        )
        for label in labels
    )
    return Choice(tuple(options))


def _right_label(scoring: Scoring, response: Response) -> str:
    known = {label.ident for label in response.labels}
    for rule, _ in scoring.scoring_rules():
        condition = rule.first("conditionvar")
        for value in positive_values(condition, response.ident) if condition is not None else ():
            if value in known:
                return value
    raise Unrepresentable(f"its scoring names no right answer for “{response.ident[:60]}”")


def _single_weights(scoring: Scoring, respident: str, idents: list[str]) -> dict[str, Decimal]:
    none = scoring.score({respident: ()})
    scores = {ident: scoring.score({respident: (ident,)}) - none for ident in idents}
    best = max(scores.values())
    if best <= 0:
        raise Unrepresentable("its scoring marks no answer as right")
    return {ident: part(score, best) for ident, score in scores.items()}


def _multiple_weights(scoring: Scoring, respident: str, idents: list[str]) -> tuple[dict[str, Decimal], bool]:
    """A share for each option, or all-or-nothing where only the right set as a whole is given marks."""
    asked = [
        positive_values(condition, respident)
        for rule, _ in scoring.scoring_rules()
        if (condition := rule.first("conditionvar")) is not None
    ]
    together = tuple(dict.fromkeys(ident for each in asked for ident in each))
    sets = [each for each in (*asked, together) if each]
    if not sets:
        raise Unrepresentable("its scoring marks no answer as right")
    right = max(sets, key=lambda each: (scoring.score({respident: each}), -len(each)))
    none, full = scoring.score({respident: ()}), scoring.score({respident: right})
    if full <= none:
        raise Unrepresentable("its scoring marks no set of answers as right")
    alone = {ident: scoring.score({respident: (ident,)}) - none for ident in idents}
    adds_up = sum((alone.get(ident, ZERO) for ident in right), ZERO) == full - none
    spoils = any(
        scoring.score({respident: (*right, ident)}) < full + alone[ident] for ident in idents if ident not in right
    )
    if adds_up and not spoils:
        return {ident: part(gain, full - none) for ident, gain in alone.items()}, False
    share = part(ONE, Decimal(len(right)))
    return {ident: share if ident in right else ZERO for ident in idents}, True


def _note_open_ends(item: Item, report: Report) -> None:
    if any(True for rule in item.scoring.rules for _ in rule.within("vargt", "varlt")):
        report.note("A range that excludes its end is read with its end included.")


def _as_html(text: Text) -> Text:
    return text if text.format is TextFormat.HTML else Text(html_of(text.text), TextFormat.HTML)
