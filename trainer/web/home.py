"""The first page: one next step, one's seats in engagements ahead and just over, courses to go on with."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from trainer import reporting
from trainer.domain.access import Action
from trainer.domain.planning import needs_of, next_step
from trainer.web import authorize, content, me, model, now, page, reading
from trainer.web.reviewing import aloud_line, review_line, todays_review
from trainer.web.studying import plan_for

bp = Blueprint("home", __name__)


@bp.get("/")
def show_home() -> ResponseReturnValue:
    authorize(Action.LEARN)
    learner = me().id
    done = reporting.done_by(reading(), learner)
    seats = reporting.own_seats(reading(), learner, at=now())
    own = reporting.own_progress(
        reading(), content(), model(), learner, seats[0].engagement.starts_at if seats else now()
    )
    targets = reporting.targets_of(seats)
    managed = reporting.list_engagements(reading(), me().managed_teams) if me().is_manager else ()
    deck, review = todays_review(done.lessons)
    return page(
        "learn/home.html",
        review=review_line(review),
        aloud=aloud_line(deck),
        study=plan_for(seats[0]) if seats else None,
        next_step=next_step(content(), needs_of(targets, {name: each.forecast for name, each in own.items()}), done),
        seats=seats,
        debriefs=reporting.debriefs_due(reading(), learner, at=now()),
        competencies=content().competencies,
        courses=reporting.course_progress(content(), done),
        managed=[head for head in managed if head.starts_at > now()],
    )
