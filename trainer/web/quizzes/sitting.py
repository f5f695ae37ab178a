"""A quiz sat as an assessment: its items, the overview before handing in, and what its end tells."""

from dataclasses import replace
from datetime import timedelta
from http import HTTPStatus
from uuid import UUID

from flask import abort, make_response, request
from flask.typing import ResponseReturnValue

from trainer import learning
from trainer.database import Store
from trainer.domain.access import Action
from trainer.domain.answers import Mode
from trainer.domain.attempts import AttemptState, kept_grade
from trainer.domain.content import Item, Quiz, Scenario
from trainer.domain.grading import UnfitAnswer
from trainer.domain.provenance import rests_on_doubt
from trainer.domain.sittings import Sitting, Standing, result_of
from trainer.models import new_id
from trainer.web import (
    authorize,
    catching_up,
    content,
    db,
    found,
    me,
    model,
    now,
    page,
    reading,
    say,
    services,
    to,
    writing,
)
from trainer.web.answering.parts import part_lines
from trainer.web.answering.sheets import Sheet, read_sheet
from trainer.web.answering.steps import Step, answered_step, next_step
from trainer.web.quizzes.beginning import refuse_beside_assessment
from trainer.web.quizzes.blueprint import authorize_own, bp, item_audio, load_own, own_store
from trainer.web.quizzes.homes import home_of

LATE = "The time was up: this answer came too late and was not saved. What you had saved before is handed in."


@bp.post("/quizzes/<quiz_id>/assessments")
def start_assessment(quiz_id: str) -> ResponseReturnValue:
    authorize(Action.LEARN)
    quiz = found(content().quizzes.get(quiz_id))
    try:
        attempt_id = learning.start_assessment(db(), me().id, quiz, at=now())
    except learning.LearningError as error:
        say(str(error))
        return to("quizzes.show_quiz", quiz_id=quiz_id)
    return to("quizzes.show_sitting", attempt_id=attempt_id)


@bp.get("/assessments/<uuid:attempt_id>")
def show_sitting(attempt_id: UUID) -> ResponseReturnValue:
    """The overview until it is handed in, then the result."""
    sitting = _load(attempt_id)
    if sitting.attempt.finished_at is not None:
        return _result_page(sitting.attempt, sitting.quiz)
    return page(
        "quiz/overview.html",
        quiz=sitting.quiz,
        sitting=sitting,
        rows=[(number, item, sitting.standing(item)) for number, item in enumerate(sitting.items, start=1)],
        answered=sitting.count(Standing.ANSWERED),
        following=sitting.next_item,
    )


@bp.get("/assessments/<uuid:attempt_id>/items/<item_id>")
def show_sitting_item(attempt_id: UUID, item_id: str) -> ResponseReturnValue:
    sitting = _load_open(attempt_id)
    item = _find_item(sitting, item_id)
    if _is_settled(sitting, item):
        return page("quiz/settled.html", quiz=sitting.quiz, sitting=sitting, item=item, following=sitting.after(item))
    return _item_page(sitting, item, next_step(sitting.answered, item))


@bp.post("/assessments/<uuid:attempt_id>/items/<item_id>/<int:step>")
def save_answer(attempt_id: UUID, item_id: str, step: int) -> ResponseReturnValue:
    """Save what was answered, or, when it is left for later, only the flag."""
    sitting = _load_open(attempt_id, late=LATE)
    item = _find_item(sitting, item_id)
    grace = _grace()
    is_left = request.form.get("act") == "later"
    if _is_settled(sitting, item) or (step and not isinstance(item.interaction, Scenario)):
        return to("quizzes.show_sitting_item", attempt_id=attempt_id, item_id=item_id)
    shown = next_step(sitting.answered, item)
    if shown.number > step:
        return to("quizzes.show_sitting_item", attempt_id=attempt_id, item_id=item_id)
    if shown.number < step:
        return _item_page(
            sitting, item, shown, status=HTTPStatus.CONFLICT, notice="This step was not open yet. Go on from here."
        )
    is_flagged = is_left or "flag" in request.form
    learning.flag_item(writing(), sitting, item, is_flagged=is_flagged, grace=grace, at=now())
    sheet = read_sheet(shown)
    if is_left and (sheet.problem or isinstance(item.interaction, Scenario)):
        return _onward(sitting, item)
    if sheet.problem:
        return _item_page(sitting, item, shown, sheet, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        learning.save_draft(writing(), sitting, item, sheet.given, step=step, grace=grace, at=now())
    except (UnfitAnswer, learning.LearningError) as error:
        return _item_page(sitting, item, shown, sheet, HTTPStatus.UNPROCESSABLE_ENTITY, str(error))
    return _onward(_load(attempt_id, for_update=True), item)


@bp.post("/assessments/<uuid:attempt_id>/hand-in")
def hand_in(attempt_id: UUID) -> ResponseReturnValue:
    sitting = _load(attempt_id, for_update=True)
    if sitting.attempt.finished_at is None:
        learning.hand_in(writing(), model(), sitting, at=now())
        say("Handed in.")
    return to("quizzes.show_sitting", attempt_id=attempt_id)


@bp.get("/assessments/<uuid:attempt_id>/items/<item_id>/<int:step>/feedback")
def show_assessed(attempt_id: UUID, item_id: str, step: int) -> ResponseReturnValue:
    """The feedback on one answer, where the end of this assessment may tell the answers."""
    sitting = _load(attempt_id)
    attempt, quiz = sitting.attempt, sitting.quiz
    kept = attempt.find(item_id, step)
    if attempt.finished_at is None or kept is None or not sitting.rules.shows_answers:
        return to("quizzes.show_sitting", attempt_id=attempt_id)
    refuse_beside_assessment(quiz, reading(), "These answers wait until your new assessment of this quiz is handed in.")
    item = _find_item(sitting, item_id)
    shown = answered_step(attempt, item, kept)
    graded = kept_grade(item, kept, Mode.ASSESSMENT)
    return page(
        "quiz/feedback.html",
        quiz=quiz,
        attempt=attempt,
        shown=shown,
        grade=graded,
        chosen={option.id for option in graded.chosen},
        parts=part_lines(shown, graded),
        audio=item_audio(attempt, item),
        is_changed=attempt.is_changed(item, kept),
        is_doubtful=rests_on_doubt(content(), item),
        lesson=content().lessons.get(item.lesson_id or ""),
        progress=(result_of(attempt, quiz).answered, len(sitting.items)),
        back=True,
    )


def _load(attempt_id: UUID, *, for_update: bool = False) -> Sitting:
    """An assessment of whoever acts, handed in if its time is up."""
    authorize_own()
    sitting = _load_at(attempt_id, own_store(for_update=for_update), for_update=for_update)
    if sitting.attempt.finished_at is None and sitting.is_over(now(), _grace()):
        sitting = _load_at(attempt_id, catching_up(), for_update=True)
        learning.hand_in(catching_up(), model(), sitting, at=now())
        sitting = _load_at(attempt_id, catching_up())
    return sitting


def _load_at(attempt_id: UUID, store: Store, *, for_update: bool = False) -> Sitting:
    attempt, quiz = load_own(attempt_id, store, for_update=for_update)
    if attempt.mode is not Mode.ASSESSMENT:
        abort(make_response(to("quizzes.resume_attempt", attempt_id=attempt_id)))
    return learning.load_sitting(store, attempt, quiz)


def _load_open(attempt_id: UUID, late: str = "") -> Sitting:
    """An assessment that is not handed in; the page of one that is tells so, and what was too late."""
    sitting = _load(attempt_id, for_update=bool(late))
    if sitting.attempt.finished_at is not None:
        if late:
            say(late)
        abort(make_response(to("quizzes.show_sitting", attempt_id=attempt_id)))
    return sitting


def _find_item(sitting: Sitting, item_id: str) -> Item:
    item = next((item for item in sitting.items if item.id == item_id), None)
    if item is None:
        abort(make_response(to("quizzes.show_sitting", attempt_id=sitting.attempt.id)))
    return item


def _is_settled(sitting: Sitting, item: Item) -> bool:
    """Whether nothing can be changed any more: a conversation that has come to its end."""
    return isinstance(item.interaction, Scenario) and sitting.standing(item) is Standing.ANSWERED


def _onward(sitting: Sitting, item: Item) -> ResponseReturnValue:
    """To the rest of a conversation, else to the next item that is not answered, else to the overview."""
    following = item if _goes_on(sitting, item) else sitting.after(item)
    if request.form.get("act") == "overview" or following is None:
        return to("quizzes.show_sitting", attempt_id=sitting.attempt.id)
    return to("quizzes.show_sitting_item", attempt_id=sitting.attempt.id, item_id=following.id)


def _goes_on(sitting: Sitting, item: Item) -> bool:
    return request.form.get("act") != "later" and sitting.standing(item) is Standing.UNDER_WAY


def _item_page(
    sitting: Sitting,
    item: Item,
    shown: Step,
    sheet: Sheet | None = None,
    status: HTTPStatus = HTTPStatus.OK,
    notice: str | None = None,
) -> ResponseReturnValue:
    return page(
        "quiz/sitting.html",
        status,
        quiz=sitting.quiz,
        attempt=sitting.attempt,
        sitting=sitting,
        shown=shown,
        number=sitting.items.index(item) + 1,
        sheet=sheet or _saved_sheet(sitting, item),
        is_flagged="flag" in request.form if request.form else item.id in sitting.attempt.flagged,
        is_final=isinstance(item.interaction, Scenario),
        audio=item_audio(sitting.attempt, item),
        notice=notice,
    )


def _saved_sheet(sitting: Sitting, item: Item) -> Sheet:
    """What is saved of an item, filled in; of a conversation nothing, as each page of it asks something else."""
    draft = None if isinstance(item.interaction, Scenario) else sitting.draft(item.id)
    sheet = Sheet(str(new_id()))
    return sheet if draft is None else replace(sheet, chosen=draft.given.options, entries=dict(draft.given.entries))


def _result_page(attempt: AttemptState, quiz: Quiz) -> ResponseReturnValue:
    assert quiz.assessment is not None
    return page(
        "quiz/result.html",
        quiz=quiz,
        attempt=attempt,
        rules=quiz.assessment,
        result=result_of(attempt, quiz),
        is_timed_out=attempt.due_at is not None and attempt.finished_at == attempt.due_at,
        is_taught=attempt.quiz_id in content().quizzes,
        home=home_of(quiz),
    )


def _grace() -> timedelta:
    return timedelta(seconds=services().settings.grace_seconds)
