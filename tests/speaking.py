"""Takes for tests: what a microphone would give of a phrase that another voice says."""

from functools import lru_cache
from io import BytesIO
from pathlib import Path

import numpy as np
import numpy.typing as npt
import soundfile

from trainer.speech import Line
from trainer.speech.espeak import Espeak
from trainer.speech.hearing import Detector, Hearing, Verdict
from trainer.speech.pico import Pico
from trainer.speech.sound import Sound, resample

HEARD = Hearing(Verdict.RECOGNISED, None, None, {"margin": 1.8}, None, None, Detector.MFCC)
"""The least that can be heard."""
RATE = 16_000
PAUSE = 0.4
"""Seconds before and after the speech."""
HISS = 0.0005
"""The noise of a quiet room."""


@lru_cache(maxsize=64)
def said(line: Line, *, rate: int = RATE) -> bytes:
    """The line by another engine than the one that shipped files have, as a WAV."""
    engine = Pico() if Pico().voice(line.lang) else Espeak()
    voice = engine.voice(line.lang)
    assert voice is not None
    sound = engine.say(line.utterance(is_slow=False), voice)
    return wav_of(in_a_room(resample(sound, rate), rate), rate=rate)


def silence(seconds: float = 2.0) -> bytes:
    return wav_of(np.zeros(round(seconds * RATE)))


def noise(seconds: float = 2.0) -> bytes:
    return wav_of(np.random.default_rng(1).normal(0, 0.1, round(seconds * RATE)))


def in_a_room(sound: Sound, rate: int = RATE) -> npt.NDArray[np.float64]:
    around = np.zeros(round(PAUSE * rate))
    whole = np.concatenate([around, sound.samples, around])
    return np.asarray(whole + np.random.default_rng(1).normal(0, HISS, whole.size))


def wav_of(samples: npt.NDArray[np.float64], *, rate: int = RATE) -> bytes:
    file = BytesIO()
    soundfile.write(file, np.clip(samples, -1, 1), rate, format="WAV", subtype="PCM_16")
    return file.getvalue()


def write(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path
