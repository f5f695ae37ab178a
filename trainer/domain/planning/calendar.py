"""The days on which a person sits down to study."""

from collections.abc import Iterable
from datetime import date, timedelta
from math import ceil

from trainer.domain.planning.activities import Activity

MAX_DAYS = 60
"""A plan looks no further ahead than this: what is learnt sooner would have faded."""


def sittings(first: date, end: date, daily_minutes: int, activities: Iterable[Activity]) -> dict[date, int]:
    """Free minutes by day, from the first day until before the end.

    Who has less time a day than the longest activity takes sits down every other day, or every third, for the
    minutes of as many days.
    """
    longest = max((activity.minutes for activity in activities), default=1)
    every = max(1, ceil(longest / daily_minutes))
    days = range(0, min(MAX_DAYS, max(0, (end - first).days)), every)
    return {first + timedelta(days=number): daily_minutes * every for number in days}
