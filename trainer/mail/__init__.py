"""E-mails: written in the reader's language, handed to a mail server or put into a folder."""

from trainer.mail.delivery import Refused
from trainer.mail.letters import Letter
from trainer.mail.mail import Mail
from trainer.mail.words import LANGUAGES

__all__ = ["LANGUAGES", "Letter", "Mail", "Refused"]
