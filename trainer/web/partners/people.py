"""The page of a person of the partner: what is kept, why and until when; export and deletion."""

import json
from uuid import UUID

from flask import Response
from flask.typing import ResponseReturnValue

from trainer import partners, reporting
from trainer.domain.access import Action, Role, may
from trainer.web import db, found, me, now, page, reading, say, to
from trainer.web.partners.blueprint import bp, load_file
from trainer.web.partners.words import BASES, NAME_ORDERS, promise_state
from trainer.web.places import all_languages


@bp.get("/<uuid:partner_id>/people/<uuid:person_id>")
def show_person(partner_id: UUID, person_id: UUID) -> ResponseReturnValue:
    company, subject = load_file(partner_id, Action.SEE_PARTNER)
    person = found(reporting.person_of(reading(), partner_id, person_id))
    return page(
        "partners/person.html",
        company=company,
        person=person,
        is_away=person.is_away(now().date()),
        languages=all_languages(),
        today=now().date(),
        promise_state=promise_state,
        NAME_ORDERS=NAME_ORDERS,
        BASES=BASES,
        promises=reporting.promises_by(reading(), partner_id, person_id),
        mentions=reporting.mentions_of(reading(), partner_id, person, _own_teams()),
        may_manage=may(me(), Action.MANAGE_PARTNER_DATA, subject),
    )


@bp.get("/<uuid:partner_id>/people/<uuid:person_id>/export.json")
def export_person(partner_id: UUID, person_id: UUID) -> ResponseReturnValue:
    company, _ = load_file(partner_id, Action.MANAGE_PARTNER_DATA)
    person = found(reporting.person_of(reading(), partner_id, person_id))
    promises = reporting.promises_by(reading(), partner_id, person_id)
    mentions = reporting.mentions_of(reading(), partner_id, person, _own_teams())
    told = reporting.told_of(reading(), partner_id, person, _own_teams(), by_admin=Role.ADMIN in me().roles)
    record = reporting.record_of(person, company.name, promises, mentions, told)
    written = json.dumps(record, ensure_ascii=False, indent=2)
    return Response(
        written, mimetype="application/json", headers={"Content-Disposition": "attachment; filename=person.json"}
    )


@bp.post("/<uuid:partner_id>/people/<uuid:person_id>/delete")
def delete_person(partner_id: UUID, person_id: UUID) -> ResponseReturnValue:
    _, subject = load_file(partner_id, Action.MANAGE_PARTNER_DATA)
    found(reporting.person_of(reading(), partner_id, person_id))
    partners.delete_person(db(), partner_id, person_id, at=now())
    say("What was kept of this person is deleted. Promises stay, without the name.")
    if may(me(), Action.SEE_PARTNER, subject):
        return to("partners.show_partner", partner_id=partner_id, _anchor="people")
    return to("partners.list_partners")


def _own_teams() -> frozenset[UUID]:
    return me().teams | me().managed_teams
