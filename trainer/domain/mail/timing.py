"""When a mail is sent: at eight in the reader's zone, or when their quiet hours end, and not when it is stale."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from trainer.domain.calendar import in_zone
from trainer.domain.mail.choices import MailChoice, MailKind
from trainer.domain.mail.facts import DueThing

FIRST_HOUR = time(8)
STALE = {MailKind.DIGEST: timedelta(hours=36), MailKind.DUE: timedelta(hours=12)}
"""For so long a mail that could not be sent at its time is still sent."""
DAY = timedelta(days=1)
WEEK_DAYS = 7


def due_key(choice: MailChoice, kind: MailKind, at: datetime) -> str | None:
    """The day of the mail that is to be sent now, as ISO has it, which names it; None when there is none.

    A digest is of a Monday, what falls due is of any day: both as in the reader's zone.
    """
    here = in_zone(at, choice.zone)
    if not choice.wants(kind) or choice.is_quiet(here.time()):
        return None
    days = (day for day in _days(kind, here.date()) if _is_time(choice, kind, day, at))
    return next((day.isoformat() for day in days), None)


def is_worth_telling(thing: DueThing, today: date) -> bool:
    """Whether a mail goes out for it: when it begins, the day before it is due, the day after, and then each week.

    Who let something lie is reminded, and not nagged day after day.
    """
    if thing.since == today:
        return True
    days_over = (today - thing.due_on).days
    return days_over == -1 or (days_over > 0 and days_over % WEEK_DAYS == 1)


def _days(kind: MailKind, today: date) -> Iterator[date]:
    """Those whose mail may be sent today: quiet hours may put it off to the next day."""
    if kind is MailKind.DIGEST:
        yield today - timedelta(days=today.weekday())
    else:
        yield from (today, today - DAY)


def _is_time(choice: MailChoice, kind: MailKind, day: date, at: datetime) -> bool:
    first = _moment(_after_quiet(choice, datetime.combine(day, FIRST_HOUR)), choice.zone)
    return first <= at < first + STALE[kind]


def _after_quiet(choice: MailChoice, local: datetime) -> datetime:
    if choice.quiet_until is None or not choice.is_quiet(local.time()):
        return local
    end = datetime.combine(local.date(), choice.quiet_until)
    return end if end > local else end + DAY


def _moment(local: datetime, zone: str) -> datetime:
    """In UTC; of a time that the clocks skip, as if they had not."""
    return local.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
