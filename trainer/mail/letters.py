"""A mail before it is sent, and the message that is made of it."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import parseaddr

from trainer.mail.delivery import Refused

LONGEST = 200
"""Characters of a subject or a name: what is longer is cut."""
STOP_LINK = "List-Unsubscribe"


class WholeLinks(EmailPolicy):
    """Leaves the link that stops a mail in one piece: where lines are folded it would be encoded, and no mail program
    could follow it."""

    def fold(self, name: str, value: str) -> str:
        return self._whole(name, value) if name == STOP_LINK else super().fold(name, value)

    def fold_binary(self, name: str, value: str) -> bytes:
        return self._whole(name, value).encode("ascii") if name == STOP_LINK else super().fold_binary(name, value)

    def _whole(self, name: str, value: str) -> str:
        return f"{name}: {value}{self.linesep}"


POLICY = WholeLinks(linesep="\r\n")


@dataclass(frozen=True, slots=True)
class Letter:
    """What is told to one person. `name` tells it from all others, and is the same when it is written again."""

    name: str
    to_name: str
    to_address: str
    language: str
    subject: str
    text: str
    html: str
    stop_url: str | None = None
    """Where one click stops mails of this kind."""


def message_of(letter: Letter, sender: str, *, at: datetime) -> EmailMessage:
    """Raises `Refused` for an address that no mail can be sent to."""
    message = EmailMessage(policy=POLICY)
    sender_name, sender_address = parseaddr(sender)
    origin = Address(one_line(sender_name), addr_spec=sender_address)
    message["From"] = origin
    message["To"] = _address(letter.to_name, letter.to_address)
    message["Subject"] = one_line(letter.subject)
    message["Date"] = at
    message["Message-ID"] = f"<{_mark(letter.name)}@{origin.domain}>"
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    if letter.stop_url is not None:
        message[STOP_LINK] = f"<{letter.stop_url}>"
        if letter.stop_url.startswith("https://"):
            message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"  # RFC 8058 allows it by HTTPS only
    message.set_content(letter.text, cte="quoted-printable")
    message.add_alternative(letter.html, subtype="html", cte="quoted-printable")
    message["Content-Language"] = letter.language  # last: what is of the content goes along with the first part
    return message


def one_line(words: str) -> str:
    """Words as a header can hold them: nobody's name or title begins another header."""
    shown = "".join(each if each.isprintable() else " " for each in words)
    return " ".join(shown.split())[:LONGEST]


def _address(name: str, address: str) -> Address:
    local, _, domain = address.rpartition("@")
    try:
        return Address(one_line(name), addr_spec=f"{local}@{domain.encode('idna').decode('ascii')}")
    except (MessageError, ValueError, IndexError) as error:
        raise Refused(f"{address!r} is no address that mail can be sent to") from error


def _mark(name: str) -> str:
    """Tells nobody who or what it is about."""
    return hashlib.sha256(name.encode()).hexdigest()[:32]
