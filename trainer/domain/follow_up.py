"""What follows a meeting: thanks and minutes within a day, the next contact in the rhythm, whatever the outcome."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from trainer.domain.calendar import in_zone
from trainer.domain.documents import Document

THANKS_WITHIN = timedelta(hours=24)
MINUTES_WITHIN = timedelta(hours=24)
"""Where the charter says nothing else."""


class Outcome(StrEnum):
    """What a meeting came to. The relationship goes on after each of them."""

    AGREEMENT = "agreement"
    OPEN = "open"
    NO_DEAL = "no_deal"


RHYTHM = {Outcome.AGREEMENT: timedelta(days=14), Outcome.OPEN: timedelta(days=14), Outcome.NO_DEAL: timedelta(days=60)}
"""After so long the next contact is proposed, where nobody has named a day: a rule of the house, for no deal too."""


class StepKind(StrEnum):
    THANKS = "thanks"
    MINUTES = "minutes"
    PROMISES = "promises"
    NEXT_CONTACT = "next_contact"


@dataclass(frozen=True, slots=True)
class Step:
    """Something to be done after a meeting. `owner` is a reference such as `user:ID`, empty when nobody was named."""

    kind: StepKind
    due_at: datetime
    owner: str
    done_on: date | None
    note: str

    @property
    def is_done(self) -> bool:
        return self.done_on is not None

    @property
    def is_due_by_day(self) -> bool:
        """Whether a day is meant, and no hour of it."""
        return self.kind is StepKind.NEXT_CONTACT

    def is_late(self, at: datetime) -> bool:
        return not self.is_done and at > self.due_at


@dataclass(frozen=True, slots=True)
class FollowUp:
    """`outcome` is None until somebody has said what the meeting came to."""

    outcome: Outcome | None
    outcome_note: str
    steps: tuple[Step, ...]

    @property
    def is_complete(self) -> bool:
        return self.outcome is not None and all(step.is_done for step in self.steps)

    def step(self, kind: StepKind) -> Step:
        return next(step for step in self.steps if step.kind is kind)

    def open_steps(self) -> tuple[Step, ...]:
        return tuple(step for step in self.steps if not step.is_done)


def follow_up_of(
    document: Document, ends_at: datetime, zone: str, *, minutes_within: timedelta = MINUTES_WITHIN
) -> FollowUp:
    """The plan after a meeting that ends then, with what its team has written of it.

    The next contact is due on the day that was named, in the zone of the meeting; else by the rhythm of the outcome.
    """
    said = _section(document, "outcome")
    outcome = next((each for each in Outcome if each == said.get("result")), None)
    day = _day(_section(document, StepKind.NEXT_CONTACT).get("on"))
    next_contact = ends_at + RHYTHM[outcome or Outcome.OPEN]
    if day is not None:
        next_contact += day - in_zone(next_contact, zone).date()
    return FollowUp(
        outcome=outcome,
        outcome_note=str(said.get("note", "")),
        steps=(
            _step(document, StepKind.THANKS, ends_at + THANKS_WITHIN),
            _step(document, StepKind.MINUTES, ends_at + minutes_within),
            _step(document, StepKind.PROMISES, ends_at + THANKS_WITHIN),
            _step(document, StepKind.NEXT_CONTACT, next_contact),
        ),
    )


def _step(document: Document, kind: StepKind, due_at: datetime) -> Step:
    written = _section(document, kind)
    return Step(
        kind=kind,
        due_at=due_at,
        owner=str(written.get("owner", "")),
        done_on=_day(written.get("done_on")),
        note=str(written.get("note", "")),
    )


def _section(document: Document, name: str) -> Mapping[str, Any]:
    found = document.get(name)
    return found if isinstance(found, dict) else {}


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return None
