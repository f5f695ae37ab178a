"""Glossaries: the terms of a trade, a product or a partner, with what each is in other languages."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from trainer.domain.content.lessons import Competency
from trainer.domain.content.phrases import Phrase, WrongForm
from trainer.domain.content.quizzes import Quiz
from trainer.domain.content.words import Prose


@dataclass(frozen=True, slots=True)
class Rendering:
    """A term in one language. `reading` is what decides its pronunciation where the script does not."""

    lang: str
    text: str
    reading: str | None = None
    translit: str | None = None
    example: str | None = None
    example_reading: str | None = None
    example_meaning: str | None = None
    false_friends: tuple[WrongForm, ...] = ()
    note: Prose | None = None


@dataclass(frozen=True, slots=True)
class Term:
    """One term, in English, with its renderings by language (BCP 47)."""

    id: str
    term: str
    renderings: Mapping[str, Rendering] = field(hash=False)
    meaning: str | None = None
    example: str | None = None

    @property
    def natural(self) -> str:
        """The term and what it means, as in a dictionary."""
        return f"{self.term}. {self.meaning}" if self.meaning else self.term

    def meaning_of_example(self, lang: str) -> str | None:
        """What the example in a language means: the same as the English one, unless it says otherwise."""
        return self.renderings[lang].example_meaning or self.example

    def mentions(self, words: str) -> bool:
        """Whether the words stand somewhere in it, in whatever case."""
        wanted = words.casefold()
        return any(wanted in text.casefold() for text in self._texts())

    def _texts(self) -> tuple[str, ...]:
        found: list[str | None] = [self.term, self.meaning, self.example]
        for each in self.renderings.values():
            found += [each.text, each.reading, each.translit, *(wrong.text for wrong in each.false_friends)]
            found += [each.example, each.note.plain if each.note else None]
        return tuple(text for text in found if text)


@dataclass(frozen=True, slots=True)
class WordList:
    """The terms of a glossary in one language, as they are learnt: one phrase a term, and quizzes to practise them."""

    lang: str
    competency: Competency
    phrases: tuple[Phrase, ...]
    quizzes: tuple[Quiz, ...]


@dataclass(frozen=True)
class Glossary:
    """Terms that a team shares with its partners, or with the one that `partner` names.

    `lists` are made from the terms, by language.
    """

    id: str
    title: str
    summary: Prose
    partner: str | None
    licence: str
    reviewers: tuple[str, ...]
    terms: tuple[Term, ...]
    lists: Mapping[str, WordList] = field(default_factory=dict)

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """The languages of its renderings, in order of first appearance."""
        return tuple(dict.fromkeys(lang for term in self.terms for lang in term.renderings))
