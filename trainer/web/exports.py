"""Taking out: quizzes for other programs, the phrases of a course as a deck for Anki."""

from flask import Blueprint, abort
from flask.typing import ResponseReturnValue

from trainer.authoring import exporting
from trainer.authoring.exporting import DECK_TYPE, KINDS
from trainer.domain.access import Action
from trainer.web import authorize, content, found, now, page, services
from trainer.web.files import attachment

bp = Blueprint("exports", __name__)


@bp.get("/quizzes/<quiz_id>/export")
def show_quiz(quiz_id: str) -> ResponseReturnValue:
    authorize(Action.EDIT_CONTENT)
    quiz = found(content().quizzes.get(quiz_id))
    lost = {kind: exporting.export_quiz(content(), quiz, kind.name).problems for kind in KINDS.values()}
    return page("exports/quiz.html", quiz=quiz, course=content().courses[quiz.course_id], lost=lost)


@bp.get("/quizzes/<quiz_id>/export/<form>")
def download_quiz(quiz_id: str, form: str) -> ResponseReturnValue:
    authorize(Action.EDIT_CONTENT)
    quiz = found(content().quizzes.get(quiz_id))
    kind = KINDS.get(form) or abort(404)
    written = exporting.export_quiz(content(), quiz, kind.name)
    return attachment(written.data, f"{quiz.id}{kind.ending}", kind.mimetype)


@bp.get("/courses/<course_id>/deck")
def show_deck(course_id: str) -> ResponseReturnValue:
    authorize(Action.LEARN)
    course = found(content().courses.get(course_id))
    voice = exporting.kept_voice(services().speech)
    silent = [phrase for phrase in course.phrases if voice(phrase) is None]
    return page("exports/deck.html", course=course, silent=silent)


@bp.get("/courses/<course_id>/deck.apkg")
def download_deck(course_id: str) -> ResponseReturnValue:
    authorize(Action.LEARN)
    course = found(content().courses.get(course_id))
    if not course.phrases:
        abort(404)
    written = exporting.export_phrases(course, exporting.kept_voice(services().speech), at=now())
    return attachment(written.data, f"{course.id}-phrases.apkg", DECK_TYPE)
