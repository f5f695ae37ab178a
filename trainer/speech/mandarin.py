"""The sounds of Mandarin as Kokoro was taught them: by the author's pinyin, else by the best guess of packages."""

import re
from collections.abc import Callable, Iterator
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from trainer.speech.pinyin import as_said, is_marked, numbered
from trainer.speech.sound import CannotSpeak

PACKAGES = ("misaki", "jieba", "pypinyin", "cn2an", "proces", "ordered_set")
IS_THERE = all(map(find_spec, PACKAGES))
TOKEN = re.compile(r"(?P<syllable>[A-Za-züÜ:]+[1-5])|(?P<mark>[,.?!;:，。？！；：、])|(?P<space>[\s'’“”\"()《》…–-]+)")
HANZI = "\u3400-\u9fff"
MARKS = str.maketrans("，、。？！；：", ",,.?!;:")
UNWRITTEN = "\N{COMBINING INVERTED BREVE BELOW}"
"""It ties two vowels into one, and the model does not know it."""


def phonemes(text: str, reading: str | None) -> str:
    """In the signs of the model, with the text's marks. Raises `CannotSpeak`."""
    if reading is not None:
        return of_reading(text, reading, _sounds)
    if re.search("[A-Za-z]", text):
        raise CannotSpeak("it has Latin letters among the Chinese: give the phrase a reading in pinyin")
    found, _ = _packages().ZHG2P()(text)
    return str(found).replace(UNWRITTEN, "")


def of_reading(text: str, reading: str, sounds: Callable[[str], str]) -> str:
    """What the author's pinyin says, whatever the characters may be read as elsewhere.

    Numbered syllables are said as they stand. Tone marks are those of a dictionary, and change as they do in speech.
    Spaces between its syllables part words. The marks are those of the text where it has as many characters as the
    reading has syllables, else those of the reading. `sounds` tells those of one syllable.
    """
    tokens = list(_tokens(numbered(reading)))
    syllables = sum(kind == "syllable" for kind, _ in tokens)
    signs = re.findall(f"[{HANZI}]", text)
    marks = _marks(text) if len(signs) == syllables else {}
    if is_marked(reading):
        tokens = _said(tokens, signs if len(signs) == syllables else [], marks)
    spoken, count = "", 0
    for kind, token in tokens:
        if kind == "syllable":
            count += 1
            spoken += sounds(token) + marks.get(count, "")
        elif kind == "space":
            spoken += " "
        elif not marks:
            spoken += token.translate(MARKS)
    return " ".join(spoken.split())


def _said(tokens: list[tuple[str, str]], signs: list[str], marks: dict[int, str]) -> list[tuple[str, str]]:
    """With the tones of speech, breath by breath: a mark of the text, or of the reading, ends one."""
    said: list[tuple[str, str]] = []
    breath: list[int] = []
    count = 0

    def end_breath() -> None:
        tones = [said[place][1][-1] for place in breath]
        within = signs[count - len(breath) : count] if signs else []
        for place, tone in zip(breath, as_said(tones, within), strict=True):
            said[place] = ("syllable", said[place][1][:-1] + tone)
        breath.clear()

    for kind, token in tokens:
        said.append((kind, token))
        if kind == "syllable":
            breath.append(len(said) - 1)
            count += 1
        if kind == "mark" or (kind == "syllable" and count in marks):
            end_breath()
    end_breath()
    return said


def _tokens(reading: str) -> Iterator[tuple[str, str]]:
    position = 0
    while position < len(reading):
        found = TOKEN.match(reading, position)
        if found is None or found.lastgroup is None:
            raise CannotSpeak(f"“{reading[position:]}” in its reading is no pinyin, such as nǐ hǎo or ni3 hao3")
        yield found.lastgroup, found[0]
        position = found.end()


def _marks(text: str) -> dict[int, str]:
    """The mark that follows each character, by how many came before."""
    found: dict[int, str] = {}
    count = 0
    for sign in text:
        if re.match(f"[{HANZI}]", sign):
            count += 1
        elif sign.translate(MARKS) in ",.?!;:" and count not in found:
            found[count] = sign.translate(MARKS)
    return found


def _sounds(syllable: str) -> str:
    """Raises `CannotSpeak` for what is no syllable of Mandarin."""
    plain = syllable.casefold().replace("u:", "ü").replace("v", "ü")
    try:
        return str(_packages().ZHG2P.py2ipa(plain)).replace(UNWRITTEN, "")
    except (ValueError, AssertionError) as error:
        raise CannotSpeak(f"“{syllable}” in its reading is no syllable of Mandarin") from error


@cache
def _packages() -> Any:
    """A dictionary of words, a second or two: not before it is needed."""
    import_module("jieba").setLogLevel("WARNING")
    return import_module("misaki.zh")
