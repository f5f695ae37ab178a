"""The request that is being answered: when, who acts, what they may, and the transaction that reads or writes."""

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any, NoReturn, TypeVar
from urllib.parse import urlsplit

from flask import Response, abort, current_app, g, make_response, redirect, request, url_for
from flask_login import current_user
from sqlalchemy import Connection
from sqlalchemy.orm import Session

from trainer.database import session_on
from trainer.domain.access import EVERYTHING, Action, Actor, Subject, may
from trainer.domain.content import Content
from trainer.domain.mastery import Model
from trainer.library import SHIPPED_EDITION
from trainer.pace import Pace
from trainer.parts import Services

T = TypeVar("T")
F = TypeVar("F", bound=Callable[..., Any])

SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}


def utc_now() -> datetime:
    return datetime.now(UTC)


class SignedIn:
    """What Flask-Login keeps in its cookie: the token of a row in `user_session`, never a person's id."""

    is_authenticated = True
    is_active = True
    is_anonymous = False

    def __init__(self, actor: Actor | None, token: str, last_seen_at: datetime, edition: int = SHIPPED_EDITION) -> None:
        self.actor = actor
        self.edition = edition
        self.token = token
        self.last_seen_at = last_seen_at

    def get_id(self) -> str:
        return self.token


def services() -> Services:
    found: Services = current_app.extensions["entente"]
    return found


def edition() -> int:
    """The number of the edition of the content that was in force when the request came."""
    user = current_user._get_current_object()
    return user.edition if user.is_authenticated else SHIPPED_EDITION


def content() -> Content:
    """What is taught: the same throughout the request."""
    found: Content | None = g.get("content")
    if found is None:
        library = services().library
        user = current_user._get_current_object()
        found = g.content = library.current(reading(), user.edition) if user.is_authenticated else library.last_known()
    return found


def now() -> datetime:
    """The time of this request: one for all that it does."""
    at: datetime | None = g.get("now")
    if at is None:
        at = g.now = services().clock()
    return at


def reading() -> Connection:
    """To read, each statement by itself; closed with the request."""
    connection: Connection | None = g.get("read_connection")
    if connection is None:
        connection = g.read_connection = services().database.read_connection()
    return connection


def model() -> Model:
    """The version of the model in force."""
    return services().models.current(reading(), at=now())


def pace() -> Pace:
    """How long quizzes take here."""
    return services().paces.current(reading(), content(), at=now())


def writing() -> Connection:
    """The one transaction of this request that writes: kept when the answer is good, else rolled back."""
    assert request.method not in SAFE_METHODS
    return catching_up()


def catching_up() -> Connection:
    """As `writing`, for a page too: to keep what time alone has brought about, such as a deadline that is past."""
    connection: Connection | None = g.get("write_connection")
    if connection is None:
        g.write_context = services().database.write_connection()
        connection = g.write_connection = g.write_context.__enter__()
    return connection


def db() -> Session:
    """A session in that transaction."""
    session: Session | None = g.get("write_session")
    if session is None:
        session = g.write_session = session_on(writing())
    return session


def after_commit(act: Callable[[], object]) -> None:
    """What to do once this request's transaction is kept; nothing is done when it is not."""
    g.setdefault("after_commit", []).append(act)


def actor() -> Actor | None:
    """Whoever is signed in."""
    if "actor" not in g:
        user = current_user._get_current_object()
        g.actor = user.actor if user.is_authenticated else None
    who: Actor | None = g.actor
    return who


def me() -> Actor:
    """Whoever is signed in, after `authorize` has made sure that someone is."""
    found = actor()
    assert found is not None
    return found


def mark_of(who: Actor) -> str:
    """Tells one person's things on a device from another's: the same for ever, and nobody learns an id from it."""
    return hashlib.sha256(b"kept on a device by " + who.id.bytes).hexdigest()[:32]


def authorize(action: Action, subject: Subject = EVERYTHING) -> None:
    """Let the request go on, or answer 403; a stranger is sent to sign in. Every view asks before it answers."""
    g.is_authorized = True
    if may(actor(), action, subject):
        return
    if actor() is None:
        ask_to_sign_in()
    abort(HTTPStatus.FORBIDDEN)


def public_file(view: F) -> F:
    """Mark a view that serves a file of the application itself, the same for everyone."""
    view.is_public_file = True  # type: ignore[attr-defined]
    return view


def takes_files(limit: int) -> Callable[[F], F]:
    """Let a view take more than other forms send: so many bytes."""

    def mark(view: F) -> F:
        view.max_bytes = limit  # type: ignore[attr-defined]
        return view

    return mark


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
