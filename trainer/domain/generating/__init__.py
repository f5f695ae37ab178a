"""Makes items from phrases, the same ones each time: to recognise, to hear, to type, and to fit to a person."""

from trainer.domain.generating.drills import DRILL, drill_id, drill_quiz, spread
from trainer.domain.generating.items import PhraseKind, generate_items, lexicon_of, phrase_kind_of, phrase_of

__all__ = [
    "DRILL",
    "PhraseKind",
    "drill_id",
    "drill_quiz",
    "generate_items",
    "lexicon_of",
    "phrase_kind_of",
    "phrase_of",
    "spread",
]
