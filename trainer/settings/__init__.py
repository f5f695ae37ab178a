"""The settings: each with its default, its meaning and its check; a wrong value is named, with what is allowed."""

from trainer.settings.reading import read_settings
from trainer.settings.rows import SETTINGS, Setting, SettingError
from trainer.settings.values import Encryption, Jobs, MailLanguage, Mode, Settings, SmtpServer

__all__ = [
    "SETTINGS",
    "Encryption",
    "Jobs",
    "MailLanguage",
    "Mode",
    "Setting",
    "SettingError",
    "Settings",
    "SmtpServer",
    "read_settings",
]
