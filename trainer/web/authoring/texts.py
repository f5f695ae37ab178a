"""The whole file as a text, with its problems by line, for those who like it."""

from http import HTTPStatus

from flask import request
from flask.typing import ResponseReturnValue

from trainer import authoring
from trainer.authoring.together import merged
from trainer.domain.authoring import difference
from trainer.web import content, db, me, now, page, reading, say, to
from trainer.web.authoring.blueprint import Opened, bp, library, number_sent, open_document
from trainer.web.authoring.conflicts import text_conflict_page


@bp.get("/text/<path:path>")
def edit_text(path: str) -> ResponseReturnValue:
    shown = open_document(path)
    return _page(shown, shown.text)


@bp.post("/text/<path:path>")
def save_text(path: str) -> ResponseReturnValue:
    shown = open_document(path)
    typed = _typed()
    if request.form.get("do") != "save":
        return _page(shown, typed)
    document = shown.document
    if number_sent("base") != document.newest_number and typed != shown.text:
        base = _text_of(shown, number_sent("shown"))
        return text_conflict_page(shown, base, typed, merged(base, typed, shown.text))
    try:
        number = authoring.save_document(
            db(),
            library(),
            path,
            typed,
            base=document.newest_number,
            author_id=me().id,
            note=request.form.get("note", ""),
            at=now(),
        )
    except authoring.AuthoringError as error:
        return _page(shown, typed, HTTPStatus.UNPROCESSABLE_ENTITY, notice=str(error))
    if number == document.newest_number:
        say("Nothing was changed, so nothing was saved.")
    else:
        say(f"Saved as a draft, version {number}. Learners do not see it before it is published.")
    return to("authoring.edit_text", path=path)


def _typed() -> str:
    """As files are kept: browsers send lines that end in two characters, and may leave out the last break."""
    text = request.form.get("text", "").replace("\r\n", "\n").replace("\r", "\n")
    return text if text.endswith("\n") or not text else f"{text}\n"


def _text_of(shown: Opened, number: int) -> str:
    """The text that the form began with."""
    if number == shown.document.number:
        return shown.text
    return (shown.document.shipped if number <= 0 else authoring.load_version(reading(), shown.path, number)) or ""


def _page(shown: Opened, typed: str, status: int = HTTPStatus.OK, *, notice: str = "") -> ResponseReturnValue:
    checked = authoring.check_document(reading(), library(), shown.path, typed)
    lines = typed.split("\n")
    is_sent = request.method == "POST"
    return page(
        "authoring/text.html",
        status,
        opened=shown,
        document=shown.document,
        typed=typed,
        problems=[
            (each, lines[each.line - 1].strip() if each.line <= len(lines) else "") for each in checked.of(shown.path)
        ],
        elsewhere=[each for each in checked.problems if each.path != shown.path],
        rows=min(max(len(lines) + 2, 20), 60),
        base=number_sent("base") if is_sent else shown.document.newest_number,
        shown_number=number_sent("shown") if is_sent else shown.document.number,
        note=request.form.get("note", ""),
        notice=notice,
        is_touched=typed != shown.text,
        their_changes=difference(typed, shown.text) if "beside" in request.form else (),
        course=content().courses.get(shown.course_id),
    )
