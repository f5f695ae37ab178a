"""Speaks phrases: shipped files, engines, online and embedded, and the cache of what they said."""

from trainer.speech.lines import Line, line_of, lines_of
from trainer.speech.sound import CannotSpeak
from trainer.speech.speech import Speech, Spoken

__all__ = ["CannotSpeak", "Line", "Speech", "Spoken", "line_of", "lines_of"]
