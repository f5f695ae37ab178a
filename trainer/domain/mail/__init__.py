"""E-mails: who wants which, when they are sent, and what they tell."""

from trainer.domain.mail.choices import MailChoice, MailKind
from trainer.domain.mail.facts import (
    Concern,
    DigestFacts,
    DueFacts,
    DueKind,
    DueThing,
    EngagementNews,
    OwnSeatLine,
    Reader,
    Step,
)
from trainer.domain.mail.timing import FIRST_HOUR, due_key, is_worth_telling

__all__ = [
    "FIRST_HOUR",
    "Concern",
    "DigestFacts",
    "DueFacts",
    "DueKind",
    "DueThing",
    "EngagementNews",
    "MailChoice",
    "MailKind",
    "OwnSeatLine",
    "Reader",
    "Step",
    "due_key",
    "is_worth_telling",
]
