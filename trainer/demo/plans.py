"""The engagements of the demo company: one that is ready, one on the border, one that is not, and two that are over."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

from trainer.domain.calendar import in_zone
from trainer.engagements import EngagementDraft


@dataclass(frozen=True)
class Plan:
    """An engagement of the demo: who takes which seat of its template, by the seats' titles.

    `surprises` are what people say afterwards, by their names; all of them debrief, or those who are named there.
    `check` is a quiz that its people first sit on the day before.
    """

    team: str
    template: str
    draft: EngagementDraft
    seats: Mapping[str, tuple[str, ...]]
    surprises: Mapping[str, str] = field(default_factory=dict)
    is_debriefed: bool = False
    check: str | None = None

    @property
    def people(self) -> frozenset[str]:
        return frozenset(name for names in self.seats.values() for name in names)


def plans(end: datetime) -> tuple[Plan, ...]:
    """What is planned when the demo's last day is `end`."""
    return first_visit(end), follow_up_call(end), negotiation(end), first_meeting(end), service_call(end)


def first_visit(end: datetime) -> Plan:
    """Over and debriefed; its people were tried in its manners a day before, for the first time."""
    return Plan(
        "Asia Sales",
        "engagement-japan-first-meeting",
        EngagementDraft(
            title="First visit about pressure sensors",
            partner="Kobe Seiki",
            country="JP",
            language="ja",
            place="Kobe Seiki, reception, Kobe",
            is_call=False,
            starts_local=_local_time(end, -30, "Asia/Tokyo", 10),
            zone="Asia/Tokyo",
            agenda_minutes=60,
        ),
        {
            "Head of delegation": ("Ingrid Solberg", "Grace Adeyemi", "Mateo Vidal"),
            "Technical expert": ("Priya Raman", "Oskar Lind", "Mateo Vidal"),
            "Note-taker": ("Lena Hofmann", "Tomasz Zielinski", "Oskar Lind", "Priya Raman", "Mateo Vidal"),
            "Host of the evening": ("Grace Adeyemi", "Ingrid Solberg"),
        },
        {
            "Ingrid Solberg": "They had talked it all over before we came. What we planned to decide was decided.",
            "Tomasz Zielinski": "My minutes came back within the hour, corrected line by line, with thanks.",
        },
        is_debriefed=True,
        check="jp-in-the-meeting",
    )


def follow_up_call(end: datetime) -> Plan:
    """Just over: its people can still say how it went."""
    return Plan(
        "Asia Sales",
        "engagement-japan-working-call",
        EngagementDraft(
            title="Follow-up on delivery dates",
            partner="Kobe Seiki",
            country="JP",
            language="ja",
            place="Video call; backup by phone",
            is_call=True,
            starts_local=_local_time(end, -6, "Asia/Tokyo", 16),
            zone="Asia/Tokyo",
            agenda_minutes=30,
        ),
        {
            "Chair of the call": ("Mateo Vidal",),
            "Support contact": ("Priya Raman",),
            "Writer of the follow-up": ("Lena Hofmann",),
        },
        {"Priya Raman": "Silence after our date meant they were counting working days, not that they said no."},
    )


def negotiation(end: datetime) -> Plan:
    return Plan(
        "Asia Sales",
        "engagement-japan-negotiation",
        EngagementDraft(
            title="Supply agreement for pressure sensors",
            partner="Kobe Seiki",
            country="JP",
            language="ja",
            place="Kobe Seiki, meeting room 3, Kobe",
            is_call=False,
            starts_local=_local_time(end, 9, "Asia/Tokyo", 10),
            zone="Asia/Tokyo",
            agenda_minutes=90,
            is_high_stakes=True,
        ),
        {
            "Lead negotiator": ("Ingrid Solberg", "Grace Adeyemi"),
            "Second voice": ("Mateo Vidal", "Oskar Lind"),
            "Supply contact": ("Priya Raman",),
            "Note-taker": ("Tomasz Zielinski", "Lena Hofmann"),
            "Host of the evening": ("Grace Adeyemi",),
        },
    )


def first_meeting(end: datetime) -> Plan:
    return Plan(
        "Europe Sales",
        "engagement-france-first-meeting",
        EngagementDraft(
            title="First meeting about calibration benches",
            partner="Ateliers Morvan",
            country="FR",
            language="fr",
            place="Ateliers Morvan, Lyon",
            is_call=False,
            starts_local=_local_time(end, 16, "Europe/Paris", 9, 30),
            zone="Europe/Paris",
            agenda_minutes=60,
        ),
        {
            "Head of delegation": ("Claire Beaumont",),
            "Technical expert": ("Sofia Marino", "Erik Nyström"),
            "Note-taker": ("Daniel Okafor",),
            "Host of the evening": ("Claire Beaumont", "Maren Voss"),
        },
    )


def service_call(end: datetime) -> Plan:
    return Plan(
        "Support",
        "engagement-japan-working-call",
        EngagementDraft(
            title="Monthly service call",
            partner="Kobe Seiki",
            country="JP",
            language="ja",
            place="Video call; backup by phone",
            is_call=True,
            starts_local=_local_time(end, 23, "Asia/Tokyo", 17),
            zone="Asia/Tokyo",
            agenda_minutes=45,
        ),
        {
            "Chair of the call": ("Stefan Keller",),
            "Support contact": ("Fatima Noor", "Lucy Grant"),
            "Writer of the follow-up": ("Hanna Lehto",),
        },
    )


def _local_time(end: datetime, days: int, zone: str, hour: int, minute: int = 0) -> datetime:
    """The first Monday to Thursday so many days after the end of the story or later, at this time of the zone."""
    day = in_zone(end, zone).date() + timedelta(days=days)
    while day.weekday() > 3:
        day += timedelta(days=1)
    return datetime.combine(day, time(hour, minute))
