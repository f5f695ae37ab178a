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
    Since,
    Step,
)
from trainer.domain.mail.owed import due_of_gap, due_of_step
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
    "Since",
    "Step",
    "due_key",
    "due_of_gap",
    "due_of_step",
    "is_worth_telling",
]
