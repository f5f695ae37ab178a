"""Headers, cookies and compression: what every answer carries, whatever the view."""

from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta
from types import TracebackType
from urllib.parse import urlsplit
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from flask import Flask, Response, request
from flask_compress import Compress
from secure import (
    ContentSecurityPolicy,
    CrossOriginOpenerPolicy,
    CrossOriginResourcePolicy,
    PermissionsPolicy,
    ReferrerPolicy,
    Secure,
    StrictTransportSecurity,
    XContentTypeOptions,
    XFrameOptions,
)
from werkzeug.exceptions import SecurityError
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.sansio.utils import host_is_trusted

from trainer.settings import Settings
from trainer.web.health import bp as health

YEAR = 31_536_000
Raised = tuple[type[BaseException], BaseException, TracebackType] | tuple[None, None, None]

_compress = Compress()


def init_security(app: Flask, settings: Settings) -> None:
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SESSION_COOKIE_NAME=settings.cookie_name("entente"),
        SESSION_COOKIE_SECURE=settings.is_secure,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_PATH="/",
        PERMANENT_SESSION_LIFETIME=timedelta(hours=settings.session_max_hours),
        SESSION_REFRESH_EACH_REQUEST=False,
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=True,
        MAX_CONTENT_LENGTH=1_000_000,
        MAX_FORM_PARTS=500,
        COMPRESS_REGISTER=False,
        COMPRESS_ALGORITHM=["zstd", "br", "gzip"],
        COMPRESS_ZSTD_LEVEL=1,
        COMPRESS_BR_LEVEL=1,
        COMPRESS_LEVEL=3,
        COMPRESS_MIN_SIZE=500,
    )
    if settings.public_url is not None:
        _serve_only([urlsplit(settings.public_url).hostname or "", "127.0.0.1", "localhost"], app)
    if settings.trusted_proxies:
        count = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=count, x_proto=count, x_host=count)  # type: ignore[method-assign]
    _compress.init_app(app)
    app.wsgi_app = SecureAnswers(app.wsgi_app, _headers(settings).header_items())  # type: ignore[method-assign]

    @app.after_request
    def compress(response: Response) -> Response:
        return _compress.after_request(response) if _may_compress(response) else response


class SecureAnswers:
    """Adds the same headers to every answer, after the application: nothing forgets them, and nothing adds them twice.

    An answer that says nothing of caches is not for them.
    """

    def __init__(self, app: WSGIApplication, headers: Iterable[tuple[str, str]]) -> None:
        self._app = app
        self._headers = list(headers)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        def start(
            status: str, headers: list[tuple[str, str]], error: Raised | None = None, /
        ) -> Callable[[bytes], object]:
            if "Cache-Control" not in dict(headers):
                headers.append(("Cache-Control", "no-store"))
            headers.extend(self._headers)
            return start_response(status, headers, error)

        return self._app(environ, start)


def _serve_only(hosts: Sequence[str], app: Flask) -> None:
    """Refuse other host names, but for the health of the process: load balancers ask for it by address.

    Flask's own TRUSTED_HOSTS knows no exception. This comes before all else that looks at a request.
    """

    @app.before_request
    def refuse_other_hosts() -> None:
        if request.blueprint != health.name and not host_is_trusted(request.host, hosts):
            raise SecurityError


def _may_compress(response: Response) -> bool:
    """Pages that print what was sent to them stay as they are: beside the form's token, compression leaks (BREACH)."""
    is_echo = bool(request.query_string) and response.mimetype == "text/html"
    return request.method in ("GET", "HEAD") and response.status_code == 200 and not is_echo


def _headers(settings: Settings) -> Secure:
    policy = (
        ContentSecurityPolicy()
        .default_src("'none'")
        .script_src("'self'")
        .style_src("'self'")
        .img_src("'self'", "data:")
        .font_src("'self'")
        .media_src("'self'", "blob:")
        .connect_src("'self'")
        .form_action("'self'")
        .base_uri("'none'")
        .frame_ancestors("'none'")
    )
    return Secure(
        csp=policy,
        xcto=XContentTypeOptions().nosniff(),
        xfo=XFrameOptions().deny(),
        referrer=ReferrerPolicy().same_origin(),
        coop=CrossOriginOpenerPolicy().same_origin(),
        corp=CrossOriginResourcePolicy().same_origin(),
        permissions=PermissionsPolicy().microphone("self").camera().geolocation(),
        hsts=StrictTransportSecurity().max_age(YEAR).include_subdomains() if settings.is_secure else None,
    )
