"""The chain of engines before one cache: what is spoken once is never spoken again."""

import hashlib
import json
import logging
import time
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path

from trainer.speech.cache import Cache
from trainer.speech.engines import Engine, OpenJTalk, Pico, Utterance
from trainer.speech.online import Google
from trainer.speech.sound import ENCODING, CannotSpeak, encode_mp3

log = logging.getLogger(__name__)

SCHEMA = 1
LONGEST = 500
"""Characters of one phrase."""


class Speech:
    """Speaks phrases into MP3 files. One for the whole process; safe to use from several threads.

    Engines are asked in order: Google's voices if `is_online` (phrases are then sent to Google), then those
    that need no network. `now` is a clock in seconds, for the pause after failures.
    """

    def __init__(self, cache_dir: Path, *, is_online: bool, now: Callable[[], float] = time.monotonic) -> None:
        self._cache = Cache(cache_dir)
        self._engines: tuple[Engine, ...] = (Pico(), OpenJTalk())
        if is_online:
            self._engines = (Google(now), *self._engines)

    def can_speak(self, lang: str) -> bool:
        """Whether there is a voice for the language (BCP 47); it may still fail at times."""
        return any(self._chain(lang))

    def version(self, text: str, reading: str | None, lang: str, slow: bool = False) -> str:
        """The key of the file that `render` would give now; the stem of its name. Raises `CannotSpeak`.

        If an engine then fails, `render` gives the file of the next one, with another stem: let clients keep
        an answer for ever only if its stem is the key that they asked for.
        """
        utterance = _utterance(text, reading, lang, slow)
        keys = [(engine, _key(engine, voice, utterance)) for engine, voice in self._chain(lang)]
        for engine, key in keys:
            if engine.is_up() or self._cache.find(key):
                return key
        raise CannotSpeak(_no_voice(lang, ["all voices rest after failures"] if keys else []))

    def find(self, text: str, reading: str | None, lang: str, slow: bool = False) -> Path | None:
        """The MP3 file of a phrase where it was made before, by whichever voice; makes none."""
        try:
            utterance = _utterance(text, reading, lang, slow)
        except CannotSpeak:
            return None
        found = (self._cache.find(_key(engine, voice, utterance)) for engine, voice in self._chain(lang))
        return next((path for path in found if path is not None), None)

    def render(self, text: str, reading: str | None, lang: str, slow: bool = False) -> Path:
        """The MP3 file of a phrase, made if it is not there yet. Raises `CannotSpeak`."""
        utterance = _utterance(text, reading, lang, slow)
        reasons = []
        for engine, voice in self._chain(lang):
            try:
                return self._file(engine, voice, utterance)
            except CannotSpeak as error:
                log.info("%s did not speak %s: %s", engine.name, lang, error)
                reasons.append(str(error))
        raise CannotSpeak(_no_voice(lang, reasons))

    def _chain(self, lang: str) -> Iterator[tuple[Engine, str]]:
        for engine in self._engines:
            voice = engine.voice(lang)
            if voice is not None:
                yield engine, voice

    def _file(self, engine: Engine, voice: str, utterance: Utterance) -> Path:
        key = _key(engine, voice, utterance)
        found = self._cache.find(key)
        if found is not None:
            return found
        with self._cache.alone(key):
            return self._cache.find(key) or self._cache.keep(key, encode_mp3(engine.say(utterance, voice)))


def _utterance(text: str, reading: str | None, lang: str, is_slow: bool) -> Utterance:
    spoken = _plain(text)
    if not any(sign.isalnum() for sign in spoken):
        raise CannotSpeak("There is nothing to say aloud in this text.")
    if len(spoken) > LONGEST:
        raise CannotSpeak(f"This text is too long to be spoken: {len(spoken)} characters, {LONGEST} at most.")
    return Utterance(spoken, _plain(reading or "") or None, lang, is_slow)


def _plain(text: str) -> str:
    """NFC, one kind of space, nothing that is not a character (controls, halves of a pair)."""
    signs = " ".join(unicodedata.normalize("NFC", text).split())
    return "".join(sign for sign in signs if unicodedata.category(sign) not in ("Cc", "Cs"))


def _key(engine: Engine, voice: str, utterance: Utterance) -> str:
    """Made from all that shapes the sound, not from its bytes: engines never repeat themselves to the bit."""
    parts = [SCHEMA, engine.name, engine.version, voice, utterance.lang, utterance.text, utterance.reading]
    parts += [utterance.speed, ENCODING]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def _no_voice(lang: str, reasons: list[str]) -> str:
    if not reasons:
        return f"There is no voice for this language ({lang}) here."
    return f"This cannot be spoken ({lang}): {'; '.join(reasons)}."
