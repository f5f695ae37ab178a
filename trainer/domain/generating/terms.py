"""What a glossary becomes in each of its languages: phrases, a competency, and quizzes that practise them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from trainer.domain.content import (
    Competency,
    CompetencyKind,
    Glossary,
    Item,
    KeyStatus,
    OneOf,
    Phrase,
    Prose,
    Quiz,
    Register,
    Rendering,
    Term,
    Typed,
    WordList,
)
from trainer.domain.generating.drills import DRILL
from trainer.domain.generating.items import (
    MAX_OPTIONS,
    MIN_OPTIONS,
    choice_option,
    content_hash_of,
    generate_items,
)
from trainer.domain.generating.naming import SEPARATOR, PhraseKind, phrase_kind_of, phrase_of
from trainer.domain.generating.words import foreign, language_name, plain, quoted, together

TERM = "term"
"""The function of phrases that are terms."""
GLOSSARY = f"glossary{SEPARATOR}"
"""With this the competencies of glossaries begin, and no others."""
TERMS_OF_A_QUIZ = 8
"""Each of them is asked for twice: what it means, and how it is said."""
MINUTES_OF_AN_ITEM = 0.4
MOST_FALSE_FRIENDS = 2
"""Offered in one choice, so that another term of the glossary stands beside them."""


def with_lists(glossary: Glossary) -> Glossary:
    """The glossary with what is learnt of it in each language."""
    return replace(glossary, lists={lang: _word_list(glossary, lang) for lang in glossary.languages})


def glossary_competency(glossary_id: str, lang: str) -> str:
    return f"{GLOSSARY}{glossary_id}{SEPARATOR}{lang}"


def term_phrase(term_id: str, lang: str) -> str:
    return f"{term_id}{SEPARATOR}{lang}"


def _word_list(glossary: Glossary, lang: str) -> WordList:
    terms = [term for term in glossary.terms if lang in term.renderings]
    phrases = {term.term: _phrase(term, term.renderings[lang]) for term in terms}
    competency = _competency(glossary, lang, len(phrases))
    return WordList(lang, competency, tuple(phrases.values()), tuple(_quizzes(glossary, competency, phrases)))


def _competency(glossary: Glossary, lang: str, number: int) -> Competency:
    named = language_name(lang)
    terms = "the one term" if number == 1 else f"the {number} terms"
    return Competency(
        id=glossary_competency(glossary.id, lang),
        kind=CompetencyKind.LANGUAGE,
        title=f"{glossary.title}: terms in {named}",
        can_do=f"I can understand and use {terms} of “{glossary.title}” in {named}.",
        language=lang,
        functions=(TERM,),
    )


def _phrase(term: Term, rendering: Rendering) -> Phrase:
    """What tempts instead of a term are its false friends."""
    return Phrase(
        id=term_phrase(term.id, rendering.lang),
        lang=rendering.lang,
        function=TERM,
        text=rendering.text,
        reading=rendering.reading,
        translit=rendering.translit,
        literal="",
        natural=term.natural,
        register=Register.NEUTRAL,
        channel=("speech", "call", "email"),
        to_role="anyone",
        to_gender="any",
        audio_text=rendering.text,
        wrong=rendering.false_friends,
        note=_note(term, rendering),
    )


def _note(term: Term, rendering: Rendering) -> Prose:
    """The example with its meaning, then what the author adds."""
    words = []
    if rendering.example:
        words += [plain("Example:"), foreign(rendering.example, rendering.lang)]
        meaning = term.meaning_of_example(rendering.lang)
        words += [plain(f"({meaning})")] if meaning else []
    return together(*words, *([rendering.note] if rendering.note else []))


def _quizzes(glossary: Glossary, competency: Competency, phrases: Mapping[str, Phrase]) -> Iterator[Quiz]:
    """Every few terms a quiz that asks for all of them, so that what counts is what can be practised in one go."""
    items: dict[str, list[Item]] = {}
    for item in _items(tuple(phrases.values()), competency):
        items.setdefault(phrase_of(item.id) or "", []).append(item)
    names = list(phrases)
    parts = [names[start : start + TERMS_OF_A_QUIZ] for start in range(0, len(names), TERMS_OF_A_QUIZ)]
    for number, part in enumerate(parts, start=1):
        quiz_id = f"{DRILL}{glossary.id}-{(competency.language or '').lower()}-{number}"
        asked = [replace(item, quiz_id=quiz_id) for name in part for item in items.get(phrases[name].id, ())]
        if asked:
            span = f"from “{part[0]}” to “{part[-1]}”" if len(part) > 1 else f"“{part[0]}”"
            yield Quiz(
                id=quiz_id,
                course_id=glossary.id,
                title=f"{competency.title}, {number} of {len(parts)}",
                summary=plain(f"What each term means, and how it is said: {span}."),
                minutes=max(1, round(len(asked) * MINUTES_OF_AN_ITEM)),
                lessons=(),
                key_status=KeyStatus.REVIEWED if glossary.reviewers else KeyStatus.AUTHOR,
                items=_apart(asked),
            )


def _apart(items: Sequence[Item]) -> tuple[Item, ...]:
    """First what each term means and then how each is said, so that a term never stands beside its key."""
    return tuple(sorted(items, key=lambda item: phrase_kind_of(item.id) is not PhraseKind.MEANING))


def _items(phrases: Sequence[Phrase], competency: Competency) -> Iterator[Item]:
    """Of each term what it means, and how it is said: chosen where something tempts, else typed."""
    kinds = (PhraseKind.MEANING, PhraseKind.WORDING, PhraseKind.TYPED)
    made = {item.id: item for item in generate_items(phrases, {competency.id: competency}, "", kinds=kinds)}
    for phrase in phrases:
        meaning, wording, typed = (made.get(f"{phrase.id}{SEPARATOR}{kind}") for kind in kinds)
        if meaning is not None:
            yield meaning
        chosen = _among_false_friends(wording, phrase) if wording is not None and phrase.wrong else None
        said = chosen or (_without_article(typed) if typed is not None else wording)
        if said is not None:
            yield _finished(replace(said, stem=plain(f"You mean: {quoted(phrase.natural)}")))


def _among_false_friends(item: Item, phrase: Phrase) -> Item | None:
    """The choice of a wording with false friends in the place of some of the other terms."""
    assert isinstance(item.interaction, OneOf)
    tempting = [
        choice_option(item.id, foreign(each.text, phrase.lang), each.why)
        for each in phrase.wrong[:MOST_FALSE_FRIENDS]
        if each.text != phrase.text
    ]
    taken = {option.text.plain for option in tempting}
    rest = [option for option in item.interaction.options if option.text.plain not in taken]
    right = [option for option in rest if option.is_right]
    others = [option for option in rest if not option.is_right]
    options = (*right, *tempting, *others)[:MAX_OPTIONS]
    if not tempting or len(options) < MIN_OPTIONS:
        return None
    ordered = tuple(sorted(options, key=lambda option: option.id))
    return replace(item, interaction=OneOf(ordered))


def _without_article(item: Item) -> Item:
    """A term stands with its article to be learnt; who types it without has said it all the same."""
    assert isinstance(item.interaction, Typed)
    gap = item.interaction.gap
    gap = replace(gap, key=replace(gap.key, is_article_optional=True))
    return replace(item, interaction=replace(item.interaction, gap=gap))


def _finished(item: Item) -> Item:
    return replace(item, content_hash=content_hash_of(item))
