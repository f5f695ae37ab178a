"""The answers of a GIFT question, between its braces."""

from decimal import Decimal
from re import ASCII
from re import compile as pattern_of

from trainer.interchange import limits
from trainer.interchange.entries import (
    NO_TEXT,
    ONE,
    ZERO,
    Choice,
    Matching,
    Numeric,
    NumericAnswer,
    Option,
    Pair,
    Text,
    TextFormat,
    TrueFalse,
    Typed,
    TypedAnswer,
)
from trainer.interchange.gift.texts import SPACE, formatted, literal, show_escapes
from trainer.interchange.moodle.patterns import match_of
from trainer.interchange.numerals import number_in, share_of_percent
from trainer.interchange.readings import Report, Unrepresentable

_WEIGHT = pattern_of(r"%-*[0-9]{1,2}\.?[0-9]*%", ASCII)
_ANYTHING = "*"


def read_choice(answers: str, text_format: TextFormat, report: Report) -> Choice:
    """Several may be chosen when none is marked with =."""
    options = []
    for answer in _cut(answers.replace("=", "~="), "~", "two answers", least=2):
        if answer.startswith("="):
            weight, answer = ONE, answer[1:]
        else:
            weight, answer = _weighted(answer, ZERO)
        written, _, feedback = answer.partition("#")
        text = formatted(written.strip(SPACE), text_format, report)
        if text:
            options.append(Option(text, weight, _feedback(feedback, text_format, report)))
        else:
            report.note("An answer without text was left out.")
    if len(options) < 2:
        raise Unrepresentable("a choice needs at least two answers with text")
    return Choice(tuple(options), single="=" in answers)


def read_matching(answers: str, text_format: TextFormat, report: Report) -> Matching:
    pairs, distractors = [], []
    for answer in _cut(answers, "=", "two pairs", least=2):
        left, arrow, right = answer.partition("->")
        if not arrow:
            raise Unrepresentable("a pair has no -> between its two sides")
        match = Pair(formatted(left, text_format, report), Text(show_escapes(right).strip(SPACE), TextFormat.PLAIN))
        if match.left:
            pairs.append(match)
        else:
            distractors.append(match.right)
    if not pairs:
        raise Unrepresentable("no pair has a left side")
    return Matching(tuple(pairs), tuple(distractors))


def read_true_false(answers: str, text_format: TextFormat, report: Report) -> TrueFalse:
    """The first feedback is for the wrong answer, the second for the right one."""
    answer, *feedbacks = answers.split("#", 2)
    wrong, right = (_feedback(each, text_format, report) for each in (*feedbacks, "", "")[:2])
    if answer.strip(SPACE) in ("T", "TRUE"):
        return TrueFalse(answer=True, when_true=right, when_false=wrong)
    return TrueFalse(answer=False, when_true=wrong, when_false=right)


def read_typed(answers: str, text_format: TextFormat, report: Report) -> Typed:
    found = []
    for answer in _cut(answers, "=", "answer", least=1):
        weight, answer = _weighted(answer, ONE)
        written, _, feedback = answer.partition("#")
        text, match = match_of(literal(written))
        if text:
            found.append(TypedAnswer(text, weight, match, _feedback(feedback, text_format, report)))
        else:
            report.note("An answer without text was left out.")
    if not found:
        raise Unrepresentable("there is no answer to compare with")
    return Typed(tuple(found))


def read_numeric(answers: str, text_format: TextFormat, report: Report) -> Numeric:
    answers, tilde, otherwise = answers.partition("~")
    found = []
    for answer in _cut(answers, "=", "number", least=1):
        weight, answer = _weighted(answer, ONE)
        written, _, feedback = answer.partition("#")
        value, tolerance = _number(literal(written), report)
        found.append(NumericAnswer(value, tolerance, weight, _feedback(feedback, text_format, report)))
    if tilde:
        said, _, feedback_text = otherwise.partition("#")
        if said.strip(SPACE):
            report.note("The text after ~ in a numeric question is no answer; only its feedback is read, as in Moodle.")
        found.append(NumericAnswer(None, ZERO, ZERO, _feedback(feedback_text, text_format, report)))
    return Numeric(tuple(found))


def _number(text: str, report: Report) -> tuple[Decimal | None, Decimal]:
    """`3`, `3:0.5` or `2..4` as a value and how far off it may be."""
    if text.find("..") > 0:
        low, _, high = text.partition("..")
        ends = number_in(low), number_in(high)
        if ends[0] is None or ends[1] is None:
            raise Unrepresentable(f"the range {text[:60]!r} is not two numbers with .. between them")
        span = NumericAnswer.between(ends[0], ends[1])
        return span.value, abs(span.tolerance)
    value, tolerance = text, "0"
    if text.find(":") > 0:
        value, _, tolerance = text.partition(":")
    margin = number_in(tolerance)
    if margin is None:
        raise Unrepresentable(f"the tolerance {tolerance.strip()[:60]!r} is not a number")
    number = number_in(value)
    if number is None and value.strip(SPACE) != _ANYTHING:
        report.note(
            f"{value.strip()[:60]!r} is not a number (write decimals with a point). Moodle then accepts any answer."
        )
    return number, abs(margin)


def _cut(answers: str, mark: str, what: str, *, least: int) -> list[str]:
    """Trimmed pieces between marks. As in Moodle, nothing and a bare 0 before the first mark are not an answer."""
    found = [piece.strip(SPACE) for piece in answers.split(mark)]
    bare_zero = found[0] == "0"
    if found[0] in ("", "0"):
        found.pop(0)
    if len(found) < least:
        hint = f" (a bare 0 is not read as one, as in Moodle: write {mark}0)" if bare_zero else ""
        raise Unrepresentable(f"there should be at least {'one ' if least == 1 else ''}{what}{hint}")
    if len(found) > limits.MAX_OPTIONS:
        raise Unrepresentable(f"there are more than {limits.MAX_OPTIONS} answers")
    return found


def _weighted(answer: str, otherwise: Decimal) -> tuple[Decimal, str]:
    """The weight in percent signs before an answer, and the answer without it."""
    weight = _WEIGHT.match(answer)
    if weight is None:
        return otherwise, answer
    share = share_of_percent(weight.group()[1:-1])
    if share is None:
        raise Unrepresentable(f"the weight {weight.group()[:40]} is not a number")
    return share, answer[weight.end() :]


def _feedback(written: str, text_format: TextFormat, report: Report) -> Text:
    return formatted(written.strip(SPACE), text_format, report) or NO_TEXT
