"""Reads phrases.yaml of a course folder: one record a phrase."""

import re

from trainer.catalog.reading import Fields, Report, records
from trainer.catalog.tree import Tree
from trainer.catalog.wordings import NEED_READING, read_doubt
from trainer.domain.content import CHANNELS, FUNCTIONS, Phrase, Register, WrongForm

ROLES = ("client", "colleague", "senior", "host", "guest", "anyone")
GENDERS = ("any", "woman", "man")
_CHARACTER = re.compile(r"[㐀-鿿々]")
"""Kana say themselves how they are read."""


def read_phrases(report: Report, tree: Tree, name: str) -> tuple[Phrase, ...]:
    if name not in tree:
        return ()
    phrases = []
    for fields in records(report, tree, name, "a phrase"):
        phrases.append(_phrase(fields))
        fields.end()
    return tuple(phrases)


def _phrase(fields: Fields) -> Phrase:
    to = fields.mapping("to", "to")
    if to is None:
        fields.problem("missing key 'to' in a phrase")
    phrase = Phrase(
        id=fields.identity(),
        lang=fields.language("lang"),
        function=fields.one_of("function", FUNCTIONS),
        text=fields.text("text"),
        reading=fields.nullable_text("reading"),
        translit=fields.nullable_text("translit"),
        literal=fields.text("literal"),
        natural=fields.text("natural"),
        register=fields.member("register", Register),
        channel=fields.texts("channel", allowed=CHANNELS),
        to_role=to.one_of("role", ROLES) if to else "anyone",
        to_gender=to.one_of("gender", GENDERS) if to else "any",
        audio_text=fields.text("audio_text"),
        wrong=tuple(_wrong_form(wrong) for wrong in fields.mappings("wrong", "a wrong form", empty_ok=True)),
        note=fields.prose("note"),
        politeness=fields.optional_text("politeness"),
        speaker=fields.one_of("speaker", GENDERS, default="any"),
        is_doubtful=read_doubt(fields),
    )
    needs_reading = phrase.lang.partition("-")[0] in NEED_READING and _CHARACTER.search(phrase.text)
    if needs_reading and phrase.reading is None and fields.has("reading"):
        fields.problem(f"'reading' is null: {phrase.lang!r} needs one", "reading")
    if "/" in phrase.audio_text:
        fields.problem("'audio_text' holds a slash: write one form, a second record for the other", "audio_text")
    if to:
        to.end()
    return phrase


def _wrong_form(fields: Fields) -> WrongForm:
    wrong = WrongForm(fields.text("text"), fields.prose("why"))
    fields.end()
    return wrong
