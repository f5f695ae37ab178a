"""Use cases of the review: answer what is due, put a rating right, take the last answer back, let listening wait."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, func, insert, select, update

from trainer.database import Store, upsert
from trainer.decks import lessons_done, load_deck, remake_card, store_card
from trainer.domain.attempts import Answered
from trainer.domain.content import Content, Item
from trainer.domain.grading import Given
from trainer.domain.mastery import Kind, Model
from trainer.domain.review import (
    REVIEW_ID,
    Card,
    Correction,
    Rating,
    Reviewed,
    ReviewSettings,
    Turn,
    corrected,
    day_start,
    group_of,
    offered_corrections,
    rating_of,
    remember,
    todays_turns,
)
from trainer.learning.attempts import LearningError, given_of, take_turn
from trainer.learning.responses import Occasion, keep_answer, rebuild_mastery
from trainer.models import Attempt, Response, ReviewRow, ReviewSettingsRow, new_id, table
from trainer.versions import load_history

_attempt, _response, _review, _settings = table(Attempt), table(Response), table(ReviewRow), table(ReviewSettingsRow)
_STEPS = (
    select(func.count(_response.c.id))
    .where(
        _response.c.learner_id == _attempt.c.learner_id,
        _response.c.attempt_id == _attempt.c.id,
        _response.c.item_id == bindparam("item_id"),
    )
    .scalar_subquery()
)
_LAST_SITTING = (
    select(_attempt.c.id, _attempt.c.number, _attempt.c.started_at, _STEPS.label("steps"))
    .where(_attempt.c.learner_id == bindparam("learner_id"), _attempt.c.quiz_id == REVIEW_ID)
    .order_by(_attempt.c.number.desc())
    .limit(1)
)
_GIVEN = (
    select(_review, _response.c.step, _response.c.given, _response.c.score, _response.c.withdrawn_at)
    .join(_response, (_response.c.learner_id == _review.c.learner_id) & (_response.c.id == _review.c.response_id))
    .where(_review.c.learner_id == bindparam("learner_id"), _review.c.response_id == bindparam("response_id"))
)
_KEEP_REVIEW = insert(_review)
_FINISH = update(_attempt).where(_attempt.c.learner_id == bindparam("learner"), _attempt.c.id == bindparam("sitting"))
"""A sitting of the review is over with each answer, until another follows on the same day."""


@dataclass(frozen=True, slots=True)
class GivenReview:
    """One answer of the review, as it was kept, with what it said of its card and what the learner says against it."""

    answered: Answered
    rating: Rating
    corrected: Rating | None
    reviewed_at: datetime
    is_withdrawn: bool


def load_review(store: Store, learner_id: UUID, response_id: UUID) -> GivenReview | None:
    row = store.execute(_GIVEN, {"learner_id": learner_id, "response_id": response_id}).first()
    if row is None:
        return None
    return GivenReview(
        Answered(response_id, row.card_id, row.step, given_of(row.given), row.score),
        Rating(row.rating),
        None if row.corrected is None else Rating(row.corrected),
        row.reviewed_at,
        row.withdrawn_at is not None,
    )


def review_item(
    store: Store,
    model: Model,
    content: Content,
    learner_id: UUID,
    item: Item,
    given: Given,
    hears: Callable[[Item], bool],
    *,
    response_id: UUID,
    at: datetime,
) -> None:
    """Grade what was given to an item that is due, keep the response, and say when the item comes back.

    Sending the same response again keeps the first. Raises `LearningError` when the item is not due or waits for an
    assessment, `UnfitAnswer` when the answer does not fit it; the transaction must then be rolled back.
    """
    take_turn(store, learner_id)
    if load_review(store, learner_id, response_id) is not None:
        return
    deck = load_deck(store, learner_id, at=at)
    if deck.holds_back(item):
        raise LearningError(
            "This question waits until your assessment of its quiz is handed in: the review tells answers."
        )
    turn = todays_turns(deck, content, lessons_done(store, learner_id), hears, at=at).find(item.id)
    if turn is None:
        raise LearningError("This is not due any more. Go on with what is.")
    sitting_id, step = _sitting(store, learner_id, item.id, at=at)
    occasion = Occasion(learner_id, sitting_id, Kind.REVIEW)
    graded = keep_answer(store, model, occasion, item, given, step=step, response_id=response_id, at=at)
    review = Reviewed(rating_of(graded), at, deck.settings.retention)
    row = {
        "learner_id": learner_id,
        "response_id": response_id,
        "card_id": item.id,
        "rating": int(review.rating),
        "corrected": None,
        "retention": review.retention,
        "reviewed_at": at,
    }
    store.execute(_KEEP_REVIEW, row)
    store.execute(_FINISH, {"learner": learner_id, "sitting": sitting_id, "finished_at": at})
    store_card(store, learner_id, _after(turn, review, response_id))


def correct_review(store: Store, learner_id: UUID, response_id: UUID, correction: Correction | None) -> None:
    """Take the learner's own word against the rating of an answer that was just given; None takes it back."""
    take_turn(store, learner_id)
    kept = load_review(store, learner_id, response_id)
    if kept is None or kept.is_withdrawn:
        raise LearningError("This answer was taken back.")
    if correction is not None and correction not in offered_corrections(kept.rating):
        raise LearningError("That cannot be said of this answer.")
    rating = None if correction is None else int(corrected(correction))
    store.execute(
        update(_review)
        .where(_review.c.learner_id == learner_id, _review.c.response_id == response_id)
        .values(corrected=rating)
    )
    remake_card(store, learner_id, kept.answered.item_id)


def undo_review(store: Store, learner_id: UUID, response_id: UUID, *, at: datetime) -> str:
    """Take back the last answer of today: card and mastery are again as they were before. The item that it was of.

    The response stays in the log, marked. Taking it back again changes nothing.
    """
    take_turn(store, learner_id)
    kept = load_review(store, learner_id, response_id)
    if kept is None:
        raise LearningError("There is no such answer.")
    name = kept.answered.item_id
    if kept.is_withdrawn:
        return name
    last = load_deck(store, learner_id, at=at).last
    if last is None or last.response_id != response_id or kept.reviewed_at < day_start(at):
        raise LearningError("Only the last answer of today can be taken back.")
    store.execute(
        update(_response)
        .where(_response.c.learner_id == learner_id, _response.c.id == response_id)
        .values(withdrawn_at=at)
    )
    remake_card(store, learner_id, name)
    rebuild_mastery(store, load_history(store), learner_id)
    return name


def set_review_settings(store: Store, learner_id: UUID, settings: ReviewSettings) -> None:
    row = {
        "learner_id": learner_id,
        "retention": settings.retention,
        "new_per_day": settings.new_per_day,
        "max_per_day": settings.max_per_day,
    }
    upsert(store, _settings, [row])


def postpone_hearing(store: Store, learner_id: UUID, *, is_quiet: bool, at: datetime) -> None:
    """Let what has to be heard wait for today, or ask for it again."""
    take_turn(store, learner_id)
    sitting, _ = _sitting(store, learner_id, "", at=at)
    store.execute(
        update(_attempt).where(_attempt.c.learner_id == learner_id, _attempt.c.id == sitting).values(is_quiet=is_quiet)
    )


def _sitting(store: Store, learner_id: UUID, item_id: str, *, at: datetime) -> tuple[UUID, int]:
    """The sitting of today, begun when there is none, and how often it asked an item, withdrawn answers included."""
    last = store.execute(_LAST_SITTING, {"learner_id": learner_id, "item_id": item_id}).first()
    if last is not None and last.started_at >= day_start(at):
        return UUID(int=last.id.int), last.steps
    sitting_id = new_id()
    row: Mapping[str, Any] = {
        "learner_id": learner_id,
        "id": sitting_id,
        "quiz_id": REVIEW_ID,
        "number": 1 if last is None else last.number + 1,
        "started_at": at,
        "finished_at": at,
        "is_quiet": False,
    }
    store.execute(insert(_attempt), row)
    return sitting_id, 0


def _after(turn: Turn, review: Reviewed, response_id: UUID) -> Card:
    before = turn.card
    memory = remember(None if before is None else before.memory, review)
    entered_at = review.at if before is None else before.entered_at
    is_missed = before is not None and before.is_missed
    return Card(turn.item_id, group_of(turn.item_id), entered_at, memory.due, is_missed, memory, response_id)
