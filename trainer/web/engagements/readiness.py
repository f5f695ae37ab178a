"""The manager's page of an engagement: who and what is ready on its day."""

from uuid import UUID

from flask import render_template
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from trainer import reporting
from trainer.domain import readiness
from trainer.domain.access import Action
from trainer.domain.calendar import in_zone
from trainer.domain.planning import material_for
from trainer.domain.readiness import Seat
from trainer.reporting import EngagementHead
from trainer.web import content, db, now, page
from trainer.web.engagements.blueprint import bp, load_head
from trainer.web.fragments import kept_part


@bp.get("/engagements/<uuid:engagement_id>")
def show_engagement(engagement_id: UUID) -> ResponseReturnValue:
    head = load_head(engagement_id, Action.SEE_ENGAGEMENT)
    return page("engagements/show.html", head=head, readiness_view=_readiness_view(head))


def _readiness_view(head: EngagementHead) -> Markup:
    """The part of the page that rests on evidence: made once for each version of it and each day."""
    day = in_zone(now(), head.zone).date()
    return kept_part(f"readiness {head.id}", f"{head.version} {day}", lambda: _render_readiness(head))


def _render_readiness(head: EngagementHead) -> str:
    assessed = reporting.assess_engagements(db(), content(), [head])[head.id]
    missing = {
        standing.requirement.competency
        for seat in assessed.seats
        for person in seat.people
        for standing in person.missing
    }
    return render_template(
        "engagements/readiness.html",
        head=head,
        readiness=assessed,
        days_left=head.days_left(now()),
        competencies=content().competencies,
        columns=_columns([each.seat for each in assessed.seats]),
        snapshots=reporting.snapshots_of(db(), [head.id]).get(head.id, ()),
        study={name: material_for(content(), name) for name in missing},
        rules=readiness,
    )


def _columns(seats: list[Seat]) -> list[str]:
    """Competencies that any seat requires, in the order of the catalogue."""
    required = {each.competency for seat in seats for each in seat.requirements}
    return [name for name in content().competencies if name in required]
