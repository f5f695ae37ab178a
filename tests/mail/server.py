"""A mail server that keeps what it receives, as the tests need it: with STARTTLS, with a user, or refusing somebody."""

import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

USER, PASSWORD = "entente", "seven grey herons"


@dataclass
class Inbox:
    """What arrived, and from whom nobody takes anything."""

    port: int = 0
    messages: list[EmailMessage] = field(default_factory=list)
    raw: list[bytes] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    users: list[str] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)
    """What is answered to a recipient."""
    answer: str = "250 Taken"
    """To the message itself."""

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if address in self.refused:
            return self.refused[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        if self.answer.startswith("250"):
            assert isinstance(envelope.content, bytes)
            message = message_from_bytes(envelope.content, policy=default)
            assert isinstance(message, EmailMessage)
            self.raw.append(envelope.content)
            self.messages.append(message)
            self.recipients += envelope.rcpt_tos
            self.users += [str(session.auth_data)] if session.auth_data else []
        return self.answer


@contextmanager
def running_inbox(certificate: trustme.LeafCert | None = None, *, asks_for_user: bool = False) -> Iterator[Inbox]:
    """A server on this machine; with a certificate it speaks by STARTTLS only."""
    inbox = Inbox(_free_port())
    context = None
    if certificate is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        certificate.configure_cert(context)
    controller = Controller(
        inbox,
        hostname="127.0.0.1",
        port=inbox.port,
        tls_context=context,
        require_starttls=context is not None,
        auth_required=asks_for_user,
        authenticator=_knows_user,
    )
    controller.start()
    try:
        yield inbox
    finally:
        controller.stop()


def self_signed(folder: Path) -> tuple[trustme.LeafCert, Path]:
    """A certificate for this machine, and the file of the authority that made it."""
    authority = trustme.CA()
    path = folder / "authority.pem"
    authority.cert_pem.write_to_path(str(path))
    return authority.issue_cert("127.0.0.1"), path


def _knows_user(_server: SMTP, _session: Session, _envelope: Envelope, _way: str, data: object) -> AuthResult:
    is_known = isinstance(data, LoginPassword) and (data.login, data.password) == (USER.encode(), PASSWORD.encode())
    return AuthResult(success=is_known, handled=False, auth_data=USER if is_known else None)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])
