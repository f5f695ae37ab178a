"""Readings and transliterations held against tools, which are needed for these checks and for nothing else."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any, NamedTuple

from trainer.catalog.packs.places import Finding
from trainer.catalog.packs.wording import WORD_LEVELS
from trainer.domain.content import Course, Wording

PINYIN, KOREAN, JAPANESE = "pypinyin", "koroman", "pyopenjtalk"
TOOLS = {PINYIN: "pinyin", KOREAN: "the romanisation of Korean", JAPANESE: "kana", WORD_LEVELS: "levels of words"}
"""Packages, and what cannot be checked without them."""
_HANZI = re.compile(r"[㐀-鿿]")
_KANJI = re.compile(r"[㐀-鿿々]")
_LATIN = re.compile(r"[A-Za-z0-9]")
"""In a text with these one cannot say which letters of the reading are whose."""
_ERHUA = "儿"


class Written(NamedTuple):
    """Words with what their author says they sound like; `id` says where."""

    id: str
    text: str
    reading: str | None
    translit: str | None


def missing_tools(find: Callable[[str], object | None] = find_spec) -> tuple[str, ...]:
    """What is not checked, as `find` knows nothing of the package that it needs."""
    return tuple(f"{words} (needs {package})" for package, words in TOOLS.items() if find(package) is None)


def wrong_readings(course: Course) -> Iterator[Finding]:
    """Pinyin that no reading of the characters explains, and Korean that is romanised otherwise."""
    yield from _asked(course, "zh", PINYIN, _wrong_pinyin)
    yield from _asked(course, "ko", KOREAN, _wrong_romanisation)


def doubtful_readings(course: Course) -> Iterator[Finding]:
    """Kana that Open JTalk would read otherwise: often it is the tool that errs."""
    yield from _asked(course, "ja", JAPANESE, _doubtful_kana)


def _asked(course: Course, language: str, package: str, check: Callable[[Written], str | None]) -> Iterator[Finding]:
    if find_spec(package) is None:
        return
    for lang, written in _all_written(course):
        if lang.partition("-")[0] == language:
            message = check(written)
            if message is not None:
                yield Finding(written.id, message)


def _all_written(course: Course) -> Iterator[tuple[str, Written]]:
    for phrase in course.phrases:
        yield phrase.lang, Written(phrase.id, phrase.text, phrase.reading, phrase.translit)
    for dialogue in course.dialogues:
        for line in dialogue.own_lines:
            yield dialogue.lang, Written(dialogue.id, line.text, line.reading, line.translit)
    for lang, where, wording in _wordings(course):
        if wording.phrase is None:
            yield lang, Written(where, wording.text, wording.reading, wording.translit)


def _wordings(course: Course) -> Iterator[tuple[str, str, Wording]]:
    for mail in course.mails:
        yield from ((mail.lang, mail.id, each) for each in (mail.subject, *mail.lines))
    for contrast in course.contrasts:
        yield from ((contrast.lang, contrast.id, form.wording) for form in contrast.forms)


def _wrong_pinyin(written: Written) -> str | None:
    """Tones are left to readers: the package gives no neutral ones."""
    text = written.text
    if not _HANZI.search(text) or _LATIN.search(text):
        return None
    if not written.reading:
        return f"“{text}” has no reading in pinyin"
    rests = {_toneless(written.reading)}
    for sign in _HANZI.findall(text):
        known = _toneless_readings(sign)
        after = {rest.removeprefix(each) for rest in rests for each in known if rest.startswith(each)}
        if not after:
            return (
                f"the reading of {sign} in “{text}” is not among {', '.join(sorted(known))}: “{_least(rests)}” is left"
            )
        rests = after
    return None if "" in rests else f"the reading of “{text}” has “{_least(rests)}” too much"


def _least(rests: set[str]) -> str:
    return min(rests, key=lambda rest: (len(rest), rest))


def _toneless_readings(sign: str) -> set[str]:
    package = import_module(PINYIN)
    known = {_toneless(each) for each in package.pinyin(sign, heteronym=True, style=package.Style.NORMAL)[0]}
    return known | {"r"} if sign == _ERHUA else known


def _toneless(pinyin: str) -> str:
    """Letters only; ü stays, for it tells lǜ from lù."""
    apart = unicodedata.normalize("NFD", pinyin.casefold()).replace("u\N{COMBINING DIAERESIS}", "ü").replace("v", "ü")
    kept = (sign for sign in apart if unicodedata.category(sign) == "Ll")
    return "".join(kept)


def _wrong_romanisation(written: Written) -> str | None:
    if _LATIN.search(written.text) or written.reading:
        return None
    if not written.translit:
        return f"“{written.text}” has no romanisation"
    expected = str(import_module(KOREAN).romanize(written.text))
    if _letters(expected) == _letters(written.translit):
        return None
    return f"“{written.text}” is {expected} by koroman, not {written.translit}"


def _letters(text: str) -> str:
    return re.sub(r"[^a-z]", "", text.casefold())


def _doubtful_kana(written: Written) -> str | None:
    if not _KANJI.search(written.text) or _LATIN.search(written.text):
        return None
    if not written.reading:
        return f"“{written.text}” has no reading in kana"
    words = _japanese().run_frontend(written.text, use_sudachi_kanji_yomi=False, predict_nani=False)
    read = "".join(str(word["read"]) for word in words)
    if _kana(read) == _kana(written.reading):
        return None
    return f"“{written.text}” is {_kana(read)} by Open JTalk, {written.reading} by its author"


def _kana(text: str) -> str:
    """As hiragana, without marks."""
    shifted = (chr(ord(sign) - 0x60) if "ァ" <= sign <= "ヶ" else sign for sign in text)
    return re.sub(r"[^ぁ-ゖー]", "", "".join(shifted))


@cache
def _japanese() -> Any:
    return import_module(JAPANESE)
