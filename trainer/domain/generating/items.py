"""The items of a phrase: each kind with its key, its distractors and a why for each of them."""

import hashlib
import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from trainer.domain.answers import AnswerKey, Rejected
from trainer.domain.content import Competency, Gap, Item, ItemType, OneOf, Option, Phrase, Prose, Register, Typed
from trainer.domain.generating.naming import PhraseKind, item_of
from trainer.domain.generating.words import (
    base_language,
    foreign,
    language_name,
    meeting,
    plain,
    pronoun,
    quoted,
    register_words,
    saying,
    together,
)

MIN_OPTIONS, MAX_OPTIONS = 3, 4
MAX_TYPED = 60
"""Characters of a phrase that is asked to be typed: a longer one would test patience and the keyboard."""
ALIKE = 0.65
"""Share of common words from which two meanings are too near to be told apart in a choice."""
FAR_REGISTER = 2
"""Steps of register that nobody takes for the same."""
SLIP_IN_DICTATION = 0.5
"""What is heard is written as it sounds: a letter that is off may be an ending that was not heard."""
_TOKEN = re.compile(r"\w+")
_WORD = re.compile(r"[^\W\d_]+")
_REGISTERS = list(Register)


@dataclass(frozen=True)
class _Source:
    """What all items of one phrase are made from."""

    phrase: Phrase
    others: Sequence[Phrase]
    """The phrases of its language and function, itself among them, in order."""
    place: int
    lexicon: frozenset[str]

    def item_id(self, kind: PhraseKind) -> str:
        return item_of(self.phrase.id, kind)

    def around(self, kind: PhraseKind) -> Iterator[Phrase]:
        """The other phrases, from a place on that is another for each kind but the same each time."""
        start = int.from_bytes(_digest(self.item_id(kind))[:4]) % len(self.others)
        for step in range(len(self.others)):
            at = (start + step) % len(self.others)
            if at != self.place:
                yield self.others[at]


def generate_items(
    phrases: Sequence[Phrase],
    competencies: Mapping[str, Competency],
    quiz_id: str,
    lessons: Mapping[str, str] | None = None,
    kinds: Collection[PhraseKind] = tuple(PhraseKind),
) -> tuple[Item, ...]:
    """The items of each phrase, in order; none of a phrase that no competency asks for.

    Only those of the `kinds` are made. `lessons` names the lesson in which a phrase stands. A kind is left out where
    the function has too few phrases to choose from, or the phrase is too long to be typed.
    """
    groups: dict[tuple[str, str], list[Phrase]] = {}
    for phrase in phrases:
        groups.setdefault((phrase.lang, phrase.function), []).append(phrase)
    places = {each.id: place for group in groups.values() for place, each in enumerate(group)}
    lexicon = lexicon_of(phrases)
    served = _served_by(competencies)
    made = []
    for phrase in phrases:
        names = served.get((base_language(phrase.lang), phrase.function), ())
        if names:
            group = groups[phrase.lang, phrase.function]
            source = _Source(phrase, group, places[phrase.id], lexicon.get(phrase.lang, frozenset()))
            lesson = (lessons or {}).get(phrase.id)
            made += [_finished(item, names, quiz_id, lesson) for item in _items_of(source, kinds)]
    return tuple(made)


def lexicon_of(phrases: Iterable[Phrase]) -> dict[str, frozenset[str]]:
    """The words of all phrases, by language: to type one of them instead of another is no slip of the hand."""
    words: dict[str, set[str]] = {}
    for phrase in phrases:
        words.setdefault(phrase.lang, set()).update(_WORD.findall(phrase.text))
    return {lang: frozenset(found) for lang, found in words.items()}


def _served_by(competencies: Mapping[str, Competency]) -> dict[tuple[str, str], list[Competency]]:
    """Competencies by language and function."""
    served: dict[tuple[str, str], list[Competency]] = {}
    for competency in competencies.values():
        for function in competency.functions:
            served.setdefault((base_language(competency.language or ""), function), []).append(competency)
    return served


def _items_of(source: _Source, kinds: Collection[PhraseKind]) -> Iterator[Item]:
    makers = {
        PhraseKind.MEANING: _meaning,
        PhraseKind.WORDING: _wording,
        PhraseKind.TYPED: _typed,
        PhraseKind.LISTENING: _listening,
        PhraseKind.DICTATION: _dictation,
        PhraseKind.REGISTER: _register,
    }
    found = (make(source) for kind, make in makers.items() if kind in kinds)
    return (item for item in found if item is not None)


def _meaning(source: _Source) -> Item | None:
    phrase = source.phrase
    stem = foreign(phrase.text, phrase.lang)
    return _choice(source, PhraseKind.MEANING, stem, "What does it mean?", _meanings(source, PhraseKind.MEANING))


def _listening(source: _Source) -> Item | None:
    options = _meanings(source, PhraseKind.LISTENING)
    item = _choice(source, PhraseKind.LISTENING, plain("Listen."), "What does it mean?", options)
    return None if item is None else replace(item, type=ItemType.LISTENING, audio=source.phrase)


def _wording(source: _Source) -> Item | None:
    phrase = source.phrase
    ask = f"How do you say it in {language_name(phrase.lang)}?"
    options = [_option(source, PhraseKind.WORDING, _text(phrase), _why(phrase), is_right=True)]
    options += [
        _option(source, PhraseKind.WORDING, _text(other), _means(other))
        for other in _apart(source, PhraseKind.WORDING, MAX_OPTIONS - 1)
    ]
    return _choice(source, PhraseKind.WORDING, _situation(phrase), ask, options)


def _register(source: _Source) -> Item | None:
    """Choose the words that suit a named person; one of the others must tempt by its register or be a known mistake."""
    phrase, kind = source.phrase, PhraseKind.REGISTER
    mistakes = [(foreign(each.text, phrase.lang), each.why) for each in phrase.wrong if each.text != phrase.text]
    apart = list(_apart(source, kind, len(source.others)))
    apart.sort(key=lambda other: not _is_far(phrase, other))
    if not mistakes and not (apart and _is_far(phrase, apart[0])):
        return None
    others = [*mistakes, *((_text(other), together(_means(other), plain(register_words(other)))) for other in apart)]
    right = _option(source, kind, _text(phrase), together(plain(register_words(phrase)), phrase.note), is_right=True)
    options = [right, *(_option(source, kind, text, why) for text, why in others[: MAX_OPTIONS - 1])]
    stem = plain(f"{meeting(phrase)} You want to say: {quoted(phrase.natural)}")
    return _choice(source, kind, stem, f"Which wording suits {pronoun(phrase)}?", options)


def _typed(source: _Source) -> Item | None:
    phrase = source.phrase
    gap = _gap(source)
    if gap is None:
        return None
    item = _item(source, PhraseKind.TYPED, ItemType.TYPED, _situation(phrase), Typed(gap, _why(phrase)))
    return replace(item, ask=plain(f"Type it in {language_name(phrase.lang)}{_script(phrase)}."))


def _dictation(source: _Source) -> Item | None:
    gap = _gap(source)
    if gap is None:
        return None
    interaction = Typed(gap, _why(source.phrase), SLIP_IN_DICTATION)
    item = _item(source, PhraseKind.DICTATION, ItemType.DICTATION, plain("Listen."), interaction)
    return replace(item, ask=plain(f"Type what you hear{_script(source.phrase)}."), audio=source.phrase)


def _script(phrase: Phrase) -> str:
    return ", in its own script or in Latin letters" if phrase.translit else ""


def _gap(source: _Source) -> Gap | None:
    """The phrase as it is written, read and transcribed, and those that are the same thing said; its mistakes."""
    phrase = source.phrase
    if len(phrase.text) > MAX_TYPED or not _can_be_typed(phrase.text):
        return None
    same = [phrase, *(other for other in source.others if other is not phrase and _is_same_said(phrase, other))]
    forms = (form for each in same for form in (each.text, each.reading, each.translit))
    accepted = tuple(dict.fromkeys(form for form in forms if form and _can_be_typed(form)))
    why = {each.text: each.why for each in phrase.wrong if _can_be_typed(each.text) and each.text not in accepted}
    rejected = tuple(Rejected(text, prose.source) for text, prose in why.items())
    return Gap("answer", AnswerKey(accepted, phrase.lang, rejected, lexicon=source.lexicon), why)


def _can_be_typed(text: str) -> bool:
    return any(char.isalnum() for char in text)


def _meanings(source: _Source, kind: PhraseKind) -> list[Option]:
    right = _option(source, kind, plain(source.phrase.natural), _why(source.phrase), is_right=True)
    others = _apart(source, kind, MAX_OPTIONS - 1)
    return [right, *(_option(source, kind, plain(other.natural), _is_said(other)) for other in others)]


def _apart(source: _Source, kind: PhraseKind, most: int) -> Iterator[Phrase]:
    """Other phrases of the function that mean something else than it, and than one another."""
    taken = [source.phrase]

    def found() -> Iterator[Phrase]:
        for other in source.around(kind):
            if not any(_is_alike(other, each) for each in taken):
                taken.append(other)
                yield other

    return islice(found(), most)


def _is_alike(one: Phrase, other: Phrase) -> bool:
    if one.text == other.text:
        return True
    words, others = (set(_TOKEN.findall(each.natural.casefold())) for each in (one, other))
    return words <= others or others <= words or len(words & others) >= ALIKE * len(words | others)


def _is_same_said(one: Phrase, other: Phrase) -> bool:
    """Whether one may as well be said for the other: it means the same, from and to the same people, as politely."""
    return (one.natural, one.register, one.speaker, one.to_gender, one.to_role) == (
        other.natural,
        other.register,
        other.speaker,
        other.to_gender,
        other.to_role,
    )


def _is_far(one: Phrase, other: Phrase) -> bool:
    return abs(_REGISTERS.index(one.register) - _REGISTERS.index(other.register)) >= FAR_REGISTER


def _text(phrase: Phrase) -> Prose:
    return foreign(phrase.text, phrase.lang)


def _situation(phrase: Phrase) -> Prose:
    return plain(f"{saying(phrase)} {quoted(phrase.natural)}")


def _why(phrase: Phrase) -> Prose:
    """A term has no words of its own to be taken apart: its meaning stands in their place."""
    words = plain(f"Word for word: {quoted(phrase.literal)}") if phrase.literal else _means(phrase)
    return together(words, phrase.note)


def _means(phrase: Phrase) -> Prose:
    return plain(f"It means {quoted(phrase.natural)}")


def _is_said(phrase: Phrase) -> Prose:
    return together(plain("That is said:"), _text(phrase))


def _option(source: _Source, kind: PhraseKind, text: Prose, why: Prose, *, is_right: bool = False) -> Option:
    return choice_option(source.item_id(kind), text, why, is_right=is_right)


def choice_option(item_id: str, text: Prose, why: Prose, *, is_right: bool = False) -> Option:
    """Named by its words, so that its name says nothing of being right."""
    name = _digest(f"{item_id} {text.source}").hex()[:8]
    return Option(f"o-{name}", text, float(is_right), why)


def _choice(source: _Source, kind: PhraseKind, stem: Prose, ask: str, options: Sequence[Option]) -> Item | None:
    distinct = {option.text.plain: option for option in reversed(options)}
    if len(distinct) < MIN_OPTIONS:
        return None
    ordered = tuple(sorted(distinct.values(), key=lambda option: option.id))
    return replace(_item(source, kind, ItemType.CHOICE, stem, OneOf(ordered)), ask=plain(ask))


def _item(source: _Source, kind: PhraseKind, item_type: ItemType, stem: Prose, interaction: OneOf | Typed) -> Item:
    return Item(
        id=source.item_id(kind),
        quiz_id="",
        type=item_type,
        competencies=(),
        stem=stem,
        ask=None,
        interaction=interaction,
        sources=(),
        content_hash="",
    )


def _finished(item: Item, competencies: Sequence[Competency], quiz_id: str, lesson_id: str | None) -> Item:
    return replace(
        item,
        quiz_id=quiz_id,
        competencies=tuple(each.id for each in competencies),
        level=competencies[0].level,
        lesson_id=lesson_id,
        content_hash=content_hash_of(item),
    )


def content_hash_of(item: Item) -> str:
    """Names all that shows in an item and decides on its answer."""
    match item.interaction:
        case OneOf(options):
            key: object = [[each.id, each.text.source, each.score] for each in options]
        case Typed(gap):
            key = [gap.key.accepted, [each.text for each in gap.key.rejected]]
        case _:
            raise AssertionError(f"{item.id} is answered in no way that phrases are")
    heard = item.audio.audio_text if item.audio else None
    words = [item.stem.source, item.ask.source if item.ask else None, heard, key]
    return _digest(json.dumps(words, ensure_ascii=False)).hex()[:32]


def _digest(words: str) -> bytes:
    return hashlib.sha256(words.encode()).digest()
