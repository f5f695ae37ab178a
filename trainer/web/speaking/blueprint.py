"""The blueprint of speaking, and how its views load the take that they are about."""

from datetime import timedelta
from uuid import UUID

from flask import Blueprint, abort, request
from flask.typing import ResponseReturnValue
from limits import parse
from werkzeug.exceptions import TooManyRequests

from trainer import learning
from trainer.domain.content import Sayable
from trainer.learning import Take
from trainer.speech.hearing import MAX_BYTES
from trainer.web import content, found, me, now, page, reading, services
from trainer.web.current import is_fragment
from trainer.web.lessons import sayables_of
from trainer.web.speaking.words import CLOSENESS, hearing_lines
from trainer.web.throttle import Try, throttle

bp = Blueprint("speaking", __name__)

TAKES = parse("60/5minutes")
"""A person's: a dialogue held without hands needs fewer, and more would keep the server from others."""
REST_OF_FORM = 10_000
MOST_BYTES = MAX_BYTES + REST_OF_FORM
SLOW_AFTER = timedelta(seconds=15)


def line_here(line_id: str) -> Sayable:
    """What is to be said, or the answer 404."""
    line = content().sayable(line_id)
    if line is None:
        abort(404)
    return line


def count_take() -> None:
    """Refuse, for a while, whoever sends more than a person can say."""
    tries = [Try(TAKES, f"takes|{me().id}")]
    wait = throttle().wait_seconds(tries)
    if wait is not None:
        words = "More recordings than a person can say in so short a time. Wait some minutes: yours is still here."
        raise TooManyRequests(words, retry_after=wait)
    throttle().count(tries)


def sent_sound() -> bytes:
    file = request.files.get("file")
    if file is None:
        return b""
    with file.stream as stream:
        return stream.read()


def own_take(take_id: UUID) -> Take:
    """A take of whoever acts; those of others are not found."""
    return found(learning.load_take(reading(), me().id, take_id))


def take_page(take: Take, status: int = 200, problem: str = "") -> ResponseReturnValue:
    """What is told of a take: a page of its own, or its panel for the page of its line."""
    line = content().sayable(take.line_id)
    return page(
        "speaking/take.html",
        status,
        take=take,
        line=line,
        problem=problem,
        told=hearing_lines(take.hearing, _neighbours(line)) if take.hearing else None,
        days=services().settings.takes_days,
        is_fragment=is_fragment(),
        is_slow=is_slow(take),
        CLOSENESS=CLOSENESS,
    )


def is_slow(take: Take) -> bool:
    """Whether it takes longer than it should until it is heard."""
    return take.is_waiting and now() - take.taken_at > SLOW_AFTER


def _neighbours(line: Sayable | None) -> dict[str, Sayable]:
    """What the lessons of a line hold: only this is named when it was heard instead."""
    if line is None:
        return {}
    holds = ((lesson, sayables_of(lesson)) for lesson in content().lessons.values())
    return {each.id: each for _, sayables in holds if line.id in {each.id for each in sayables} for each in sayables}
