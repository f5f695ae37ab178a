"""SVOX Pico, which py-nanotts brings along: English, French, German, Italian and Spanish without a network."""

import re
import subprocess
import sys
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import BoundedSemaphore

import soundfile

from trainer.speech.engines import Utterance, match
from trainer.speech.sound import CannotSpeak, Sound

AT_ONCE = 2
"""Programs that run at the same time: learners who ask for more wait their turn, so that pages stay quick."""


class Pico:
    """It runs as a program of its own: some texts (long words, measured) make it loop for ever, and inside the
    server it would hold the interpreter's lock meanwhile. A run costs about 60 ms more than a call.
    """

    name = "pico"
    licence = "Apache-2.0"
    is_approximate = False
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
        self._turns = BoundedSemaphore(AT_ONCE)

    def voice(self, lang: str) -> str | None:
        return match(lang, self._VOICES)

    def is_up(self) -> bool:
        return True

    def say(self, utterance: Utterance, voice: str) -> Sound:
        text = re.sub(r"[<>]", " ", utterance.spelt)  # it would take them for mark-up
        with self._turns, TemporaryDirectory() as folder:
            wav = Path(folder, "speech.wav")
            command = [sys.executable, "-I", "-m", "py_nanotts", "--output", str(wav), "--voice", voice]
            command += ["--volume", str(self._VOLUME), "--speed", str(utterance.speed), "--", text]
            try:
                subprocess.run(command, check=True, capture_output=True, timeout=self._patience)
                samples, rate = soundfile.read(wav, dtype="float32")
            except (OSError, subprocess.SubprocessError, soundfile.LibsndfileError) as error:
                raise CannotSpeak(f"the program failed ({type(error).__name__})") from error
        return Sound(samples, rate)
