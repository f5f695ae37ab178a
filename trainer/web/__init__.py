"""The request: who acts, which transaction, what is allowed, and how a page or an error is answered."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from typing import Any, NoReturn, TypeVar
from urllib.parse import urlsplit

from flask import (
    Flask,
    Response,
    abort,
    current_app,
    flash,
    g,
    has_request_context,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask import session as cookie
from flask.typing import ResponseReturnValue
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_login import LoginManager, current_user
from flask_wtf.csrf import CSRFError, CSRFProtect
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from werkzeug.exceptions import Conflict, HTTPException, InternalServerError, SecurityError

from trainer.accounts import SEEN_EVERY, load_actor, touch_session
from trainer.domain.access import EVERYTHING, Action, Actor, Subject, may
from trainer.domain.content import Content
from trainer.parts import Services

T = TypeVar("T")
F = TypeVar("F", bound=Callable[..., Any])

SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}

csrf = CSRFProtect()
limiter = Limiter(get_remote_address)
login_manager = LoginManager()

NUL_WORDS = (
    "It holds a character that cannot be seen and is not kept (NUL); it often comes along when words are copied from "
    "another program. Write that part anew."
)


def utc_now() -> datetime:
    return datetime.now(UTC)


class SignedIn:
    """What Flask-Login keeps in its cookie: the token of a row in `user_session`, never a person's id."""

    is_authenticated = True
    is_active = True
    is_anonymous = False

    def __init__(self, actor: Actor | None, token: str, last_seen_at: datetime) -> None:
        self.actor = actor
        self.token = token
        self.last_seen_at = last_seen_at

    def get_id(self) -> str:
        return self.token


def services() -> Services:
    found: Services = current_app.extensions["entente"]
    return found


def content() -> Content:
    return services().content


def now() -> datetime:
    """The time of this request: one for all that it does."""
    if "now" not in g:
        g.now = services().clock()
    at: datetime = g.now
    return at


def reading() -> Session:
    """A session that only reads; closed with the request."""
    if "read_session" not in g:
        g.read_session = services().database.read_session()
    session: Session = g.read_session
    return session


def db() -> Session:
    """The session of this request: for safe methods one that reads, else the one transaction that writes."""
    if request.method in SAFE_METHODS:
        return reading()
    if "write_session" not in g:
        g.write_context = services().database.write_session()
        g.write_session = g.write_context.__enter__()
    session: Session = g.write_session
    return session


def actor() -> Actor | None:
    """Whoever is signed in."""
    if "actor" not in g:
        g.actor = current_user.actor if current_user.is_authenticated else None
    who: Actor | None = g.actor
    return who


def me() -> Actor:
    """Whoever is signed in, after `authorize` has made sure that someone is."""
    found = actor()
    assert found is not None
    return found


def authorize(action: Action, subject: Subject = EVERYTHING) -> None:
    """Let the request go on, or answer 403; a stranger is sent to sign in. Every view asks before it answers."""
    g.is_authorized = True
    if may(actor(), action, subject):
        return
    if actor() is None:
        ask_to_sign_in()
    abort(HTTPStatus.FORBIDDEN)


def found(value: T | None) -> T:
    """The value, or the answer 404."""
    if value is None:
        g.is_authorized = True
        abort(HTTPStatus.NOT_FOUND)
    return value


def ask_to_sign_in() -> NoReturn:
    back = request.full_path.rstrip("?") if request.method in SAFE_METHODS else local_path(request.referrer)
    target = url_for("accounts.sign_in", next=back if back != "/" else None)
    if is_fragment():
        answer = Response(status=HTTPStatus.UNAUTHORIZED, headers={"HX-Redirect": target})
    else:
        answer = make_response(redirect(target, HTTPStatus.SEE_OTHER))
    abort(answer)


def local_path(address: str | None) -> str:
    """The path of an address of this application; `/` for any other, so that no redirect leaves it."""
    try:
        parts = urlsplit((address or "").replace("\\", "/"))
    except ValueError:
        return "/"
    is_here = not parts.netloc or parts.netloc == request.host
    if not is_here or not parts.path.startswith("/") or parts.path.startswith("//"):
        return "/"
    return parts.path + (f"?{parts.query}" if parts.query else "")


def is_fragment() -> bool:
    """Whether htmx asks: it wants the main part of the page only."""
    return request.headers.get("HX-Request") == "true"


def page(template: str, status: int = HTTPStatus.OK, **values: Any) -> Response:
    """A page, or its main part for htmx."""
    body = render_template(template, layout="fragment.html" if is_fragment() else "base.html", **values)
    answer = make_response(body, status)
    answer.vary.add("HX-Request")
    return answer


def to(endpoint: str, **values: Any) -> ResponseReturnValue:
    """Redirect after a form, so that Back and reload are safe."""
    return redirect(url_for(endpoint, **values), HTTPStatus.SEE_OTHER)


def say(words: str) -> None:
    """Tell the person on the next page what was done."""
    flash(words)


def init_web(app: Flask, parts: Services) -> None:
    """Wire the life of a request into the application."""
    app.extensions["entente"] = parts
    login_manager.init_app(app, add_context_processor=False)
    login_manager.session_protection = None
    csrf.init_app(app)
    limiter.init_app(app)
    login_manager.user_loader(_load_signed_in)
    app.before_request(_refuse_nul)
    app.after_request(_commit_or_not)
    app.after_request(_refuse_unasked)
    app.teardown_request(_end_transaction)
    app.register_error_handler(Exception, _answer_error)
    app.context_processor(_page_values)


def _refuse_nul() -> None:
    """PostgreSQL keeps no character NUL, and nobody types one."""
    if "\0" in request.path or any("\0" in value for values in request.form.listvalues() for value in values):
        abort(HTTPStatus.BAD_REQUEST, NUL_WORDS)


def _load_signed_in(token: str) -> SignedIn | None:
    settings = services().settings
    idle = timedelta(minutes=settings.session_idle_minutes)
    loaded = load_actor(reading(), token, idle, at=now())
    if loaded is None:
        return None
    who, last_seen_at = loaded
    if now() - last_seen_at > SEEN_EVERY:
        with services().database.write_session() as session:
            touch_session(session, who.session_id, at=now())
            session.commit()
    return SignedIn(who, token, last_seen_at)


def _refuse_unasked(response: Response) -> Response:
    """A view that did not ask for permission is a mistake: answer 500, keep nothing."""
    is_view = request.endpoint is not None and response.status_code < HTTPStatus.BAD_REQUEST
    if is_view and not g.get("is_authorized") and not _is_public_file() and not _is_list_of_methods():
        current_app.logger.error("view %s did not authorize", request.endpoint)
        response = make_response(_error_page(InternalServerError()))
    return response


def _is_public_file() -> bool:
    view = current_app.view_functions.get(request.endpoint or "")
    return getattr(view, "is_public_file", False)


def _is_list_of_methods() -> bool:
    """Whether Flask itself answers OPTIONS: no view is asked."""
    return request.method == "OPTIONS" and getattr(request.url_rule, "provide_automatic_options", False)


def public_file(view: F) -> F:
    """Mark a view that serves a file of the application itself, the same for everyone."""
    view.is_public_file = True  # type: ignore[attr-defined]
    return view


def _commit_or_not(response: Response) -> Response:
    session: Session | None = g.get("write_session")
    if session is not None:
        if response.status_code < HTTPStatus.BAD_REQUEST:
            try:
                session.commit()
            except IntegrityError as error:
                return make_response(_answer_clash(error))
        else:
            session.rollback()
    return response


def _end_transaction(error: BaseException | None) -> None:
    context = g.pop("write_context", None)
    g.pop("write_session", None)
    if context is not None:
        context.__exit__(None, None, None)
    session: Session | None = g.pop("read_session", None)
    if session is not None:
        session.close()


def _answer_error(error: Exception) -> ResponseReturnValue:
    if isinstance(error, HTTPException):
        if error.response is not None:
            return error.response
        if isinstance(error, SecurityError):
            return Response("This host name is not served here.\n", HTTPStatus.BAD_REQUEST, mimetype="text/plain")
        return _error_page(error)
    if isinstance(error, IntegrityError):
        return _answer_clash(error)
    current_app.logger.exception("request failed", exc_info=error)
    if current_app.testing:
        raise error
    return _error_page(InternalServerError())


def _answer_clash(error: IntegrityError) -> ResponseReturnValue:
    """Two requests saved at the same moment what is kept once: the later one keeps nothing and says so."""
    current_app.logger.warning("clash with another request", exc_info=error)
    if "write_session" in g:
        g.write_session.rollback()
    cookie.pop("_flashes", None)
    return _error_page(Conflict())


def _error_page(error: HTTPException) -> ResponseReturnValue:
    code = error.code or HTTPStatus.INTERNAL_SERVER_ERROR
    is_stale = isinstance(error, CSRFError)
    answer = page("error.html", status=code, code=code, is_stale=is_stale, description=error.description)
    for name, value in error.get_headers():
        if name.lower() == "retry-after":
            answer.headers[name] = value
    return answer


def _page_values() -> dict[str, Any]:
    if not has_request_context():
        return {}
    return {
        "actor": actor(),
        "Action": Action,
        "may": lambda action, subject=EVERYTHING: may(actor(), action, subject),
        "is_demo": services().settings.is_demo,
        "theme": request.cookies.get(services().settings.cookie_name("theme"), ""),
    }
