"""The blueprint of engagements, and how each of its views loads the one that it is about."""

from uuid import UUID

from flask import Blueprint

from trainer import reporting
from trainer.domain.access import Action, Subject
from trainer.reporting import EngagementHead
from trainer.web import authorize, found, reading

bp = Blueprint("engagements", __name__)


def load_head(engagement_id: UUID, action: Action) -> EngagementHead:
    """The engagement, if whoever acts may do this to it."""
    head = reporting.find_engagement(reading(), engagement_id)
    authorize(action, Subject(team_id=head.team_id if head else None))
    return found(head)
