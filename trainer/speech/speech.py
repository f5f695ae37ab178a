"""The chain of voices: shipped files, then the cache, then engines; what is spoken once is never spoken again."""

import hashlib
import json
import logging
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from trainer.speech.cache import MAX_BYTES, Cache
from trainer.speech.engines import Engine, Utterance, match
from trainer.speech.espeak import Espeak
from trainer.speech.kokoro import Kokoro
from trainer.speech.lines import Line
from trainer.speech.online import Google
from trainer.speech.openjtalk import OpenJTalk
from trainer.speech.pico import Pico
from trainer.speech.shipped import NORMAL, SLOW, Shipped
from trainer.speech.sound import ENCODING, CannotSpeak, encode_mp3

log = logging.getLogger(__name__)

SCHEMA = 1
ANY = "*"
"""Any language that the chain does not name."""
CHAIN: Mapping[str, Sequence[str]] = {ANY: ("gtts", "openjtalk", "pico", "espeak")}


@dataclass(frozen=True, slots=True)
class Spoken:
    """A file that says a line; `version` names voice and words, and is another whenever the file is.

    `engine` is the name of the one that spoke.
    """

    path: Path
    version: str
    engine: str


@dataclass(frozen=True, slots=True)
class Ready:
    """What can be played without any work: `spoken` is None when there is nothing yet.

    `is_best` when rendering would give nothing better now.
    """

    spoken: Spoken | None
    is_best: bool


class Speech:
    """Speaks lines into MP3 files. One for the whole process; safe to use from several threads.

    A file that came with the lessons is played first. Else the engines that `chain` names for the language are asked
    in order: Google's voices only if `is_online` (lines are then sent to Google). `lessons` is the folder of the
    shipped files, `kokoro_voices` that of the voices of Kokoro, `now` a clock in seconds, for the pause after failures.
    """

    def __init__(
        self,
        cache_dir: Path,
        *,
        is_online: bool,
        lessons: Path | None = None,
        chain: Mapping[str, Sequence[str]] = CHAIN,
        kokoro_voices: Path | None = None,
        max_bytes: int = MAX_BYTES,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._cache = Cache(cache_dir, max_bytes)
        self._chain_by_language = {**CHAIN, **{tag.casefold(): names for tag, names in chain.items()}}
        embedded: tuple[Engine, ...] = (Kokoro(kokoro_voices), OpenJTalk(), Pico(), Espeak())
        online = (Google(now),) if is_online else ()
        self.engines: Mapping[str, Engine] = {engine.name: engine for engine in (*online, *embedded)}
        self.shipped = Shipped(lessons)

    def can_speak(self, line: Line) -> bool:
        """Whether there is a voice for the line; it may still fail at times."""
        return self.shipped.find(line, NORMAL) is not None or any(self._chain(line.voiced))

    def is_approximate(self, line: Line) -> bool:
        """Whether the voice that speaks the line is only near the sounds of its language."""
        found = self.shipped.find(line, NORMAL)
        if found is not None:
            return found[1].engine == Espeak.name
        first = next((engine for engine, _ in self._chain(line.voiced) if engine.is_up()), None)
        return first is not None and first.is_approximate

    def version(self, line: Line, *, is_slow: bool = False) -> str:
        """The version of what `render` would give now. Raises `CannotSpeak`.

        If an engine then fails, `render` gives the file of the next one, with another version: let clients keep an
        answer for ever only if it is of the version that they asked for.
        """
        found = self.shipped.find(line, SLOW if is_slow else NORMAL)
        if found is not None:
            return found[1].sha256
        keys = self._keys(line, is_slow=is_slow)
        for engine, key in keys:
            if engine.is_up() or self._cache.find(key):
                return key
        raise CannotSpeak(_no_voice(line.lang, ["all voices rest after failures"] if keys else []))

    def ready(self, line: Line, *, is_slow: bool = False) -> Ready:
        """What there is of a line; asks no engine. Raises `CannotSpeak` if all that could speak it failed just now."""
        shipped = self._shipped(line, is_slow=is_slow)
        if shipped is not None:
            return Ready(shipped, is_best=True)
        reasons, is_best = [], True
        for engine, key in self._keys(line, is_slow=is_slow):
            path = self._cache.find(key)
            if path is not None:
                return Ready(Spoken(path, key, engine.name), is_best)
            reason = self._cache.failure(key)
            if reason is None:
                is_best = False
            else:
                reasons.append(reason)
        if is_best:
            raise CannotSpeak(_no_voice(line.lang, reasons))
        return Ready(None, is_best)

    def give_up(self, line: Line, reason: str, *, is_slow: bool = False) -> None:
        """Note that nobody speaks the line for now: `ready` says so for a while, and then it may be tried again."""
        for _, key in self._keys(line, is_slow=is_slow):
            self._cache.fail(key, reason)

    def tidy(self) -> None:
        """Remove what is no longer needed beside the files; to be done now and then."""
        self._cache.tidy()

    def find(self, line: Line, *, is_slow: bool = False) -> Spoken | None:
        """What there is of a line, by whichever voice; makes none."""
        try:
            return self.ready(line, is_slow=is_slow).spoken
        except CannotSpeak:
            return None

    def render(self, line: Line, *, is_slow: bool = False) -> Spoken:
        """The MP3 file of a line, made if it is not there yet: seconds of work. Raises `CannotSpeak`."""
        shipped = self._shipped(line, is_slow=is_slow)
        if shipped is not None:
            return shipped
        utterance = line.utterance(is_slow=is_slow)
        reasons = []
        for engine, voice in self._chain(line.voiced):
            try:
                return self._spoken(engine, voice, utterance)
            except CannotSpeak as error:
                log.info("%s did not speak %s: %s", engine.name, line.lang, error)
                reasons.append(str(error))
        raise CannotSpeak(_no_voice(line.lang, reasons))

    def _chain(self, lang: str) -> Iterator[tuple[Engine, str]]:
        for name in match(lang, self._chain_by_language) or self._chain_by_language[ANY]:
            engine = self.engines.get(name)
            voice = engine.voice(lang) if engine is not None else None
            if engine is not None and voice is not None:
                yield engine, voice

    def _shipped(self, line: Line, *, is_slow: bool) -> Spoken | None:
        found = self.shipped.find(line, SLOW if is_slow else NORMAL)
        return None if found is None else Spoken(found[0], found[1].sha256, found[1].engine)

    def _keys(self, line: Line, *, is_slow: bool) -> list[tuple[Engine, str]]:
        utterance = line.utterance(is_slow=is_slow)
        return [(engine, key_of(engine, voice, utterance)) for engine, voice in self._chain(line.voiced)]

    def _spoken(self, engine: Engine, voice: str, utterance: Utterance) -> Spoken:
        key = key_of(engine, voice, utterance)
        found = self._cache.find(key)
        if found is not None:
            return Spoken(found, key, engine.name)
        with self._cache.alone(key):
            path = self._cache.find(key) or self._cache.keep(key, self._said(engine, voice, utterance, key))
        return Spoken(path, key, engine.name)

    def _said(self, engine: Engine, voice: str, utterance: Utterance, key: str) -> bytes:
        """As MP3. A failure is noted: whoever asks in the next minutes is given its reason, and no engine is asked."""
        reason = self._cache.failure(key)
        if reason is not None:
            raise CannotSpeak(reason)
        try:
            return encode_mp3(engine.say(utterance, voice))
        except CannotSpeak as error:
            self._cache.fail(key, str(error))
            raise


def key_of(engine: Engine, voice: str, utterance: Utterance) -> str:
    """Made from all that shapes the sound, not from its bytes: engines never repeat themselves to the bit."""
    parts = [SCHEMA, engine.name, engine.version, voice, utterance.lang, utterance.text, utterance.reading]
    parts += [utterance.speed, ENCODING]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def _no_voice(lang: str, reasons: list[str]) -> str:
    if not reasons:
        return f"There is no voice for this language ({lang}) here."
    return f"This cannot be spoken ({lang}): {'; '.join(reasons)}."
