"""What is missing for an engagement: named, weighed, with who sees to it and by when."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID


class Area(StrEnum):
    """What a meeting rests on, in the order in which a report tells of it."""

    PEOPLE = "people"
    INTERPRETER = "interpreter"
    CHANNEL = "channel"
    CALENDAR = "calendar"
    AGENDA = "agenda"
    OBJECTIVE = "objective"
    CONTACTS = "contacts"
    ESCALATION = "escalation"
    WORKING = "working"
    INFORMATION = "information"
    TRUST = "trust"
    AGREEMENT = "agreement"
    PARTNER = "partner"


class Weight(StrEnum):
    """What a gap means for the day, the gravest first."""

    BLOCKS = "blocks"
    """Without it the team is not ready."""
    RISKS = "risks"
    """Without it the team is at risk."""
    NOTES = "notes"
    """It would be good to have; the team is as ready without it."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that is missing. `key` tells it from all others of the engagement, today and next week.

    `what` says in a sentence what is missing, `action` what to do. Where they quote what a team wrote or name
    somebody, `plain_what` and `plain_action` say the same without: for readers outside, and for what is kept.
    `effect` from 0 to 1 orders gaps of one weight: of people it is what the model says, of all others what
    `docs/readiness.md` declares. No owner: nobody was named.
    """

    key: str
    area: Area
    weight: Weight
    what: str
    action: str
    effect: float
    owners: tuple[UUID, ...] = ()
    due_on: date | None = None
    plain_what: str = ""
    plain_action: str = ""

    @property
    def what_for_all(self) -> str:
        return self.plain_what or self.what

    @property
    def action_for_all(self) -> str:
        return self.plain_action or self.action
