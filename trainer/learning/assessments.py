"""Use cases of an assessment: start it, save answers that may still be changed, flag items, hand it in."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.orm import Session

from trainer.database import Store, insert_missing, upsert
from trainer.domain.answers import Mode
from trainer.domain.attempts import Answered, AttemptState
from trainer.domain.content import Item, Quiz, Scenario
from trainer.domain.grading import Given, grade
from trainer.domain.mastery import Model
from trainer.domain.sittings import Draft, Sitting
from trainer.learning.attempts import (
    LearningError,
    attempts_begun,
    begin_attempt,
    given_of,
    next_number,
    take_turn,
)
from trainer.learning.grants import allowance_of, extra_attempts
from trainer.learning.responses import (
    at_node,
    keep_if_missed,
    keep_response,
    kept_given,
    occasion_of,
    rebuild_mastery,
)
from trainer.models import Attempt, DraftAnswer, new_id, table
from trainer.versions import load_history

_attempt, _draft = table(Attempt), table(DraftAnswer)
_OPEN = select(_attempt.c.id, _attempt.c.due_at).where(
    _attempt.c.learner_id == bindparam("learner_id"),
    _attempt.c.quiz_id == bindparam("quiz_id"),
    _attempt.c.mode == Mode.ASSESSMENT,
    _attempt.c.finished_at.is_(None),
)
_DRAFTS = (
    select(_draft.c.id, _draft.c.item_id, _draft.c.step, _draft.c.given, _draft.c.saved_at)
    .where(_draft.c.learner_id == bindparam("learner_id"), _draft.c.attempt_id == bindparam("attempt_id"))
    .order_by(_draft.c.item_id, _draft.c.step)
)


def start_assessment(session: Session, learner_id: UUID, quiz: Quiz, *, at: datetime) -> UUID:
    """Go on with the assessment of a quiz that is open, or begin another.

    Raises `LearningError` when the quiz is none or no attempt is left.
    """
    if quiz.assessment is None:
        raise LearningError("This quiz is for practice only.")
    take_turn(session, learner_id)
    begun = attempts_begun(session, learner_id, quiz.id)
    sat = [each for each in begun if each.mode == Mode.ASSESSMENT]
    open_one = next((each for each in sat if each.finished_at is None), None)
    if open_one is not None:
        return UUID(int=open_one.id.int)
    if len(sat) >= quiz.assessment.attempts + extra_attempts(session, learner_id, quiz.id):
        raise LearningError("You have no attempt left. If you need another, ask a trainer: they can grant one.")
    due_at = allowance_of(session, learner_id).due_at(at, quiz.assessment.minutes)
    return begin_attempt(session, learner_id, quiz, next_number(begun), Mode.ASSESSMENT, due_at, at=at)


def open_assessment(store: Store, learner_id: UUID, quiz_id: str) -> UUID | None:
    """The assessment of a quiz that a learner has begun and not handed in, though its time may be up."""
    row = store.execute(_OPEN, {"learner_id": learner_id, "quiz_id": quiz_id}).first()
    return None if row is None else UUID(int=row.id.int)


def load_sitting(store: Store, attempt: AttemptState, quiz: Quiz) -> Sitting:
    """An assessment with what is saved of it."""
    if attempt.finished_at is not None:
        return Sitting(attempt, quiz)
    rows = store.execute(_DRAFTS, {"learner_id": attempt.learner_id, "attempt_id": attempt.id})
    return Sitting(
        attempt,
        quiz,
        tuple(Draft(UUID(int=row.id.int), row.item_id, row.step, given_of(row.given), row.saved_at) for row in rows),
    )


def save_draft(
    store: Store, sitting: Sitting, item: Item, given: Given, *, step: int, grace: timedelta, at: datetime
) -> None:
    """Save an answer in place of the one before; a choice in a conversation is final, and a second one is passed over.

    Raises `LearningError` when the assessment is over or not at that step, `UnfitAnswer` when the answer is none.
    """
    _refuse_late(sitting, grace, at=at)
    is_final = isinstance(item.interaction, Scenario)
    if is_final:
        if any(each.item_id == item.id and each.step == step for each in sitting.drafts):
            return
        given = at_node(sitting.answered, sitting.quiz, item, given, step)
    elif step != 0:
        raise LearningError("This item has one step only.")
    grade(item, given, Mode.ASSESSMENT)
    row = {
        "learner_id": sitting.attempt.learner_id,
        "attempt_id": sitting.attempt.id,
        "item_id": item.id,
        "step": step,
        "id": new_id(),
        "given": kept_given(given),
        "saved_at": at,
    }
    (insert_missing if is_final else upsert)(store, _draft, [row])


def flag_item(store: Store, sitting: Sitting, item: Item, *, is_flagged: bool, grace: timedelta, at: datetime) -> None:
    """Note that an item is to be looked at again before handing in, or no more."""
    _refuse_late(sitting, grace, at=at)
    flagged = sitting.attempt.flagged - {item.id} | ({item.id} if is_flagged else set())
    if flagged != sitting.attempt.flagged:
        _change(store, sitting.attempt, flagged=sorted(flagged))


def hand_in(store: Store, model: Model, sitting: Sitting, *, at: datetime) -> None:
    """Grade what is saved, keep it as responses, and let mastery move: all of it or nothing; a second time is none.

    What is handed in when the time is up counts as handed in then, whenever that is noticed.
    """
    attempt = sitting.attempt
    if attempt.finished_at is not None:
        return
    items = {item.id: item for item in sitting.items}
    has_late = False
    for draft in sorted(sitting.drafts, key=lambda draft: (draft.saved_at, draft.id)):
        item, response = items[draft.item_id], Answered(draft.id, draft.item_id, draft.step, draft.given, 0.0)
        graded, is_late = keep_response(
            store, model, occasion_of(attempt), item, response, answered_at=draft.saved_at, at=at
        )
        if sitting.rules.is_practised:
            keep_if_missed(store, attempt.learner_id, item, graded, answered_at=draft.saved_at, at=at)
        has_late = has_late or is_late
    if has_late:
        rebuild_mastery(store, load_history(store), attempt.learner_id)
    store.execute(delete(_draft).where(_draft.c.learner_id == attempt.learner_id, _draft.c.attempt_id == attempt.id))
    _change(store, attempt, finished_at=at if attempt.due_at is None else min(at, attempt.due_at))


def overdue_assessments(store: Store, grace: timedelta, *, at: datetime) -> list[tuple[UUID, UUID]]:
    """Learner and id of each assessment whose time is up and that nobody has handed in."""
    rows = store.execute(
        select(_attempt.c.learner_id, _attempt.c.id)
        .where(
            _attempt.c.mode == Mode.ASSESSMENT,
            _attempt.c.finished_at.is_(None),
            _attempt.c.due_at < at - grace,
        )
        .order_by(_attempt.c.due_at)
    )
    return [(UUID(int=row.learner_id.int), UUID(int=row.id.int)) for row in rows]


def _refuse_late(sitting: Sitting, grace: timedelta, *, at: datetime) -> None:
    if sitting.attempt.finished_at is not None or sitting.is_over(at, grace):
        raise LearningError("This assessment is handed in: nothing more can be saved.")


def _change(store: Store, attempt: AttemptState, **values: object) -> None:
    store.execute(
        update(_attempt).where(_attempt.c.learner_id == attempt.learner_id, _attempt.c.id == attempt.id).values(values)
    )
