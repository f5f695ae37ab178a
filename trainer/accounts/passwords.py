"""Passwords: what may be one, and how one is kept and checked."""

import re
import secrets
from collections.abc import Sequence
from functools import cache
from uuid import UUID

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from sqlalchemy import select
from zxcvbn.matching import RANKED_DICTIONARIES, build_ranked_dict, omnimatch
from zxcvbn.scoring import most_guessable_match_sequence

from trainer.accounts.people import normal_email
from trainer.database import Store
from trainer.models import User

MIN_PASSWORD = 12
MAX_PASSWORD = 128
MIN_GUESSES = 10**9
"""Guesses that zxcvbn expects an attacker to need: two common words, or one with a year, take fewer; three words that
do not belong together take more."""
JUDGED = 36
"""How much of a password is judged, from its start: zxcvbn takes milliseconds for that, and up to seconds for 128."""
PRODUCT_WORDS = ("entente",)

_WORD = re.compile(r"[^\s.,_-]+")
_WEAKNESSES = {
    "repeat": "it repeats itself",
    "sequence": "it counts or follows the alphabet",
    "spatial": "it follows the keyboard",
    "date": "it is little more than a date",
    "regex": "it is little more than a year",
    "dictionary": "it is made of common words or passwords",
    "own": "it is made of your name, your address or our name",
}
_hasher = PasswordHasher()


def check_password(store: Store, email: str, password: str) -> UUID | None:
    """The person with this e-mail address and password, or None. Takes as long for a stranger as for a member."""
    row = store.execute(
        select(User.id, User.password_hash).where(User.email == normal_email(email), User.disabled_at.is_(None))
    ).first()
    known_hash = row.password_hash if row and row.password_hash else _nobody_hash()
    try:
        _hasher.verify(known_hash, password)
    except (VerifyMismatchError, InvalidHashError):
        return None
    return row.id if row else None


def password_problem(password: str, email: str, name: str) -> str | None:
    """Why a password may not be used, in words that say what to do; None when it may (ASVS 6.2)."""
    if len(password) < MIN_PASSWORD:
        return f"Use {MIN_PASSWORD} characters or more. Three words that do not belong together are easy to remember."
    if len(password) > MAX_PASSWORD:
        return f"Use {MAX_PASSWORD} characters or fewer."
    folded = password.casefold()
    own_words = _own_words(email, name)
    rest = folded
    for word in own_words:
        rest = rest.replace(word, "")
    if len(rest) < MIN_PASSWORD // 2:
        return "This password is mostly your name or address. Choose another."
    weakness = _weakness(folded, own_words)
    if weakness is not None:
        return f"This password is easy to guess: {weakness}. Choose three or more words that do not belong together."
    return None


def _own_words(email: str, name: str) -> list[str]:
    """What whoever knows the person would try first, the longest first: name, address, company, product."""
    address = email.casefold().rpartition(".")[0]
    words = {*re.findall(r"\w+", f"{name.casefold()} {address}"), *PRODUCT_WORDS}
    return sorted((word for word in words if len(word) > 2), key=lambda word: (-len(word), word))


def _weakness(password: str, own_words: Sequence[str]) -> str | None:
    """Why a password can be guessed, or None. A word that stands again in it adds nothing."""
    judged = (" ".join(dict.fromkeys(_WORD.findall(password))) or password)[:JUDGED]
    dictionaries = {**RANKED_DICTIONARIES, "own": build_ranked_dict(own_words)}
    found = most_guessable_match_sequence(judged, omnimatch(judged, dictionaries))
    if found["guesses"] >= MIN_GUESSES:
        return None
    known = [match for match in found["sequence"] if match["pattern"] != "bruteforce"]
    if not known:
        return _WEAKNESSES["repeat"]
    longest = max(known, key=lambda match: len(match["token"]))
    return _WEAKNESSES["own" if longest.get("dictionary_name") == "own" else longest["pattern"]]


@cache
def _nobody_hash() -> str:
    """What a password is checked against when there is no such account, so that both take as long."""
    return _hasher.hash(secrets.token_urlsafe())


def hash_password(password: str) -> str:
    return _hasher.hash(password)
