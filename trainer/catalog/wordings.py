"""Reads words of the partner's language beside the phrases: turns, lines of an e-mail, forms of a contrast."""

from collections.abc import Mapping

from trainer.catalog.prose import is_language
from trainer.catalog.reading import Fields
from trainer.domain.content import Phrase, Prose, Wording

NEED_READING = {"ja", "zh"}
"""Languages whose script does not say how it is pronounced."""
NEEDED = "needed"
"""What `review` says of words that a speaker of the language should look at."""


def read_wording(fields: Fields, lang: str, phrases: Mapping[str, Phrase], what: str) -> Wording | None:
    """Words of its own, or those of the phrase that it names; None where there is no such phrase."""
    note = fields.optional_prose("note")
    if not fields.has("phrase"):
        return _own(fields, lang, what, note)
    phrase = fields.reference("phrase", phrases, "phrase")
    if phrase is None:
        return None
    if phrase.lang != lang and is_language(phrase.lang):
        fields.problem(f"phrase {phrase.id!r} is in {phrase.lang!r}, the others in {lang!r}", "phrase")
    return Wording(
        phrase.text, phrase.reading, phrase.translit, phrase.natural, phrase, note, is_doubtful=phrase.is_doubtful
    )


def read_doubt(fields: Fields) -> bool:
    """Whether it is marked `review: needed`."""
    return fields.has("review") and fields.one_of("review", (NEEDED,)) == NEEDED


def _own(fields: Fields, lang: str, what: str, note: Prose | None) -> Wording:
    text, reading = fields.text("text"), fields.optional_text("reading")
    natural = fields.optional_text("natural")
    language = lang.partition("-")[0]
    if language in NEED_READING and reading is None:
        fields.problem(f"missing key 'reading' in {what}: {lang!r} needs one")
    if language != "en" and natural is None:
        fields.problem(f"missing key 'natural' in {what}: say in English what it means")
    translit = fields.optional_text("translit")
    return Wording(text, reading, translit, natural, note=note, is_doubtful=read_doubt(fields))
