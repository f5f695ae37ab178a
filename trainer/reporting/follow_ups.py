"""What follows the meetings of an engagement, with what its charter says of minutes."""

from datetime import timedelta

from trainer.domain.documents import Document
from trainer.domain.follow_up import MINUTES_WITHIN, FollowUp
from trainer.domain.follow_up import follow_up_of as read_follow_up
from trainer.reporting.engagements import EngagementHead


def follow_up_of(head: EngagementHead, document: Document, *, minutes_within: timedelta = MINUTES_WITHIN) -> FollowUp:
    """The plan after the meeting, from the end of its agenda on."""
    ends_at = head.starts_at + timedelta(minutes=head.agenda_minutes)
    return read_follow_up(document, ends_at, head.zone, minutes_within=minutes_within)
