"""The team's page of an engagement: what is to be done and by whom, and what one needs to know on the day."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from flask.typing import ResponseReturnValue

from trainer import reporting
from trainer.domain.access import Action
from trainer.domain.calendar import in_zone, offset_words
from trainer.domain.gaps import Gap
from trainer.domain.meeting import agenda_of
from trainer.domain.report import Report, judge
from trainer.reporting import EngagementHead, Teamwork
from trainer.web import content, me, now, page, reading
from trainer.web.engagements.blueprint import bp, load_team_head
from trainer.web.engagements.report import ReasonLine, reason_lines
from trainer.wording import day_of
from trainer.wording.meetings import arrival_steps, call_words, city_of

AT_FIRST = 5
"""So many things that others see to are told at once."""


@dataclass(frozen=True, slots=True)
class LocalTime:
    """When it starts at a place."""

    where: str
    day: str
    time: str
    offset: str


@bp.get("/engagements/<uuid:engagement_id>/brief")
def show_brief(engagement_id: UUID) -> ResponseReturnValue:
    head = load_team_head(engagement_id, Action.SEE_WORKSPACE)
    teamwork = reporting.teamwork_of(reading(), content(), [head], at=now())[head.id]
    plan, people = teamwork.meeting.plan, teamwork.meeting.people
    today = in_zone(now(), head.zone).date()
    mine, others = _to_do(head, teamwork, today)
    return page(
        "engagements/brief.html",
        head=head,
        days_left=head.days_left(now()),
        times=list(_times(head, teamwork, today)),
        mine=mine,
        others=others[:AT_FIRST],
        more=others[AT_FIRST:],
        plan=plan,
        calls=call_words(plan, people.name_of),
        arrival=list(arrival_steps(plan, head.starts_at, head.zone)),
        agenda=agenda_of(plan, teamwork.meeting.facts),
        charter=teamwork.charter.charter,
        partner=teamwork.partner,
        promises=[promise for promise in teamwork.partner.promises if promise.is_open],
        seats=[seat for seat in reporting.own_seats(reading(), me().id, at=now()) if seat.engagement.id == head.id],
    )


def _to_do(head: EngagementHead, teamwork: Teamwork, today: date) -> tuple[list[ReasonLine], list[ReasonLine]]:
    """What whoever looks is to see to, and what others are; what nobody was named for is with the team's manager."""
    people = teamwork.meeting.people.ours
    names = {UUID(reference.removeprefix("user:")): name for reference, name in people.items()}
    manages = head.team_id in me().managed_teams

    def is_mine(gap: Gap) -> bool:
        return me().id in gap.owners or (manages and names.keys().isdisjoint(gap.owners))

    mine = judge(gap for gap in teamwork.gaps if is_mine(gap))
    others = judge(gap for gap in teamwork.gaps if not is_mine(gap))

    def lines(report: Report) -> list[ReasonLine]:
        return list(reason_lines(report, names, head, today))

    return lines(mine), lines(others)


def _times(head: EngagementHead, teamwork: Teamwork, today: date) -> Iterator[LocalTime]:
    """At each place of the plan, that of the meeting first; at that of the engagement where no place is written."""
    places = [(place.name, place.zone) for place in teamwork.meeting.plan.places] or [(city_of(head.zone), head.zone)]
    for name, zone in sorted(places, key=lambda place: place[1] != head.zone):
        local = in_zone(head.starts_at, zone)
        yield LocalTime(name, day_of(local, today), f"{local:%H:%M}", offset_words(head.starts_at, zone))
