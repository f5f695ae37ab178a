"""Versions of a document: who wrote what when, how any two differ, and back to one of them."""

from http import HTTPStatus

from flask import request
from flask.typing import ResponseReturnValue

from trainer import authoring
from trainer.domain.authoring import difference
from trainer.web import content, db, found, me, now, page, reading, say, to
from trainer.web.authoring.blueprint import Opened, bp, library, number_sent, open_document
from trainer.web.authoring.words import version_state


@bp.get("/versions/<path:path>")
def list_versions(path: str) -> ResponseReturnValue:
    return _page(open_document(path))


@bp.get("/difference/<path:path>")
def show_difference(path: str) -> ResponseReturnValue:
    shown = open_document(path)
    numbers = [each.number for each in shown.document.versions] + ([0] if shown.document.shipped is not None else [])
    before, after = _number_asked("from"), _number_asked("to")
    found(True if before in numbers and after in numbers else None)
    return page(
        "authoring/difference.html",
        opened=shown,
        before=before,
        after=after,
        groups=difference(_text(shown, before), _text(shown, after)),
        numbers=numbers,
        course=content().courses.get(shown.course_id),
    )


@bp.post("/versions/<path:path>")
def restore_version(path: str) -> ResponseReturnValue:
    shown = open_document(path)
    number = number_sent("number")
    try:
        made = authoring.restore_version(
            db(), library(), path, number, base=number_sent("base"), author_id=me().id, at=now()
        )
    except authoring.AuthoringError as error:
        return _page(shown, str(error), HTTPStatus.UNPROCESSABLE_ENTITY)
    what = "the text as shipped" if number == 0 else f"the text of version {number}"
    say(f"Version {made} is a draft with {what}. Learners do not see it before it is published.")
    return to("authoring.list_versions", path=path)


def _page(shown: Opened, notice: str = "", status: int = HTTPStatus.OK) -> ResponseReturnValue:
    document = shown.document
    asked = authoring.waiting_reviews(reading())
    return page(
        "authoring/versions.html",
        status,
        opened=shown,
        document=document,
        rows=[(each, version_state(each, is_asked=(each.path, each.number) in asked)) for each in document.versions],
        notice=notice,
        course=content().courses.get(shown.course_id),
    )


def _text(shown: Opened, number: int) -> str:
    return (shown.document.shipped if number == 0 else authoring.load_version(reading(), shown.path, number)) or ""


def _number_asked(name: str) -> int:
    words = request.args.get(name, "")
    return int(words) if words.isdecimal() and len(words) < 10 else -1
