"""The language of a stretch of foreign letters: it picks their forms on paper and the voice that reads them."""

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple


class Run(NamedTuple):
    """A stretch of a text; `language` is empty where it is the paper's own."""

    words: str
    language: str
    region: str = ""


_EAST = (
    r"\u2e80-\u2fdf\u3000-\u312f\u3190-\u4dbf\u4e00-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff"
)
"""Han characters, kana, bopomofo and their signs."""
_LETTERS = {
    "east": _EAST,
    "ko": r"\u1100-\u11ff\u3130-\u318f\uac00-\ud7af",
    "arabic": r"\u0600-\u06ff\u0750-\u077f\u0870-\u08ff\ufb50-\ufdff\ufe70-\ufefc",
    "he": r"\u0590-\u05ff\ufb1d-\ufb4f",
    "hi": r"\u0900-\u097f\u200c\u200d",
    "th": r"\u0e00-\u0e7f",
}
_FOREIGN = re.compile("|".join(f"(?P<{name}>[{letters}]+(?: [{letters}]+)*)" for name, letters in _LETTERS.items()))
"""Words of one script with the spaces between them: parted there, words that run to the left change their places."""
_KANA = re.compile("[\u3041-\u30ff\uff66-\uff9f]")
_ARABIC_WRITTEN = ("fa", "ur", "ps", "ug", "sd", "ckb")


def runs_of(text: str, partner: str) -> tuple[Run, ...]:
    """The text in stretches. Han characters alone do not tell their language: they get that of the partner, a tag of
    BCP 47, if it is written in them, else the forms of Japan.
    """
    return tuple(_runs(text, partner.lower()))


def turned(text: str) -> str:
    """The text set from right to left when it begins so, as a whole: what it cites of other scripts keeps its place."""
    sides = [unicodedata.bidirectional(character) for character in text]
    first = next((side for side in sides if side in {"L", "R", "AL"}), "L")
    return f"\N{RIGHT-TO-LEFT ISOLATE}{text}\N{POP DIRECTIONAL ISOLATE}" if first != "L" else text


def _runs(text: str, partner: str) -> Iterator[Run]:
    done = 0
    for match in _FOREIGN.finditer(text):
        if done < match.start():
            yield Run(text[done : match.start()], "")
        yield _foreign(match, partner)
        done = match.end()
    if done < len(text):
        yield Run(text[done:], "")


def _foreign(match: re.Match[str], partner: str) -> Run:
    words = match.group()
    match match.lastgroup:
        case "east":
            return Run(words, "ja") if _KANA.search(words) else _han(words, partner)
        case "arabic":
            return Run(words, next((tag for tag in _ARABIC_WRITTEN if _is(partner, tag)), "ar"))
        case group:
            return Run(words, group or "")


def _han(words: str, partner: str) -> Run:
    if _is(partner, "ko"):
        return Run(words, "ko")
    if not _is(partner, "zh", "yue"):
        return Run(words, "ja")
    is_traditional = any(part in partner.split("-") for part in ("hant", "tw", "hk", "mo", "yue"))
    return Run(words, "zh", "TW" if is_traditional else "CN")


def _is(tag: str, *languages: str) -> bool:
    return tag.split("-")[0] in languages
