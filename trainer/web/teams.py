"""A manager's teams: all engagements at a glance, and who is in a team."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from flask import Blueprint
from flask.typing import ResponseReturnValue

from trainer import reporting
from trainer.domain.access import Action, Subject
from trainer.domain.readiness import Readiness
from trainer.reporting import SnapshotPoint
from trainer.web import authorize, content, found, me, model, now, page, reading
from trainer.wording import OVERALL, report_summary

bp = Blueprint("teams", __name__, url_prefix="/teams")


@bp.get("")
def show_dashboard() -> ResponseReturnValue:
    authorize(Action.SEE_TEAMS)
    heads = reporting.list_engagements(reading(), me().managed_teams)
    ahead = [head for head in heads if head.starts_at > now()]
    snapshots = reporting.snapshots_of(reading(), [head.id for head in ahead])
    readiness = reporting.assess_engagements(reading(), content(), model(), ahead)
    reports = reporting.reports_of(reading(), content(), ahead, readiness, at=now())
    today = now().date()
    return page(
        "teams/dashboard.html",
        teams=reporting.list_teams(reading(), me().managed_teams),
        ahead=ahead,
        over=[head for head in heads if head.starts_at <= now()],
        readiness=readiness,
        overall={head.id: OVERALL[reports[head.id].state] for head in ahead},
        summaries={head.id: report_summary(reports[head.id]) for head in ahead},
        trends={head.id: snapshots.get(head.id, ()) for head in ahead},
        change={head.id: week_change(snapshots.get(head.id, ()), today, readiness[head.id]) for head in ahead},
    )


@bp.get("/<uuid:team_id>")
def show_team(team_id: UUID) -> ResponseReturnValue:
    authorize(Action.SEE_TEAM, Subject(team_id=team_id))
    team = found(next(iter(reporting.list_teams(reading(), [team_id])), None))
    heads = reporting.list_engagements(reading(), [team_id])
    return page(
        "teams/team.html",
        team=team,
        members=reporting.members_of(reading(), team_id),
        engagements=[head for head in heads if head.starts_at > now()],
    )


def week_change(points: Sequence[SnapshotPoint], today: date, readiness: Readiness) -> int | None:
    """Ready seats more or fewer than a week ago; None when nothing was kept that long ago."""
    before = [point for point in points if (today - point.taken_on).days >= 7]
    return readiness.ready_seats - before[-1].ready_seats if before else None
