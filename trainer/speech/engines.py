"""What an engine is, and the two that need no network: SVOX Pico, and Open JTalk for Japanese."""

import re
import subprocess
import sys
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock
from typing import Any, Protocol

import numpy as np
import soundfile

from trainer.speech.sound import CannotSpeak, Sound, halve_rate

SLOW = 0.7
"""The slow speed, of the normal one."""


@dataclass(frozen=True, slots=True)
class Utterance:
    """What is to be said. `lang` is a BCP 47 tag; `reading` is kana, and None for all but Japanese."""

    text: str
    reading: str | None
    lang: str
    is_slow: bool

    @property
    def speed(self) -> float:
        return SLOW if self.is_slow else 1.0


class Engine(Protocol):
    """Something that speaks. Safe to use from several threads."""

    name: str
    version: str

    def voice(self, lang: str) -> str | None:
        """The voice for a language, or None; answered without any work."""

    def is_up(self) -> bool:
        """Whether it is worth asking now."""

    def say(self, utterance: Utterance, voice: str) -> Sound:
        """The speech. Raises `CannotSpeak`."""


def match(lang: str, voices: Mapping[str, str]) -> str | None:
    """The voice of a language tag, or of what is left of it: fr-CH finds fr. The keys are in lower case."""
    tag = lang.casefold()
    while tag and tag not in voices:
        tag = tag.rpartition("-")[0]
    return voices.get(tag)


class Pico:
    """SVOX Pico, which py-nanotts brings along.

    It runs as a program of its own: some texts (long words, measured) make it loop for ever, and inside the
    server it would hold the interpreter's lock meanwhile. A run costs about 60 ms more than a call.
    """

    name = "pico"
    _VOLUME = 0.7  # at 1 it clips
    _VOICES: Mapping[str, str] = {
        "de": "de-DE",
        "en": "en-US",
        "en-gb": "en-GB",
        "es": "es-ES",
        "fr": "fr-FR",
        "it": "it-IT",
    }

    def __init__(self, patience: float = 10.0) -> None:
        """`patience` is how many seconds a phrase may take; most take a tenth of one."""
        self.version = version("py-nanotts")
        self._patience = patience
        self._lock = Lock()

    def voice(self, lang: str) -> str | None:
        return match(lang, self._VOICES)

    def is_up(self) -> bool:
        return True

    def say(self, utterance: Utterance, voice: str) -> Sound:
        text = re.sub(r"[<>]", " ", utterance.text)  # it would take them for mark-up
        with self._lock, TemporaryDirectory() as folder:
            wav = Path(folder, "speech.wav")
            command = [sys.executable, "-I", "-m", "py_nanotts", "--output", str(wav), "--voice", voice]
            command += ["--volume", str(self._VOLUME), "--speed", str(utterance.speed), "--", text]
            try:
                subprocess.run(command, check=True, capture_output=True, timeout=self._patience)
                samples, rate = soundfile.read(wav, dtype="float32")
            except (OSError, subprocess.SubprocessError, soundfile.LibsndfileError) as error:
                raise CannotSpeak(f"the program failed ({type(error).__name__})") from error
        return Sound(samples, rate)


class OpenJTalk:
    """Open JTalk with the voice Mei. It is optional: without its packages there is no voice for Japanese."""

    name = "openjtalk"
    _PACKAGES = ("pyopenjtalk", "sudachipy", "pydantic")
    _VOICES: Mapping[str, str] = {"ja": "mei"} if all(map(find_spec, _PACKAGES)) else {}

    def __init__(self) -> None:
        self.version = version("pyopenjtalk-plus") if self._VOICES else ""
        self._lock = Lock()

    def voice(self, lang: str) -> str | None:
        return match(lang, self._VOICES)

    def is_up(self) -> bool:
        return True

    def say(self, utterance: Utterance, voice: str) -> Sound:
        with self._lock:
            labels = self._jtalk.make_label(self._features(utterance))
            try:
                samples, rate = self._jtalk.synthesize(labels, speed=utterance.speed)
            except RuntimeError as error:
                raise CannotSpeak(f"Open JTalk failed ({error})") from error
        return halve_rate(Sound((samples / 2**15).astype(np.float32), rate))

    @cached_property
    def _jtalk(self) -> Any:
        """The library, half a second and 130 MB: not before somebody hears Japanese."""
        return import_module("pyopenjtalk")

    def _features(self, utterance: Utterance) -> Any:
        """Words with their pronunciation: of the text if it is read as the author says, else of the reading.

        The text is better where both agree: from kana alone the library finds neither the pitch accents nor
        all long vowels (もういちどおきかせ becomes モーイチドーキカセ).
        """
        features = self._analyse(utterance.text)
        found = "".join(word["read"] for word in features)
        if utterance.reading and _kana(utterance.reading) != _kana(found):
            features = self._analyse(utterance.reading)
        if not features:
            raise CannotSpeak("it has a rare character: give the phrase a reading in kana")
        return features

    def _analyse(self, text: str) -> Any:
        jtalk = self._jtalk
        try:
            return jtalk.run_frontend(text, use_sudachi_kanji_yomi=False, predict_nani=False)
        except ModuleNotFoundError:
            # A kanji outside its dictionary: it asks for Sudachi's, 193 MB that are not installed.
            return []


def _kana(reading: str) -> str:
    """The syllables in katakana, without all else."""
    plain = unicodedata.normalize("NFKC", reading)
    katakana = (chr(ord(sign) + 0x60) if "ぁ" <= sign <= "ゖ" else sign for sign in plain)
    return re.sub("[^ァ-ヶー]", "", "".join(katakana))
