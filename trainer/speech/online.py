"""gTTS: Google's voices over the network, distrusted: timeouts, a breaker, spacing, every answer checked."""

import logging
import time
from collections.abc import Callable, Mapping
from importlib.metadata import version
from threading import Lock

from gtts import gTTS, gTTSError
from gtts.lang import tts_langs

from trainer.speech.engines import Utterance, match
from trainer.speech.sound import CannotSpeak, Sound, decode_mp3, join

log = logging.getLogger(__name__)

_TOO_MANY_REQUESTS = 429


class Breaker:
    """Whether to ask at all: not for ten minutes after three failures in a row, and after each more."""

    FAILURES = 3
    REST = 600.0

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._failures = 0
        self._closed_from = now()
        self._lock = Lock()

    def is_closed(self) -> bool:
        with self._lock:
            return self._now() >= self._closed_from

    def succeed(self) -> None:
        with self._lock:
            self._failures = 0

    def fail(self, *, is_final: bool) -> None:
        """Count a failure; a final one opens the breaker at once."""
        with self._lock:
            self._failures += 1
            if is_final or self._failures >= self.FAILURES:
                self._closed_from = self._now() + self.REST
                log.warning("gTTS rests for %d minutes", self.REST // 60)


class Google:
    """The voices of Google Translate. Phrases go to Google, and gTTS does not verify its certificate."""

    name = "gtts"
    licence = "the terms of Google Translate"
    is_approximate = False
    _SPACING = 0.5
    _LONGEST_QUEUE = 2.0
    _LANGUAGES: Mapping[str, str] = {code.casefold(): code for code in tts_langs()} | {
        "cmn": "zh-CN",
        "en-gb": "en-GB",
        "fil": "tl",
        "he": "iw",
        "jv": "jw",
        "nb": "no",
        "zh": "zh-CN",
        "zh-hans": "zh-CN",
        "zh-hant": "zh-TW",
    }
    _HOSTS: Mapping[str, tuple[str, str]] = {"en-GB": ("en", "co.uk")}
    """Voices that are an accent of the host (its ending) and not a language of their own."""

    def __init__(
        self,
        now: Callable[[], float] = time.monotonic,
        *,
        sleep: Callable[[float], None] = time.sleep,
        timeout: tuple[float, float] = (3.0, 8.0),
    ) -> None:
        """`timeout` is for connecting and for reading, in seconds, of each of the requests of a phrase."""
        self.version = version("gTTS")
        self._now = now
        self._sleep = sleep
        self._timeout = timeout
        self._breaker = Breaker(now)
        self._lock = Lock()
        self._next_turn = now()

    def voice(self, lang: str) -> str | None:
        return match(lang, self._LANGUAGES)

    def is_up(self) -> bool:
        return self._breaker.is_closed()

    def say(self, utterance: Utterance, voice: str) -> Sound:
        try:
            return self._try(utterance, voice)
        except _ServerFailed:
            return self._try(utterance, voice)

    def _try(self, utterance: Utterance, voice: str) -> Sound:
        if not self.is_up():
            raise CannotSpeak("Google's voices rest after failures")
        try:
            sound = self._fetch(utterance, voice)
        except gTTSError as error:
            status = error.rsp.status_code if error.rsp is not None else 0
            self._breaker.fail(is_final=status == _TOO_MANY_REQUESTS)
            log.warning("gTTS failed: %s", error)
            kind = _ServerFailed if status >= 500 else CannotSpeak
            raise kind(f"Google did not answer ({error})") from error
        except (_BadAnswer, ValueError) as error:  # ValueError: gTTS could not decode the answer
            self._breaker.fail(is_final=False)
            log.warning("gTTS was sent something else than speech: %s", error)
            raise CannotSpeak(f"Google sent something else than speech ({error})") from error
        self._breaker.succeed()
        return sound

    def _fetch(self, utterance: Utterance, voice: str) -> Sound:
        code, tld = self._HOSTS.get(voice, (voice, "com"))
        # lang_check would turn pt-PT into Brazilian and fr-CA into French; our table has only known codes.
        speech = gTTS(
            utterance.spelt,
            tld=tld,
            lang=code,
            slow=utterance.is_slow,
            lang_check=False,
            timeout=self._timeout,
        )
        try:
            requests = len(speech.get_bodies())
        except AssertionError as error:
            raise CannotSpeak("it has nothing to say aloud") from error
        # One piece a request. An answer without speech (captcha) is no error for gTTS: it yields no piece.
        answers = speech.stream()
        pieces = []
        for _ in range(requests):
            self._take_turn()
            pieces.append(_decode(next(answers, b"")))
        return join(pieces)

    def _take_turn(self) -> None:
        """Wait until half a second after the request before; rather give up than queue for long."""
        with self._lock:
            wait = max(0.0, self._next_turn - self._now())
            if wait > self._LONGEST_QUEUE:
                raise CannotSpeak("too many phrases are waiting for Google's voices")
            self._next_turn = self._now() + wait + self._SPACING
        if wait:
            self._sleep(wait)


class _ServerFailed(CannotSpeak):
    """An error of the server's own, which may be gone at the next try."""


class _BadAnswer(Exception):
    """The answer is not speech."""


def _decode(answer: bytes) -> Sound:
    try:
        return decode_mp3(answer)
    except CannotSpeak as error:
        raise _BadAnswer(str(error)) from error
