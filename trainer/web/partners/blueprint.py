"""The blueprint of partner files, and how its views load the one that they are about."""

from functools import partial
from uuid import UUID

from flask import Blueprint, request

from trainer import reporting
from trainer.domain.access import Action, Subject
from trainer.domain.partners import Company
from trainer.web import after_commit, authorize, found, now, reading, services
from trainer.web.current import SAFE_METHODS

bp = Blueprint("partners", __name__, url_prefix="/partners")


@bp.before_request
def keep_reports() -> None:
    """What is known of a partner is part of the reports of all engagements with it that lie ahead."""
    partner_id = (request.view_args or {}).get("partner_id")
    if request.method not in SAFE_METHODS and partner_id is not None:
        after_commit(partial(_ask_for_reports, partner_id))


def _ask_for_reports(partner_id: UUID) -> None:
    for engagement_id in reporting.engagements_ahead(reading(), partner_id, at=now()):
        services().jobs.keep_report(engagement_id)


def load_file(partner_id: UUID, action: Action) -> tuple[Company, Subject]:
    """The company, and the teams that its file belongs to, if whoever acts may do this to it."""
    teams = reporting.partner_teams(reading(), partner_id)
    keepers = frozenset(team for team, is_keeper in teams.items() if is_keeper)
    subject = Subject(partner_teams=frozenset(teams), partner_keepers=keepers)
    authorize(action, subject)
    return found(reporting.partner_of(reading(), partner_id)), subject
