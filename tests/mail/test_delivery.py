"""Handing mail over: to a real server, encrypted where it must be, or into a folder."""

import os
import smtplib
import ssl
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.builders import NOW
from tests.mail.server import PASSWORD, USER, Inbox, running_inbox, self_signed
from trainer.mail import Letter, Refused
from trainer.mail.delivery import KEPT, by_smtp, clear_folder, into_folder
from trainer.mail.letters import message_of
from trainer.settings import Encryption, SmtpServer

LETTER = Letter(
    "2026-12-03-due-1", "Aimée Dupont", "aimee@example.org", "fr", "Échéance", "Bonjour.\n", "<p>Bonjour.</p>"
)
SENDER = "Entente <entente@example.com>"


@pytest.fixture
def inbox() -> Iterator[Inbox]:
    with running_inbox() as inbox:
        yield inbox


def send(server: SmtpServer, letter: Letter = LETTER) -> str:
    return by_smtp(server, "entente.example.com", message_of(letter, SENDER, at=NOW), letter.name)


def plain(inbox: Inbox) -> SmtpServer:
    return SmtpServer("127.0.0.1", inbox.port, Encryption.NEVER)


def test_a_letter_arrives_as_it_was_written(inbox: Inbox) -> None:
    where = send(plain(inbox))

    (message,) = inbox.messages
    assert where == f"handed to 127.0.0.1:{inbox.port}"
    assert inbox.recipients == ["aimee@example.org"]
    assert (message["From"], message["To"]) == (SENDER, "Aimée Dupont <aimee@example.org>")
    assert message["Subject"] == "Échéance"
    text, html = message.get_body(("plain",)), message.get_body(("html",))
    assert text is not None
    assert html is not None
    assert text.get_content().replace("\r\n", "\n") == "Bonjour.\n"
    assert html.get_content().strip() == "<p>Bonjour.</p>"


def test_a_certificate_of_nobody_is_refused_unless_it_is_trusted(tmp_path: Path) -> None:
    certificate, authority = self_signed(tmp_path)
    with running_inbox(certificate) as inbox:
        with pytest.raises(ssl.SSLCertVerificationError):
            send(SmtpServer("127.0.0.1", inbox.port, Encryption.STARTTLS))
        assert inbox.messages == []

        send(SmtpServer("127.0.0.1", inbox.port, Encryption.STARTTLS, ca_file=authority))

        assert len(inbox.messages) == 1


def test_who_must_encrypt_sends_nothing_to_a_server_that_cannot(inbox: Inbox) -> None:
    with pytest.raises(smtplib.SMTPNotSupportedError):
        send(SmtpServer("127.0.0.1", inbox.port, Encryption.STARTTLS, USER, PASSWORD))

    assert inbox.messages == []


@pytest.mark.parametrize(("password", "arrives"), [(PASSWORD, True), ("six grey herons", False)])
def test_a_server_that_asks_who_sends_is_told_over_an_encrypted_way(
    password: str, arrives: bool, tmp_path: Path
) -> None:
    certificate, authority = self_signed(tmp_path)
    with running_inbox(certificate, asks_for_user=True) as inbox:
        server = SmtpServer("127.0.0.1", inbox.port, Encryption.STARTTLS, USER, password, authority)
        if arrives:
            send(server)
        else:
            with pytest.raises(smtplib.SMTPAuthenticationError):
                send(server)

        assert inbox.users == ([USER] if arrives else [])
        assert len(inbox.messages) == arrives


def test_a_recipient_that_there_is_not_is_refused_for_good(inbox: Inbox) -> None:
    inbox.refused["aimee@example.org"] = "550 No such user"

    with pytest.raises(Refused, match="the mail server answered 550 No such user"):
        send(plain(inbox))


def test_a_message_that_the_server_does_not_want_is_refused_for_good(inbox: Inbox) -> None:
    inbox.answer = "554 Not here"

    with pytest.raises(Refused, match="554 Not here"):
        send(plain(inbox))


@pytest.mark.parametrize("is_late", [False, True])
def test_a_server_that_asks_to_come_back_later_is_no_refusal(is_late: bool, inbox: Inbox) -> None:
    if is_late:
        inbox.answer = "451 Try again"
    else:
        inbox.refused["aimee@example.org"] = "450 Try again"

    with pytest.raises(smtplib.SMTPException):
        send(plain(inbox))


def test_a_server_that_is_away_is_an_error_of_the_moment(inbox: Inbox) -> None:
    away = SmtpServer("127.0.0.1", 1, Encryption.NEVER)

    with pytest.raises(OSError, match="refused"):
        send(away)


def test_without_a_server_a_letter_lies_in_a_folder_whole(tmp_path: Path) -> None:
    folder = tmp_path / "mail"
    message = message_of(LETTER, SENDER, at=NOW)

    where = into_folder(folder, message, LETTER.name)
    into_folder(folder, message, LETTER.name)

    (path,) = folder.iterdir()
    assert where == f"written to {path}"
    assert path.name == "2026-12-03-due-1.eml"
    assert path.read_bytes() == message.as_bytes()
    assert path.stat().st_mode & 0o077 == 0


def test_the_folder_forgets_what_lay_in_it_long_enough(tmp_path: Path) -> None:
    ages: dict[str, Callable[[], timedelta]] = {"old": lambda: KEPT + timedelta(days=1), "new": lambda: timedelta(1)}
    for name, age in ages.items():
        (tmp_path / name).touch()
        at = (NOW - age()).timestamp()
        os.utime(tmp_path / name, (at, at))

    clear_folder(tmp_path, at=NOW)
    clear_folder(tmp_path / "none", at=NOW)

    assert [path.name for path in tmp_path.iterdir()] == ["new"]
