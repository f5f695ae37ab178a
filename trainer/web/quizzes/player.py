"""The quiz player: one item a page, each response kept at once, feedback always."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from flask import abort, jsonify, make_response, request, url_for
from flask.typing import ResponseReturnValue

from trainer import learning, reporting
from trainer.domain.access import Action, may
from trainer.domain.answers import Mode
from trainer.domain.attempts import Answered, AttemptState, kept_grade
from trainer.domain.content import Item, Quiz, Scenario
from trainer.domain.grading import UnfitAnswer, result_of
from trainer.domain.provenance import rests_on_doubt
from trainer.domain.scenario import Step as ScenarioStep
from trainer.domain.scenario import turning_step
from trainer.models import new_id
from trainer.web import (
    actor,
    authorize,
    content,
    db,
    found,
    me,
    model,
    now,
    page,
    part,
    reading,
    say,
    to,
    writing,
)
from trainer.web.answering.parts import PartLine, part_lines
from trainer.web.answering.sheets import Sheet, read_response_id, read_sheet
from trainer.web.answering.steps import Step, answered_step, next_step
from trainer.web.quizzes.beginning import kept_quiz_of, load_practice, terms_of
from trainer.web.quizzes.blueprint import authorize_own, bp, item_audio, load_own, quiz_of
from trainer.web.quizzes.homes import home_of
from trainer.web.quizzes.stories import Story, story_of
from trainer.web.sent_later import answered_at, is_sent_later, refuse
from trainer.web.sound import send_sound
from trainer.web.studying import set_out

AHEAD = 30
"""Items that a browser gets before it needs them."""


@bp.get("/quizzes/<quiz_id>")
def show_quiz(quiz_id: str) -> ResponseReturnValue:
    authorize(Action.LEARN)
    attempts = reporting.attempts_of(reading(), me().id, quiz_id)
    practised = [each for each in attempts if each.mode is Mode.PRACTICE]
    last = learning.load_attempt(reading(), me().id, practised[0].id) if practised else None
    begun = quiz_of(last, reading()) if last is not None else None
    quiz = found(content().quizzes.get(quiz_id, begun or kept_quiz_of(attempts)))
    return page(
        "quiz/start.html",
        quiz=quiz,
        is_taught=quiz_id in content().quizzes,
        edits_content=may(me(), Action.EDIT_CONTENT),
        home=home_of(quiz),
        lessons=[content().lessons[name] for name in quiz.lessons if name in content().lessons],
        attempts=practised,
        goes_on=last is not None and begun is not None and last.next_item(begun) is not None,
        terms=terms_of(quiz, attempts),
        sat=[each for each in attempts if each.mode is Mode.ASSESSMENT],
        edits=may(actor(), Action.EDIT_CONTENT),
    )


@bp.post("/quizzes/<quiz_id>/attempts")
def start_attempt(quiz_id: str) -> ResponseReturnValue:
    authorize(Action.LEARN)
    quiz = found(content().quizzes.get(quiz_id))
    set_out()
    try:
        attempt_id = learning.start_attempt(db(), me().id, quiz, at=now())
    except learning.LearningError as error:
        say(str(error))
        return to("quizzes.show_quiz", quiz_id=quiz_id)
    return to("quizzes.resume_attempt", attempt_id=attempt_id)


@bp.get("/attempts/<uuid:attempt_id>")
def resume_attempt(attempt_id: UUID) -> ResponseReturnValue:
    attempt, quiz = load_practice(attempt_id)
    item = attempt.next_item(quiz)
    if item is None:
        return to("quizzes.show_summary", attempt_id=attempt_id)
    return to("quizzes.show_item", attempt_id=attempt_id, item_id=item.id)


@bp.get("/attempts/<uuid:attempt_id>/items/<item_id>")
def show_item(attempt_id: UUID, item_id: str) -> ResponseReturnValue:
    attempt, quiz = load_practice(attempt_id)
    item = _find_item(attempt, quiz, item_id)
    if attempt.is_done(item):
        return _to_feedback(attempt, attempt.of_item(item.id)[-1])
    if attempt.finished_at is not None:
        return to("quizzes.show_summary", attempt_id=attempt_id)
    return _item_page(attempt, quiz, next_step(attempt, item))


@bp.get("/attempts/<uuid:attempt_id>/ahead")
def show_ahead(attempt_id: UUID) -> ResponseReturnValue:
    """The pages of the items that come, for a browser that may lose its connection."""
    attempt, quiz = load_practice(attempt_id)
    done, total = _progress(attempt, quiz)
    pages = []
    for number, item in enumerate(attempt.coming_items(quiz)[:AHEAD], start=done):
        values = _item_values(attempt, quiz, next_step(attempt, item))
        address = url_for("quizzes.show_item", attempt_id=attempt_id, item_id=item.id)
        pages.append({"address": address, "html": part("quiz/item.html", **values, progress=(number, total))})
    return jsonify(pages)


@bp.post("/attempts/<uuid:attempt_id>/items/<item_id>/<int:step>")
def answer_item(attempt_id: UUID, item_id: str, step: int) -> ResponseReturnValue:
    attempt, quiz = load_practice(attempt_id, for_update=True)
    item = _find_item(attempt, quiz, item_id)
    kept = attempt.find(item.id, step) or (attempt.of_item(item.id)[-1] if attempt.is_done(item) else None)
    if kept is not None:
        if is_sent_later() and str(kept.id) != request.form.get("response_id"):
            refuse("You answered this question before, in another tab or on another device. That answer counts.")
        return _to_feedback(attempt, kept)
    shown = next_step(attempt, item)
    if shown.number != step:
        return _item_page(attempt, quiz, shown, status=409, notice="This step was not open yet. Go on from here.")
    sheet = read_sheet(shown)
    if sheet.problem:
        return _item_page(attempt, quiz, shown, sheet, status=422)
    try:
        response_id = read_response_id(sheet)
        learning.submit_response(
            writing(),
            model(),
            attempt,
            quiz,
            item,
            sheet.given,
            step=step,
            response_id=response_id,
            at=now(),
            answered_at=answered_at(attempt.started_at),
        )
    except (UnfitAnswer, learning.LearningError) as error:
        sheet = replace(sheet, response_id=str(new_id()))
        return _item_page(attempt, quiz, shown, sheet, status=422, notice=str(error))
    return to("quizzes.show_feedback", attempt_id=attempt_id, item_id=item_id, step=step, _anchor="feedback")


@bp.get("/attempts/<uuid:attempt_id>/items/<item_id>/<int:step>")
def show_feedback(attempt_id: UUID, item_id: str, step: int) -> ResponseReturnValue:
    attempt, quiz = load_practice(attempt_id)
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
        is_doubtful=rests_on_doubt(content(), item),
        lesson=content().lessons.get(item.lesson_id or ""),
        following=following,
        goes_on=goes_on,
        turning=_turning(shown),
        story=_story(attempt, item) if shown.position and shown.position.ending else None,
        progress=_progress(attempt, quiz),
    )


@bp.get("/attempts/<uuid:attempt_id>/items/<item_id>/<speed>-<version>.mp3")
def play_item(attempt_id: UUID, item_id: str, speed: str, version: str) -> ResponseReturnValue:
    """What an item plays, spoken as it was when the attempt began: its phrase may be another now, or gone."""
    authorize_own()
    attempt, quiz = load_own(attempt_id, reading())
    phrase = next((item.audio for item in attempt.items(quiz) if item.id == item_id), None)
    return send_sound(found(phrase), speed, version)


@bp.post("/attempts/<uuid:attempt_id>/quiet")
def postpone_listening(attempt_id: UUID) -> ResponseReturnValue:
    """Items to be heard wait until the learner says that they can listen."""
    attempt, _ = load_practice(attempt_id, for_update=True)
    learning.postpone_listening(writing(), attempt, is_quiet="again" not in request.form)
    return to("quizzes.resume_attempt", attempt_id=attempt_id)


@bp.get("/attempts/<uuid:attempt_id>/summary")
def show_summary(attempt_id: UUID) -> ResponseReturnValue:
    attempt, quiz = load_practice(attempt_id)
    if attempt.next_item(quiz) is not None:
        return to("quizzes.resume_attempt", attempt_id=attempt_id)
    return page(
        "quiz/summary.html",
        quiz=quiz,
        attempt=attempt,
        is_taught=attempt.quiz_id in content().quizzes,
        home=home_of(quiz),
        rows=[(item, attempt.of_item(item.id)) for item in attempt.items(quiz)],
        stories=_stories(attempt, quiz),
        replays=learning.list_replays(reading(), me().id, attempt.id) if _has_scenario(attempt, quiz) else (),
        outside=attempt.outside(quiz),
        waiting=attempt.waiting_items(quiz),
        lessons=content().lessons,
    )


def _find_item(attempt: AttemptState, quiz: Quiz, item_id: str) -> Item:
    """An item of the quiz; one that it does not have, or no longer, leads to where the attempt stands."""
    item = next((item for item in attempt.items(quiz) if item.id == item_id), None)
    if item is None:
        if is_sent_later():
            refuse("That question is no longer in this quiz. What you have answered before is kept.")
        say("That question is no longer in this quiz. What you have answered is kept.")
        abort(make_response(to("quizzes.resume_attempt", attempt_id=attempt.id)))
    return item


def _item_page(
    attempt: AttemptState,
    quiz: Quiz,
    shown: Step,
    sheet: Sheet | None = None,
    status: int = 200,
    notice: str | None = None,
) -> ResponseReturnValue:
    values = _item_values(attempt, quiz, shown, sheet, notice)
    return page("quiz/item.html", status, **values, progress=_progress(attempt, quiz))


def _item_values(
    attempt: AttemptState, quiz: Quiz, shown: Step, sheet: Sheet | None = None, notice: str | None = None
) -> dict[str, Any]:
    return {
        "quiz": quiz,
        "attempt": attempt,
        "shown": shown,
        "sheet": sheet or Sheet(str(new_id())),
        "audio": item_audio(attempt, shown.item),
        "notice": notice,
    }


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


def _has_scenario(attempt: AttemptState, quiz: Quiz) -> bool:
    return any(isinstance(item.interaction, Scenario) for item in attempt.items(quiz))


def _stories(attempt: AttemptState, quiz: Quiz) -> list[Story]:
    told = (_story(attempt, item) for item in attempt.items(quiz) if isinstance(item.interaction, Scenario))
    return [story for story in told if story is not None]


def _story(attempt: AttemptState, item: Item) -> Story | None:
    scores = [each.score for each in attempt.of_item(item.id)]
    return story_of(
        item,
        attempt.position(item),
        scores,
        lambda step: url_for("quizzes.start_replay", attempt_id=attempt.id, item_id=item.id, step=step),
    )
