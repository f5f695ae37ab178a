"""The settings: each with its default, its meaning and its check; a wrong value is named, with what is allowed."""

from trainer.settings.reading import read_settings
from trainer.settings.rows import SETTINGS, Setting, SettingError
from trainer.settings.values import Jobs, Mode, Settings

__all__ = ["SETTINGS", "Jobs", "Mode", "Setting", "SettingError", "Settings", "read_settings"]
