"""What follows the meetings of an engagement, with what its charter says of minutes."""

from datetime import datetime, timedelta
from typing import Protocol

from trainer.domain.charter import read_charter
from trainer.domain.documents import Document
from trainer.domain.follow_up import MINUTES_WITHIN, FollowUp
from trainer.domain.follow_up import follow_up_of as read_follow_up


class Dated(Protocol):
    """A meeting as far as its end is told from it."""

    @property
    def starts_at(self) -> datetime: ...

    @property
    def zone(self) -> str: ...

    @property
    def agenda_minutes(self) -> int: ...


def follow_up_of(meeting: Dated, document: Document, charter: Document) -> FollowUp:
    """The plan after the meeting, from the end of its agenda on; minutes are due when the charter says."""
    ends_at = meeting.starts_at + timedelta(minutes=meeting.agenda_minutes)
    hours = read_charter(charter).working.minutes_within
    within = MINUTES_WITHIN if hours is None else timedelta(hours=hours)
    return read_follow_up(document, ends_at, meeting.zone, minutes_within=within)
