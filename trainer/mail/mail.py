"""The mail office of the application: what writes mails and hands them over, as the settings say."""

from datetime import datetime
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

from trainer.domain.mail import MailChoice
from trainer.mail.delivery import Deliver, by_smtp, clear_folder, into_folder
from trainer.mail.letters import Letter, message_of
from trainer.mail.stopping import Stopping
from trainer.mail.writing import Writer
from trainer.settings import Settings

FROM = "Entente <entente@localhost>"
"""Whom mails in a folder come from, where nobody has said."""


class Mail:
    """Writes mails and hands them over: to the mail server, or into the folder `mail` of the data folder.

    A demo writes to nobody: its people are invented.
    """

    def __init__(self, settings: Settings, templates: Path) -> None:
        self.folder = settings.data_dir / "mail"
        self.usual = MailChoice(settings.mail_language.value, settings.mail_zone)
        self.stopping = Stopping(settings.secret_key)
        self.write = Writer(templates, settings.address, self.stopping)
        self._sender = settings.mail_from or FROM
        self._deliver = self._way(settings)

    def send(self, letter: Letter, *, at: datetime) -> str:
        """Hand a letter over; says where it is now. Raises `Refused` when it cannot be sent to this person at all, and
        `OSError` or `SMTPException` when another try may succeed.
        """
        return self._deliver(message_of(letter, self._sender, at=at), letter.name)

    def tidy(self, *, at: datetime) -> None:
        clear_folder(self.folder, at=at)

    def _way(self, settings: Settings) -> Deliver:
        if settings.smtp is None or settings.is_demo:
            return partial(into_folder, self.folder)
        return partial(by_smtp, settings.smtp, urlsplit(settings.address).hostname or "localhost")
