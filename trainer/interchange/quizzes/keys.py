"""The keys of what is typed: texts and numbers, with the shares and the feedback that the file gives them."""

from decimal import Decimal

from trainer.domain.answers import AnswerKey, Rejected
from trainer.interchange.entries import ONE, ZERO, MatchKind, Numeric, Typed, TypedAnswer
from trainer.interchange.numerals import number_text
from trainer.interchange.quizzes.asked import Asked, Fields
from trainer.interchange.quizzes.prose import one_line
from trainer.interchange.readings import Unrepresentable

LONGEST = 500
"""Characters that can be typed into an answer."""
_OTHERWISE = "Any other answer gives {:.0%} of the mark in the file; here it gives nothing."


def typed_key(body: Typed, asked: Asked) -> Fields:
    """What is accepted, wholly or partly, and what is rejected; what the file says to any other answer is a remark."""
    accepted: list[str] = []
    patterns: list[str] = []
    graded: list[Fields] = []
    rejected: list[Fields] = []
    seen: set[str] = set()
    for answer in body.answers:
        text = one_line(answer.text)
        if text in seen or not _can_be_typed(text, answer, asked):
            continue
        seen.add(text)
        is_pattern = answer.match is MatchKind.PATTERN
        why = asked.explained(answer.feedback)
        if answer.weight <= ZERO:
            _reject(text, why, rejected, asked, is_pattern=is_pattern)
        elif answer.weight >= ONE and not why:
            (patterns if is_pattern else accepted).append(text)
        else:
            score = {"score": float(answer.weight)} if answer.weight < ONE else {}
            graded.append({"pattern" if is_pattern else "text": text, **score, **why})
    if not accepted and not any("text" in row and "score" not in row for row in graded):
        accepted.append(_example([*patterns, *(row["pattern"] for row in graded if "pattern" in row)]))
    _check_key(accepted, graded, rejected, patterns, asked.lang)
    fields = {"accepted": accepted, "patterns": patterns, "graded": graded, "rejected": rejected}
    kept = {name: values for name, values in fields.items() if values}
    return {**kept, **({"case_sensitive": True} if body.case_sensitive else {})}


def _can_be_typed(text: str, answer: TypedAnswer, asked: Asked) -> bool:
    """Whether it is an answer by itself; `*` alone is what the file says to all others."""
    if answer.match is MatchKind.PATTERN and not text.replace("\\*", "x").strip("* "):
        if answer.weight >= ONE:
            raise Unrepresentable("it takes any answer as right")
        if answer.weight > ZERO:
            asked.note(_OTHERWISE.format(answer.weight))
        asked.say_otherwise(answer.feedback)
        return False
    if len(text) > LONGEST:
        asked.note(f"An answer of more than {LONGEST} characters was left out: nobody can type it.")
    return 0 < len(text) <= LONGEST


def _reject(text: str, why: Fields, rejected: list[Fields], asked: Asked, *, is_pattern: bool) -> None:
    if is_pattern:
        asked.note(f"The wrong answer “{text[:60]}” with its star, and the feedback to it, were left out.")
    else:
        rejected.append({"text": text, **why})


def _example(patterns: list[str]) -> str:
    """An answer that a pattern of the full mark accepts: itself without its stars."""
    for pattern in patterns:
        bare = one_line(pattern.replace("\\*", "\0").replace("*", "").replace("\0", "*"))
        if bare:
            return bare
    raise Unrepresentable("no answer gives the full mark")


def _check_key(
    accepted: list[str], graded: list[Fields], rejected: list[Fields], patterns: list[str], lang: str
) -> None:
    texts = (*accepted, *(row["text"] for row in graded if "text" in row))
    stars = (*patterns, *(row["pattern"] for row in graded if "pattern" in row))
    try:
        AnswerKey(texts, lang, tuple(Rejected(row["text"]) for row in rejected), patterns=stars)
    except ValueError as error:
        raise Unrepresentable(str(error)) from error


def number_key(body: Numeric, asked: Asked) -> list[Fields]:
    """The numbers in their order, as the first that fits decides."""
    numbers: list[Fields] = []
    for answer in body.answers:
        if answer.value is None:
            if answer.weight >= ONE:
                raise Unrepresentable("it takes any number as right")
            if answer.weight > ZERO:
                asked.note(_OTHERWISE.format(answer.weight))
            asked.say_otherwise(answer.feedback)
            break
        score = {} if answer.weight >= ONE else {"score": float(max(ZERO, answer.weight))}
        numbers.append({**_within(answer.value, answer.tolerance), **score, **asked.explained(answer.feedback)})
    if not any("score" not in row for row in numbers):
        raise Unrepresentable("no number gives the full mark")
    return numbers


def _within(value: Decimal, tolerance: Decimal) -> Fields:
    margin = {"tolerance": number_text(tolerance)} if tolerance else {}
    return {"value": number_text(value), **margin}
