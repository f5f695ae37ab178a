"""The manager's page of an engagement: who and what is ready on its day."""

from typing import Any
from uuid import UUID

from flask.typing import ResponseReturnValue

from trainer import engagements, reporting
from trainer.domain.access import Action
from trainer.domain.calendar import in_zone
from trainer.domain.content import TemplateUse
from trainer.domain.planning import material_for
from trainer.domain.readiness import MIN_GROUP, Seat, changes_since
from trainer.domain.report import changes_of_report
from trainer.reporting import EngagementHead
from trainer.web import content, db, kept_page, model, now, pace, reading, say, to
from trainer.web.engagements.blueprint import bp, load_head
from trainer.web.engagements.report import area_lines, reason_lines
from trainer.wording import OVERALL, change_lines, interpreter_lines, report_change_lines, report_summary, verdict

MAX_REASONS = 8
"""So much of what is missing is told at once; the rest can be opened."""
MAX_CHANGES = 10


@bp.get("/engagements/<uuid:engagement_id>")
def show_engagement(engagement_id: UUID) -> ResponseReturnValue:
    head = load_head(engagement_id, Action.SEE_ENGAGEMENT)
    version = f"{head.version} {in_zone(now(), head.zone).date()} {model().version}"
    return kept_page("engagements/show.html", f"engagement {head.id}", version, lambda: _values(head))


@bp.post("/engagements/<uuid:engagement_id>/rules/<int:version>")
def adopt_rules(engagement_id: UUID, version: int) -> ResponseReturnValue:
    load_head(engagement_id, Action.EDIT_ENGAGEMENT)
    try:
        engagements.adopt_rules(db(), engagement_id, version, at=now())
        say("This engagement is now judged by the company's rules.")
    except engagements.EngagementError as error:
        say(str(error))
    return to("engagements.show_engagement", engagement_id=engagement_id)


def _values(head: EngagementHead) -> dict[str, Any]:
    readiness_of, terms = reporting.assess_with_terms(reading(), content(), model(), [head])
    assessed = readiness_of[head.id]
    competencies = content().competencies
    today = in_zone(now(), head.zone).date()
    history = reporting.history_of(reading(), head.id, today=today)
    report = reporting.report_of(reading(), content(), head, assessed, at=now())
    past = reporting.past_report(reading(), head.id, at=now())
    people = reporting.who_can_be_named(reading(), [head.id])[head.id]
    names = {UUID(reference.removeprefix("user:")): name for reference, name in people.ours.items()}
    reasons = list(reason_lines(report, names, head, today))
    then = history.then
    changes = changes_since(then, assessed, head.starts_at, model().version) if then else None
    missing = {
        standing.requirement.competency
        for seat in assessed.seats
        for person in seat.people
        for standing in person.missing
    }
    return {
        "head": head,
        "verdict": verdict(head.partner, head.starts_local, assessed, competencies, today=now()),
        "readiness": assessed,
        "days_left": head.days_left(now()),
        "competencies": competencies,
        "overall": OVERALL[report.state],
        "summary": report_summary(report),
        "reasons": reasons[:MAX_REASONS],
        "more_reasons": reasons[MAX_REASONS:],
        "areas": area_lines(report, head),
        "MAX_CHANGES": MAX_CHANGES,
        "change_lines": [
            *(report_change_lines(changes_of_report(past, report), report.state) if past else ()),
            *(change_lines(changes, competencies) if changes else ()),
        ],
        "changes_since": changes.since if changes else past.taken_at if past else None,
        "interpreter_lines": interpreter_lines(assessed.interpreter, assessed.rules.interpreter_target, competencies),
        "languages": content().templates.get(TemplateUse.LANGUAGES),
        "columns": _columns([each.seat for each in assessed.seats]),
        "snapshots": history.points,
        "study": {name: material_for(content(), name) for name in missing},
        "MIN_GROUP": MIN_GROUP,
        "team_study": reporting.team_study(reading(), content(), model(), pace(), head, assessed, terms, at=now()),
    }


def _columns(seats: list[Seat]) -> list[str]:
    """Competencies that any seat requires, in the order of the catalogue."""
    required = {each.competency for seat in seats for each in seat.requirements}
    return [name for name in content().competencies if name in required]
