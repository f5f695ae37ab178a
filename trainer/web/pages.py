"""How a page is answered: its own parts from a template, the frame around them, and what is kept of both."""

from collections.abc import Callable, Mapping
from functools import lru_cache
from http import HTTPStatus
from typing import Any

from flask import (
    Response,
    flash,
    get_flashed_messages,
    make_response,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import generate_csrf
from markupsafe import Markup, escape

from trainer.domain.access import Action, may
from trainer.web.current import actor, edition, is_fragment, mark_of, services
from trainer.web.frame import CUT, Own, Place, frame_at
from trainer.web.kept import kept_pages

SAID = Markup('<p class="said" role="status">{}</p>\n')
TITLE_END = " · Entente</title>\n".encode()


def page(template: str, status: int = HTTPStatus.OK, **values: Any) -> Response:
    """A page, or its main part for htmx."""
    return _answer(_make(template, values), status)


def kept_page(template: str, name: str, version: str, values: Callable[[], Mapping[str, Any]]) -> Response:
    """A page that is the same for all who may see it: its own parts are made once for each version."""
    return _answer(kept_pages().get(name, f"{edition()} {version}", lambda: _make(template, values())), HTTPStatus.OK)


def part(template: str, **values: Any) -> str:
    """The main part of a page as htmx gets it, to be sent along with others."""
    return _fragment(_make(template, values), form_token().encode()).decode()


def token_place() -> str:
    """What forms in templates print in place of the browser's token, which is put in when the page is answered."""
    return CUT


def _make(template: str, values: Mapping[str, Any]) -> Own:
    return Own.cut_from(render_template(template, layout="parts.html", cut=CUT, **values))


def _answer(own: Own, status: int) -> Response:
    said = "".join(SAID.format(words) for words in get_flashed_messages()).encode()
    token = form_token().encode()
    if is_fragment():
        body = _fragment(own, token, said)
    else:
        who = actor()
        name = escape(who.name).encode() if who else b""
        mark = mark_of(who).encode() if who else b""
        body = frame_at(_place()).around(own, mark=mark, token=token, name=name, said=said)
    answer = make_response(body, status)
    answer.vary.add("HX-Request")
    return answer


def _fragment(own: Own, token: bytes, said: bytes = b"") -> bytes:
    return b"".join((b"<title>", own.title, TITLE_END, said, token.join(own.main)))


def form_token() -> str:
    """The token of this browser's forms. It has no age, so it is signed once for each browser."""
    raw = session.get("csrf_token")
    return _signed_token(raw) if raw else str(generate_csrf())


@lru_cache(maxsize=5000)
def _signed_token(_raw: str) -> str:
    return str(generate_csrf())


def _place() -> Place:
    who = actor()
    theme = request.cookies.get(services().settings.cookie_name("theme"), "")
    return Place(
        here=request.blueprint or "",
        theme=theme if theme in ("light", "dark") else "",
        is_demo=services().settings.is_demo,
        is_signed_in=who is not None,
        sees_teams=may(who, Action.SEE_TEAMS),
        sees_partners=who is not None and bool(who.teams | who.managed_teams),
        sees_content_health=may(who, Action.SEE_CONTENT_HEALTH),
        edits_content=may(who, Action.EDIT_CONTENT),
        manages_people=may(who, Action.MANAGE_PEOPLE),
    )


def to(endpoint: str, **values: Any) -> ResponseReturnValue:
    """Redirect after a form, so that Back and reload are safe."""
    return redirect(url_for(endpoint, **values), HTTPStatus.SEE_OTHER)


def say(words: str) -> None:
    """Tell the person on the next page what was done."""
    flash(words)
