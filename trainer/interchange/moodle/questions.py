"""The answers of a Moodle XML question, by its type."""

from decimal import Decimal
from re import ASCII
from re import compile as pattern_of

from trainer.interchange import limits
from trainer.interchange.entries import (
    NO_TEXT,
    ONE,
    ZERO,
    Choice,
    Gap,
    Matching,
    Numeric,
    NumericAnswer,
    Option,
    Ordering,
    Pair,
    Text,
    TextFormat,
    TrueFalse,
    Typed,
    TypedAnswer,
)
from trainer.interchange.moodle.patterns import match_of
from trainer.interchange.moodle.texts import format_of, raw_text, text_at
from trainer.interchange.numerals import number_in, share_of_percent
from trainer.interchange.readings import Report, Unrepresentable
from trainer.interchange.safe_xml import Node

_NO = {"", "0", "false"}
_FULL_PERCENT = Decimal(100)
_SLOT = pattern_of(r"\[\[([0-9]{1,4})\]\]", ASCII)


def read_choice(node: Node, text_format: TextFormat, report: Report) -> Choice:
    options = []
    for answer in _answers(node):
        text = _own_text(answer, text_format, report)
        if not text:
            report.note("An answer without text was left out.", answer.line)
            continue
        feedback = text_at(answer, "feedback", text_format, report)
        options.append(Option(text, _weight(answer), feedback))
    if len(options) < 2:
        raise Unrepresentable("a choice needs at least two answers with text")
    single = node.first("single")
    return Choice(tuple(options), single=single is None or single.words().strip() not in _NO)


def read_true_false(node: Node, text_format: TextFormat, report: Report) -> TrueFalse:
    """Old files name the answers in the language of their site: then the first is the true one."""
    correct: bool | None = None
    feedback = {True: NO_TEXT, False: NO_TEXT}
    for position, answer in enumerate(_answers(node)):
        word = raw_text(answer)
        if word not in ("true", "false"):
            report.note(
                f"“{word[:60]}” is taken for {'true' if position == 0 else 'false'}, by its place.", answer.line
            )
        says = word == "true" if word in ("true", "false") else position == 0
        correct = says == (number_in(answer.get("fraction")) == _FULL_PERCENT)
        feedback[says] = text_at(answer, "feedback", text_format, report)
    if correct is None:
        raise Unrepresentable("a true or false question has no answers")
    return TrueFalse(correct, when_true=feedback[True], when_false=feedback[False])


def read_typed(node: Node, text_format: TextFormat, report: Report) -> Typed:
    answers = []
    for answer in _answers(node):
        written = raw_text(answer)
        if not written:
            report.note("An answer without text was left out.", answer.line)
            continue
        text, match = match_of(written)
        feedback = text_at(answer, "feedback", text_format, report)
        answers.append(TypedAnswer(text, _weight(answer), match, feedback))
    if not answers:
        raise Unrepresentable("there is no answer to compare with")
    return Typed(tuple(answers), case_sensitive=node.words_at("usecase") not in _NO)


def read_numeric(node: Node, text_format: TextFormat, report: Report) -> Numeric:
    answers = []
    for answer in _answers(node):
        written = raw_text(answer) or answer.text.strip()
        value = number_in(written)
        if value is None and written not in ("", "*"):
            raise Unrepresentable(f"the answer {written[:60]!r} is not a number")
        tolerance = number_in(answer.words_at("tolerance") or "0")
        if tolerance is None:
            raise Unrepresentable(f"the tolerance {answer.words_at('tolerance')[:60]!r} is not a number")
        feedback = text_at(answer, "feedback", text_format, report)
        margin = ZERO if value is None else abs(tolerance)
        answers.append(NumericAnswer(value, margin, _numeric_weight(answer), feedback))
    if not answers:
        raise Unrepresentable("there is no number to compare with")
    units = [name for name in (unit.words_at("unit_name") for unit in node.within("unit")) if name]
    if units:
        report.note(f"The units {', '.join(units)[:200]} were left out; the number alone is compared.")
    return Numeric(tuple(answers))


def read_matching(node: Node, text_format: TextFormat, report: Report) -> Matching:
    pairs, distractors = [], []
    for each in list(node.each("subquestion"))[: limits.MAX_OPTIONS + 1]:
        left = _own_text(each, text_format, report)
        right = Text(raw_text(each.first("answer")), TextFormat.PLAIN)
        if not right:
            report.note("A pair without its right side was left out.", each.line)
        elif left:
            pairs.append(Pair(left, right))
        else:
            distractors.append(right)
    if not pairs or len(pairs) + len(distractors) < 2:
        raise Unrepresentable("a matching question needs at least two pairs")
    if len(pairs) > limits.MAX_OPTIONS:
        raise Unrepresentable(f"there are more than {limits.MAX_OPTIONS} pairs")
    return Matching(tuple(pairs), tuple(distractors))


def read_ordering(node: Node, text_format: TextFormat, report: Report) -> Ordering:
    """The fraction of an answer is its place."""
    placed = []
    for position, answer in enumerate(_answers(node)):
        place = number_in(answer.get("fraction")) or Decimal(position)
        placed.append((place, position, _own_text(answer, text_format, report)))
    steps = tuple(text for _, _, text in sorted(placed, key=lambda each: each[:2]) if text)
    if len(steps) < 2:
        raise Unrepresentable("an ordering question needs at least two steps")
    return Ordering(steps)


def read_gapped(node: Node, prompt: str, report: Report) -> tuple[str, tuple[Gap, ...]]:
    """Words to select or drag into `[[1]]`, `[[2]]`: each gap offers the words of its own group."""
    words = [
        (raw_text(each), each.words_at("group") or "1")
        for each in node.children
        if each.tag in ("selectoption", "dragbox")
    ]
    gaps: list[Gap] = []
    parts = _SLOT.split(prompt)
    if len(parts) // 2 > limits.MAX_OPTIONS or len(words) > limits.MAX_OPTIONS:
        raise Unrepresentable(f"there are more than {limits.MAX_OPTIONS} gaps or words")
    for position in range(1, len(parts), 2):
        number = int(parts[position])
        if not 1 <= number <= len(words):
            raise Unrepresentable(f"the gap [[{number}]] has no word")
        group = words[number - 1][1]
        options = tuple(
            Option(report.text(word, TextFormat.HTML), ONE if place == number else ZERO)
            for place, (word, its_group) in enumerate(words, start=1)
            if its_group == group and word
        )
        if len(options) < 2:
            raise Unrepresentable(f"the gap [[{number}]] has no other word to choose from")
        gaps.append(Gap(Choice(options)))
        parts[position] = f"{{#{len(gaps)}}}"
    if not gaps:
        raise Unrepresentable("the text has no gap such as [[1]]")
    return "".join(parts), tuple(gaps)


def _answers(node: Node) -> list[Node]:
    found = list(node.each("answer"))
    if len(found) > limits.MAX_OPTIONS:
        raise Unrepresentable(f"there are more than {limits.MAX_OPTIONS} answers")
    return found


def _own_text(node: Node, text_format: TextFormat, report: Report) -> Text:
    return report.text(raw_text(node), format_of(node, text_format, report))


def _weight(answer: Node) -> Decimal:
    written = answer.get("fraction") or "0"
    share = share_of_percent(written)
    if share is None:
        raise Unrepresentable(f"the mark {written[:40]!r} of an answer is not a number")
    return share


def _numeric_weight(answer: Node) -> Decimal:
    """Old files have the weight in an element of its own, as a share."""
    old = number_in(answer.words_at("fraction")) if answer.first("fraction") is not None else None
    return _weight(answer) if old is None else old
