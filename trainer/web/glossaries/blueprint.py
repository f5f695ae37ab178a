"""The blueprint of glossaries, and how its views load the one that they are about."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint

from trainer import authoring
from trainer.authoring.glossaries import Keeping, load_keeping
from trainer.database import Store
from trainer.domain.access import Action
from trainer.domain.content import Glossary, Rendering, Term
from trainer.web import authorize, content, found, services
from trainer.web.sound import audio_of

bp = Blueprint("glossaries", __name__)


@dataclass(frozen=True)
class Card:
    """A term in one language, as a page shows it; `audio` is missing where nothing here speaks the language."""

    term: Term
    rendering: Rendering
    audio: dict[str, str] | None = None

    @property
    def meaning_of_example(self) -> str | None:
        return self.term.meaning_of_example(self.rendering.lang)


def load_glossary(glossary_id: str, action: Action) -> Glossary:
    authorize(action)
    return found(content().glossaries.get(glossary_id))


def load_to_keep(store: Store, glossary_id: str) -> Keeping:
    """What is worked on. Raises `AuthoringError` while a draft of its text waits."""
    return found(load_keeping(store, services().library, glossary_id))


def cards_of(glossary: Glossary, lang: str) -> Sequence[Card]:
    phrases = glossary.lists[lang].phrases
    terms = [term for term in glossary.terms if lang in term.renderings]
    return [Card(term, term.renderings[lang], audio_of(phrase)) for term, phrase in zip(terms, phrases, strict=True)]


def used_elsewhere(glossary_id: str) -> set[str]:
    """Ids of terms in the other glossaries."""
    others = (each for each in content().glossaries.values() if each.id != glossary_id)
    return {term.id for glossary in others for term in glossary.terms}


def words_of(error: authoring.AuthoringError) -> list[str]:
    """What is wrong, one thing a line, without the places in a file that a form does not show."""
    if isinstance(error, authoring.Mistakes):
        return list(dict.fromkeys(problem.message for problem in error.problems))
    return [str(error)]
