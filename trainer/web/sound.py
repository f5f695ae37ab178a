"""Where the sound of a phrase is found, and the sound itself."""

from collections.abc import Callable

from flask import Response, abort, make_response, send_file, url_for

from trainer.domain.content import Phrase
from trainer.speech import CannotSpeak, line_of
from trainer.web.current import services
from trainer.web.security import YEAR

SPEEDS = ("normal", "slow")
Address = Callable[[str, str], str]
"""Makes the address of a sound from its speed and its version."""


def audio_of(phrase: Phrase, address: Address | None = None) -> dict[str, str] | None:
    """The address of a phrase at each speed; None when nothing on this machine can speak its language."""
    if not services().speech.can_speak(line_of(phrase)):
        return None

    def usual(speed: str, version: str) -> str:
        return url_for("learn.play_phrase", phrase_id=phrase.id, speed=speed, version=version)

    return {speed: (address or usual)(speed, _version(phrase, speed)) for speed in SPEEDS}


def send_sound(phrase: Phrase, speed: str, version: str) -> Response:
    """The phrase spoken, or the answer 404. It is kept for ever where it is of that version of voice and text."""
    if speed not in SPEEDS:
        abort(404)
    try:
        spoken = services().speech.render(line_of(phrase), is_slow=speed == "slow")
    except CannotSpeak as error:
        abort(404, str(error))
    response = make_response(send_file(spoken.path, mimetype="audio/mpeg", conditional=True, max_age=YEAR))
    response.cache_control.private = True
    if spoken.version.startswith(version):
        response.cache_control.immutable = True
    else:
        response.cache_control.no_cache = True
    return response


def _version(phrase: Phrase, speed: str) -> str:
    return services().speech.version(line_of(phrase), is_slow=speed == "slow")[:12]
