"""The engagements of the demo company: one that is ready, one on the border, one that is not."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from trainer.domain.calendar import in_zone
from trainer.engagements import EngagementDraft


@dataclass(frozen=True)
class Plan:
    """An engagement of the demo: who takes which seat of its template, by the seats' titles."""

    team: str
    template: str
    draft: EngagementDraft
    seats: Mapping[str, tuple[str, ...]]


def plans(end: datetime) -> tuple[Plan, ...]:
    """What is planned when the demo's last day is `end`."""
    return negotiation(end), first_meeting(end), service_call(end)


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
