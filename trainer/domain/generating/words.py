"""The words around a phrase that the learner reads: who says it to whom, in which language, and why an option is so."""

import unicodedata
from collections.abc import Mapping
from functools import cache
from html import escape

from babel import Locale

from trainer.domain.content import Phrase, Prose, Register

_ENGLISH = Locale("en")
WOMAN, MAN = "woman", "man"
SAYS: Mapping[str, str] = {
    "speech": "You say",
    "call": "On a call you say",
    "email": "You write in an e-mail",
    "letter": "You write in a letter",
    "chat": "You write in a chat",
}
SPEAKS: Mapping[str, str] = {
    "speech": "You speak to",
    "call": "You are on a call with",
    "email": "You write an e-mail to",
    "letter": "You write a letter to",
    "chat": "You chat with",
}
ROLES: Mapping[str, str] = {
    "client": "a client",
    "colleague": "a colleague",
    "senior": "somebody of high rank",
    "host": "your host",
    "guest": "your guest",
}
POSTS: Mapping[str, str] = {
    "client": "head of purchasing at your client",
    "colleague": "a colleague of your own team",
    "senior": "who is on the board and ranks far above you",
    "host": "who receives you at the partner's company",
    "guest": "who is your guest today",
}
PEOPLE: Mapping[str, tuple[str, str]] = {
    "ja": ("Sato", "Suzuki"),
    "fr": ("Morel", "Lambert"),
    "de": ("Weber", "Krüger"),
    "es": ("García", "Romero"),
    "it": ("Conti", "Ferrari"),
    "pt": ("Almeida", "Costa"),
    "nl": ("Visser", "Bakker"),
    "pl": ("Nowak", "Wójcik"),
    "tr": ("Yılmaz", "Demir"),
    "zh": ("Chen", "Wang"),
    "ko": ("Kim", "Park"),
    "hi": ("Sharma", "Patel"),
    "ar": ("Haddad", "Mansour"),
    "vi": ("Nguyen", "Tran"),
}
"""Common family names of a language: of the woman and of the man whom an item names."""
_ENDS = frozenset(".?!…")
ELSEWHERE = ("Martin", "Silva")
REGISTERS: Mapping[Register, str] = {
    Register.CASUAL: "casual",
    Register.NEUTRAL: "neutral",
    Register.POLITE: "polite",
    Register.FORMAL: "formal",
    Register.VERY_FORMAL: "very formal",
}


def plain(words: str) -> Prose:
    return Prose(words, escape(words))


def foreign(text: str, lang: str) -> Prose:
    """Words of another language, as an author would mark them."""
    html = f'<span class="foreign" lang="{escape(lang)}" dir="{direction(text)}">{escape(text)}</span>'
    return Prose(f"[{text}]{{lang={lang}}}", html)


def quoted(words: str) -> str:
    """In quotation marks, as a sentence that has ended."""
    ended = words[-1:] in _ENDS
    return f"“{words}”" if ended else f"“{words}”."


def together(*proses: Prose) -> Prose:
    return Prose(" ".join(each.source for each in proses), " ".join(each.html for each in proses))


def direction(text: str) -> str:
    """`rtl` when the first letter that has a direction runs from right to left."""
    strong = (kind for char in text if (kind := unicodedata.bidirectional(char)) in ("L", "R", "AL"))
    return "ltr" if next(strong, "L") == "L" else "rtl"


@cache
def language_name(lang: str) -> str:
    """English name of a BCP 47 tag; the tag itself where there is none."""
    names = _ENGLISH.languages
    return str(names.get(lang.replace("-", "_")) or names.get(base_language(lang)) or lang)


def base_language(lang: str) -> str:
    return lang.partition("-")[0]


def saying(phrase: Phrase) -> str:
    """Who says it, how and to whom, up to the colon before the words."""
    whom = ROLES.get(phrase.to_role, "")
    if phrase.to_gender in (WOMAN, MAN):
        whom = f"{whom}, a {phrase.to_gender}" if whom else f"a {phrase.to_gender}"
    return f"{_yourself(phrase)}{SAYS[phrase.channel[0]]}{f' to {whom}' if whom else ''}:"


def meeting(phrase: Phrase) -> str:
    """The same with a person who is named: a woman, unless the phrase is said to a man."""
    is_man = phrase.to_gender == MAN
    name = PEOPLE.get(base_language(phrase.lang), ELSEWHERE)[is_man]
    return (
        f"{_yourself(phrase)}{SPEAKS[phrase.channel[0]]} {'Mr' if is_man else 'Ms'} {name}, {POSTS[role_of(phrase)]}."
    )


def pronoun(phrase: Phrase) -> str:
    return "him" if phrase.to_gender == MAN else "her"


def role_of(phrase: Phrase) -> str:
    """To whom it is said; what suits anyone suits a client, unless it is casual."""
    if phrase.to_role in POSTS:
        return phrase.to_role
    return "colleague" if phrase.register is Register.CASUAL else "client"


def register_words(phrase: Phrase) -> str:
    whom = ROLES.get(phrase.to_role, "anyone")
    return f"{REGISTERS[phrase.register].capitalize()}, for {whom}."


def _yourself(phrase: Phrase) -> str:
    return f"You are a {phrase.speaker}. " if phrase.speaker in (WOMAN, MAN) else ""
