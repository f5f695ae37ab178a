"""What a person wants to be sent, in which language, and when not."""

from dataclasses import dataclass, replace
from datetime import time
from enum import StrEnum


class MailKind(StrEnum):
    """The names stand in the table of what was sent, and in the links that end a mail: they never change."""

    DIGEST = "digest"
    """Weekly."""
    DUE = "due"
    """What falls due, once a day at most."""


@dataclass(frozen=True, slots=True)
class MailChoice:
    """Nothing is sent from `quiet_from` until `quiet_until`, which may lie on the next day; both or none are set.

    `language` is one of those that mails are written in, `zone` an IANA zone.
    """

    language: str
    zone: str
    wants_digest: bool = True
    wants_due: bool = True
    quiet_from: time | None = None
    quiet_until: time | None = None

    def wants(self, kind: MailKind) -> bool:
        return self.wants_digest if kind is MailKind.DIGEST else self.wants_due

    def without(self, kind: MailKind) -> "MailChoice":
        return replace(self, **{f"wants_{kind}": False})  # type: ignore[arg-type]

    def is_quiet(self, clock: time) -> bool:
        """Whether nothing is sent at this time of the day."""
        if self.quiet_from is None or self.quiet_until is None:
            return False
        if self.quiet_from <= self.quiet_until:
            return self.quiet_from <= clock < self.quiet_until
        return clock >= self.quiet_from or clock < self.quiet_until
