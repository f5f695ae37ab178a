"""The page of a meeting's times: local times of all places, holidays around it, agenda, channels, arrival."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from flask import Response
from flask.typing import ResponseReturnValue

from trainer import reporting
from trainer.domain.access import Action, Subject
from trainer.domain.calendar import (
    DATA_VERSION,
    Attendance,
    Fit,
    Place,
    changes_near,
    in_zone,
    latest_arrival,
    make_up_note,
    religious_dates_between,
    weeks_out_of_the_ordinary,
)
from trainer.domain.meeting import agenda_of, arrivals_of, attendances_of, check_due, is_lived_at, read_plan, venue_of
from trainer.interchange.icalendar import TYPE
from trainer.reporting import EngagementHead, KeptMeeting
from trainer.web import authorize, content, found, now, page, reading
from trainer.web.engagements.blueprint import bp, load_team_head
from trainer.web.engagements.meeting.forms import PARTIES
from trainer.wording import GAP_STATES, due_words
from trainer.wording.meetings import INTERPRETING, arrival_words, call_words, city_of

AROUND = timedelta(days=14)
"""So many days before and after the meeting are looked at for holidays."""
TRAVELS = ("none", "Not there on the day", "○")
"""Of a place from which people travel to the meeting."""
FITS = {
    Fit.IN_HOURS: ("above", "In hours", "▲"),
    Fit.EARLY: ("near", "Early", "◇"),
    Fit.LATE: ("near", "Late", "◇"),
    Fit.OFF: ("below", "Day off", "▽"),
}


@dataclass(frozen=True, slots=True)
class PlaceLine:
    """A place of the document; without `attendance` it cannot be reckoned with, and `why` says so."""

    id: str
    name: str
    whose: str
    attendance: Attendance | None
    fit: tuple[str, str, str] | None
    words: str
    why: str


@dataclass(frozen=True, slots=True)
class ClockChange:
    place: Place
    at: datetime


@bp.get("/engagements/<uuid:engagement_id>/meeting")
def show_meeting(engagement_id: UUID) -> ResponseReturnValue:
    head = load_team_head(engagement_id, Action.SEE_WORKSPACE)
    meeting = reporting.meeting_of(reading(), head, at=now())
    return page("engagements/meeting/show.html", head=head, **_values(head, meeting))


@bp.get("/engagements/<uuid:engagement_id>/calendar.ics")
def download_calendar(engagement_id: UUID) -> ResponseReturnValue:
    """Also of a cancelled engagement: who has it in their calendar is told so."""
    entry = reporting.calendar_entry(reading(), engagement_id)
    seated = reporting.people_in_seats(reading(), engagement_id) if entry else frozenset()
    authorize(Action.SEE_WORKSPACE, Subject(team_id=entry.team_id if entry else None, seated=seated))
    data = reporting.engagement_calendar(reading(), found(entry).id)
    return Response(data, content_type=TYPE, headers={"Content-Disposition": 'attachment; filename="meeting.ics"'})


def _values(head: EngagementHead, meeting: KeptMeeting) -> dict[str, Any]:
    plan, facts, people = meeting.plan, meeting.facts, meeting.people
    first, last = facts.on - AROUND, facts.on + AROUND
    venue = venue_of(plan, facts)
    today = in_zone(now(), head.zone).date()
    to_call = [each for each in (plan.channels.caller, plan.channels.called) if each in people.names]
    return {
        "kept": meeting.kept,
        "plan": plan,
        "facts": facts,
        "name_of": people.name_of,
        "gaps": [(GAP_STATES[gap.weight], gap, due_words(gap.due_on, today)) for gap in meeting.gaps],
        "places": list(_place_lines(meeting, head)),
        "zones": _zones(meeting, head),
        "weeks": weeks_out_of_the_ordinary(plan.places, first, last),
        "expected": religious_dates_between(first, last),
        "clock_changes": [ClockChange(place, at) for place in plan.places for at in changes_near(place, facts.on)],
        "notes": [note for place in plan.places if (note := make_up_note(place, facts.on.year))],
        "agenda": agenda_of(plan, facts),
        "calls": call_words(plan, people.name_of),
        "reach": reporting.reach(reading(), head, to_call),
        "check_due": check_due(head.starts_at, head.zone),
        "arrival": arrival_words(plan),
        "arrivals": arrivals_of(plan, facts),
        "venue": venue,
        "latest": _latest(meeting, venue),
        "templates": content().templates,
        "INTERPRETING": INTERPRETING,
        "DATA_VERSION": DATA_VERSION,
    }


def _place_lines(meeting: KeptMeeting, head: EngagementHead) -> Iterator[PlaceLine]:
    attendances = {each.place: each for each in attendances_of(meeting.plan, meeting.facts)}
    for entry in meeting.kept.document.get("places", ()):
        read = read_plan({"places": [entry]}, head.zone)
        place = next(iter(read.places), None)
        attendance = attendances[place] if place else None
        is_lived = place is not None and is_lived_at(place, meeting.facts)
        yield PlaceLine(
            id=entry["id"],
            name=str(entry.get("name", "")),
            whose=PARTIES[place.party] if place else "",
            attendance=attendance,
            fit=(FITS[attendance.fit] if is_lived else TRAVELS) if attendance else None,
            words=_fit_words(attendance) if attendance and is_lived else "",
            why=read.unclear[0].why if read.unclear else "",
        )


def _fit_words(attendance: Attendance) -> str:
    return attendance.day.words if attendance.fit is Fit.IN_HOURS else attendance.words


def _zones(meeting: KeptMeeting, head: EngagementHead) -> list[tuple[str, str]]:
    """Each clock that the agenda is told by, once, that of the meeting first: names of its places and the zone."""
    names: dict[str, list[str]] = {} if meeting.plan.places else {head.zone: [city_of(head.zone)]}
    for place in meeting.plan.places:
        names.setdefault(place.zone, []).append(place.name)
    clocks = [(", ".join(where), zone) for zone, where in names.items()]
    return sorted(clocks, key=lambda each: each[1] != head.zone)


def _latest(meeting: KeptMeeting, venue: Place | None) -> list[tuple[str, date]]:
    """The last day to land at the venue, from each place of the other zones, after a night flight."""
    if venue is None:
        return []
    elsewhere = [place for place in meeting.plan.places if place.zone != venue.zone]
    starts_at = meeting.facts.starts_at
    return [(place.name, latest_arrival(place.zone, venue, starts_at, is_night_flight=True).on) for place in elsewhere]
