"""The review: one card at a time, each answer kept at once, feedback always, the last answer to be taken back."""

from dataclasses import replace
from typing import Any
from uuid import UUID, uuid5

from flask import Blueprint, abort, request
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import IntegerField, SelectField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Optional

from trainer import learning
from trainer.decks import lessons_done, load_deck
from trainer.domain.access import Action
from trainer.domain.attempts import AttemptState, kept_grade
from trainer.domain.content import Item
from trainer.domain.grading import UnfitAnswer
from trainer.domain.provenance import rests_on_doubt
from trainer.domain.review import (
    MAX_NEW_PER_DAY,
    RETENTIONS,
    REVIEW_ID,
    Correction,
    ReviewSettings,
    Today,
    offered_corrections,
    phrases_of,
    upcoming,
)
from trainer.models import new_id
from trainer.web import authorize, content, db, found, me, model, now, page, reading, say, to, writing
from trainer.web.answering.parts import part_lines
from trainer.web.answering.sheets import Sheet, read_response_id, read_sheet
from trainer.web.answering.steps import Step, answered_step, next_step
from trainer.web.reviewing import (
    CORRECTED,
    CORRECTIONS,
    aloud_line,
    hearing,
    last_of_today,
    next_words,
    return_words,
    todays_review,
    waiting_words,
)
from trainer.web.sound import audio_of

bp = Blueprint("review", __name__)

MOST_PER_DAY = 500


RETENTION_WORDS = {
    0.80: "8 of 10: fewer reviews",
    0.85: "17 of 20",
    0.90: "9 of 10: usual",
    0.95: "19 of 20: about twice as many reviews",
}


def _retentions() -> list[SelectChoice]:
    return [SelectChoice(f"{each:.2f}", RETENTION_WORDS[each]) for each in RETENTIONS]


class SettingsForm(FlaskForm):
    retention = SelectField("How much do you want to remember?", choices=_retentions())
    new_per_day = IntegerField("New ones a day", [InputRequired("Write a number; 0 for none.")])
    max_per_day = IntegerField("At most this many a day", [Optional()])

    def validate_new_per_day(self, field: IntegerField) -> None:
        if field.data is not None and not 0 <= field.data <= MAX_NEW_PER_DAY:
            raise ValidationError(f"Write a number from 0 to {MAX_NEW_PER_DAY}.")

    def validate_max_per_day(self, field: IntegerField) -> None:
        if field.data is not None and not 1 <= field.data <= MOST_PER_DAY:
            raise ValidationError(f"Write a number from 1 to {MOST_PER_DAY}, or leave it empty for no limit.")


@bp.get("/review")
def show_review() -> ResponseReturnValue:
    authorize(Action.LEARN)
    return _next_page()


@bp.post("/review/cards/<item_id>")
def answer_card(item_id: str) -> ResponseReturnValue:
    authorize(Action.LEARN)
    item = content().items.get(item_id)
    if item is None:
        return _next_page(409, "That question is no longer asked. Go on with what is due.")
    shown = _step(item)
    sheet = read_sheet(shown)
    if sheet.problem:
        return _next_page(422, shown=shown, sheet=sheet)
    try:
        response_id = read_response_id(sheet)
        learning.review_item(
            writing(), model(), content(), me().id, item, sheet.given, hearing(), response_id=response_id, at=now()
        )
    except learning.LearningError as error:
        return _next_page(409, str(error))
    except UnfitAnswer as error:
        return _next_page(422, str(error), shown, replace(sheet, response_id=str(new_id())))
    return to("review.show_answer", response_id=response_id, _anchor="feedback")


@bp.get("/review/answers/<uuid:response_id>")
def show_answer(response_id: UUID) -> ResponseReturnValue:
    authorize(Action.LEARN)
    kept = _kept(response_id)
    item = content().items.get(kept.answered.item_id)
    if item is None or kept.is_withdrawn:
        return to("review.show_review")
    deck, today = todays_review(lessons_done(reading(), me().id))
    if deck.holds_back(item):
        say("The answer is told again when your assessment of its quiz is handed in.")
        return to("review.show_review")
    card = next((each for each in deck.cards if each.id == item.id), None)
    is_latest = card is not None and card.response_id == response_id
    last = last_of_today(deck, now())
    graded = kept_grade(item, kept.answered)
    sitting = replace(_sitting(item), started_at=kept.reviewed_at)
    shown = answered_step(sitting, item, kept.answered)
    return page(
        "review/answer.html",
        quiz=content().quizzes[item.quiz_id],
        shown=shown,
        grade=graded,
        chosen={option.id for option in graded.chosen},
        parts=part_lines(shown, graded),
        audio=audio_of(item.audio) if item.audio else None,
        is_changed=sitting.is_changed(item, kept.answered),
        is_doubtful=rests_on_doubt(content(), item),
        lesson=content().lessons.get(item.lesson_id or ""),
        progress=_progress(today),
        response_id=response_id,
        comes_back=return_words(card) if is_latest and card else "",
        corrections=[(each, *CORRECTIONS[each]) for each in offered_corrections(kept.rating)] if is_latest else [],
        said=CORRECTED[kept.corrected] if kept.corrected is not None else "",
        can_undo=last is not None and last.response_id == response_id,
    )


@bp.post("/review/answers/<uuid:response_id>/word")
def correct_answer(response_id: UUID) -> ResponseReturnValue:
    """The learner's own word against what was read from their answer."""
    authorize(Action.LEARN)
    _kept(response_id)
    word = request.form.get("word", "")
    if word and word not in set(Correction):
        abort(400)
    try:
        learning.correct_review(writing(), me().id, response_id, Correction(word) if word else None)
    except learning.LearningError as error:
        return _next_page(409, str(error))
    return to("review.show_answer", response_id=response_id, _anchor="feedback")


@bp.post("/review/answers/<uuid:response_id>/undo")
def undo_answer(response_id: UUID) -> ResponseReturnValue:
    authorize(Action.LEARN)
    _kept(response_id)
    try:
        learning.undo_review(writing(), me().id, response_id, at=now())
    except learning.LearningError as error:
        return _next_page(409, str(error))
    say("Your last answer was taken back, as if it had not been given.")
    return to("review.show_review")


@bp.post("/review/quiet")
def postpone_hearing() -> ResponseReturnValue:
    """What has to be heard waits for today, or until the learner says that they can listen."""
    authorize(Action.LEARN)
    learning.postpone_hearing(writing(), me().id, is_quiet="again" not in request.form, at=now())
    return to("review.show_review")


@bp.get("/review/settings")
def show_settings() -> ResponseReturnValue:
    authorize(Action.LEARN)
    settings = load_deck(reading(), me().id, at=now()).settings
    return _settings_page(
        SettingsForm(
            formdata=None,
            retention=f"{settings.retention:.2f}",
            new_per_day=settings.new_per_day,
            max_per_day=settings.max_per_day,
        )
    )


@bp.post("/review/settings")
def change_settings() -> ResponseReturnValue:
    authorize(Action.LEARN)
    form = SettingsForm()
    if not form.validate_on_submit():
        return _settings_page(form, 422)
    settings = ReviewSettings(float(form.retention.data), form.new_per_day.data, form.max_per_day.data)
    learning.set_review_settings(db(), me().id, settings)
    say("Saved. It counts from the next answer on.")
    return to("review.show_review")


def _settings_page(form: SettingsForm, status: int = 200) -> ResponseReturnValue:
    return page("review/settings.html", status, form=form)


def _kept(response_id: UUID) -> learning.GivenReview:
    """An answer of whoever acts; those of others are not found."""
    return found(learning.load_review(reading(), me().id, response_id))


def _next_page(
    status: int = 200, notice: str = "", shown: Step | None = None, sheet: Sheet | None = None
) -> ResponseReturnValue:
    """The card that was `shown`, if it is still its turn, or the next; without any, what comes after today."""
    lessons = lessons_done(reading(), me().id)
    deck, today = todays_review(lessons)
    last = last_of_today(deck, now())
    values: dict[str, Any] = {"notice": notice, "today": today, "last": last}
    if shown is None or today.find(shown.item.id) is None:
        turn = today.next_turn(last.group if last else None, now())
        shown, sheet = (_step(content().items[turn.item_id]), None) if turn else (None, None)
    if shown is not None:
        sound = audio_of(shown.item.audio) if shown.item.audio else None
        values |= {"shown": shown, "sheet": sheet or Sheet(str(new_id())), "audio": sound}
        return page("review/card.html", status, progress=_progress(today), **values)
    return page(
        "review/end.html",
        status,
        deck=deck,
        waiting=waiting_words(today),
        following=next_words(upcoming(deck, content(), at=now())),
        aloud=aloud_line(deck),
        has_phrases=any(phrases_of(content(), lessons)),
        **values,
    )


def _progress(today: Today) -> tuple[int, int]:
    """Cards done today, and how many there are with those left."""
    return today.answered, today.answered + len(today.turns)


def _step(item: Item) -> Step:
    return next_step(_sitting(item), item)


def _sitting(item: Item) -> AttemptState:
    """What the options are mixed by: the same all day, another order the next."""
    name = uuid5(me().id, f"{item.id} {now().date()}")
    return AttemptState(name, me().id, REVIEW_ID, 1, now(), None, ())
