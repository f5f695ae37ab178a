"""For trainers and managers: a table is brought in, first on trial, then for good."""

from flask import request
from flask.typing import ResponseReturnValue

from trainer.authoring import AuthoringError
from trainer.authoring.entries import NotReadable
from trainer.authoring.glossaries import Keeping, Merging, keep, merge_rows
from trainer.domain.access import Action
from trainer.domain.content import Glossary
from trainer.domain.generating import language_name
from trainer.interchange.glossaries import TermReading, read_terms
from trainer.interchange.readings import UnreadableFile
from trainer.web import db, me, now, page, say, services, to
from trainer.web.glossaries.blueprint import bp, load_glossary, load_to_keep, used_elsewhere, words_of
from trainer.web.glossaries.forms import PARTS, TableForm

MAX_BYTES = 400_000
"""The table goes back and forth with the form that confirms it."""


@bp.get("/glossaries/<glossary_id>/import")
def show_import(glossary_id: str) -> ResponseReturnValue:
    glossary = load_glossary(glossary_id, Action.EDIT_GLOSSARY)
    return page("glossaries/import.html", form=TableForm(formdata=None), glossary=glossary)


@bp.post("/glossaries/<glossary_id>/import")
def import_table(glossary_id: str) -> ResponseReturnValue:
    """Say what a table would do; with `confirm`, do it."""
    glossary = load_glossary(glossary_id, Action.EDIT_GLOSSARY)
    form = TableForm()
    is_confirmed = "confirm" in request.form
    data = request.form.get("rows", "").encode() if is_confirmed else _uploaded(form)
    try:
        if not form.validate_on_submit() or not data:
            raise UnreadableFile("Choose the file of a table: CSV, with a first line that names the columns.")
        if len(data) > MAX_BYTES:
            raise UnreadableFile(f"The file is larger than {MAX_BYTES // 1000} kB. Split it and bring in the parts.")
        found = read_terms(data)
        keeping = load_to_keep(db(), glossary_id)
        merging = merge_rows(keeping.text, glossary_id, found.rows, used_elsewhere(glossary_id))
        if is_confirmed:
            return _bring_in(glossary, keeping, merging)
        return _trial(glossary, keeping, form, found, merging, data)
    except (UnreadableFile, NotReadable) as error:
        form.table.errors = [str(error)]
    except AuthoringError as error:
        form.table.errors = words_of(error)
    return page("glossaries/import.html", 422, form=form, glossary=glossary)


def _trial(
    glossary: Glossary, keeping: Keeping, form: TableForm, found: TermReading, merging: Merging, data: bytes
) -> ResponseReturnValue:
    problems = sorted((*found.problems, *merging.problems), key=lambda problem: problem.line or 0)
    _, mistakes = services().library.check(db(), {keeping.path: merging.text})
    return page(
        "glossaries/trial.html",
        form=form,
        glossary=glossary,
        merging=merging,
        language_name=language_name,
        parts=PARTS,
        problems=problems,
        mistakes=list(dict.fromkeys(each.message for each in mistakes)),
        rows=data.decode("utf-8-sig" if data.startswith(b"\xef\xbb\xbf") else "utf-16" if _is_utf16(data) else "utf-8"),
    )


def _bring_in(glossary: Glossary, keeping: Keeping, merging: Merging) -> ResponseReturnValue:
    note = f"Table: {len(merging.added)} added, {len(merging.changed)} changed"
    keep(db(), services().library, keeping, merging.text, by_id=me().id, at=now(), note=note)
    say(f"Brought in: {len(merging.added)} added, {len(merging.changed)} changed, {len(merging.same)} the same.")
    return to("glossaries.show_glossary", glossary_id=glossary.id)


def _uploaded(form: TableForm) -> bytes:
    return form.table.data.read(MAX_BYTES + 1) if form.table.data else b""


def _is_utf16(data: bytes) -> bool:
    return data.startswith((b"\xff\xfe", b"\xfe\xff"))
