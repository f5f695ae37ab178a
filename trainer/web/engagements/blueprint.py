"""The blueprint of engagements, and how each of its views loads the one that it is about."""

from functools import partial
from uuid import UUID

from flask import Blueprint, request

from trainer import reporting
from trainer.domain.access import Action, Subject
from trainer.reporting import EngagementHead
from trainer.web import after_commit, authorize, found, reading, services
from trainer.web.current import SAFE_METHODS

bp = Blueprint("engagements", __name__)


@bp.before_request
def keep_report() -> None:
    """Whoever changes something of an engagement may have changed its report: it is kept for the trend."""
    engagement_id = (request.view_args or {}).get("engagement_id")
    if request.method not in SAFE_METHODS and engagement_id is not None:
        report_changed(engagement_id)


def report_changed(engagement_id: UUID) -> None:
    """Have the report of an engagement kept anew, once what this request changes is kept."""
    after_commit(partial(services().jobs.keep_report, engagement_id))


def load_head(engagement_id: UUID, action: Action) -> EngagementHead:
    """The engagement, if whoever acts may do this to it."""
    head = reporting.find_engagement(reading(), engagement_id)
    authorize(action, Subject(team_id=head.team_id if head else None))
    return found(head)


def load_team_head(engagement_id: UUID, action: Action) -> EngagementHead:
    """The same for what its team does: people who are seated count too."""
    return load_with_subject(engagement_id, action)[0]


def load_with_subject(engagement_id: UUID, action: Action) -> tuple[EngagementHead, Subject]:
    """The engagement with the subject that whoever acts was let in by."""
    head = reporting.find_engagement(reading(), engagement_id)
    seated = reporting.people_in_seats(reading(), engagement_id) if head else frozenset()
    subject = Subject(team_id=head.team_id if head else None, seated=seated)
    authorize(action, subject)
    return found(head), subject
