"""The report of an engagement as a paper: all that it says, in words and figures, for those who do not sign in too."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from trainer.database import Store
from trainer.domain.calendar import in_zone, offset_words
from trainer.domain.content import Content
from trainer.domain.mastery import Model
from trainer.domain.readiness import Readiness, SeatReadiness, SeatState
from trainer.domain.report import (
    Paper,
    PaperFact,
    PaperPoint,
    PaperReason,
    PaperSeat,
    PaperTime,
    Report,
    changes_of_report,
)
from trainer.reporting.engagements import EngagementHead, assess_engagements
from trainer.reporting.reports.gathering import report_of
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
    report_change_lines,
    report_summary,
    state_of,
    verdict,
)

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
    today: datetime


def paper_of(
    store: Store, content: Content, model: Model, head: EngagementHead, *, with_names: bool, at: datetime
) -> Paper:
    """The report as it stands. Without names nothing in it is about a single person."""
    readiness = assess_engagements(store, content, model, [head])[head.id]
    report = report_of(store, content, head, readiness, at=at)
    found = _Found(head, readiness, report, in_zone(at, head.zone))
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
        contacts=(),
        objective="",
        changes_since=in_zone(changes.since, head.zone).date() if changes is not None else None,
        changes=None if changes is None else tuple(report_change_lines(changes, report.state)),
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
    head = found.head
    yield PaperTime(
        head.zone.split("/")[-1].replace("_", " "),
        day_of(head.starts_local, found.today),
        f"{head.starts_local:%H:%M}",
        offset_words(head.starts_at, head.zone),
    )


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
    names = _names(found.readiness)
    for reason in found.report.reasons:
        gap = reason.gap
        _, weight, mark = GAP_STATES[gap.weight]
        yield PaperReason(
            mark=mark,
            weight=weight,
            area=AREAS[gap.area],
            what=gap.what,
            action=gap.action if with_names else gap.action_for_all,
            if_done=if_closed_words(reason, found.report),
            owner=", ".join(names[owner] for owner in gap.owners if owner in names) if with_names else "",
            due_on=gap.due_on,
        )


def _seat(seat: SeatReadiness, *, with_names: bool) -> PaperSeat:
    _, words, mark = state_of(SeatState(seat.state))
    people = tuple((each.person.name, state_of(each.band)[2], state_of(each.band)[1]) for each in seat.people)
    return PaperSeat(seat.seat.title, mark, words, covered_words(seat), people if with_names else ())


def _plain(name: str) -> str:
    """Without accents."""
    return "".join(each for each in unicodedata.normalize("NFKD", name) if not unicodedata.combining(each))


def _names(readiness: Readiness) -> dict[UUID, str]:
    return {each.person.id: each.person.name for seat in readiness.seats for each in seat.people}


def _zone(head: EngagementHead) -> str:
    return f"{head.zone.split('/')[-1].replace('_', ' ')} ({offset_words(head.starts_at, head.zone)})"
