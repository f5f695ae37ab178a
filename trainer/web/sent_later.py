"""What a browser kept while there was no connection, and sends later."""

from datetime import datetime
from http import HTTPStatus
from typing import NoReturn

from flask import abort, jsonify, make_response, request

from trainer.domain.device_time import by_our_clock
from trainer.web.current import now

SENT_LATER = "Entente-Queue"
"""The header in which a browser names what it kept. Only a script of ours can send it."""


def is_sent_later() -> bool:
    return SENT_LATER in request.headers


def answered_at(began_at: datetime) -> datetime | None:
    """When what is sent was answered on the device, by our clock; None where the device does not tell."""
    answered, sent = _time("answered_at"), _time("sent_at")
    if answered is None or sent is None:
        return None
    return by_our_clock(answered, sent, began_at=began_at, received_at=now())


def refuse(words: str) -> NoReturn:
    """Tell the browser that this was not taken and never will be, where a page would only lead elsewhere."""
    abort(make_response(jsonify(refused=words), HTTPStatus.CONFLICT))


def _time(name: str) -> datetime | None:
    try:
        at = datetime.fromisoformat(request.form.get(name, ""))
    except ValueError:
        return None
    return at if at.tzinfo is not None else None
