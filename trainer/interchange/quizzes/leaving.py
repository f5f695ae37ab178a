"""Our items as entries that other programs can hold."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import singledispatch

from trainer.domain.content import (
    Cloze,
    Effect,
    Gap,
    GradedNumber,
    Interaction,
    Item,
    ItemType,
    Matching,
    Numeric,
    OneOf,
    Option,
    Ordering,
    Prose,
    Quiz,
    RateEach,
    Result,
    SomeOf,
    Typed,
)
from trainer.interchange import entries as of
from trainer.interchange.entries import ONE, ZERO, Body, Entry, MatchKind, Text, TextFormat
from trainer.interchange.markup import clean_html, html_of
from trainer.interchange.numerals import part
from trainer.interchange.quizzes.bodies import ASKS, FALSE, NO_STEM, TRUE
from trainer.interchange.readings import Problem, Report, Unrepresentable

RATINGS = {
    Effect.BEST: "Best next step",
    Effect.ACCEPTABLE: "Acceptable",
    Effect.WEAK: "Weak",
    Effect.HARMFUL: "Harmful",
}
_WITH_SOUND = (ItemType.LISTENING, ItemType.DICTATION)


def entries_of(quiz: Quiz, course_title: str) -> tuple[tuple[Entry, ...], tuple[Problem, ...]]:
    """The items as entries, and what could not leave; `entry` of a problem counts items from 1."""
    report = Report()
    for item in quiz.items:
        report.begin(None)
        try:
            report.keep(_entry(item, quiz, course_title, report))
        except Unrepresentable as why:
            report.skip(f"“{_name(item)}” was not written: {why}.")
    return tuple(report.entries), tuple(report.problems)


def _entry(item: Item, quiz: Quiz, course_title: str, report: Report) -> Entry:
    if item.type in _WITH_SOUND:
        raise Unrepresentable("it plays a phrase, and these files hold no sound")
    lost = list(_lost(item))
    if lost:
        report.note(f"“{_name(item)}” is written without {' and '.join(lost)}.")
    origin = item.origin
    return Entry(
        body=_body(item.interaction, item),
        prompt=_prompt(item),
        title=origin.title if origin else "",
        general_feedback=_general(item),
        when_right=_remark(item, Result.RIGHT),
        when_partly=_remark(item, Result.PARTLY),
        when_wrong=_remark(item, Result.WRONG),
        tags=origin.tags if origin else item.competencies,
        id=origin.id if origin else item.id if quiz.imported is None else "",
        category=origin.category if origin else () if quiz.imported else (course_title, quiz.title),
    )


def _lost(item: Item) -> Iterable[str]:
    """What of it these formats have no place for, in words."""
    match item.interaction:
        case OneOf(options) if any(option.effect for option in options):
            yield "what its answers do to trust and clarity"
        case Matching(pairs) if any(pair.explanation.source for pair in pairs):
            yield "the reasons of its pairs"
        case RateEach():
            yield "the reasons of its ratings"
        case Ordering(orders=orders) if len(orders) > 1:
            yield "its other orders that are as right"
        case Typed(gap) if gap.key.kana_matters or gap.key.is_article_optional:
            yield "its rules on kana or articles"


def _prompt(item: Item) -> Text:
    """What is asked, without the words that an import put there."""
    proses = [] if item.stem.source in _put_there(item) else [item.stem.html]
    if item.ask is not None and item.ask.source not in ASKS.values():
        proses.append(item.ask.html)
    unit = item.interaction.unit if isinstance(item.interaction, Numeric) else ""
    if unit:
        proses.append(html_of(f"({unit})"))
    if isinstance(item.interaction, Cloze):
        proses.append(_with_markers(item.interaction))
    return _html("".join(f"<p>{html}</p>" for html in proses) if len(proses) > 1 else "".join(proses))


def _put_there(item: Item) -> tuple[str, ...]:
    """Stems of a cloze that are its title, or stand for one."""
    if not isinstance(item.interaction, Cloze) or item.origin is None:
        return (NO_STEM,) if isinstance(item.interaction, Cloze) else ()
    return (NO_STEM, item.stem.source if item.stem.plain == item.origin.title else NO_STEM)


def _with_markers(cloze: Cloze) -> str:
    html = cloze.pieces[0].html
    for number, piece in enumerate(cloze.pieces[1:], start=1):
        html += f"{{#{number}}}{piece.html}"
    return html


def _general(item: Item) -> Text:
    """What is said whatever was answered: the explanation, the misreading, where it is otherwise, and the sources."""
    own = getattr(item.interaction, "explanation", None) or item.explanation
    lines = [own.html] if own is not None and own.source else []
    if item.misreading:
        lines.append(f"Tempting misreading: {item.misreading.html}")
    if item.counter_case:
        lines.append(f"Where it is otherwise: {item.counter_case.html}")
    if item.sources:
        named = "; ".join(f"{source.title} ({source.address})" for source in item.sources)
        lines.append(html_of(f"Sources: {named}"))
    return _html("".join(f"<p>{line}</p>" for line in lines) if len(lines) > 1 else "".join(lines))


def _remark(item: Item, result: Result) -> Text:
    return _text(item.remarks[result]) if result in item.remarks else of.NO_TEXT


@singledispatch
def _body(interaction: Interaction, item: Item) -> Body:
    """The body, or Unrepresentable with the reason."""
    raise Unrepresentable("other programs have nothing like it")


@_body.register
def _one_of(interaction: OneOf, item: Item) -> Body:
    by_id = {option.id: option for option in interaction.options}
    if by_id.keys() == {TRUE, FALSE}:
        feedback = {name: _why(option) for name, option in by_id.items()}
        return of.TrueFalse(by_id[TRUE].is_right, feedback[TRUE], feedback[FALSE])
    return of.Choice(tuple(_option(each, _share(each.score)) for each in interaction.options))


@_body.register
def _some_of(interaction: SomeOf, item: Item) -> Body:
    right = sum(option.is_right for option in interaction.options)
    even = part(ONE, Decimal(right))
    options = []
    for option in interaction.options:
        weight = _share(option.share) if option.share is not None else even if option.is_right else -even
        if interaction.is_whole and not option.is_right:
            weight = ZERO
        options.append(_option(option, weight))
    return of.Choice(tuple(options), single=False, all_or_nothing=interaction.is_whole)


@_body.register
def _rate_each(interaction: RateEach, item: Item) -> Body:
    pairs = tuple(
        of.Pair(_text(option.text), Text(RATINGS[option.effect])) for option in interaction.options if option.effect
    )
    used = {pair.right.text for pair in pairs}
    return of.Matching(pairs, tuple(Text(words) for words in RATINGS.values() if words not in used))


@_body.register
def _typed(interaction: Typed, item: Item) -> Body:
    return _typed_gap(interaction.gap)


def _typed_gap(gap: Gap) -> of.Typed:
    key = gap.key
    answers = [_answer(gap, text, _share(gap.shares.get(text, 1.0))) for text in key.accepted]
    answers += [_answer(gap, text, _share(gap.shares.get(text, 1.0)), MatchKind.PATTERN) for text in key.patterns]
    answers += [_answer(gap, each.text, ZERO) for each in key.rejected]
    return of.Typed(tuple(answers), case_sensitive=key.is_case_sensitive)


def _answer(gap: Gap, text: str, weight: Decimal, match: MatchKind = MatchKind.TEXT) -> of.TypedAnswer:
    return of.TypedAnswer(text, weight, match, _explained(gap.why, text))


def _explained(why: Mapping[str, Prose], text: str) -> Text:
    return _text(why[text]) if text in why else of.NO_TEXT


@_body.register
def _numeric(interaction: Numeric, item: Item) -> Body:
    graded = interaction.graded or (GradedNumber(interaction.value, interaction.tolerance, 1.0),)
    return of.Numeric(
        tuple(
            of.NumericAnswer(
                each.value,
                each.tolerance,
                _share(each.score),
                _text(each.explanation) if each.explanation else of.NO_TEXT,
            )
            for each in graded
        )
    )


@_body.register
def _cloze(interaction: Cloze, item: Item) -> Body:
    return of.Cloze(tuple(_gap(gap, item) for gap in interaction.gaps))


def _gap(gap: Gap, item: Item) -> of.Gap:
    if gap.number is not None:
        body = _numeric(gap.number, item)
        assert isinstance(body, of.Numeric)
        return of.Gap(body, gap.mark)
    if not gap.offered:
        return of.Gap(_typed_gap(gap), gap.mark)
    options = (
        of.Option(
            Text(text),
            _share(gap.shares.get(text, 1.0)) if text in gap.key.accepted else ZERO,
            _explained(gap.why, text),
        )
        for text in gap.offered
    )
    return of.Gap(of.Choice(tuple(options)), gap.mark)


@_body.register
def _ordering(interaction: Ordering, item: Item) -> Body:
    texts = {part.id: part.text for part in interaction.parts}
    return of.Ordering(tuple(_text(texts[name]) for name in interaction.orders[0]))


@_body.register
def _matching(interaction: Matching, item: Item) -> Body:
    pairs = tuple(of.Pair(_text(pair.left.text), _text(pair.right.text)) for pair in interaction.pairs)
    return of.Matching(pairs, tuple(_text(part.text) for part in interaction.extras))


def _option(option: Option, weight: Decimal) -> of.Option:
    return of.Option(_text(option.text), weight, _why(option))


def _why(option: Option) -> Text:
    """What came of choosing it, and the reason."""
    proses = [each for each in (option.consequence, option.explanation) if each is not None and each.source]
    if len(proses) < 2:
        return _text(proses[0]) if proses else of.NO_TEXT
    return _html("".join(f"<p>{prose.html}</p>" for prose in proses))


def _share(score: float) -> Decimal:
    return Decimal(str(round(score, 7))).normalize() + 0


def _text(prose: Prose) -> Text:
    return _html(prose.html)


def _html(html: str) -> Text:
    return Text(clean_html(html), TextFormat.HTML)


def _name(item: Item) -> str:
    words = " ".join(item.stem.plain.split())
    return words if len(words) <= of.NAME_CHARACTERS else words[: of.NAME_CHARACTERS - 1].rstrip() + "…"
