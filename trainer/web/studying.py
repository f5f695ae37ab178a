"""The plan of whoever is signed in: made for each page that shows it, kept when they set out on it."""

from trainer import learning, reporting
from trainer.reporting import OwnPlan, OwnSeat
from trainer.web import content, db, me, model, now, pace, reading


def plan_for(seat: OwnSeat) -> OwnPlan:
    return reporting.own_plan(reading(), content(), model(), pace(), me().id, seat, at=now())


def set_out() -> None:
    """Keep the plan as it is before something of it is begun; who has no seat has none."""
    for seat in reporting.own_seats(reading(), me().id, at=now())[:1]:
        learning.keep_plan(db(), me().id, seat.engagement.id, plan_for(seat).plan.chosen, at=now())
