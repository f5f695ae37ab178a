"""Writes Korean as it sounds: espeak-ng speaks each syllable as it is spelt, and Korean joins them.

The rules are those of the standard pronunciation that hold wherever two sounds meet: nasals, liquids, what becomes of
ㅎ, and ㄷ and ㅌ before 이. Words that go their own way (의견란, 숫자) need a reading by their author.
"""

FIRST = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
LAST = " ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"
VOWELS = 21
I = 20  # noqa: E741 - the number of the vowel ㅣ
BASE = ord("가")
SYLLABLES = len(FIRST) * VOWELS * len(LAST)

STOPS = {
    **dict.fromkeys("ㄱㄲㅋㄳㄺ", "ㅇ"),
    **dict.fromkeys("ㄷㅌㅅㅆㅈㅊㅎ", "ㄴ"),
    **dict.fromkeys("ㅂㅍㅄㄿㄼ", "ㅁ"),
}
"""What a last sound becomes before ㄴ and ㅁ."""
BREATHED = {"ㄱ": "ㅋ", "ㄷ": "ㅌ", "ㅈ": "ㅊ", "ㅂ": "ㅍ"}
"""What ㅎ makes of its neighbour."""
WITH_H = {"ㅎ": " ", "ㄶ": "ㄴ", "ㅀ": "ㄹ"}
"""Last sounds that hold ㅎ, and what is left without it."""
BEFORE_H = {"ㄱ": ("ㅋ", " "), "ㄺ": ("ㅋ", "ㄹ"), "ㄷ": ("ㅌ", " "), "ㅅ": ("ㅌ", " "), "ㅈ": ("ㅊ", " "),
            "ㄵ": ("ㅊ", "ㄴ"), "ㅂ": ("ㅍ", " "), "ㄼ": ("ㅍ", "ㄹ")}  # fmt: skip
"""What becomes of ㅎ after these, and what is left of them."""


def as_spoken(text: str) -> str:
    """Hangul respelt; all else as it is. Sounds meet within a word only."""
    signs = list(text)
    for place in range(len(signs) - 1):
        if _is_syllable(signs[place]) and _is_syllable(signs[place + 1]):
            signs[place : place + 2] = _meet(signs[place], signs[place + 1])
    return "".join(signs)


def _meet(one: str, two: str) -> tuple[str, str]:
    before, vowel, last = _parts(one)
    first, next_vowel, end = _parts(two)
    last, first = _sounds(last, first, next_vowel)
    return _syllable(before, vowel, last), _syllable(first, next_vowel, end)


def _sounds(last: str, first: str, next_vowel: int) -> tuple[str, str]:
    """The last sound of a syllable and the first of the next, as they are spoken together."""
    if last in WITH_H:
        return _after_h(last, first)
    if first == "ㅎ" and last in BEFORE_H:
        breathed, left = BEFORE_H[last]
        return left, "ㅊ" if last == "ㄷ" and next_vowel == I else breathed
    if first == "ㅇ" and next_vowel == I and last in "ㄷㅌ":
        return " ", "ㅈ" if last == "ㄷ" else "ㅊ"
    if first in "ㄴㅁ" and last in STOPS:
        return STOPS[last], first
    if first == "ㄹ" and last in STOPS:
        return STOPS[last], "ㄴ"
    return _beside_liquids(last, first)


def _after_h(last: str, first: str) -> tuple[str, str]:
    left = WITH_H[last]
    if first in BREATHED:
        return left, BREATHED[first]
    if first == "ㅅ":
        return left, "ㅆ"
    if first == "ㅇ":
        return (left, first) if left == " " else (" ", left)
    if first == "ㄴ" and last == "ㅎ":
        return "ㄴ", first
    return _beside_liquids(left, first)


def _beside_liquids(last: str, first: str) -> tuple[str, str]:
    if first == "ㄹ" and last in "ㅁㅇ":
        return last, "ㄴ"
    if (last, first) in (("ㄴ", "ㄹ"), ("ㄹ", "ㄴ")):
        return "ㄹ", "ㄹ"
    return last, first


def _is_syllable(sign: str) -> bool:
    return 0 <= ord(sign) - BASE < SYLLABLES


def _parts(sign: str) -> tuple[str, int, str]:
    rest, last = divmod(ord(sign) - BASE, len(LAST))
    first, vowel = divmod(rest, VOWELS)
    return FIRST[first], vowel, LAST[last]


def _syllable(first: str, vowel: int, last: str) -> str:
    return chr(BASE + (FIRST.index(first) * VOWELS + vowel) * len(LAST) + LAST.index(last))
