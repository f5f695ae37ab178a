"""How each type of entry is asked here: the keys of its item, or the reason why it cannot be one."""

from functools import singledispatch

from trainer.interchange.entries import (
    ONE,
    ZERO,
    Body,
    Choice,
    Cloze,
    Description,
    Essay,
    Gap,
    Matching,
    Numeric,
    Option,
    Ordering,
    TrueFalse,
    Typed,
    pieces,
)
from trainer.interchange.entries import Text as EntryText
from trainer.interchange.quizzes.asked import Asked, Fields, lettered
from trainer.interchange.quizzes.keys import number_key, typed_key
from trainer.interchange.quizzes.prose import one_line, plain_words
from trainer.interchange.readings import Unrepresentable

TRUE, FALSE = "true", "false"
NO_STEM = "A text with gaps"
"""Stands above a cloze that has no title."""
_SIGN = "\ue001"
ASKS = {
    "choice": "Choose one answer.",
    "multiple_choice": "Choose every answer that applies.",
    "true_false": "Is it true or false?",
    "typed": "Write the answer.",
    "numeric": "Write the number.",
    "matching": "Find for each what belongs to it.",
    "cloze": "Fill in the gaps.",
    "ordering": "Put them in the right order.",
}
"""What is asked below the question's own words, by the type of the entry."""


@singledispatch
def write_body(body: Body, asked: Asked) -> None:
    """Put what is asked into the fields; raises Unrepresentable with the reason why it cannot be an item."""
    raise Unrepresentable("there is no way to ask this here")


@write_body.register
def _essay(body: Essay, asked: Asked) -> None:
    raise Unrepresentable("a free text is judged by a person, and here answers are judged at once")


@write_body.register
def _description(body: Description, asked: Asked) -> None:
    raise Unrepresentable("it is a text to read and asks nothing; put it into a lesson")


@write_body.register
def _choice(body: Choice, asked: Asked) -> None:
    _ask(asked, "choice" if body.single else "multiple_choice")
    if len(body.options) < 2:
        raise Unrepresentable("there is only one answer to choose from")
    if body.single:
        asked.fields["options"] = lettered(_single(option, asked) for option in body.options)
        if not any(option.weight >= ONE for option in body.options):
            raise Unrepresentable("no answer gives the full mark, so none can be called right")
    else:
        _write_several(body, asked)


def _single(option: Option, asked: Asked) -> Fields:
    if option.weight < ZERO:
        asked.note("A wrong answer takes marks away in the file; here it scores nothing.")
    is_partly = ZERO < option.weight < ONE
    score = {"score": float(option.weight)} if is_partly else {"correct": option.weight >= ONE}
    return {"text": asked.needed(option.text, "an answer"), **score, **asked.explained(option.feedback)}


def _write_several(body: Choice, asked: Asked) -> None:
    right = [option for option in body.options if option.weight > ZERO]
    if not right:
        raise Unrepresentable("no answer is marked as right")
    total = sum((option.weight for option in right), ZERO)
    if not body.all_or_nothing and round(total, 3) < ONE:
        asked.note(
            f"The right answers together give {float(total):.0%} of the mark, and no answer more, as in the file."
        )
    with_shares = not body.all_or_nothing and not _is_even(body, len(right))
    asked.fields["options"] = lettered(_one_of_several(option, asked, with_shares) for option in body.options)
    if body.all_or_nothing:
        asked.fields["whole"] = True


def _is_even(body: Choice, right: int) -> bool:
    """Whether each wrong answer takes away what a right one gives: that is how we score without being told."""
    return all(abs(abs(option.weight) * right - 1) < 0.001 for option in body.options)


def _one_of_several(option: Option, asked: Asked, with_share: bool) -> Fields:
    weight = max(-ONE, min(ONE, option.weight))
    share = {"share": float(weight)} if with_share else {}
    row = {"text": asked.needed(option.text, "an answer"), "correct": option.weight > ZERO}
    return {**row, **share, **asked.explained(option.feedback)}


@write_body.register
def _true_false(body: TrueFalse, asked: Asked) -> None:
    _ask(asked, "true_false", "choice")
    asked.fields["options"] = [
        {"id": TRUE, "text": "True", "correct": body.answer, **asked.explained(body.when_true)},
        {"id": FALSE, "text": "False", "correct": not body.answer, **asked.explained(body.when_false)},
    ]


@write_body.register
def _typed(body: Typed, asked: Asked) -> None:
    _ask(asked, "typed")
    asked.fields |= {"lang": asked.lang, **typed_key(body, asked)}


@write_body.register
def _numeric(body: Numeric, asked: Asked) -> None:
    _ask(asked, "numeric")
    numbers = number_key(body, asked)
    is_plain = len(numbers) == 1 and numbers[0].keys() <= {"value", "tolerance"}
    asked.fields |= {"locales": locales_of(asked.lang), **(numbers[0] if is_plain else {"graded": numbers})}


def locales_of(lang: str) -> list[str]:
    """How numbers may be written: as in the file, and as in the language of the answers."""
    base = lang.split("-")[0]
    return ["en_US"] if base in ("und", "en") else ["en_US", base]


@write_body.register
def _matching(body: Matching, asked: Asked) -> None:
    _ask(asked, "matching")
    asked.fields["pairs"] = lettered(
        {"left": asked.needed(pair.left, "a left side"), "right": asked.needed(pair.right, "a right side")}
        for pair in body.pairs
    )
    rights = {pair["right"] for pair in asked.fields["pairs"]}
    extras = [asked.needed(text, "a right side") for text in body.distractors]
    extras = [words for words in dict.fromkeys(extras) if words not in rights]
    if extras:
        asked.fields["extras"] = [
            {"id": f"extra-{place}", "text": words} for place, words in enumerate(extras, start=1)
        ]
    if len(rights) + len(extras) < 2:
        raise Unrepresentable("there is only one right side to choose from")


@write_body.register
def _ordering(body: Ordering, asked: Asked) -> None:
    _ask(asked, "ordering")
    steps = [asked.needed(step, "a step") for step in body.steps]
    if len(steps) < 2:
        raise Unrepresentable("there is only one step to put in order")
    if len(set(steps)) < len(steps):
        raise Unrepresentable("two steps have the same words, so nobody can say which comes first")
    asked.fields["parts"] = lettered({"text": step} for step in steps)


@write_body.register
def _cloze(body: Cloze, asked: Asked) -> None:
    title = plain_words(asked.entry.title)
    asked.fields |= {"type": "cloze", "stem": title or NO_STEM, "ask": ASKS["cloze"], "lang": asked.lang}
    prompt = asked.entry.prompt
    marked = "".join(each.replace(_SIGN, "") if isinstance(each, str) else _sign(each) for each in pieces(prompt.text))
    words = asked.words(EntryText(marked, prompt.format))
    for number in range(1, len(body.gaps) + 1):
        if words.count(_sign(number)) != 1:
            raise Unrepresentable("its gaps cannot be found in the text")
        words = words.replace(_sign(number), f"{{gap-{number}}}")
    asked.fields["text"] = words
    asked.is_in_gap = True
    asked.fields["gaps"] = {f"gap-{place}": _gap(gap, asked) for place, gap in enumerate(body.gaps, start=1)}


def _sign(number: int) -> str:
    """Stands for a gap while its text is made into Markdown, which knows nothing of it."""
    return f"{_SIGN}{number}{_SIGN}"


def _gap(gap: Gap, asked: Asked) -> Fields:
    mark = {"mark": gap.mark} if gap.mark > 1 else {}
    if isinstance(gap.body, Numeric):
        return {"locales": locales_of(asked.lang), "numbers": number_key(gap.body, asked), **mark}
    if isinstance(gap.body, Typed):
        return {**typed_key(gap.body, asked), **mark}
    return {**_offered(gap.body, asked), **mark}


def _offered(body: Choice, asked: Asked) -> Fields:
    """A gap where one of several texts is chosen."""
    if not body.single:
        raise Unrepresentable("a gap takes several answers at once")
    texts = [one_line(option.text.words) for option in body.options]
    if not all(texts) or len(set(texts)) < len(texts):
        raise Unrepresentable("answers of a gap have no words, or the same")
    if any(option.text.words != option.text.text for option in body.options):
        asked.note("The answers of a gap are shown without their formatting.")
    accepted, graded, rejected = [], [], []
    for text, option in zip(texts, body.options, strict=True):
        why = asked.explained(option.feedback)
        if option.weight <= ZERO:
            rejected.append({"text": text, **why})
        elif option.weight >= ONE and not why:
            accepted.append(text)
        else:
            score = {"score": float(option.weight)} if option.weight < ONE else {}
            graded.append({"text": text, **score, **why})
    if not any(option.weight >= ONE for option in body.options):
        raise Unrepresentable("no answer of a gap gives the full mark")
    return {
        "offered": texts,
        **({"accepted": accepted} if accepted else {}),
        **({"graded": graded} if graded else {}),
        **({"rejected": rejected} if rejected else {}),
    }


def _ask(asked: Asked, kind: str, item_type: str | None = None) -> None:
    stem = asked.needed(asked.entry.prompt, "the question")
    asked.fields |= {"type": item_type or kind, "stem": stem, "ask": ASKS[kind]}
