"""What falls due out of what the report misses, and out of what follows a meeting."""

from collections.abc import Mapping
from datetime import date

from trainer.domain.calendar import in_zone
from trainer.domain.follow_up import Step, StepKind
from trainer.domain.gaps import Area, Gap
from trainer.domain.mail.facts import DueKind, DueThing

_KINDS: Mapping[Area, DueKind] = {
    Area.INTERPRETER: DueKind.PREPARATION,
    Area.CHANNEL: DueKind.CHANNEL_CHECK,
    Area.CALENDAR: DueKind.PREPARATION,
    Area.AGENDA: DueKind.PREPARATION,
    Area.PARTNER: DueKind.RESEARCH,
}
"""All others are things that the charter should say. What people study they find in their plan."""
_STEPS = {
    StepKind.THANKS: DueKind.THANKS,
    StepKind.MINUTES: DueKind.MINUTES,
    StepKind.PROMISES: DueKind.PROMISES_MADE,
    StepKind.NEXT_CONTACT: DueKind.NEXT_CONTACT,
}


def due_of_gap(gap: Gap, partner: str, path: str) -> DueThing | None:
    """None for what has no day, and for what people are to learn."""
    if gap.due_on is None or gap.area is Area.PEOPLE:
        return None
    return DueThing(_KINDS.get(gap.area, DueKind.CHARTER_GAP), gap.action, partner, gap.due_on, path)


def due_of_step(step: Step, title: str, partner: str, path: str, zone: str, day_after: date) -> DueThing:
    """A step after a meeting; what is due within a day of it is told of on the day after."""
    due_on = in_zone(step.due_at, zone).date()
    since = day_after if due_on <= day_after else None
    return DueThing(_STEPS[step.kind], title, partner, due_on, path, since)
