"""The report of an engagement as a paper: all that it says, in words and figures, for those who do not sign in too."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from trainer.database import Store
from trainer.domain.calendar import in_zone, offset_words
from trainer.domain.charter import Contact, Rank
from trainer.domain.content import Content
from trainer.domain.mastery import Model
from trainer.domain.parties import Party
from trainer.domain.readiness import Readiness, SeatReadiness, SeatState
from trainer.domain.report import (
    Paper,
    PaperContact,
    PaperFact,
    PaperPoint,
    PaperReason,
    PaperSeat,
    PaperTime,
    Report,
    changes_of_report,
)
from trainer.reporting.engagements import EngagementHead, assess_engagements
from trainer.reporting.engagements.written import People
from trainer.reporting.reports.gathering import Teamwork, judge_all, teamwork_of
from trainer.reporting.reports.snapshots import ReportPoint, past_report, report_points
from trainer.wording import (
    AREAS,
    GAP_STATES,
    OVERALL,
    count,
    covered_words,
    day_of,
    if_closed_words,
    interpreter_lines,
    owner_words,
    report_change_lines,
    report_summary,
    state_of,
    verdict,
)
from trainer.wording.contacts import hours_words
from trainer.wording.meetings import city_of

METHOD = (
    "This is preparedness against what each seat needs on the day, never a chance that the deal succeeds.",
    "For each person and competency a model forecasts the share of such situations handled well on the day, if nothing "
    "more is studied. Ready: the middle of the forecast reaches the target and its low end is close. Too little "
    "evidence is said as such and is never “not ready”.",
    "Whatever blocks makes the whole not ready, whatever is a risk makes it at risk. Reasons come in the order of "
    "their effect: of people by the model, of all else by what would break first in the meeting.",
    "A person decides, not this paper.",
)


@dataclass(frozen=True, slots=True)
class _Found:
    """What a paper is made of."""

    head: EngagementHead
    readiness: Readiness
    report: Report
    teamwork: Teamwork
    today: datetime


def paper_of(
    store: Store, content: Content, model: Model, head: EngagementHead, *, with_names: bool, at: datetime
) -> Paper:
    """The report as it stands. Without names nothing in it is about a single person."""
    readiness = assess_engagements(store, content, model, [head])[head.id]
    teamwork = teamwork_of(store, content, [head], at=at)[head.id]
    report = judge_all(content, head, readiness, teamwork)
    found = _Found(head, readiness, report, teamwork, in_zone(at, head.zone))
    past = past_report(store, head.id, at=at)
    changes = changes_of_report(past, report) if past else None
    _, state, mark = OVERALL[report.state]
    return Paper(
        engagement_id=head.id,
        title=head.title,
        partner=head.partner,
        language=head.language,
        team=head.team,
        verdict=verdict(head.partner, head.starts_local, readiness, content.competencies, today=found.today),
        mark=mark,
        state_words=f"{state}: {report_summary(report)}",
        facts=tuple(_facts(found, at)),
        times=tuple(_times(found)),
        reasons=tuple(_reasons(found, with_names=with_names)),
        seats=tuple(_seat(seat, with_names=with_names) for seat in readiness.seats),
        interpreter=interpreter_lines(readiness.interpreter, readiness.rules.interpreter_target, content.competencies),
        contacts=tuple(_contacts(found, with_names=with_names)),
        objective=teamwork.charter.charter.objective.sentence,
        changes_since=in_zone(changes.since, head.zone).date() if changes is not None else None,
        changes=None if changes is None else tuple(report_change_lines(changes, report.state, for_all=not with_names)),
        trend=tuple(_trend(found, report_points(store, head))),
        method=METHOD,
        made_at=at,
        zone=head.zone,
    )


def paper_name(head: EngagementHead, suffix: str) -> str:
    """The name of a file: in letters that every system knows, the day first so that they sort."""
    partner = re.sub(r"[^a-z0-9]+", "-", _plain(head.partner).lower()).strip("-") or "partner"
    return f"{head.starts_local:%Y-%m-%d}-{partner}-readiness.{suffix}"


def _facts(found: _Found, at: datetime) -> Iterator[PaperFact]:
    head, readiness = found.head, found.readiness
    left = head.days_left(at)
    yield PaperFact("When", f"{day_of(head.starts_local, found.today)}, {head.starts_local:%H:%M}, {_zone(head)}")
    yield PaperFact("Days left", str(left) if left >= 0 else "over")
    yield PaperFact("Where", ("Call" if head.is_call else "At a place") + (f": {head.place}" if head.place else ""))
    yield PaperFact("Agenda", count(head.agenda_minutes, "minute"))
    yield PaperFact("Seats ready", f"{readiness.ready_seats} of {len(readiness.seats)}")
    yield PaperFact("To be closed", f"{found.report.blocking} that block, {found.report.risking} that are risks")


def _times(found: _Found) -> Iterator[PaperTime]:
    """At each place of the plan, that of the meeting first; it is told even if no place is written there."""
    head = found.head
    places = {place.name: place.zone for place in found.teamwork.meeting.plan.places}
    if head.zone not in places.values():
        places = {city_of(head.zone): head.zone, **places}
    for name, zone in sorted(places.items(), key=lambda place: place[1] != head.zone):
        local = in_zone(head.starts_at, zone)
        yield PaperTime(name, day_of(local, found.today), f"{local:%H:%M}", offset_words(head.starts_at, zone))


def _contacts(found: _Found, *, with_names: bool) -> Iterator[PaperContact]:
    """Of each interface and side who answers and who stands in, with the hours there and at the meeting's place."""
    charter, names = found.teamwork.charter.charter, found.teamwork.meeting.people
    for interface in charter.interfaces:
        for side in Party:
            primary, deputy = (charter.held_by(interface, side, rank) for rank in Rank)
            yield PaperContact(
                interface=interface,
                side="ours" if side is Party.OURS else "the partner’s",
                primary=_told(primary, names, with_names=with_names),
                deputy=_told(deputy, names, with_names=with_names),
                hours=_hours(primary, found),
                note=primary.channel if primary and with_names else "",
            )


def _told(contact: Contact | None, names: People, *, with_names: bool) -> str:
    if contact is None:
        return "nobody"
    if not with_names:
        return "named"
    return names.name_of(contact.who) or contact.role or "nobody"


def _hours(contact: Contact | None, found: _Found) -> str:
    if contact is None:
        return ""
    on = found.head.starts_local.date()
    told = ((zone, hours_words(contact, zone, on)) for zone in dict.fromkeys((contact.zone, found.head.zone)) if zone)
    return "; ".join(f"{words} {city_of(zone)}" for zone, words in told if words)


def _trend(found: _Found, points: Mapping[date, ReportPoint]) -> Iterator[PaperPoint]:
    """The days on which the report changed, and today."""
    today = found.today.date()
    for day, point in points.items():
        if day != today:
            yield PaperPoint(day, point.ready_seats, point.seats, point.gaps, OVERALL[point.state][1])
    gaps = found.report.blocking + found.report.risking
    readiness = found.readiness
    yield PaperPoint(today, readiness.ready_seats, len(readiness.seats), gaps, OVERALL[found.report.state][1])


def _reasons(found: _Found, *, with_names: bool) -> Iterator[PaperReason]:
    """A line for each; without names what then reads the same stands there once."""
    people = found.teamwork.meeting.people.ours
    names = {UUID(reference.removeprefix("user:")): name for reference, name in people.items()}
    told: set[tuple[str, str]] = set()
    for reason in found.report.reasons:
        gap = reason.gap
        _, weight, mark = GAP_STATES[gap.weight]
        words = (gap.what, gap.action) if with_names else (gap.what_for_all, gap.action_for_all)
        if not with_names and words in told:
            continue
        told.add(words)
        yield PaperReason(
            mark=mark,
            weight=weight,
            area=AREAS[gap.area],
            what=words[0],
            action=words[1],
            if_done=if_closed_words(reason, found.report),
            owner=owner_words(gap.owners, names) if with_names else "",
            due_on=gap.due_on,
        )


def _seat(seat: SeatReadiness, *, with_names: bool) -> PaperSeat:
    _, words, mark = state_of(SeatState(seat.state))
    people = tuple((each.person.name, state_of(each.band)[2], state_of(each.band)[1]) for each in seat.people)
    return PaperSeat(seat.seat.title, mark, words, covered_words(seat), people if with_names else ())


def _plain(name: str) -> str:
    """Without accents."""
    return "".join(each for each in unicodedata.normalize("NFKD", name) if not unicodedata.combining(each))


def _zone(head: EngagementHead) -> str:
    return f"{city_of(head.zone)} ({offset_words(head.starts_at, head.zone)})"
