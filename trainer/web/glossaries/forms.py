"""The forms of a glossary and of a term, which has the same fields in each of its languages."""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from langcodes import Language
from wtforms import SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length, Optional

from trainer.authoring.glossaries import TermData
from trainer.domain.generating import language_name
from trainer.web.places import languages_of

LONG, SHORT = 2000, 200
OTHER = "other"
"""Names the fields of a language that is still to be chosen."""
PARTS: Mapping[str, tuple[str, str]] = {
    "text": ("The term", ""),
    "reading": ("Reading", "How it is said, where the script does not tell: kana, pinyin"),
    "translit": ("In Latin letters", ""),
    "example": ("Example", "Short, as it would be said in a meeting"),
    "example_reading": ("Reading of the example", ""),
    "example_meaning": ("Meaning of the example", "If it is not that of the English example"),
    "false_friends": ("False friends", "One a line, with what it means instead, such as: le délai: the time allowed"),
    "note": ("Note", ""),
}
"""Fields of a term in a language: label and hint."""
READINGS = ("reading", "translit", "example_reading")
"""Fields that a language in Latin letters has no use for."""


class GlossaryForm(FlaskForm):
    title = StringField("Title", [DataRequired("Give it a title, such as: Spare parts."), Length(max=100)])
    summary = StringField("What it is about", [DataRequired("Say in a sentence what it is about."), Length(max=300)])
    partner = StringField("Partner", [Length(max=160)])


class TableForm(FlaskForm):
    table = FileField("Table (CSV)")


class TermForm(FlaskForm):
    """The English side; a subclass has the fields of each language. `seen` tells the term as it was shown."""

    languages: Mapping[str, Sequence[str]] = {}
    """Each language with its fields."""
    parts = PARTS
    term = StringField("Term in English", [DataRequired("Write the term in English."), Length(max=SHORT)])
    meaning = TextAreaField("What it means", [Length(max=LONG)])
    example = TextAreaField("Example in English", [Length(max=LONG)])
    seen = StringField("", [Length(max=64)])

    def rows(self) -> Iterator[tuple[str, str, dict[str, Any]]]:
        """Each language with its name and its fields."""
        for lang, parts in self.languages.items():
            name = language_name(lang) if lang != OTHER else "Another language"
            yield lang, name, {part: self[f"{lang}-{part}"] for part in parts}

    def entry(self, term_id: str) -> TermData:
        """The term as it was filled in."""
        renderings = {}
        for name, parts in self.languages.items():
            values: TermData = {part: _tidy(self[f"{name}-{part}"].data) for part in parts}
            values["false_friends"] = list(_false_friends(values["false_friends"]))
            lang = name if name != OTHER else self[OTHER].data
            if lang and any(values.values()):
                renderings[lang] = values
        return {
            "id": term_id,
            "term": _tidy(self.term.data),
            "meaning": _tidy(self.meaning.data),
            "example": _tidy(self.example.data),
            "in": renderings,
        }


def term_form(languages: Sequence[str], term: TermData | None) -> TermForm:
    """The form of a term: filled in by whoever sends it, else with the term."""
    shown = tuple((lang, _parts_of(lang, term)) for lang in languages)
    form = _form_class((*shown, (OTHER, tuple(PARTS))))(data=_filled(term) if term else None)
    form[OTHER].choices = [SelectChoice("", "Choose a language")] + [
        SelectChoice(tag, name) for tag, name in languages_of().items() if tag != "en" and tag not in languages
    ]
    return form


@lru_cache(maxsize=200)
def _form_class(languages: tuple[tuple[str, tuple[str, ...]], ...]) -> type[TermForm]:
    fields: dict[str, Any] = {OTHER: SelectField("Language", [Optional()])}
    for lang, parts in languages:
        for part in parts:
            label = PARTS[part][0]
            longest = SHORT if part in ("text", "reading", "translit") else LONG
            kind = TextAreaField if part in ("example", "false_friends", "note") else StringField
            fields[f"{lang}-{part}"] = kind(label, [Length(max=longest)])
    return type("LanguagesForm", (TermForm,), {**fields, "languages": dict(languages)})


def _parts_of(lang: str, term: TermData | None) -> tuple[str, ...]:
    """Without readings where the script tells, unless there is one already."""
    rendering = (term or {}).get("in", {}).get(lang, {})
    needs_none = Language.get(lang).maximize().script == "Latn"
    return tuple(part for part in PARTS if part not in READINGS or not needs_none or rendering.get(part))


def _filled(term: TermData) -> dict[str, str]:
    values = {name: str(term.get(name) or "") for name in ("term", "meaning", "example")}
    for lang, rendering in term.get("in", {}).items():
        for part in PARTS:
            values[f"{lang}-{part}"] = str(rendering.get(part) or "") if part != "false_friends" else ""
        friends = rendering.get("false_friends") or []
        values[f"{lang}-false_friends"] = "\n".join(f"{each.get('text')}: {each.get('why')}" for each in friends)
    return values


def _false_friends(lines: str) -> Iterator[dict[str, str]]:
    for line in lines.splitlines():
        text, _, why = line.replace("：", ": ").partition(": ")
        if text.strip() or why.strip():
            yield {"text": text.strip(), "why": why.strip()}


def _tidy(words: str | None) -> str:
    return "\n".join(line.strip() for line in (words or "").strip().splitlines() if line.strip())
