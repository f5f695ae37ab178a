"""The blueprint of partner files, and how its views load the one that they are about."""

from uuid import UUID

from flask import Blueprint

from trainer import reporting
from trainer.domain.access import Action, Subject
from trainer.domain.partners import Company
from trainer.web import authorize, found, reading

bp = Blueprint("partners", __name__, url_prefix="/partners")


def load_file(partner_id: UUID, action: Action) -> tuple[Company, Subject]:
    """The company, and the teams that its file belongs to, if whoever acts may do this to it."""
    subject = Subject(partner_teams=reporting.partner_teams(reading(), partner_id))
    authorize(action, subject)
    return found(reporting.partner_of(reading(), partner_id)), subject
