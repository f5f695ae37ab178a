"""Makes items from phrases, the same ones each time: to recognise, to hear, to type, and to fit to a person."""

from trainer.domain.generating.drills import DRILL, drill_id, drill_quiz, spread
from trainer.domain.generating.items import generate_items, lexicon_of
from trainer.domain.generating.naming import SEPARATOR, PhraseKind, item_of, phrase_kind_of, phrase_of
from trainer.domain.generating.terms import GLOSSARY, TERM, glossary_competency, term_phrase, with_lists
from trainer.domain.generating.words import language_name

__all__ = [
    "DRILL",
    "GLOSSARY",
    "SEPARATOR",
    "TERM",
    "PhraseKind",
    "drill_id",
    "drill_quiz",
    "generate_items",
    "glossary_competency",
    "item_of",
    "language_name",
    "lexicon_of",
    "phrase_kind_of",
    "phrase_of",
    "spread",
    "term_phrase",
    "with_lists",
]
