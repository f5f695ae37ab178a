"""Learners who are other engines than the model voices, and sounds that are no speech."""

from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from app import ROOT
from trainer.domain.content import Content
from trainer.speech import lines_of
from trainer.speech.engines import Utterance
from trainer.speech.hearing.embedding import MODEL
from trainer.speech.hearing.listener import Listener
from trainer.speech.hearing.references import Reference, shipped_references
from trainer.speech.pico import Pico
from trainer.speech.shipped import Shipped
from trainer.speech.sound import Sound, resample

RATE = 16_000
Samples = npt.NDArray[np.float32]
Say = Callable[[str], Sound]


@pytest.fixture(scope="session")
def french(content: Content) -> Sequence[Reference]:
    """The shipped voice of the French phrases, which is Kokoro's."""
    return shipped_references(lines_of(content)["france"], Shipped(ROOT / "lessons"))


@pytest.fixture(scope="session")
def say() -> Say:
    """A learner, who is Pico, in a quiet room."""

    @cache
    def speak(text: str) -> Sound:
        spoken = resample(Pico().say(Utterance(text, None, "fr", False), "fr-FR"), RATE)
        return in_room(spoken.samples)

    return speak


@pytest.fixture(
    params=[
        pytest.param(MODEL, id="embedding", marks=pytest.mark.skipif(MODEL is None, reason="it is not installed")),
        pytest.param(None, id="mfcc"),
    ]
)
def listener(request: pytest.FixtureRequest, computed: Path) -> Listener:
    """With the model and without it; what it computes of model voices is shared by all tests."""
    model: Path | None = request.param
    return Listener(computed, model=model)


@pytest.fixture(scope="session")
def computed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("computed")


@pytest.fixture
def new_listener(listener: Listener, tmp_path: Path) -> Listener:
    """One that has computed nothing yet."""
    return Listener(tmp_path, model=MODEL if listener.has_embedding else None)


def in_room(speech: Samples, noise_below: float = 45.0) -> Sound:
    """With moments of silence around it, and noise as many decibels below it."""
    padded = np.pad(speech, (RATE // 2, RATE // 3))
    loud = float(np.sqrt((speech[np.abs(speech) > 0.1 * np.abs(speech).max()] ** 2).mean()))
    noise = np.random.default_rng(1).standard_normal(padded.size) * loud * 10 ** (-noise_below / 20)
    return Sound((padded + noise).astype(np.float32), RATE)


def voice(hertz: npt.ArrayLike, seconds: float = 1.0, volume: float = 0.3) -> Samples:
    """Like a vowel: a tone with its overtones, as high as said, from moment to moment if so many are given."""
    time = np.arange(round(seconds * RATE)) / RATE
    high = np.interp(time, np.linspace(0, seconds, np.size(hertz)), np.ravel(hertz))
    turn = 2 * np.pi * np.cumsum(high) / RATE
    return np.asarray(volume * sum(np.sin(part * turn) / part for part in range(1, 9)) / 2, np.float32)


def hiss(seconds: float, volume: float = 0.1) -> Samples:
    return (volume * np.random.default_rng(2).standard_normal(round(seconds * RATE))).astype(np.float32)


def silence(seconds: float) -> Samples:
    return np.zeros(round(seconds * RATE), np.float32)
