"""Where the sound of a phrase is found, and the sound itself: a person's recording first, else a synthetic voice."""

from collections.abc import Callable
from http import HTTPStatus

from flask import Response, abort, make_response, request, send_file, url_for

from trainer.domain.content import DialogueLine, Sayable
from trainer.domain.generating import language_name
from trainer.recordings import Recording
from trainer.speech import CannotSpeak, Line, Spoken, line_of
from trainer.web.current import edition, reading, services
from trainer.web.pages import page
from trainer.web.security import YEAR

NORMAL, SLOW = SPEEDS = ("normal", "slow")
VERSION_LENGTH = 12
"""Letters of a version that stand in an address."""
SCRIPT = 4
"""Letters of a subtag of a language that names its script, such as Hans."""
AGAIN = 1
"""Seconds after which to ask again for what is being prepared."""
PREPARING = "This phrase is being prepared. Ask again in a second."
Address = Callable[[str, str], str]
"""Makes the address of a sound from its speed and its version."""


def audio_of(said: Sayable, address: Address | None = None) -> dict[str, str] | None:
    """The address of a phrase at each speed, and under `label` whose voice it is; None when nothing here speaks it."""
    line = line_of(said)
    found = {speed: _recording(line, speed) for speed in SPEEDS}
    if not (all(found.values()) or services().speech.can_speak(line)):
        return None

    def usual(speed: str, version: str) -> str:
        if isinstance(said, DialogueLine):
            return url_for("dialogues.play_line", line_id=said.id, speed=speed, version=version)
        return url_for("learn.play_phrase", phrase_id=said.id, speed=speed, version=version)

    addresses = {speed: (address or usual)(speed, _version(line, speed, found[speed])) for speed in SPEEDS}
    return {**addresses, "label": _label(line, found[NORMAL], found[SLOW])}


def send_sound(said: Sayable, speed: str, version: str) -> Response:
    """The phrase spoken; 202 while it is being prepared, by somebody else; 404 when nobody can speak it.

    It is kept for ever where it is of that version of voice and text.
    """
    if speed not in SPEEDS:
        abort(404)
    try:
        spoken = _spoken(line_of(said), speed)
    except CannotSpeak as error:
        return _silence(HTTPStatus.NOT_FOUND, str(error))
    if spoken is None:
        return _silence(HTTPStatus.ACCEPTED, PREPARING)
    response = make_response(send_file(spoken.path, mimetype="audio/mpeg", conditional=True, max_age=YEAR))
    response.cache_control.private = True
    if spoken.version.startswith(version):
        response.cache_control.immutable = True
    else:
        response.cache_control.no_cache = True
    return response


def _recording(line: Line, speed: str) -> Recording | None:
    return services().voices.recording(reading(), edition(), line, speed)


def _spoken(line: Line, speed: str) -> Spoken | None:
    """What there is to play, while a better voice may be asked for. Raises `CannotSpeak`."""
    recorded = services().voices.recorded(reading(), edition(), line, speed)
    if recorded is not None:
        return recorded
    speech, is_slow = services().speech, speed == SLOW
    ready = speech.ready(line, is_slow=is_slow)
    if not ready.is_best:
        services().jobs.speak(line, is_slow=is_slow)
        ready = speech.ready(line, is_slow=is_slow)  # it may have been done at once
    return ready.spoken


def _silence(status: HTTPStatus, words: str) -> Response:
    """In place of a sound: a line of text for a player, a page for somebody who followed a link."""
    is_preparing = status is HTTPStatus.ACCEPTED
    if "text/html" in request.accept_mimetypes.values():  # by name: players take */*, too
        response = page("sound.html", status, is_preparing=is_preparing, reason=words)
    else:
        response = Response(f"{words}\n", status, mimetype="text/plain")
    response.cache_control.no_store = True
    if is_preparing:
        response.headers["Retry-After"] = str(AGAIN)
        response.headers["Refresh"] = str(AGAIN)
    return response


def _version(line: Line, speed: str, recording: Recording | None) -> str:
    whole = recording.digest if recording else services().speech.version(line, is_slow=speed == SLOW)
    return whole[:VERSION_LENGTH]


def _label(line: Line, normal: Recording | None, slow: Recording | None) -> str:
    """Which language is heard, and whose voice it is. One hears no script: what is written zh-Hans is spoken zh."""
    spoken = "-".join(part for part in line.lang.split("-") if len(part) != SCRIPT)
    return f"{language_name(spoken)}, {_voice(line, normal, slow)}"


def _voice(line: Line, normal: Recording | None, slow: Recording | None) -> str:
    if normal is None:
        approximate = ", approximate" if services().speech.is_approximate(line) else ""
        return f"synthetic voice{approximate}" + (f"; slowly recorded by a speaker: {slow.speaker}" if slow else "")
    if slow is None:
        return f"recorded by a speaker: {normal.speaker}; slowly by a synthetic voice"
    if slow.speaker == normal.speaker:
        return f"recorded by a speaker: {normal.speaker}"
    return f"recorded by a speaker: {normal.speaker}; slowly by {slow.speaker}"
