"""What an engine is, and what it is asked to say."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol, TypeVar

from trainer.speech.sound import Sound

Found = TypeVar("Found")

SLOW = 0.7
"""The slow speed, of the normal one."""


@dataclass(frozen=True, slots=True)
class Utterance:
    """What is to be said. `lang` is a BCP 47 tag; `reading`, where the author gave one, decides the pronunciation.

    A reading is kana for Japanese, pinyin for Chinese, and else the text as it is spoken, in the script of its
    language: with vowel marks for Arabic, as it sounds for Korean.
    """

    text: str
    reading: str | None
    lang: str
    is_slow: bool

    @property
    def speed(self) -> float:
        return SLOW if self.is_slow else 1.0

    @property
    def spelt(self) -> str:
        """What an engine is given that reads the script of the language and nothing else: pinyin is no Chinese."""
        return self.text if primary(self.lang) in CHINESE else self.reading or self.text


CHINESE = {"zh", "cmn", "yue"}


class Engine(Protocol):
    """Something that speaks. Safe to use from several threads."""

    name: str
    version: str
    licence: str
    """Under which its speech may be passed on, as SPDX names it where it does."""
    is_approximate: bool
    """Whether sounds and melody are only near those of the language: nobody should copy them closely."""

    def voice(self, lang: str) -> str | None:
        """The voice for a language, or None; answered without any work."""

    def is_up(self) -> bool:
        """Whether it is worth asking now."""

    def say(self, utterance: Utterance, voice: str) -> Sound:
        """The speech. Raises `CannotSpeak`."""


def match(lang: str, known: Mapping[str, Found]) -> Found | None:
    """What stands for a language tag, or for what is left of it: fr-CH finds fr. The keys are in lower case."""
    tag = lang.casefold()
    while tag and tag not in known:
        tag = tag.rpartition("-")[0]
    return known.get(tag)


def primary(lang: str) -> str:
    """The language of a tag without script and region."""
    return lang.casefold().partition("-")[0]
