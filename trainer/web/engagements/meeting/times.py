"""Finding a time: windows in which all are at work, what is least bad, turns of a series, and where clocks trip it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from flask import request
from flask.typing import ResponseReturnValue

from trainer import reporting
from trainer.domain.access import Action
from trainer.domain.calendar import (
    DATA_VERSION,
    MAX_PLACES,
    MIN_PLACES,
    collision_weeks,
    find_windows,
    in_zone,
    least_bad,
    make_up_note,
    rotate,
    series_traps,
    weekly,
)
from trainer.reporting import EngagementHead, KeptMeeting
from trainer.web import now, page, reading
from trainer.web.engagements.blueprint import bp, load_team_head
from trainer.web.engagements.meeting.forms import SearchForm

SHOWN = 20
"""So many windows are listed."""
DEFAULT_DAYS = 14


@dataclass(frozen=True, slots=True)
class Search:
    minutes: int
    first: date
    last: date
    times: int


@bp.get("/engagements/<uuid:engagement_id>/meeting/times")
def find_time(engagement_id: UUID) -> ResponseReturnValue:
    head = load_team_head(engagement_id, Action.SEE_WORKSPACE)
    meeting = reporting.meeting_of(reading(), head, at=now())
    form = SearchForm(request.args) if request.args else SearchForm(formdata=None, data=_usual(head))
    is_clear = not request.args or form.validate()
    can_search = MIN_PLACES <= len(meeting.plan.places) <= MAX_PLACES
    search = _search(form) if is_clear and can_search else None
    return page(
        "engagements/meeting/times.html",
        200 if is_clear else 422,
        head=head,
        plan=meeting.plan,
        form=form,
        can_search=can_search,
        search=search,
        DATA_VERSION=DATA_VERSION,
        MIN_PLACES=MIN_PLACES,
        MAX_PLACES=MAX_PLACES,
        SHOWN=SHOWN,
        **(_found(head, meeting, search) if search else {}),
    )


def _usual(head: EngagementHead) -> dict[str, Any]:
    """A fortnight around the meeting, from tomorrow at the earliest."""
    today = in_zone(now(), head.zone).date()
    first = max(head.starts_local.date() - timedelta(days=7), today + timedelta(days=1))
    return {"minutes": head.agenda_minutes, "first": first, "days": DEFAULT_DAYS, "times": 1}


def _search(form: SearchForm) -> Search | None:
    first, days = form.first.data, form.days.data
    if first > date.max - timedelta(days=400) or first.year < 2000:
        form.first.errors = ["Choose a nearer day."]
        return None
    return Search(form.minutes.data, first, first + timedelta(days=days - 1), form.times.data or 1)


def _found(head: EngagementHead, meeting: KeptMeeting, search: Search) -> dict[str, Any]:
    places = meeting.plan.places
    windows = find_windows(places, search.minutes, search.first, search.last)
    until = search.last
    series: dict[str, Any] = {}
    if search.times > 1:
        until = max(until, search.first + timedelta(weeks=search.times))
        local = datetime.combine(_same_weekday(head, search.first), head.starts_local.time())
        series = {
            "rotation": rotate(places, search.minutes, weekly(local.date(), search.times)),
            "traps": series_traps(local, head.zone, search.times, places),
        }
    return {
        "windows": windows,
        "least": () if windows else least_bad(places, search.minutes, search.first, search.last),
        "collisions": collision_weeks(places, search.first, until),
        "notes": [
            note
            for place in places
            for year in range(search.first.year, until.year + 1)
            if (note := make_up_note(place, year))
        ],
        **series,
    }


def _same_weekday(head: EngagementHead, first: date) -> date:
    """The first day from then on that is the weekday of the meeting."""
    return first + timedelta(days=(head.starts_local.weekday() - first.weekday()) % 7)
