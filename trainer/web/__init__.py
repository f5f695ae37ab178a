"""The life of a request: what happens before and after each view, and how an error is answered."""

from datetime import timedelta
from http import HTTPStatus

from flask import Flask, Response, abort, current_app, g, make_response, request
from flask import session as cookie
from flask.typing import ResponseReturnValue
from flask_login import LoginManager
from flask_wtf.csrf import CSRFError, CSRFProtect
from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from werkzeug.exceptions import Conflict, HTTPException, InternalServerError, SecurityError

from trainer.accounts import SEEN_EVERY, load_actor, touch_session
from trainer.parts import Services
from trainer.web.current import (
    SAFE_METHODS,
    SignedIn,
    actor,
    after_commit,
    authorize,
    catching_up,
    content,
    db,
    found,
    local_path,
    mark_of,
    me,
    model,
    now,
    pace,
    public_file,
    reading,
    services,
    takes_files,
    utc_now,
    writing,
)
from trainer.web.pages import form_token, kept_page, page, part, say, to, token_place

__all__ = [
    "SignedIn",
    "actor",
    "after_commit",
    "authorize",
    "catching_up",
    "content",
    "db",
    "form_token",
    "found",
    "init_web",
    "kept_page",
    "local_path",
    "mark_of",
    "me",
    "model",
    "now",
    "pace",
    "page",
    "part",
    "public_file",
    "reading",
    "say",
    "services",
    "takes_files",
    "to",
    "utc_now",
    "writing",
]

csrf = CSRFProtect()
login_manager = LoginManager()

MEGABYTE = 1_000_000
NUL_WORDS = (
    "It holds a character that cannot be seen and is not kept (NUL); it often comes along when words are copied from "
    "another program. Write that part anew."
)


def init_web(app: Flask, parts: Services) -> None:
    """Wire the life of a request into the application."""
    app.extensions["entente"] = parts
    app.before_request(_allow_files)
    login_manager.init_app(app, add_context_processor=False)
    login_manager.session_protection = None
    csrf.init_app(app)
    app.jinja_env.globals["csrf_token"] = token_place
    login_manager.user_loader(_load_signed_in)
    app.before_request(_refuse_nul)
    app.after_request(_commit_or_not)
    app.after_request(_refuse_unasked)
    app.teardown_request(_end_request)
    app.register_error_handler(Exception, _answer_error)


def _allow_files() -> None:
    """Before anything reads the form: a view that takes files says how large they may be."""
    limit = getattr(current_app.view_functions.get(request.endpoint or ""), "max_bytes", None)
    if limit is not None:
        request.max_content_length = limit


def _refuse_nul() -> None:
    """PostgreSQL keeps no character NUL, pages are cut where they have one, and nobody types one."""
    if "\0" in request.path or b"%00" in request.query_string:
        abort(HTTPStatus.BAD_REQUEST, NUL_WORDS)
    if request.method not in SAFE_METHODS and any(
        "\0" in value for values in request.form.listvalues() for value in values
    ):
        abort(HTTPStatus.BAD_REQUEST, NUL_WORDS)


def _load_signed_in(token: str) -> SignedIn | None:
    settings = services().settings
    idle = timedelta(minutes=settings.session_idle_minutes)
    loaded = load_actor(reading(), token, idle, at=now())
    if loaded is None:
        return None
    who, last_seen_at, edition = loaded
    if now() - last_seen_at > SEEN_EVERY:
        with services().database.write_connection() as connection:
            touch_session(connection, who.session_id, at=now())
            connection.commit()
    return SignedIn(who, token, last_seen_at, edition)


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


def _commit_or_not(response: Response) -> Response:
    transaction: Session | Connection | None = g.get("write_session") or g.get("write_connection")
    if transaction is not None:
        if response.status_code < HTTPStatus.BAD_REQUEST:
            try:
                transaction.commit()
            except IntegrityError as error:
                response = make_response(_answer_clash(error))
        else:
            transaction.rollback()
        _end_writing()
        if response.status_code < HTTPStatus.BAD_REQUEST:
            for act in g.pop("after_commit", ()):
                act()
    return response


def _end_writing() -> None:
    """At once, for the next writer waits."""
    session: Session | None = g.pop("write_session", None)
    if session is not None:
        session.close()
    context = g.pop("write_context", None)
    if context is not None:
        g.pop("write_connection")
        context.__exit__(None, None, None)


def _end_request(error: BaseException | None) -> None:
    _end_writing()
    connection: Connection | None = g.pop("read_connection", None)
    if connection is not None:
        connection.close()


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
    _end_writing()
    cookie.pop("_flashes", None)
    return _error_page(Conflict())


def _error_page(error: HTTPException) -> ResponseReturnValue:
    code = error.code or HTTPStatus.INTERNAL_SERVER_ERROR
    is_stale = isinstance(error, CSRFError)
    megabytes = (request.max_content_length or 0) // MEGABYTE
    answer = page(
        "error.html", code, code=code, is_stale=is_stale, description=error.description, most_megabytes=megabytes
    )
    for name, value in error.get_headers():
        if name.lower() == "retry-after":
            answer.headers[name] = value
    return answer
