"""Random tokens that stand in cookies and links; only what cannot be turned back is kept of them."""

import hashlib
import secrets


def new_token() -> str:
    """256 bits, in characters that need no escape in an address."""
    return secrets.token_urlsafe(32)


def hash_token(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
