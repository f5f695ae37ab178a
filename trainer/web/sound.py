"""Where the sound of a phrase is found."""

from flask import url_for

from trainer.domain.content import Phrase
from trainer.web.current import services

SPEEDS = ("normal", "slow")


def audio_of(phrase: Phrase) -> dict[str, str] | None:
    """The address of a phrase at each speed; None when nothing on this machine can speak its language."""
    if not services().speech.can_speak(phrase.lang):
        return None
    return {speed: _address(phrase, speed) for speed in SPEEDS}


def _address(phrase: Phrase, speed: str) -> str:
    version = services().speech.version(phrase.audio_text, phrase.reading, phrase.lang, slow=speed == "slow")
    return url_for("learn.play_phrase", phrase_id=phrase.id, speed=speed, version=version[:12])
