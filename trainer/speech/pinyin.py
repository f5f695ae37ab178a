"""Pinyin as authors write it, in numbered syllables: nǐ hǎo is ni3 hao3, and is said ni2 hao3."""

import re
import unicodedata
from collections.abc import Sequence

_TONES = {
    "\N{COMBINING MACRON}": "1",
    "\N{COMBINING ACUTE ACCENT}": "2",
    "\N{COMBINING CARON}": "3",
    "\N{COMBINING GRAVE ACCENT}": "4",
}
NEUTRAL = "5"
MEASURE = "个"
"""Of the fourth tone, though it is often said without one."""
_INITIAL = "(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])"
_FINAL = (
    "(?:iang|iong|uang|ueng|ang|eng|ing|ong|ian|iao|uai|uan|üan|ai|ei|ao|ou|an|en|in|un|ün|ia|ie|iu|ua|uo|ui|ue|üe|er|"
    "a|o|e|i|u|ü)"
)
_ALONE = "(?:ang|eng|ai|ei|ao|ou|an|en|er|a|o|e)"
_R = "(?:r(?![aeiouü]))?"
_FIRST = re.compile(rf"(?:{_INITIAL}{_FINAL}|{_ALONE}){_R}")
_NEXT = re.compile(rf"{_INITIAL}{_FINAL}{_R}")
"""Within a word a syllable begins with a consonant; before a vowel an apostrophe stands (Xī'ān)."""
_WORD = re.compile(r"[a-zü]+[\u0300-\u036f]?(?:[a-zü]|[\u0300-\u036f])*", re.IGNORECASE)
_COUNTED = frozenset("零一二三四五六七八九十百千万第期周拜统唯之")
_ORDERED = frozenset("零一二三四五六七八九十月号日")


def is_marked(reading: str) -> bool:
    """Whether its tones are marks over the letters, as in a dictionary."""
    return not re.search(r"\d", reading) and any(sign in _TONES for sign in unicodedata.normalize("NFD", reading))


def numbered(reading: str) -> str:
    """Pinyin with marks as syllables with numbers, 5 for a neutral tone. What is no such syllable stays as it is."""
    if not is_marked(reading):
        return reading
    return _WORD.sub(lambda match: _number_word(match[0]), unicodedata.normalize("NFD", reading))


def as_said(tones: Sequence[str], signs: Sequence[str]) -> list[str]:
    """The tones of one breath as they are said: of third tones in a row all but the last rise, and 不 and 一 change.

    `signs` are the characters that are read so, one for each tone; empty where they are not known.
    """
    said = list(tones)
    for place, sign in enumerate(signs):
        following = tones[place + 1] if place + 1 < len(tones) else ""
        if sign == "不" and said[place] == "4" and following == "4":
            said[place] = "2"
        if sign == "一" and said[place] == "1" and _is_one_of_something(signs, place) and following:
            is_fourth = following == "4" or signs[place + 1] == MEASURE
            said[place] = "2" if is_fourth else "4"
    return ["2" if tone == "3" and said[place + 1 : place + 2] == ["3"] else tone for place, tone in enumerate(said)]


def _is_one_of_something(signs: Sequence[str], place: int) -> bool:
    """In 第一, 十一, 周一, 统一 and 一月 it keeps its tone."""
    before = signs[place - 1] if place else ""
    after = signs[place + 1] if place + 1 < len(signs) else ""
    return before not in _COUNTED and after not in _ORDERED


def _number_word(word: str) -> str:
    letters, tones = _apart(word)
    found, start = "", 0
    for end in _ends(letters, _FIRST):
        tone = next((tone for tone in tones[start:end] if tone), NEUTRAL)
        found += _with_tone(letters[start:end], tone)
        start = end
    return found if start == len(letters) and letters else unicodedata.normalize("NFC", word)


def _with_tone(syllable: str, tone: str) -> str:
    """The r of 哪儿 is a syllable by itself, as its character is."""
    has_r = syllable[-1] in "rR" and syllable.casefold() != "er"
    return f"{syllable[:-1]}{tone}er{NEUTRAL}" if has_r else f"{syllable}{tone}"


def _apart(word: str) -> tuple[str, list[str]]:
    """Its letters, and the tone over each."""
    letters, tones = "", list[str]()
    for sign in word:
        if sign in _TONES and tones:
            tones[-1] = _TONES[sign]
        elif sign == "\N{COMBINING DIAERESIS}" and letters[-1:] in ("u", "U"):
            letters = letters[:-1] + "ü"
        else:
            letters += sign
            tones.append("")
    return letters, tones


def _ends(letters: str, pattern: re.Pattern[str], start: int = 0) -> tuple[int, ...]:
    """Where its syllables end, the longest first that leave a rest of whole ones; nothing where there is no way."""
    lowered = letters.casefold()
    match = pattern.match(lowered, start)
    longest = match.end() if match else start
    for end in range(longest, start, -1):
        if not pattern.fullmatch(lowered, start, end):
            continue
        if end == len(letters):
            return (end,)
        rest = _ends(letters, _NEXT, end)
        if rest:
            return (end, *rest)
    return ()
