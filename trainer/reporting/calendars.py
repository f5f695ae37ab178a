"""Calendar files: one engagement, or all of a person with the days on which something is due."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import UUID

from trainer.database import Store
from trainer.domain.calendar import in_zone
from trainer.domain.follow_up import StepKind
from trainer.domain.meeting import check_due
from trainer.interchange.icalendar import DueDay, Meeting, write_calendar
from trainer.reporting.meetings import CalendarEntry, calendar_entry, feed_of
from trainer.wording.meetings import invitation_lines

HOME = "entente"
"""What makes the ids of entries ours. They name no server: an address may change, an entry stays the same."""
KEPT_FOR = timedelta(days=365)
"""A feed holds meetings of so long ago."""
STEPS = {
    StepKind.THANKS: ("follow-up", "Thank them", "Name one thing that was good."),
    StepKind.MINUTES: ("minutes", "Send the minutes", "Decisions, each with owner and date."),
    StepKind.NEXT_CONTACT: ("next-contact", "Stay in touch", "Whatever the meeting came to."),
}
"""What of a follow-up is in a feed as long as it is open: how its id begins, a title, and words. The next contact is
there once somebody has said what the meeting came to."""


def engagement_calendar(store: Store, engagement_id: UUID) -> bytes | None:
    """The calendar file of an engagement, a cancelled one too; None when there is none."""
    entry = calendar_entry(store, engagement_id)
    return None if entry is None else write_calendar(_title(entry), [_meeting(entry)])


def person_calendar(store: Store, user_id: UUID, *, at: datetime) -> bytes | None:
    """The feed of a person: their engagements, and what is due before and after them. None for who is gone."""
    entries = feed_of(store, user_id, since=at - KEPT_FOR)
    if entries is None:
        return None
    due = (day for entry in entries if entry.cancelled_at is None for day in _due_days(entry))
    return write_calendar("Entente", (_meeting(entry) for entry in entries), due)


def _meeting(entry: CalendarEntry) -> Meeting:
    return Meeting(
        uid=f"engagement-{entry.id}@{HOME}",
        title=_title(entry),
        starts_at=entry.starts_at,
        minutes=entry.agenda_minutes,
        zone=entry.zone,
        place=entry.plan.channels.primary if entry.is_call and not entry.place else entry.place,
        words="" if entry.cancelled_at else "\n".join(invitation_lines(entry.plan, entry.facts, entry.people.name_of)),
        sequence=_sequence(entry),
        changed_at=entry.updated_at,
        is_cancelled=entry.cancelled_at is not None,
    )


def _due_days(entry: CalendarEntry) -> Iterator[DueDay]:
    open_checks = [check.what for check in entry.plan.checks if check.done_at is None]
    if entry.is_call and (open_checks or not entry.plan.checks):
        yield DueDay(
            uid=f"check-{entry.id}@{HOME}",
            title=f"Try the connection: {entry.partner}",
            on=check_due(entry.starts_at, entry.zone),
            words="\n".join(open_checks) or "Sound, picture and sharing, with the partner.",
            sequence=_sequence(entry),
            changed_at=entry.updated_at,
        )
    for step in entry.follow_up.open_steps():
        if step.kind in STEPS and (step.kind is not StepKind.NEXT_CONTACT or entry.follow_up.outcome is not None):
            name, title, words = STEPS[step.kind]
            owner = entry.people.name_of(step.owner)
            yield DueDay(
                uid=f"{name}-{entry.id}@{HOME}",
                title=f"{title}: {entry.partner}",
                on=in_zone(step.due_at, entry.zone).date(),
                words="\n".join(filter(None, (words, f"Who: {owner}" if owner else "", step.note))),
                sequence=_sequence(entry),
                changed_at=entry.updated_at,
            )


def _title(entry: CalendarEntry) -> str:
    return f"{entry.partner}: {entry.title}"


def _sequence(entry: CalendarEntry) -> int:
    """Grows with each change of an engagement or of what is kept of it: whole seconds since it was planned."""
    return int((entry.updated_at - entry.created_at).total_seconds())
