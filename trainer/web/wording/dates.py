"""Days in words as they are on the day of the request, and how long ago they were."""

from datetime import date, datetime, timedelta

from trainer.domain.country import Span
from trainer.web import now
from trainer.wording import count, day_of, short_day_of


def day(value: date | datetime) -> str:
    return day_of(value, now())


def day_short(value: date | datetime) -> str:
    return short_day_of(value, now())


def ago(value: datetime) -> str:
    """How long ago, in the largest unit that fits."""
    passed = now() - value
    if passed < timedelta(days=1):
        return "today" if passed < timedelta(hours=12) else "yesterday"
    if passed < timedelta(days=14):
        return f"{count(max(1, passed.days), 'day')} ago"
    if passed < timedelta(days=61):
        return f"{passed.days // 7} weeks ago"
    return f"{passed.days // 30} months ago"


def span_words(span: Span) -> str:
    """Such as Tue 24 November 2026, or Sat 6 to Mon 8 February 2027."""
    last = f"{span.last:%a} {span.last.day} {span.last:%B %Y}"
    if span.first == span.last:
        return last
    month = f" {span.first:%B}" if span.first.month != span.last.month else ""
    return f"{span.first:%a} {span.first.day}{month} to {last}"
