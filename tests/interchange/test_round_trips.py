"""What is written is read back the same, as far as the format can hold it; the rest is said."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from trainer.interchange.entries import (
    NO_TEXT,
    ONE,
    ZERO,
    Body,
    Choice,
    Cloze,
    Description,
    Entry,
    Essay,
    Gap,
    Matching,
    MatchKind,
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
from trainer.interchange.gift.reading import read_gift
from trainer.interchange.gift.texts import SPACE
from trainer.interchange.gift.writing import write_gift
from trainer.interchange.markup import clean, words_of
from trainer.interchange.moodle.patterns import match_of
from trainer.interchange.moodle.reading import read_moodle_xml
from trainer.interchange.moodle.writing import write_moodle_xml
from trainer.interchange.qti.package import read_qti
from trainer.interchange.qti.writing import write_qti
from trainer.interchange.readings import Reading, Written

SIGNS = st.sampled_from([*"abc XYZ 019 =~#{}:\\[]%/*<>&\"'._-$\n", "日本", "é", "ß", "İ", "\u3000", "->", "\\n", "::"])
BARE = st.lists(SIGNS, min_size=1, max_size=12).map("".join)


def canonical(raw: str, text_format: TextFormat) -> Text:
    """A text as a reader leaves it: cleaned and trimmed."""
    return Text(clean(raw.strip(SPACE), text_format).text.strip(SPACE), text_format)


def texts(*formats: TextFormat) -> st.SearchStrategy[Text]:
    raw = st.one_of(BARE, BARE.map(lambda words: f"<b>{words}</b> and <p lang='fr'>more</p>"))
    return st.builds(canonical, raw, st.sampled_from(formats)).filter(bool)


EVERY = texts(*TextFormat)
HTML = texts(TextFormat.HTML)
PLAIN = texts(TextFormat.PLAIN).map(lambda text: Text(" ".join(text.text.split()))).filter(bool)
NAMES = BARE.map(words_of).filter(bool)
WORDS = st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=8)
ANSWERS = BARE.map(lambda raw: " ".join(raw.split())).filter(bool)
WEIGHTS = st.sampled_from(["-1", "-0.5", "0", "0.25", "0.3333333", "0.5", "0.75"]).map(Decimal)
NUMBERS = st.decimals(-(10**6), 10**6, places=4, allow_nan=False)
MARGINS = st.decimals(0, 100, places=4, allow_nan=False)


def maybe(text: st.SearchStrategy[Text]) -> st.SearchStrategy[Text]:
    return st.one_of(st.just(NO_TEXT), text)


def options(
    text: st.SearchStrategy[Text], feedback: st.SearchStrategy[Text], first: Decimal
) -> st.SearchStrategy[tuple[Option, ...]]:
    right = st.builds(Option, text, st.just(first), feedback)
    others = st.lists(st.builds(Option, text, WEIGHTS, feedback), min_size=1, max_size=4)
    return st.tuples(right, others).map(lambda both: (both[0], *both[1]))


def choices(text: st.SearchStrategy[Text], feedback: st.SearchStrategy[Text]) -> st.SearchStrategy[Body]:
    single = options(text, feedback, ONE).map(Choice)
    several = options(text, feedback, Decimal("0.5")).map(lambda found: Choice(found, single=False))
    return st.one_of(single, several)


def typed_answers(feedback: st.SearchStrategy[Text], *, patterns: bool) -> st.SearchStrategy[tuple[TypedAnswer, ...]]:
    def made(raw: str, weight: Decimal, said: Text) -> TypedAnswer:
        text, match = match_of(raw)
        return TypedAnswer(text, weight, match, said)

    right = st.builds(made, ANSWERS, st.just(ONE), feedback)
    others = st.lists(st.builds(made, ANSWERS, WEIGHTS, feedback), max_size=3)
    found = st.tuples(right, others).map(lambda both: (both[0], *both[1]))
    if patterns:
        return found
    return found.map(
        lambda answers: tuple(replace(each, text=each.text.replace("*", "x"), match=MatchKind.TEXT) for each in answers)
    )


def numbers(feedback: st.SearchStrategy[Text]) -> st.SearchStrategy[tuple[NumericAnswer, ...]]:
    weights = st.one_of(st.just(ONE), WEIGHTS)
    return st.lists(st.builds(NumericAnswer, NUMBERS, MARGINS, weights, feedback), min_size=1, max_size=3).map(tuple)


def matchings(left: st.SearchStrategy[Text], right: st.SearchStrategy[Text]) -> st.SearchStrategy[Matching]:
    pairs = st.lists(st.builds(Pair, left, right), min_size=2, max_size=4).map(tuple)
    return st.builds(Matching, pairs, st.lists(right, max_size=2).map(tuple))


def entries(
    body: st.SearchStrategy[Body], prompt: st.SearchStrategy[Text], **more: st.SearchStrategy[Any]
) -> st.SearchStrategy[Entry]:
    return st.builds(Entry, body=body, prompt=prompt, title=st.one_of(st.just(""), NAMES), **more)


CATEGORIES = st.lists(WORDS, max_size=3).map(tuple).filter(lambda names: names[:1] != ("top",))
LABELS: dict[str, st.SearchStrategy[Any]] = {
    "tags": st.lists(WORDS, max_size=3, unique=True).map(tuple),
    "id": st.one_of(st.just(""), WORDS),
    "category": CATEGORIES,
}
OVERALL: dict[str, st.SearchStrategy[Any]] = {
    name: maybe(EVERY) for name in ("general_feedback", "when_right", "when_partly", "when_wrong")
}


def holds(entry: Entry, write: Callable[[list[Entry]], Written], read: Callable[[bytes], Reading]) -> None:
    written = write([entry, entry])
    reading = read(written.data)

    assert written.problems == ()
    assert reading.problems == ()
    assert reading.entries == (entry, entry)


GIFT_BODIES = st.one_of(
    choices(EVERY, maybe(EVERY)),
    st.builds(TrueFalse, st.booleans(), maybe(EVERY), maybe(EVERY)),
    typed_answers(maybe(EVERY), patterns=True).map(Typed),
    numbers(maybe(EVERY)).map(Numeric),
    matchings(EVERY, PLAIN),
    st.just(Essay()),
)


@settings(max_examples=400, deadline=None, derandomize=True, database=None)
@given(entries(GIFT_BODIES, EVERY, general_feedback=maybe(EVERY), **LABELS))
def test_gift_holds_what_it_has_a_place_for(entry: Entry) -> None:
    assume("->" not in repr(entry.body))
    assume(not (_has_several_answers(entry) and "->" in entry.general_feedback.text))

    holds(entry, write_gift, read_gift)


def _has_several_answers(entry: Entry) -> bool:
    """Whether an arrow anywhere between its braces would make pairs of its answers."""
    return isinstance(entry.body, Typed) and len(entry.body.answers) > 1


@settings(max_examples=50, deadline=None, derandomize=True, database=None)
@given(entries(st.just(Description()), EVERY, **LABELS))
def test_gift_holds_descriptions(entry: Entry) -> None:
    holds(entry, write_gift, read_gift)


def gaps() -> st.SearchStrategy[Gap]:
    calm = st.builds(canonical, WORDS, st.just(TextFormat.HTML))
    single = options(calm, maybe(HTML), ONE).map(Choice)
    layouts = st.sampled_from(["list", "column", "row"])
    return st.one_of(
        st.builds(Gap, st.builds(Typed, typed_answers(maybe(HTML), patterns=True), st.booleans()), st.integers(1, 9)),
        st.builds(Gap, st.builds(Numeric, numbers(maybe(HTML)).filter(lambda all_: all_[0].weight == ONE))),
        st.builds(Gap, single, st.integers(1, 3), layouts),
    )


@st.composite
def clozes(draw: st.DrawFn, gap: st.SearchStrategy[Gap], least: int = 1) -> Entry:
    filled = draw(st.lists(gap, min_size=least, max_size=3))
    words = [draw(WORDS) for _ in range(len(filled) + 1)]
    prompt = words[0] + "".join(f" {{#{number}}} <b>{word}</b>" for number, word in enumerate(words[1:], start=1))
    return Entry(Cloze(tuple(filled)), canonical(prompt, TextFormat.HTML), title=draw(NAMES))


MOODLE_BODIES = st.one_of(
    choices(EVERY, maybe(EVERY)),
    st.builds(TrueFalse, st.booleans(), maybe(EVERY), maybe(EVERY)),
    st.builds(Typed, typed_answers(maybe(EVERY), patterns=True), st.booleans()),
    numbers(maybe(EVERY)).map(Numeric),
    matchings(EVERY, PLAIN),
    st.builds(Essay, maybe(EVERY), maybe(EVERY)),
    st.just(Description()),
    st.lists(EVERY, min_size=2, max_size=5).map(lambda steps: Ordering(tuple(steps))),
)


@settings(max_examples=400, deadline=None, derandomize=True, database=None)
@given(entries(MOODLE_BODIES, EVERY, hints=st.lists(EVERY, max_size=2).map(tuple), **OVERALL, **LABELS))
def test_moodle_xml_holds_everything(entry: Entry) -> None:
    holds(entry, write_moodle_xml, read_moodle_xml)


@settings(max_examples=200, deadline=None, derandomize=True, database=None)
@given(clozes(gaps()))
def test_moodle_xml_holds_gaps(entry: Entry) -> None:
    written = write_moodle_xml([entry])
    reading = read_moodle_xml(written.data)

    assume(not written.problems)
    assert reading.entries == (entry,)


CALM = st.builds(canonical, st.one_of(WORDS, WORDS.map("<b>{}</b> &amp; <p>x</p>".format)), st.just(TextFormat.HTML))
QTI_BODIES = st.one_of(
    choices(HTML, maybe(HTML)),
    st.lists(HTML, min_size=2, max_size=4).map(
        lambda found: Choice(
            (Option(found[0], ONE), *(Option(text, ZERO) for text in found[1:])), single=False, all_or_nothing=True
        )
    ),
    st.builds(TrueFalse, st.booleans(), maybe(HTML), maybe(HTML)),
    st.builds(Typed, typed_answers(st.just(NO_TEXT), patterns=False), st.booleans()),
    numbers(st.just(NO_TEXT)).filter(lambda found: any(each.weight == ONE for each in found)).map(Numeric),
    matchings(HTML, HTML),
    st.builds(Essay, maybe(HTML)),
    st.just(Description()),
    st.lists(HTML, min_size=2, max_size=5).map(lambda steps: Ordering(tuple(steps))),
)


def distinct(entry: Entry) -> bool:
    """QTI tells answers apart by what they are: two that are the same become one."""
    body = entry.body
    if isinstance(body, Typed):
        return len({answer.text for answer in body.answers}) == len(body.answers)
    if isinstance(body, Matching):
        rights = [pair.right for pair in body.pairs]
        return len({*rights, *body.distractors}) == len(rights) + len(body.distractors)
    return True


@settings(max_examples=400, deadline=None, derandomize=True, database=None)
@given(
    entries(
        QTI_BODIES,
        HTML,
        tags=LABELS["tags"],
        category=CATEGORIES,
        **{name: maybe(HTML) for name in ("general_feedback", "when_right", "when_partly", "when_wrong")},
    )
)
def test_a_qti_package_holds_what_it_has_a_place_for(entry: Entry) -> None:
    assume(distinct(entry))

    holds(entry, write_qti, read_qti)


def qti_gaps() -> st.SearchStrategy[Gap]:
    return st.one_of(
        st.builds(Typed, typed_answers(st.just(NO_TEXT), patterns=False), st.booleans())
        .filter(lambda body: len({answer.text for answer in body.answers}) == len(body.answers))
        .map(Gap),
        numbers(st.just(NO_TEXT)).map(Numeric).map(Gap),
        options(CALM, st.just(NO_TEXT), ONE).map(Choice).map(Gap),
    )


@settings(max_examples=200, deadline=None, derandomize=True, database=None)
@given(clozes(qti_gaps(), least=2))
def test_a_qti_package_holds_gaps_from_two_on(entry: Entry) -> None:
    holds(entry, write_qti, read_qti)
