"""espeak-ng, a program beside the application, for languages that nothing else speaks; and its phonemes."""

import json
import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import BoundedSemaphore

import soundfile

from trainer.speech.arabic import with_vowels
from trainer.speech.engines import CHINESE, Utterance, match, primary
from trainer.speech.korean import as_spoken
from trainer.speech.sound import CannotSpeak, Sound

PROGRAM = Path(__file__).with_name("espeak_program.py")
PACKAGE = "espeakng_loader"
LIBRARIES = {"linux": "libespeak-ng.so", "darwin": "libespeak-ng.dylib", "win32": "espeak-ng.dll"}
NUMBERED_PINYIN = re.compile(r"(?:[A-Za-zü:']+[1-5][\s,.?!]*)+")
"""Such as ni3 hao3. It reads pinyin with marks (nǐ hǎo) as if it were English."""
AT_ONCE = 2
_SPEC = find_spec(PACKAGE)
_FOLDER = Path(_SPEC.origin).parent if _SPEC is not None and _SPEC.origin else None


class Espeak:
    """Robotic and understandable; quick. It is optional: without its package it has no voice."""

    name = "espeak"
    licence = "none: the output of a program"
    """What a program under the GPL puts out is not under the GPL, and nobody was recorded for these voices."""
    is_approximate = True
    _NORMAL, _SLOW = 150, 105  # words a minute
    _VOICES: Mapping[str, str] = {
        **{tag: tag for tag in ("ar", "bg", "cmn", "cs", "da", "de", "el", "es", "et", "fa", "fi", "fr", "he", "hi")},
        **{tag: tag for tag in ("hr", "hu", "id", "is", "it", "ja", "ko", "lt", "lv", "ms", "nb", "nl", "pl", "pt")},
        **{tag: tag for tag in ("pt-br", "ro", "ru", "sk", "sl", "sr", "sv", "th", "tr", "uk", "ur", "vi", "yue")},
        "en": "en-us",
        "en-gb": "en",
        "es-419": "es-419",
        "no": "nb",
        "zh": "cmn",
    }

    def __init__(self, patience: float = 10.0) -> None:
        """`patience` is how many seconds a phrase may take; most take a twentieth of one."""
        self.version = version("espeakng-loader") if _FOLDER else ""
        self._patience = patience
        self._turns = BoundedSemaphore(AT_ONCE)

    def voice(self, lang: str) -> str | None:
        return match(lang, self._VOICES) if _FOLDER else None

    def is_up(self) -> bool:
        return True

    def say(self, utterance: Utterance, voice: str) -> Sound:
        text = _words_of(utterance)
        with TemporaryDirectory() as folder:
            wav = Path(folder, "speech.wav")
            self._run([voice, str(self._SLOW if utterance.is_slow else self._NORMAL), str(wav)], text)
            try:
                samples, rate = soundfile.read(wav, dtype="float32")
            except soundfile.LibsndfileError as error:
                raise CannotSpeak("espeak-ng wrote no sound") from error
        return Sound(samples, rate)

    def phonemes(self, text: str, lang: str) -> list[tuple[str, str]]:
        """IPA by clause, each with the sign that ends it; sounds that belong together are tied by ^."""
        voice = self.voice(lang)
        if voice is None:
            raise CannotSpeak("espeak-ng is not installed, which tells the sounds of a text")
        found: list[tuple[str, str]] = json.loads(self._run([voice, str(self._NORMAL)], text))
        return found

    def _run(self, arguments: Sequence[str], text: str) -> bytes:
        assert _FOLDER is not None
        library = _FOLDER / LIBRARIES.get(sys.platform, LIBRARIES["linux"])
        command = [sys.executable, "-I", str(PROGRAM), str(library), *arguments]
        with self._turns:
            try:
                done = subprocess.run(
                    command, input=text.encode(), cwd=_FOLDER, check=True, capture_output=True, timeout=self._patience
                )
            except (OSError, subprocess.SubprocessError) as error:
                raise CannotSpeak(f"espeak-ng failed ({type(error).__name__})") from error
        return done.stdout


def _words_of(utterance: Utterance) -> str:
    """What it is given: the reading where there is one, else the text with what espeak-ng lacks put in."""
    language = primary(utterance.lang)
    if utterance.reading and (language not in CHINESE or NUMBERED_PINYIN.fullmatch(utterance.reading)):
        return utterance.reading
    if language == "ko":
        return as_spoken(utterance.text)
    if language == "ar":
        return with_vowels(utterance.text)
    if language == "ja" and re.search("[㐀-鿿々]", utterance.text):
        raise CannotSpeak("espeak-ng reads no kanji: give the phrase a reading in kana")
    return utterance.text
