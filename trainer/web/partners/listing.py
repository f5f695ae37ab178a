"""The partners that somebody may see, and what is found in their files."""

from flask import request
from flask.typing import ResponseReturnValue

from trainer import reporting
from trainer.domain.access import Action, may
from trainer.web import authorize, me, now, page, reading
from trainer.web.partners.blueprint import bp
from trainer.web.partners.words import PLACES
from trainer.web.places import all_languages, countries

LONGEST_QUERY = 100
SHOWN_PLACES = 5
"""Of a partner, before the rest is only counted."""


@bp.get("")
def list_partners() -> ResponseReturnValue:
    authorize(Action.SEARCH_PARTNERS)
    query = request.args.get("q", "").strip()[:LONGEST_QUERY]
    teams = me().teams | me().managed_teams
    partners = reporting.list_partners(reading(), teams, at=now())
    by_id = {each.id: each for each in partners}
    hits = reporting.search_partners(reading(), teams, query, all_languages())
    return page(
        "partners/list.html",
        query=query,
        partners=partners,
        hits=[(by_id[hit.partner_id], hit.places[:SHOWN_PLACES], len(hit.places) - SHOWN_PLACES) for hit in hits],
        countries=countries(),
        PLACES=PLACES,
        may_make=may(me(), Action.SEE_TEAMS),
    )
