"""What a browser asks before it sends what it kept, and the receipt it gets."""

from http import HTTPStatus

from flask import Blueprint, Response, json, jsonify, request
from flask.typing import ResponseReturnValue

from trainer.domain.access import Action
from trainer.web import authorize, form_token, mark_of, me
from trainer.web.sent_later import SENT_LATER

bp = Blueprint("queue", __name__)


@bp.get("/queue")
def show_ticket() -> ResponseReturnValue:
    """Who is signed in now, and the token that forms need now: both may have changed since an answer was kept."""
    authorize(Action.LEARN)
    return jsonify(learner=mark_of(me()), token=form_token())


@bp.after_app_request
def give_receipt(response: Response) -> Response:
    """Answer what was sent later by its name instead of leading on: a page could come from anybody on the way."""
    name = request.headers.get(SENT_LATER)
    if name is not None and response.status_code == HTTPStatus.SEE_OTHER:
        goes_to = response.headers.pop("Location")
        response.status_code = HTTPStatus.OK
        response.mimetype = "application/json"
        response.set_data(json.dumps({"kept": name, "goes_to": goes_to}))
    return response
