"""Flask as this application runs it: what could be made once for all requests is not made for each."""

from collections.abc import Callable, MutableMapping
from typing import Any

from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from flask.templating import Environment
from itsdangerous import URLSafeTimedSerializer


class CookieSessions(SecureCookieSessionInterface):
    """Flask's signed cookie, its serializer made once: the key stays while the application runs."""

    def __init__(self) -> None:
        self._serializer: URLSafeTimedSerializer | None = None

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        if self._serializer is None:
            self._serializer = super().get_signing_serializer(app)
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
