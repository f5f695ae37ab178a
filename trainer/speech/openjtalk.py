"""Open JTalk with the voice Mei: Japanese with pitch accents, without a network."""

import re
import unicodedata
from collections.abc import Mapping
from functools import cached_property
from importlib import import_module
from importlib.metadata import version
from importlib.util import find_spec
from threading import Lock
from typing import Any

import numpy as np

from trainer.speech.engines import Utterance, match
from trainer.speech.sound import CannotSpeak, Sound, halve_rate


class OpenJTalk:
    """It is optional: without its packages it has no voice."""

    name = "openjtalk"
    licence = "CC-BY-3.0"
    is_approximate = False
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
