"""Passwords: what may be one, and how one is kept and checked."""

import secrets
from functools import cache
from uuid import UUID

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from sqlalchemy import select
from zxcvbn.frequency_lists import FREQUENCY_LISTS

from trainer.accounts.people import normal_email
from trainer.database import Store
from trainer.models import User

MIN_PASSWORD = 12
MAX_PASSWORD = 128
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
        return f"Use {MIN_PASSWORD} characters or more. A few words in a row are easy to remember."
    if len(password) > MAX_PASSWORD:
        return f"Use {MAX_PASSWORD} characters or fewer."
    folded = password.casefold()
    if folded in _common_passwords() or len(set(folded)) < 4:
        return "This password is on lists of common passwords. Choose another."
    own_words = {*email.casefold().split("@")[0].split("."), *name.casefold().split(), "entente"}
    rest = folded
    for word in sorted((word for word in own_words if len(word) > 2), key=len, reverse=True):
        rest = rest.replace(word, "")
    if len(rest) < MIN_PASSWORD // 2:
        return "This password is mostly your name or address. Choose another."
    return None


@cache
def _common_passwords() -> frozenset[str]:
    return frozenset(FREQUENCY_LISTS["passwords"])


@cache
def _nobody_hash() -> str:
    """What a password is checked against when there is no such account, so that both take as long."""
    return _hasher.hash(secrets.token_urlsafe())


def hash_password(password: str) -> str:
    return _hasher.hash(password)
