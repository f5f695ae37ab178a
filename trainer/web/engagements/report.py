"""The report as the pages of an engagement print it: a line a reason, and how each area stands."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from flask import url_for

from trainer.domain.gaps import Area
from trainer.domain.report import Report
from trainer.reporting import EngagementHead
from trainer.wording import AREAS, GAP_STATES, due_words, if_closed_words, owner_words

PAGES: Mapping[str, Collection[Area]] = {
    "engagements.edit_seats": (Area.PEOPLE,),
    "engagements.show_meeting": (Area.INTERPRETER, Area.CHANNEL, Area.CALENDAR, Area.AGENDA),
    "engagements.show_charter": (
        Area.OBJECTIVE,
        Area.CONTACTS,
        Area.ESCALATION,
        Area.WORKING,
        Area.INFORMATION,
        Area.AGREEMENT,
    ),
}
"""Where what is missing in an area is put right."""


@dataclass(frozen=True, slots=True)
class ReasonLine:
    """A gap as it is printed: its state (css name, words, mark), and where it is closed."""

    state: tuple[str, str, str]
    area: str
    what: str
    action: str
    change: str
    owners: str
    due: str
    href: str


@dataclass(frozen=True, slots=True)
class AreaLine:
    title: str
    state: tuple[str, str, str]
    href: str


def reason_lines(report: Report, names: Mapping[UUID, str], head: EngagementHead, today: date) -> Iterator[ReasonLine]:
    for reason in report.reasons:
        gap = reason.gap
        yield ReasonLine(
            state=GAP_STATES[gap.weight],
            area=AREAS[gap.area],
            what=gap.what,
            action=gap.action,
            change=if_closed_words(reason, report),
            owners=owner_words(gap.owners, names),
            due=due_words(gap.due_on, today),
            href=_page_of(gap.area, head),
        )


def area_lines(report: Report, head: EngagementHead) -> list[AreaLine]:
    return [AreaLine(AREAS[area], GAP_STATES[weight], _page_of(area, head)) for area, weight in report.areas().items()]


def _page_of(area: Area, head: EngagementHead) -> str:
    """What belongs to no page of the engagement is put right in the partner's file."""
    endpoint = next((endpoint for endpoint, areas in PAGES.items() if area in areas), None)
    if endpoint is None:
        return url_for("partners.show_partner", partner_id=head.partner_id)
    return url_for(endpoint, engagement_id=head.id)
