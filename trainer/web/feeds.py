"""Calendar feeds: an address that a calendar program reads without signing in, made and ended by its owner."""

from uuid import UUID

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue
from limits import RateLimitItemPerMinute
from werkzeug.exceptions import NotFound, TooManyRequests

from trainer import links, reporting
from trainer.domain.access import Action, Subject
from trainer.interchange.icalendar import TYPE
from trainer.links import Purpose
from trainer.web import actor, authorize, db, me, now, page, reading, say, to
from trainer.web.addresses import public_address
from trainer.web.throttle import Try, throttle

bp = Blueprint("feeds", __name__)

MOST_FEEDS = 10
WRONG_TRIES = RateLimitItemPerMinute(30, 15, "feed")
"""Addresses that do not exist, from one place: nobody guesses one, but nobody shall try."""


@bp.get("/feeds/<token>.ics")
def show_feed(token: str) -> ResponseReturnValue:
    authorize(Action.VISIT)
    tries = [Try(WRONG_TRIES, str(request.remote_addr))]
    wait = throttle().wait_seconds(tries)
    if wait is not None:
        raise TooManyRequests(retry_after=wait)
    link = links.open_link(reading(), token, Purpose.FEED, at=now())
    data = reporting.person_calendar(reading(), link.user_id, at=now()) if link and link.user_id else None
    if data is None:
        throttle().count(tries)
        raise NotFound("This calendar address is over. Make a new one on your account page.")
    return Response(data, content_type=TYPE, headers={"Cache-Control": "private, no-cache"})


@bp.post("/account/feeds")
def make_feed() -> ResponseReturnValue:
    """Shows the new address, this once: only its hash is kept."""
    authorize(Action.MANAGE_OWN_ACCOUNT, _myself())
    is_open = [link for link in links.feeds_of(reading(), me().id) if link.is_open(now())]
    if len(is_open) >= MOST_FEEDS:
        say(f"You have {MOST_FEEDS} addresses already. End one first.")
        return to("accounts.show_account")
    token = links.make_link(db(), Purpose.FEED, user_id=me().id, label="Calendar", by=me().id, at=now())
    answer = page("accounts/feed.html", address=public_address("feeds.show_feed", token=token))
    answer.headers["Cache-Control"] = "no-store"
    return answer


@bp.post("/account/feeds/<uuid:link_id>/end")
def end_feed(link_id: UUID) -> ResponseReturnValue:
    authorize(Action.MANAGE_OWN_ACCOUNT, _myself())
    links.revoke_link(db(), link_id, user_id=me().id, at=now())
    say("The address is ended. Calendars that use it are no longer brought up to date.")
    return to("accounts.show_account")


def _myself() -> Subject:
    who = actor()
    return Subject(owner_id=who.id if who else None)
