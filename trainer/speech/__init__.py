"""Speaks phrases: engines, online and embedded, and the cache of what they said."""

from trainer.speech.sound import CannotSpeak
from trainer.speech.speech import Speech

__all__ = ["CannotSpeak", "Speech"]
