"""Hands a message over: to a mail server, or into a folder."""

import os
import smtplib
import ssl
from collections.abc import Callable
from datetime import datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from tempfile import NamedTemporaryFile

from trainer.settings import Encryption, SmtpServer

Deliver = Callable[[EmailMessage, str], str]
"""Takes a message and its name; says where the message is now. Raises `Refused`, or an error after which another try
may succeed."""

PATIENCE = 20.0
"""Seconds that a mail server may take for an answer."""
KEPT = timedelta(days=30)
"""For so long a mail stays in the folder."""
_PERMANENT = range(500, 600)


class Refused(Exception):
    """This mail cannot be sent to this person, now or later; the text says why."""


def by_smtp(server: SmtpServer, hello: str, message: EmailMessage, _name: str) -> str:
    """`hello` is the name that we call ourselves by."""
    try:
        with _connect(server, hello) as connection:
            if server.user is not None and server.password is not None:
                connection.login(server.user, server.password)
            connection.send_message(message)
    except smtplib.SMTPRecipientsRefused as error:
        code, words = next(iter(error.recipients.values()))
        _refuse(code, words, error)
    except smtplib.SMTPDataError as error:
        _refuse(error.smtp_code, error.smtp_error, error)
    return f"handed to {server.host}:{server.port}"


def into_folder(folder: Path, message: EmailMessage, name: str) -> str:
    """Whoever looks into the folder sees whole files only."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.eml"
    with NamedTemporaryFile(dir=folder, prefix=".", delete=False) as file:
        file.write(message.as_bytes())
    os.replace(file.name, path)
    return f"written to {path}"


def clear_folder(folder: Path, *, at: datetime) -> None:
    """Delete mails that lay in it long enough, and what a crash left half written."""
    oldest = (at - KEPT).timestamp()
    for path in folder.iterdir() if folder.is_dir() else ():
        if path.stat().st_mtime < oldest:
            path.unlink(missing_ok=True)


def _connect(server: SmtpServer, hello: str) -> smtplib.SMTP:
    if server.encryption is Encryption.TLS:
        return smtplib.SMTP_SSL(server.host, server.port, hello, timeout=PATIENCE, context=_context(server))
    connection = smtplib.SMTP(server.host, server.port, hello, timeout=PATIENCE)
    if server.encryption is Encryption.STARTTLS:
        try:
            connection.starttls(context=_context(server))
        except (OSError, smtplib.SMTPException):
            connection.close()
            raise
    return connection


def _context(server: SmtpServer) -> ssl.SSLContext:
    context = ssl.create_default_context()
    if server.ca_file is not None:
        context.load_verify_locations(server.ca_file)
    return context


def _refuse(code: int, words: bytes | str, error: smtplib.SMTPException) -> None:
    """Say that it is for good; raise the error itself where the server asks to try again."""
    if code not in _PERMANENT:
        raise error
    said = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    raise Refused(f"the mail server answered {code} {said}") from error
