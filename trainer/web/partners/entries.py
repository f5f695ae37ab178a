"""Adding, changing and taking away what a partner file holds many of."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from flask import request
from flask.typing import ResponseReturnValue

from trainer import partners
from trainer.domain.access import Action, Subject
from trainer.domain.partners import Company
from trainer.models import new_id
from trainer.web import db, found, me, now, page, reading, say, to
from trainer.web.partners.blueprint import bp, load_file
from trainer.web.partners.conflicts import Conflict, conflict_of
from trainer.web.partners.fields import FileForm
from trainer.web.partners.kinds import KINDS, NAMES, Keeping, Kind

MEETING = "engagement_id"
"""Names the engagement that something comes from, where a page of it leads here."""


@bp.get(f"/<uuid:partner_id>/<any({NAMES}):kind>/new")
def add_entry(partner_id: UUID, kind: str) -> ResponseReturnValue:
    company, subject = load_file(partner_id, Action.EDIT_PARTNER)
    form = KINDS[kind].make(reading(), company, subject)
    if MEETING in form:
        form[MEETING].data = request.args.get(MEETING, "")
    return _entry_page(company, kind, new_id(), form)


@bp.get(f"/<uuid:partner_id>/<any({NAMES}):kind>/<uuid:entry_id>/edit")
def edit_entry(partner_id: UUID, kind: str, entry_id: UUID) -> ResponseReturnValue:
    company, subject = load_file(partner_id, Action.EDIT_PARTNER)
    entry = found(_entry(KINDS[kind], partner_id, entry_id))
    form = _form_for(kind, company, subject, entry).fill(entry)
    return _entry_page(company, kind, entry_id, form)


@bp.post(f"/<uuid:partner_id>/<any({NAMES}):kind>/<uuid:entry_id>/edit")
def keep_entry(partner_id: UUID, kind: str, entry_id: UUID) -> ResponseReturnValue:
    company, subject = load_file(partner_id, Action.EDIT_PARTNER)
    kept = _entry(KINDS[kind], partner_id, entry_id)
    form = _form_for(kind, company, subject, kept)
    if not form.validate_on_submit():
        return _entry_page(company, kind, entry_id, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        KINDS[kind].keep(db(), Keeping(partner_id, entry_id, form.version, me().id, now()), form)
    except partners.ChangedMeanwhile as error:
        newest = _entry(KINDS[kind], partner_id, entry_id)
        theirs = _form_for(kind, company, subject, newest)
        conflict = conflict_of(form, theirs.fill(newest) if newest else None, str(error))
        return _entry_page(company, kind, entry_id, form, HTTPStatus.CONFLICT, conflict)
    except partners.PartnerError as error:
        form.tell(str(error), error.field)
        return _entry_page(company, kind, entry_id, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    say("Saved.")
    return to("partners.show_partner", partner_id=partner_id, _anchor=kind)


@bp.post(f"/<uuid:partner_id>/<any({NAMES}):kind>/<uuid:entry_id>/remove")
def remove_entry(partner_id: UUID, kind: str, entry_id: UUID) -> ResponseReturnValue:
    load_file(partner_id, Action.EDIT_PARTNER)
    found(KINDS[kind].remove)(db(), partner_id, entry_id, now())
    say("It is taken away.")
    return to("partners.show_partner", partner_id=partner_id, _anchor=kind)


def _form_for(kind: str, company: Company, subject: Subject, entry: object | None) -> Any:
    """An empty form that offers, beside what anybody may choose, what the entry holds."""
    form = KINDS[kind].make(reading(), company, subject)
    if entry is not None:
        form.also_offer(entry)
    return form


def _entry(kind: Kind, partner_id: UUID, entry_id: UUID) -> object | None:
    return next((each for each in kind.entries(reading(), partner_id) if each.id == entry_id), None)


def _entry_page(
    company: Company,
    kind: str,
    entry_id: UUID,
    form: FileForm,
    status: int = HTTPStatus.OK,
    conflict: Conflict | None = None,
) -> ResponseReturnValue:
    return page(
        "partners/entry.html",
        status,
        company=company,
        kind=kind,
        words=KINDS[kind],
        entry_id=entry_id,
        form=form,
        conflict=conflict,
    )
