"""A meeting's times: what the team plans of them, and what is missing."""

from trainer.domain.meeting.gaps import (
    MeetingFacts,
    agenda_of,
    arrivals_of,
    attendances_of,
    gaps_of_meeting,
    is_lived_at,
    venue_of,
)
from trainer.domain.meeting.plan import (
    ArrivalRule,
    Channels,
    Check,
    Journey,
    MeetingPlan,
    Unclear,
    check_due,
    read_plan,
)

__all__ = [
    "ArrivalRule",
    "Channels",
    "Check",
    "Journey",
    "MeetingFacts",
    "MeetingPlan",
    "Unclear",
    "agenda_of",
    "arrivals_of",
    "attendances_of",
    "check_due",
    "gaps_of_meeting",
    "is_lived_at",
    "read_plan",
    "venue_of",
]
