"""A learner's progress: everything that the system knows about them, and what their manager sees."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from trainer import reporting
from trainer.domain.access import Action, Subject
from trainer.domain.planning import needs_of, next_step, study_for
from trainer.domain.readiness import band_of
from trainer.web import actor, authorize, content, me, model, now, page, reading

bp = Blueprint("progress", __name__)


@bp.get("/progress")
def show_progress() -> ResponseReturnValue:
    who = actor()
    authorize(Action.SEE_PROGRESS, Subject(owner_id=who.id if who else None))
    learner = me().id
    done = reporting.done_by(reading(), learner)
    seats = reporting.own_seats(reading(), learner, at=now())
    today = reporting.own_progress(reading(), content(), model(), learner, now())
    targets = reporting.targets_of(seats)
    has_started = any(each.forecast.answers for each in today.values())
    needs = needs_of(targets, {name: each.forecast for name, each in today.items()})
    return page(
        "learn/progress.html",
        competencies=content().competencies,
        groups=_by_kind(today),
        targets=targets,
        has_started=has_started,
        steps={name: study_for(content(), name, done) for name in today},
        next_step=next_step(content(), needs, done),
        seen_by_manager=reporting.as_manager_sees(reading(), content(), model(), me().id, seats),
        band_of=band_of,
    )


def _by_kind(
    today: dict[str, reporting.CompetencyProgress],
) -> dict[str, list[reporting.CompetencyProgress]]:
    """Competencies with answers first, the rest of each kind after them."""
    groups: dict[str, list[reporting.CompetencyProgress]] = {}
    for each in sorted(today.values(), key=lambda each: each.forecast.answers == 0):
        groups.setdefault(content().competencies[each.competency].kind, []).append(each)
    return groups
