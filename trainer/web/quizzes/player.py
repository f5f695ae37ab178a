"""The quiz player: one item a page, each response kept at once, feedback always."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from uuid import UUID

from flask import Blueprint, abort, make_response, request, url_for
from flask.typing import ResponseReturnValue

from trainer import learning, reporting
from trainer.database import Store
from trainer.domain.access import Action, Subject, may
from trainer.domain.attempts import Answered, AttemptState, kept_grade
from trainer.domain.content import Item, Quiz
from trainer.domain.grading import UnfitAnswer, result_of
from trainer.domain.scenario import Step as ScenarioStep
from trainer.domain.scenario import turning_step
from trainer.models import new_id
from trainer.web import actor, authorize, content, db, found, me, model, now, page, reading, say, services, to, writing
from trainer.web.quizzes.parts import PartLine, part_lines
from trainer.web.quizzes.sheets import Sheet, read_sheet
from trainer.web.quizzes.steps import Step, answered_step, next_step
from trainer.web.sound import audio_of, send_sound
from trainer.web.studying import set_out

bp = Blueprint("quizzes", __name__)


@bp.get("/quizzes/<quiz_id>")
def show_quiz(quiz_id: str) -> ResponseReturnValue:
    authorize(Action.LEARN)
    attempts = reporting.attempts_of(reading(), me().id, quiz_id)
    last = learning.load_attempt(reading(), me().id, attempts[0].id) if attempts else None
    begun = quiz_of(last, reading()) if last is not None else None
    quiz = found(content().quizzes.get(quiz_id, begun))
    return page(
        "quiz/start.html",
        quiz=quiz,
        is_taught=quiz_id in content().quizzes,
        edits_content=may(me(), Action.EDIT_CONTENT),
        course=content().courses.get(quiz.course_id),
        lessons=[content().lessons[name] for name in quiz.lessons if name in content().lessons],
        attempts=attempts,
        goes_on=last is not None and begun is not None and last.next_item(begun) is not None,
    )


@bp.post("/quizzes/<quiz_id>/attempts")
def start_attempt(quiz_id: str) -> ResponseReturnValue:
    authorize(Action.LEARN)
    quiz = found(content().quizzes.get(quiz_id))
    set_out()
    attempt_id = learning.start_attempt(db(), me().id, quiz, at=now())
    return to("quizzes.resume_attempt", attempt_id=attempt_id)


@bp.get("/attempts/<uuid:attempt_id>")
def resume_attempt(attempt_id: UUID) -> ResponseReturnValue:
    attempt, quiz = _load(attempt_id)
    item = attempt.next_item(quiz)
    if item is None:
        return to("quizzes.show_summary", attempt_id=attempt_id)
    return to("quizzes.show_item", attempt_id=attempt_id, item_id=item.id)


@bp.get("/attempts/<uuid:attempt_id>/items/<item_id>")
def show_item(attempt_id: UUID, item_id: str) -> ResponseReturnValue:
    attempt, quiz = _load(attempt_id)
    item = _find_item(attempt, quiz, item_id)
    if attempt.is_done(item):
        return _to_feedback(attempt, attempt.of_item(item.id)[-1])
    if attempt.finished_at is not None:
        return to("quizzes.show_summary", attempt_id=attempt_id)
    return _item_page(attempt, quiz, next_step(attempt, item))


@bp.post("/attempts/<uuid:attempt_id>/items/<item_id>/<int:step>")
def answer_item(attempt_id: UUID, item_id: str, step: int) -> ResponseReturnValue:
    attempt, quiz = _load(attempt_id, for_update=True)
    item = _find_item(attempt, quiz, item_id)
    kept = attempt.find(item.id, step) or (attempt.of_item(item.id)[-1] if attempt.is_done(item) else None)
    if kept is not None:
        return _to_feedback(attempt, kept)
    shown = next_step(attempt, item)
    if shown.number != step:
        return _item_page(attempt, quiz, shown, status=409, notice="This step was not open yet. Go on from here.")
    sheet = read_sheet(shown)
    if sheet.problem:
        return _item_page(attempt, quiz, shown, sheet, status=422)
    try:
        response_id = _response_id(sheet)
        learning.submit_response(
            writing(), model(), attempt, quiz, item, sheet.given, step=step, response_id=response_id, at=now()
        )
    except (UnfitAnswer, learning.LearningError) as error:
        sheet = replace(sheet, response_id=str(new_id()))
        return _item_page(attempt, quiz, shown, sheet, status=422, notice=str(error))
    return to("quizzes.show_feedback", attempt_id=attempt_id, item_id=item_id, step=step, _anchor="feedback")


@bp.get("/attempts/<uuid:attempt_id>/items/<item_id>/<int:step>")
def show_feedback(attempt_id: UUID, item_id: str, step: int) -> ResponseReturnValue:
    attempt, quiz = _load(attempt_id)
    item = _find_item(attempt, quiz, item_id)
    kept = attempt.find(item.id, step)
    if kept is None:
        return to("quizzes.show_item", attempt_id=attempt_id, item_id=item_id)
    following = attempt.next_item(quiz)
    goes_on = following is not None and following.id == item.id
    shown = answered_step(attempt, item, kept)
    graded = kept_grade(item, kept)
    parts = part_lines(shown, graded)
    remark = item.remarks.get(result_of(graded.score))
    return page(
        "quiz/feedback.html",
        quiz=quiz,
        attempt=attempt,
        shown=shown,
        grade=graded,
        chosen={option.id for option in graded.chosen},
        parts=parts,
        remark=remark,
        gives_no_reason=_gives_no_reason(quiz, item, parts) and remark is None,
        audio=item_audio(attempt, item),
        is_changed=attempt.is_changed(item, kept),
        lesson=content().lessons.get(item.lesson_id or ""),
        following=following,
        goes_on=goes_on,
        turning=_turning(shown),
        progress=_progress(attempt, quiz),
    )


@bp.get("/attempts/<uuid:attempt_id>/items/<item_id>/<speed>-<version>.mp3")
def play_item(attempt_id: UUID, item_id: str, speed: str, version: str) -> ResponseReturnValue:
    """What an item plays, spoken as it was when the attempt began: its phrase may be another now, or gone."""
    attempt, quiz = _load(attempt_id)
    phrase = next((item.audio for item in attempt.items(quiz) if item.id == item_id), None)
    return send_sound(found(phrase), speed, version)


@bp.post("/attempts/<uuid:attempt_id>/quiet")
def postpone_listening(attempt_id: UUID) -> ResponseReturnValue:
    """Items to be heard wait until the learner says that they can listen."""
    attempt, _ = _load(attempt_id, for_update=True)
    learning.postpone_listening(writing(), attempt, is_quiet="again" not in request.form)
    return to("quizzes.resume_attempt", attempt_id=attempt_id)


@bp.get("/attempts/<uuid:attempt_id>/summary")
def show_summary(attempt_id: UUID) -> ResponseReturnValue:
    attempt, quiz = _load(attempt_id)
    if attempt.next_item(quiz) is not None:
        return to("quizzes.resume_attempt", attempt_id=attempt_id)
    return page(
        "quiz/summary.html",
        quiz=quiz,
        attempt=attempt,
        is_taught=attempt.quiz_id in content().quizzes,
        course=content().courses.get(quiz.course_id),
        rows=[(item, attempt.of_item(item.id)) for item in attempt.items(quiz)],
        outside=attempt.outside(quiz),
        waiting=attempt.waiting_items(quiz),
        lessons=content().lessons,
    )


def _load(attempt_id: UUID, *, for_update: bool = False) -> tuple[AttemptState, Quiz]:
    """An attempt of whoever acts; those of others are not found."""
    who = actor()
    authorize(Action.TAKE_QUIZ, Subject(owner_id=who.id if who else None))
    store = writing() if for_update else reading()
    attempt = found(learning.load_attempt(store, me().id, attempt_id, for_update=for_update))
    quiz = found(quiz_of(attempt, store))
    return learning.finish_if_done(store, attempt, quiz, at=now()) if for_update else attempt, quiz


def quiz_of(attempt: AttemptState, store: Store) -> Quiz | None:
    """The quiz as the attempt began with it; None when it is from before that was kept, and the quiz is gone."""
    return services().kept_quizzes.quiz_of(store, content().quizzes, attempt)


def item_audio(attempt: AttemptState, item: Item) -> dict[str, str] | None:
    """Where to hear what an item plays; its own address where the phrase is no longer what it was."""
    if item.audio is None:
        return None
    if content().phrases.get(item.audio.id) == item.audio:
        return audio_of(item.audio)
    return audio_of(item.audio, partial(_kept_address, attempt, item))


def _kept_address(attempt: AttemptState, item: Item, speed: str, version: str) -> str:
    return url_for("quizzes.play_item", attempt_id=attempt.id, item_id=item.id, speed=speed, version=version)


def _find_item(attempt: AttemptState, quiz: Quiz, item_id: str) -> Item:
    """An item of the quiz; one that it does not have, or no longer, leads to where the attempt stands."""
    item = next((item for item in attempt.items(quiz) if item.id == item_id), None)
    if item is None:
        say("That question is no longer in this quiz. What you have answered is kept.")
        abort(make_response(to("quizzes.resume_attempt", attempt_id=attempt.id)))
    return item


def _response_id(sheet: Sheet) -> UUID:
    try:
        return UUID(sheet.response_id)
    except ValueError as error:
        raise learning.LearningError("This page was damaged on its way here. Send it again.") from error


def _item_page(
    attempt: AttemptState,
    quiz: Quiz,
    shown: Step,
    sheet: Sheet | None = None,
    status: int = 200,
    notice: str | None = None,
) -> ResponseReturnValue:
    return page(
        "quiz/item.html",
        status,
        quiz=quiz,
        attempt=attempt,
        shown=shown,
        sheet=sheet or Sheet(str(new_id())),
        audio=item_audio(attempt, shown.item),
        notice=notice,
        progress=_progress(attempt, quiz),
    )


def _progress(attempt: AttemptState, quiz: Quiz) -> tuple[int, int]:
    """Items done, and how many there are."""
    items = attempt.items(quiz)
    return sum(attempt.is_done(item) for item in items), len(items)


def _to_feedback(attempt: AttemptState, kept: Answered) -> ResponseReturnValue:
    return to("quizzes.show_feedback", attempt_id=attempt.id, item_id=kept.item_id, step=kept.step)


def _gives_no_reason(quiz: Quiz, item: Item, parts: Sequence[PartLine]) -> bool:
    """Whether nothing that is shown says why: only an imported quiz may be so."""
    said = item.explanation is not None or any(part.explanation for part in parts)
    return quiz.imported is not None and bool(parts) and not said


def _turning(shown: Step) -> ScenarioStep | None:
    """The choice that decided how a scenario ended; None before its end."""
    if shown.position is None or shown.position.ending is None:
        return None
    return turning_step(shown.position.steps, shown.position.ending)
