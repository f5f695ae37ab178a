"""For trainers and managers: new glossaries, and terms that are added, changed and taken out."""

import hashlib
import json
import unicodedata
from collections.abc import Sequence

from flask import request
from flask.typing import ResponseReturnValue

from trainer.authoring import AuthoringError, Checked, Conflict, Mistakes, check_document
from trainer.authoring.entries import NotReadable
from trainer.authoring.glossaries import (
    Keeping,
    TermData,
    create_glossary,
    field_of_line,
    head_data,
    keep,
    new_term_id,
    term_data,
    used_ids,
    with_head,
    with_term,
    without_term,
)
from trainer.domain.access import Action
from trainer.domain.content import Glossary
from trainer.web import authorize, db, found, me, now, page, reading, say, services, to
from trainer.web.glossaries.blueprint import Card, bp, load_glossary, load_to_keep, used_elsewhere, words_of
from trainer.web.glossaries.forms import GlossaryForm, TermForm, term_form

NEW_TERM = "new"
"""Stands for the id of a term that is not there yet; those that are made begin with gl-."""


@bp.get("/glossaries/new")
def show_new() -> ResponseReturnValue:
    authorize(Action.EDIT_GLOSSARY)
    return page("glossaries/head.html", form=GlossaryForm(formdata=None), glossary=None)


@bp.post("/glossaries/new")
def create() -> ResponseReturnValue:
    authorize(Action.EDIT_GLOSSARY)
    form = GlossaryForm()
    if form.validate_on_submit():
        glossary_id = _name_of(form.title.data)
        try:
            create_glossary(db(), services().library, glossary_id, _head(form), by_id=me().id, at=now())
            say("The glossary is there. Add its first term, or bring in a table.")
            return to("glossaries.show_glossary", glossary_id=glossary_id)
        except AuthoringError as error:
            form.title.errors = words_of(error)
    return page("glossaries/head.html", 422, form=form, glossary=None)


@bp.get("/glossaries/<glossary_id>/head")
def edit_head(glossary_id: str) -> ResponseReturnValue:
    glossary = load_glossary(glossary_id, Action.EDIT_GLOSSARY)
    try:
        form = GlossaryForm(formdata=None, data=head_data(load_to_keep(reading(), glossary_id).text))
    except (AuthoringError, NotReadable) as error:
        return _not_now(glossary, error)
    return page("glossaries/head.html", form=form, glossary=glossary)


@bp.post("/glossaries/<glossary_id>/head")
def change_head(glossary_id: str) -> ResponseReturnValue:
    glossary = load_glossary(glossary_id, Action.EDIT_GLOSSARY)
    form = GlossaryForm()
    if form.validate_on_submit():
        try:
            keeping = load_to_keep(db(), glossary_id)
            text = with_head(keeping.text, _head(form))
            keep(db(), services().library, keeping, text, by_id=me().id, at=now(), note="Title, summary or partner")
            say("Saved.")
            return to("glossaries.show_glossary", glossary_id=glossary_id)
        except (AuthoringError, NotReadable) as error:
            form.title.errors = _words(error)
    return page("glossaries/head.html", 422, form=form, glossary=glossary)


@bp.get("/glossaries/<glossary_id>/terms/<term_id>")
def edit_term(glossary_id: str, term_id: str) -> ResponseReturnValue:
    glossary = load_glossary(glossary_id, Action.EDIT_GLOSSARY)
    try:
        keeping = load_to_keep(reading(), glossary_id)
        term = None if term_id == NEW_TERM else found(term_data(keeping.text, term_id))
    except (AuthoringError, NotReadable) as error:
        return _not_now(glossary, error)
    form = term_form(_languages(glossary, term), term)
    form.seen.data = _mark_of(term)
    return page("glossaries/term.html", form=form, glossary=glossary, term_id=term_id, preview=())


@bp.post("/glossaries/<glossary_id>/terms/<term_id>")
def change_term(glossary_id: str, term_id: str) -> ResponseReturnValue:
    """Save a term, or show what it would look like."""
    glossary = load_glossary(glossary_id, Action.EDIT_GLOSSARY)
    try:
        keeping = load_to_keep(db(), glossary_id)
        there = None if term_id == NEW_TERM else term_data(keeping.text, term_id)
    except (AuthoringError, NotReadable) as error:
        return _not_now(glossary, error)
    form = term_form(_languages(glossary, there), there)
    if not form.validate_on_submit():
        return page("glossaries/term.html", 422, form=form, glossary=glossary, term_id=term_id, preview=())
    if (form.seen.data or "") != _mark_of(there):
        return _conflict(glossary, keeping, form, term_id, there)
    own_id = (
        term_id
        if there
        else new_term_id(glossary_id, form.term.data, used_elsewhere(glossary_id) | used_ids(keeping.text))
    )
    try:
        text = with_term(keeping.text, form.entry(own_id))
        if "preview" in request.form:
            return _preview(glossary, keeping, form, term_id, text, own_id)
        note = f"{'Changed' if there else 'New'}: {form.term.data}"
        keep(db(), services().library, keeping, text, by_id=me().id, at=now(), note=note)
    except Mistakes as error:
        _tell(form, text, own_id, keeping.path, error)
        return page("glossaries/term.html", 422, form=form, glossary=glossary, term_id=term_id, preview=())
    except (AuthoringError, NotReadable) as error:
        form.term.errors = _words(error)
        status = 409 if isinstance(error, Conflict) else 422
        return page("glossaries/term.html", status, form=form, glossary=glossary, term_id=term_id, preview=())
    say(f"“{form.term.data}” is saved and in force.")
    return to("glossaries.show_glossary", glossary_id=glossary_id, _anchor=own_id)


@bp.post("/glossaries/<glossary_id>/terms/<term_id>/remove")
def remove_term(glossary_id: str, term_id: str) -> ResponseReturnValue:
    load_glossary(glossary_id, Action.EDIT_GLOSSARY)
    try:
        keeping = load_to_keep(db(), glossary_id)
        term = found(term_data(keeping.text, term_id))
        text = without_term(keeping.text, term_id)
        keep(db(), services().library, keeping, text, by_id=me().id, at=now(), note=f"Taken out: {term['term']}")
        say(f"“{term['term']}” is taken out. What people answered about it is kept.")
    except (AuthoringError, NotReadable) as error:
        say(" ".join(_words(error)))
    return to("glossaries.show_glossary", glossary_id=glossary_id)


def _preview(
    glossary: Glossary, keeping: Keeping, form: TermForm, term_id: str, text: str, own_id: str
) -> ResponseReturnValue:
    checked = check_document(db(), services().library, keeping.path, text)
    if checked.of(keeping.path):
        _tell(form, text, own_id, keeping.path, Mistakes(checked.of(keeping.path)))
    status = 422 if form.errors else 200
    cards = () if form.errors else _cards(checked, glossary.id, own_id)
    return page("glossaries/term.html", status, form=form, glossary=glossary, term_id=term_id, preview=cards)


def _cards(checked: Checked, glossary_id: str, term_id: str) -> Sequence[Card]:
    terms = checked.content.glossaries[glossary_id].terms
    return [Card(term, rendering) for term in terms if term.id == term_id for rendering in term.renderings.values()]


def _conflict(
    glossary: Glossary, keeping: Keeping, form: TermForm, term_id: str, there: TermData | None
) -> ResponseReturnValue:
    """Somebody changed this very term meanwhile: both are shown, and whoever saves again decides."""
    form.seen.data = _mark_of(there)
    who = keeping.author_name or "Somebody"
    what = "changed it" if there else "took it out"
    form.term.errors = [f"{who} {what} while you worked on it. Compare below: saving again puts yours in its place."]
    theirs = [
        Card(term, rendering)
        for term in glossary.terms
        if there and term.id == term_id
        for rendering in term.renderings.values()
    ]
    return page("glossaries/term.html", 409, form=form, glossary=glossary, term_id=term_id, preview=(), theirs=theirs)


def _tell(form: TermForm, text: str, term_id: str, path: str, error: Mistakes) -> None:
    """Put each mistake beside the field that it stands in, else on top."""
    for problem in error.problems:
        way = field_of_line(text, term_id, problem.line) if problem.path == path else ()
        match way:
            case ("in", lang, part, *_) if f"{lang}-{part}" in form:
                name = f"{lang}-{part}"
            case ("term" | "meaning" | "example" as name,):
                pass
            case _:
                name = "term"
        form[name].errors = [*form[name].errors, problem.message]


def _languages(glossary: Glossary, term: TermData | None) -> list[str]:
    return list(dict.fromkeys((*glossary.languages, *(term or {}).get("in", {}))))


def _mark_of(term: TermData | None) -> str:
    """Tells one state of a term from another."""
    return hashlib.sha256(json.dumps(term, sort_keys=True, default=str).encode()).hexdigest() if term else ""


def _head(form: GlossaryForm) -> dict[str, str]:
    return {name: " ".join((form[name].data or "").split()) for name in ("title", "summary", "partner")}


def _name_of(title: str) -> str:
    """The id of a glossary, made from its title."""
    letters = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    words = "".join(sign if sign.isalnum() else " " for sign in letters).split()
    return "-".join(words)[:40].strip("-") or "glossary"


def _not_now(glossary: Glossary, error: Exception) -> ResponseReturnValue:
    say(" ".join(_words(error)))
    return to("glossaries.show_glossary", glossary_id=glossary.id)


def _words(error: Exception) -> list[str]:
    if isinstance(error, AuthoringError):
        return words_of(error)
    return [f"The file is written in a way that this form cannot change: {error}. A trainer can change its text."]
