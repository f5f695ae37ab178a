"""Brings an answer to the one form in which it is compared and kept, whatever keyboard it was typed on."""

import re
import unicodedata
from functools import lru_cache

from trainer.domain.answers.languages import Language

MAX_LENGTH = 500
"""Characters of an answer that count, once it is in its canonical form."""
MAX_TYPED = 20 * MAX_LENGTH
"""Characters that are looked at at all."""

ZWNJ, ZWJ = "\u200c", "\u200d"
VIRAMA_CLASS = 9
REPLACEMENT = "\ufffd"

QUOTES = dict.fromkeys(map(ord, "“”„‟«»「」『』"), '"')
APOSTROPHES = dict.fromkeys(map(ord, "’‘‛ʼ＇`´′"), "'")
DASHES = dict.fromkeys(map(ord, "\u2010‑‒–—―−⸺⸻֊־᐀᠆⸗⸚⹀〰゠"), "-")
WAVES = dict.fromkeys(map(ord, "〜～"), "~")
SOUND_MARKS = {ord("゛"): "\u3099", ord("゜"): "\u309a"}
"""The marks of が and ぱ typed as signs of their own."""
UNSEEN = dict.fromkeys(
    [
        0x00AD,  # soft hyphen
        0x034F,
        0x061C,
        0x180E,
        *range(0x200B, 0x200C),  # zero-width space
        *range(0x200E, 0x2010),  # marks of direction
        *range(0x202A, 0x202F),
        *range(0x2060, 0x2070),
        *range(0xFE00, 0xFE10),  # variation selectors
        0xFEFF,
        *range(0xE0100, 0xE01F0),
    ]
)
CONTROLS = {code: None for code in (*range(0x20), *range(0x7F, 0xA0)) if not chr(code).isspace()}
SURROGATES = dict.fromkeys(range(0xD800, 0xE000), REPLACEMENT)
"""Halves of a character, which no text file or database takes."""

UNPRINTABLE = {**UNSEEN, **CONTROLS, **SURROGATES}
BEFORE = {**UNPRINTABLE, **APOSTROPHES, **SOUND_MARKS}
"""NFKC would make a space with an accent of ´, and a space with a mark of ゛."""
AFTER = {**APOSTROPHES, **QUOTES, **DASHES, **WAVES}
JOINERS = re.compile(f"[{ZWNJ}{ZWJ}]")


def canonical(typed: str, language: Language) -> str:
    """The canonical form, of at most `MAX_LENGTH` characters; bringing it there again changes nothing."""
    return full_form(typed, language)[:MAX_LENGTH].rstrip(f" {ZWNJ}{ZWJ}")


def is_cut(typed: str, language: Language) -> bool:
    """Whether more was typed than counts."""
    return len(typed) > MAX_LENGTH and (len(typed) > MAX_TYPED or len(full_form(typed, language)) > MAX_LENGTH)


def full_form(typed: str, language: Language) -> str:
    """NFKC; one apostrophe, quotation mark, dash and wave; nothing unseen, no space too many."""
    text = typed[:MAX_TYPED].translate(BEFORE)
    if JOINERS.search(text):
        text = _drop_joiners(text, language)
    text = unicodedata.normalize("NFKC", text).translate(AFTER)
    return " ".join(text.split()).rstrip(f" {ZWNJ}{ZWJ}")


def printable(typed: str) -> str:
    """What was typed, to be shown: at most `MAX_LENGTH` characters, nothing in it that turns or breaks the line."""
    text = unicodedata.normalize("NFC", typed[:MAX_TYPED].translate(UNPRINTABLE))
    return " ".join(text.split())[:MAX_LENGTH].rstrip()


def _drop_joiners(text: str, language: Language) -> str:
    """Keep a joiner only where it is spelling: after a virama, and between Arabic letters in Persian and its like."""
    kept: list[str] = []
    for at, char in enumerate(text):
        if char not in (ZWNJ, ZWJ) or _is_spelling(char, kept, text[at + 1 : at + 2], language):
            kept.append(char)
    return "".join(kept)


def _is_spelling(joiner: str, before: list[str], following: str, language: Language) -> bool:
    if not before:
        return False
    if unicodedata.combining(before[-1]) == VIRAMA_CLASS:
        return True
    is_between = script_of(before[-1]) == script_of(following) == "ARABIC" and following.isalpha()
    return language.has_joiners and joiner == ZWNJ and is_between


@lru_cache(maxsize=8192)
def script_of(char: str) -> str:
    """The first word of a character's Unicode name: LATIN, GREEK, CYRILLIC, ARABIC, HIRAGANA, CJK …; empty without."""
    return unicodedata.name(char, "").split(" ")[0] if char else ""
