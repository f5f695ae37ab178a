"""Flask as this application runs it: what could be made once for all requests is not made for each."""

from collections.abc import Callable, MutableMapping
from copy import deepcopy
from datetime import UTC, datetime
from functools import lru_cache, partial
from typing import Any

from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from flask.templating import Environment
from itsdangerous import SignatureExpired, URLSafeTimedSerializer

REMEMBERED = 10_000
"""Cookies known to be ours: some hundred bytes each."""


class RememberingSerializer(URLSafeTimedSerializer):
    """Remembers which signed texts it has verified: a browser sends the same cookie with each request."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._verified = lru_cache(maxsize=REMEMBERED)(partial(super().loads, return_timestamp=True))

    def loads(  # type: ignore[override] # as the class it extends has it, which already differs from its own base
        self,
        s: str | bytes,
        max_age: int | None = None,
        return_timestamp: bool = False,
        salt: str | bytes | None = None,
    ) -> Any:
        if return_timestamp or salt is not None:
            return super().loads(s, max_age, return_timestamp, salt)
        payload, signed_at = self._verified(s)
        if max_age is not None and (datetime.now(UTC) - signed_at).total_seconds() > max_age:
            raise SignatureExpired(f"older than {max_age} seconds", date_signed=signed_at)
        return deepcopy(payload) if "_flashes" in payload else dict(payload)


class CookieSessions(SecureCookieSessionInterface):
    """Flask's signed cookie, with one serializer: the key stays while the application runs."""

    def __init__(self) -> None:
        self._serializer: RememberingSerializer | None = None

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        if self._serializer is None and app.secret_key:
            self._serializer = RememberingSerializer(
                app.secret_key,
                salt=self.salt,
                serializer=self.serializer,
                signer_kwargs={"key_derivation": self.key_derivation, "digest_method": self.digest_method},
            )
        return self._serializer


class Templates(Environment):
    """Templates that know the globals of the application as it was put together: nothing adds any later."""

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        return {**self.globals, **(d or {})}


class Application(Flask):
    """Every view and hook is a plain function, so none is looked at to see whether it is a coroutine."""

    jinja_environment = Templates

    def __init__(self, name: str, *, template_folder: str) -> None:
        super().__init__(name, template_folder=template_folder, static_folder=None)
        self.session_interface = CookieSessions()

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        return func
