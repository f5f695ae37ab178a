"""Folds away, step by step, what makes no answer wrong: case, punctuation, variants of spelling, article, accents."""

import re
import unicodedata
from functools import lru_cache

from trainer.domain.answers.canon import script_of
from trainer.domain.answers.languages import Language

APOSTROPHE = "'"
PARTING = str.maketrans("-/\u2044\u2215", "    ")
THOUSANDS = re.compile(r"(?<=\d)[.,'](?=\d{3}(?!\d))")
BETWEEN_DIGITS = re.compile(r"(?<=\d)[^\w\s](?=\d)")
SPACES = re.compile(r"\s+")
SPACE_IN_CJK = re.compile(r"(?<!\d) | (?!\d)")

SHARP_S = re.compile("[ßẞ]")
GERMAN_SPREAD = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})
GERMAN_DIGRAPHS = ((re.compile("ae"), "ä"), (re.compile("oe"), "ö"), (re.compile("(?<![aeäq])ue"), "ü"))
FRENCH = str.maketrans({"œ": "oe", "Œ": "Oe", "æ": "ae", "Æ": "Ae"})
ROMANIAN = str.maketrans("şţŞŢ", "șțȘȚ")
STRESS = re.compile("[\u0300\u0301]")
YO = str.maketrans("ёЁ", "еЕ")
KANA = {code: code - 0x60 for code in (*range(0x30A1, 0x30F7), 0x30FD, 0x30FE)}
HARAKAT = dict.fromkeys(
    [*range(0x0610, 0x061B), 0x0640, *range(0x064B, 0x0653), *range(0x0656, 0x0660), 0x0670, *range(0x06D6, 0x06DD)]
)
"""Vowel signs and other marks above and below, and the tatweel; hamza and madda belong to their letters and stay."""
TONE = "[\u0300\u0301\u0303\u0309\u0323]"
VIETNAMESE_GLIDE = re.compile(rf"(?<!q)(?:(o)({TONE})([ae])|(u)({TONE})(y))(?!\w)")

SPECIAL_BASES = str.maketrans("øłđıæœðħəþ", "oldiaodhet")
"""What letters look like that Unicode does not take apart."""


def caseless(text: str, language: Language) -> str:
    """Without the difference of case; ß stays, which `str.casefold` would make ss."""
    if language.is_turkic:
        text = text.replace("I", "ı").replace("İ", "i")
    return unicodedata.normalize("NFC", "ß".join(part.casefold() for part in SHARP_S.split(text)))


def sharp_spread(text: str) -> str:
    return text.replace("ß", "ss").replace("ẞ", "SS")


def without_punctuation(text: str, language: Language) -> str:
    """No punctuation and no signs but the apostrophe in a word; in Chinese, Japanese and Korean no spaces either.

    A mark between digits keeps them apart, unless it groups thousands: 3.5 is not 35.
    """
    text = BETWEEN_DIGITS.sub(" ", THOUSANDS.sub("", text)).translate(PARTING)
    kept = [
        char
        for at, char in enumerate(text)
        if unicodedata.category(char)[0] not in "PS" or (char == APOSTROPHE and _is_in_word(text, at))
    ]
    text = SPACES.sub(" ", "".join(kept)).strip()
    if language.is_cjk:
        text = SPACE_IN_CJK.sub("", text)
    return unicodedata.normalize("NFC", text)


def currencies(text: str) -> frozenset[str]:
    """The signs of currencies: one may be left out, but none stands for another."""
    return frozenset(char for char in text if unicodedata.category(char) == "Sc")


def _is_in_word(text: str, at: int) -> bool:
    before, after = text[at - 1 : at] if at else "", text[at + 1 : at + 2]
    return bool(before) and (before.isalpha() or unicodedata.combining(before) > 0) and after.isalpha()


def without_variants(text: str, language: Language, kana_matters: bool) -> str:
    """One spelling for those that are equally right, German umlauts apart; see `spread_umlauts`."""
    text = sharp_spread(plain_digits(text)).translate(HARAKAT)
    match language.code:
        case "fr":
            return text.translate(FRENCH)
        case "ru" | "uk" | "be":
            return _without_stress(text).translate(YO if language.code == "ru" else {})
        case "ja" if not kana_matters:
            return text.translate(KANA)
        case "ro":
            return text.translate(ROMANIAN)
        case "vi":
            return _one_place_of_tone(text)
    return text


def plain_digits(text: str) -> str:
    """The digits of any script as 0 to 9."""
    if text.isascii():
        return text
    return "".join(str(unicodedata.decimal(char, char)) for char in text)


def _without_stress(text: str) -> str:
    """Drop the accent that textbooks put on the stressed vowel; й and ё keep their marks."""
    return unicodedata.normalize("NFC", STRESS.sub("", unicodedata.normalize("NFD", text)))


def _one_place_of_tone(text: str) -> str:
    """Write hòa as hoà: schools differ where the mark stands, it is the same tone."""
    parts = unicodedata.normalize("NFD", text)
    moved = VIETNAMESE_GLIDE.sub(lambda found: "".join(found[group] or "" for group in (1, 3, 2, 4, 6, 5)), parts)
    return unicodedata.normalize("NFC", moved)


def spread_umlauts(text: str, language: Language) -> str:
    """Write ä as ae in German, and ö and ü likewise."""
    return text.translate(GERMAN_SPREAD) if language.code == "de" else text


def drawn_umlauts(text: str, language: Language) -> str:
    """Write ae as ä in German, and oe and ue likewise, where they may be meant so: not in Bauer, neue, Quelle."""
    if language.code == "de":
        for digraph, umlaut in GERMAN_DIGRAPHS:
            text = digraph.sub(umlaut, text)
    return text


def without_article(text: str, language: Language) -> str:
    """Drop one leading article; the text itself where there is none, or nothing else."""
    if language.code == "ar":
        is_article = text.startswith("ال") and len(text.split(" ")[0]) > 3 and not text.startswith("الله")
        return text[2:] if is_article else text
    lowered = text.lower()
    for article in sorted(language.articles, key=len, reverse=True):
        lead = article if article.endswith(APOSTROPHE) else f"{article} "
        if lowered.startswith(lead) and len(text) > len(lead):
            return text[len(lead) :]
    return text


def without_accents(text: str, language: Language) -> str:
    """Drop the marks on Latin and Greek letters, but never of a letter that the language counts as one of its own."""
    if text.isascii() or language.are_all_distinct:
        return text
    kept: list[str] = []
    for char in text:
        if unicodedata.category(char) == "Mn":
            if not kept or script_of(kept[-1][-1]) not in ("LATIN", "GREEK"):
                kept.append(char)
        elif char in language.distinct or char.lower() in language.distinct:
            kept.append(char)
        else:
            kept.append(_without_mark(char))
    return "".join(kept)


@lru_cache(maxsize=4096)
def _without_mark(char: str) -> str:
    parts = unicodedata.normalize("NFD", char)
    return parts[0] if len(parts) > 1 and script_of(parts[0]) in ("LATIN", "GREEK") else char


def is_distinct(char: str, language: Language) -> bool:
    """Whether a letter has a mark that makes it another letter; й and its like, and all of Vietnamese, have."""
    if char in language.distinct or char.lower() in language.distinct:
        return True
    is_marked = len(unicodedata.normalize("NFD", char)) > 1 or char in "đĐ"
    return is_marked and (language.are_all_distinct or script_of(char) not in ("LATIN", "GREEK"))


def bare(text: str, language: Language) -> str:
    """Distinct letters as the letters that they look like: for seeing whether that is all the difference."""
    if text.isascii():
        return text
    return "".join(
        unicodedata.normalize("NFD", char)[0].translate(SPECIAL_BASES) if is_distinct(char, language) else char
        for char in text
    )


def masked(text: str, language: Language) -> str:
    """All distinct letters as one: for seeing whether one was taken for another."""
    if text.isascii():
        return text
    return "".join("*" if is_distinct(char, language) else char for char in text)
