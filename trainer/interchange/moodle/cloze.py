"""Moodle's embedded answers: `{1:SHORTANSWER:=Tokyo#Yes~%50%Edo}` within a text.

Facts from Moodle's `question/type/multianswer/questiontype.php`; the code is our own.
"""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from html import escape, unescape
from re import ASCII
from re import compile as pattern_of
from typing import NamedTuple

from trainer.interchange import limits
from trainer.interchange.entries import (
    NO_TEXT,
    ONE,
    ZERO,
    Choice,
    Gap,
    Numeric,
    NumericAnswer,
    Option,
    TextFormat,
    Typed,
    TypedAnswer,
)
from trainer.interchange.moodle.patterns import match_of, moodle_spelling
from trainer.interchange.numerals import number_in, number_text, part, percent_text, share_of_percent
from trainer.interchange.readings import Report, Unrepresentable

_ALIASES = {
    "NUMERICAL": "NM",
    "SHORTANSWER": "SA MW",
    "SHORTANSWER_C": "SAC MWC",
    "MULTICHOICE": "MC",
    "MULTICHOICE_V": "MCV",
    "MULTICHOICE_H": "MCH",
    "MULTICHOICE_S": "MCS",
    "MULTICHOICE_VS": "MCVS",
    "MULTICHOICE_HS": "MCHS",
    "MULTIRESPONSE": "MR",
    "MULTIRESPONSE_H": "MRH",
    "MULTIRESPONSE_S": "MRS",
    "MULTIRESPONSE_HS": "MRHS",
}
_KINDS = {alias: kind for kind, aliases in _ALIASES.items() for alias in (kind, *aliases.split())}
_HEAD = pattern_of(rf"\{{([0-9]{{0,4}}):({'|'.join(sorted(_KINDS, key=len, reverse=True))}):", ASCII)
_END = pattern_of(r"(?<!\\)\}")
_TILDE = pattern_of(r"(?<!\\)~")
_HASH = pattern_of(r"(?<!\\)#")
_WEIGHT = pattern_of(r"=|%(-?[0-9]+(?:[.,][0-9]*)?)%", ASCII)
_NUMBER = pattern_of(r"(-?[0-9.,]+(?:[eE][-+]?[0-9]+)?)(?::(-?[0-9.,]+(?:[eE][-+]?[0-9]+)?))?", ASCII)
_ESCAPED = pattern_of(r"\\([}#~])")
_TO_ESCAPE = pattern_of(r"[}#~]")
_UNWRITABLE = pattern_of(r"\\(?:[}#~]|\Z)")
_LAYOUTS = {"V": "column", "H": "row"}


class Alternative(NamedTuple):
    weight: Decimal
    has_percent: bool
    text: str
    feedback: str


def read_cloze(prompt: str, report: Report) -> tuple[str, tuple[Gap, ...]]:
    """The prompt with markers in place of its gaps, and the gaps."""
    parts, gaps, at = [], [], 0
    for start, end, mark, kind, body in _embedded(prompt):
        parts.append(prompt[at:start])
        gaps.append(_gap(mark, kind, body, report))
        parts.append(f"{{#{len(gaps)}}}")
        at = end
    parts.append(prompt[at:])
    if not gaps:
        raise Unrepresentable("the cloze has no gap that can be read, such as {1:SHORTANSWER:=Tokyo}")
    if len(gaps) > limits.MAX_OPTIONS:
        raise Unrepresentable(f"there are more than {limits.MAX_OPTIONS} gaps")
    return "".join(parts), tuple(gaps)


def _embedded(prompt: str) -> Iterator[tuple[int, int, int, str, str]]:
    at = 0
    while head := _HEAD.search(prompt, at):
        end = _END.search(prompt, head.end())
        if end is None:
            return
        at = head.end()
        if end.start() > head.end():
            at = end.end()
            body = prompt[head.end() : end.start()]
            yield head.start(), at, int(head.group(1) or 1), _KINDS[head.group(2)], body


def _gap(mark: int, kind: str, body: str, report: Report) -> Gap:
    alternatives = [_alternative(each) for each in _TILDE.split(body) if each]
    if len(alternatives) > limits.MAX_OPTIONS:
        raise Unrepresentable(f"a gap has more than {limits.MAX_OPTIONS} answers")
    name, _, variant = kind.partition("_")
    if name == "NUMERICAL":
        gap = Gap(_numeric(alternatives, report), mark)
    elif name == "SHORTANSWER":
        gap = Gap(_typed(alternatives, variant == "C", report), mark)
    else:
        single = name == "MULTICHOICE"
        layout = _LAYOUTS.get(variant[:1], "list" if single else "column")
        gap = Gap(_choice(alternatives, single, report), mark, layout)
    _check(gap.body)
    return gap


def _alternative(written: str) -> Alternative:
    weight = _WEIGHT.match(written)
    share, percent = ZERO, False
    if weight and len(weight.group()) < len(written):
        written = written[weight.end() :]
        if weight.group() == "=":
            share = ONE
        else:
            found = share_of_percent(weight.group(1).replace(",", "."))
            if found is None:
                raise Unrepresentable(f"the weight {weight.group()[:40]} is not a number")
            share, percent = found, True
    text, *rest = _HASH.split(written, maxsplit=1)
    return Alternative(share, percent, _shown(text), _shown(rest[0]) if rest else "")


def _shown(written: str) -> str:
    return _ESCAPED.sub(r"\1", unescape(written)).strip()


def _typed(alternatives: list[Alternative], case_sensitive: bool, report: Report) -> Typed:
    answers = []
    for each in alternatives:
        if each.text:
            text, match = match_of(each.text)
            feedback = report.text(each.feedback, TextFormat.HTML) or NO_TEXT
            answers.append(TypedAnswer(text, each.weight, match, feedback))
    return Typed(tuple(answers), case_sensitive)


def _numeric(alternatives: list[Alternative], report: Report) -> Numeric:
    answers = []
    for each in alternatives:
        feedback = report.text(each.feedback, TextFormat.HTML) or NO_TEXT
        if each.text == "*":
            answers.append(NumericAnswer(None, ZERO, each.weight, feedback))
            continue
        found = _NUMBER.fullmatch(each.text)
        value = number_in(found.group(1).replace(",", ".")) if found else None
        tolerance = number_in((found.group(2) or "0").replace(",", ".")) if found else None
        if value is None or tolerance is None:
            raise Unrepresentable(f"{each.text[:60]!r} in a numerical gap is not a number")
        answers.append(NumericAnswer(value, abs(tolerance), each.weight, feedback))
    return Numeric(tuple(answers))


def _choice(alternatives: list[Alternative], single: bool, report: Report) -> Choice:
    options = tuple(
        Option(
            report.text(each.text, TextFormat.HTML),
            each.weight,
            report.text(each.feedback, TextFormat.HTML) or NO_TEXT,
        )
        for each in alternatives
        if each.text
    )
    if single:
        return Choice(options)
    return Choice(_shared(options, any(each.has_percent for each in alternatives)), single=False)


def _shared(options: tuple[Option, ...], has_percent: bool) -> tuple[Option, ...]:
    """Weights of a multiple response: right ones add up to one; unless told otherwise a wrong one cancels one."""
    total = sum((option.weight for option in options if option.weight > 0), ZERO)
    if not total:
        return options
    shared = []
    for option in options:
        if option.weight > 0:
            shared.append(replace(option, weight=part(option.weight, total)))
        else:
            shared.append(option if has_percent else replace(option, weight=-part(ONE, total)))
    return tuple(shared)


def _check(body: Typed | Choice | Numeric) -> None:
    """What Moodle asks of a gap before it takes the question."""
    answers = body.options if isinstance(body, Choice) else body.answers
    if isinstance(body, Choice) and len(answers) < 2:
        raise Unrepresentable("a gap to choose from needs at least two answers")
    if not answers:
        raise Unrepresentable("a gap has no answer")
    enough = ZERO if isinstance(body, Choice) and not body.single else Decimal("0.9999999")
    if not any(answer.weight > enough for answer in answers):
        raise Unrepresentable("no answer of a gap gives the full mark")


def write_gap(gap: Gap) -> str:
    """A gap in Moodle's syntax; raises Unrepresentable."""
    body = gap.body
    if isinstance(body, Typed):
        kind = "SHORTANSWER_C" if body.case_sensitive else "SHORTANSWER"
        written = [_written(answer.weight, moodle_spelling(answer), answer.feedback.text) for answer in body.answers]
    elif isinstance(body, Numeric):
        kind = "NUMERICAL"
        written = [_written(answer.weight, numeric_spelling(answer), answer.feedback.text) for answer in body.answers]
    else:
        kind = ("MULTICHOICE" if body.single else "MULTIRESPONSE") + _variant(gap)
        written = [_written(option.weight, option.text.text, option.feedback.text) for option in body.options]
    return f"{{{gap.mark}:{kind}:{'~'.join(written)}}}"


def numeric_spelling(answer: NumericAnswer) -> str:
    if answer.value is None:
        return "*"
    return f"{number_text(answer.value)}:{number_text(answer.tolerance)}"


def _variant(gap: Gap) -> str:
    if gap.layout == "row":
        return "_H"
    return "_V" if gap.layout == "column" and isinstance(gap.body, Choice) and gap.body.single else ""


def _written(weight: Decimal, text: str, feedback: str) -> str:
    return f"%{percent_text(weight)}%{_hidden(text)}#{_hidden(feedback)}"


def _hidden(text: str) -> str:
    if _UNWRITABLE.search(text):
        raise Unrepresentable("a backslash at the end of an answer, or before } # or ~, cannot be written in a gap")
    return _TO_ESCAPE.sub(r"\\\g<0>", escape(text, quote=False))
