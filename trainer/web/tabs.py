"""The pages of an engagement, as far as whoever acts may see them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from flask import request, url_for

from trainer.domain.access import Action, Subject, may
from trainer.reporting import EngagementHead
from trainer.web import actor


@dataclass(frozen=True, slots=True)
class Tab:
    """`current` is what `aria-current` says: the page itself, one below it, or nothing."""

    words: str
    href: str
    current: str


FOR_MANAGERS: Mapping[str, str] = {"engagements.show_engagement": "Readiness"}
FOR_THE_TEAM: Mapping[str, str] = {
    "engagements.show_brief": "Team page",
    "engagements.show_meeting": "Times and agenda",
    "engagements.show_charter": "Charter",
    "partners.show_partner": "Partner",
    "engagements.show_follow_up": "Afterwards",
}
"""Whoever sees one of these pages sees all of them, so nobody is asked for again."""
BELOW: Mapping[str, tuple[str, ...]] = {
    "engagements.show_charter": ("health-check",),
    "engagements.show_follow_up": ("debrief",),
    "engagements.show_engagement": ("share", "seats", "edit"),
}
"""Pages that belong to one of these without standing below its address."""


def engagement_tabs(head: EngagementHead) -> Iterator[Tab]:
    is_manager = may(actor(), Action.SEE_ENGAGEMENT, Subject(team_id=head.team_id))
    for endpoint, words in {**(FOR_MANAGERS if is_manager else {}), **FOR_THE_TEAM}.items():
        href = _address(endpoint, head)
        yield Tab(words, href, _current(endpoint, href))


def _current(endpoint: str, href: str) -> str:
    if request.path == href:
        return "page"
    below = "".join(request.path.split("/")[3:4])
    is_below = below in BELOW.get(endpoint, ()) or (endpoint in FOR_THE_TEAM and request.path.startswith(f"{href}/"))
    return "true" if is_below else ""


def _address(endpoint: str, head: EngagementHead) -> str:
    if endpoint.startswith("partners."):
        return url_for(endpoint, partner_id=head.partner_id)
    return url_for(endpoint, engagement_id=head.id)
