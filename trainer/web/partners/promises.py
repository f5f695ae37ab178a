"""How a promise ended: kept, broken, or open after all."""

from http import HTTPStatus
from uuid import UUID

from flask.typing import ResponseReturnValue

from trainer import partners, reporting
from trainer.domain.access import Action
from trainer.domain.partners import Company, Promise, PromiseState
from trainer.web import db, found, now, page, reading, say, to
from trainer.web.partners.blueprint import bp, load_file
from trainer.web.partners.conflicts import Conflict, Difference
from trainer.web.partners.forms import ClosingForm
from trainer.web.partners.words import PROMISE_STATES


@bp.get("/<uuid:partner_id>/promises/<uuid:promise_id>/end")
def show_end(partner_id: UUID, promise_id: UUID) -> ResponseReturnValue:
    company, _ = load_file(partner_id, Action.EDIT_PARTNER)
    promise = _promise(partner_id, promise_id)
    ended = None if promise.is_open else promise.state.value
    form = ClosingForm(formdata=None, state=ended, note=promise.closing_note, seen=str(promise.version))
    return _end_page(company, promise, form)


@bp.post("/<uuid:partner_id>/promises/<uuid:promise_id>/end")
def close_promise(partner_id: UUID, promise_id: UUID) -> ResponseReturnValue:
    company, _ = load_file(partner_id, Action.EDIT_PARTNER)
    promise = _promise(partner_id, promise_id)
    form = ClosingForm()
    if not form.validate_on_submit():
        return _end_page(company, promise, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        state = PromiseState(form.state.data)
        partners.close_promise(db(), partner_id, promise_id, state, form.note.data or "", seen=form.version, at=now())
    except partners.ChangedMeanwhile as error:
        form.seen.data = str(promise.version)
        ends = (
            Difference(form.state.label.text, PROMISE_STATES[promise.state][1], PROMISE_STATES[state][1]),
            Difference(form.note.label.text, promise.closing_note or "nothing", form.note.data or "nothing"),
        )
        return _end_page(company, promise, form, HTTPStatus.CONFLICT, Conflict(str(error), ends))
    say("Saved.")
    return to("partners.show_partner", partner_id=partner_id, _anchor="promises")


def _promise(partner_id: UUID, promise_id: UUID) -> Promise:
    promises = reporting.promises_of(reading(), partner_id=partner_id)
    return found(next((each for each in promises if each.id == promise_id), None))


def _end_page(
    company: Company,
    promise: Promise,
    form: ClosingForm,
    status: int = HTTPStatus.OK,
    conflict: Conflict | None = None,
) -> ResponseReturnValue:
    return page("partners/end.html", status, company=company, promise=promise, form=form, conflict=conflict)
