"""Use cases of an attempt: start or resume it, load it, let listening wait, finish it."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from trainer.database import Store, dialect_of
from trainer.domain.attempts import Answered, AttemptState
from trainer.domain.content import Quiz
from trainer.domain.grading import Given
from trainer.kept_quizzes import keep_quiz
from trainer.models import Attempt, Response, User, new_id, table

_attempt, _response, _user = table(Attempt), table(Response), table(User)
_ATTEMPT = (
    select(
        _attempt.c.quiz_id,
        _attempt.c.number,
        _attempt.c.started_at,
        _attempt.c.finished_at,
        _attempt.c.is_quiet,
        _attempt.c.quiz_hash,
        _response.c.id,
        _response.c.item_id,
        _response.c.step,
        _response.c.given,
        _response.c.score,
    )
    .outerjoin(
        _response,
        (_response.c.learner_id == _attempt.c.learner_id) & (_response.c.attempt_id == _attempt.c.id),
    )
    .where(_attempt.c.learner_id == bindparam("learner_id"), _attempt.c.id == bindparam("attempt_id"))
    .order_by(_response.c.item_id, _response.c.step)
)
_LOCK_LEARNER = select(_user.c.id).where(_user.c.id == bindparam("learner_id")).with_for_update(key_share=True)


class LearningError(ValueError):
    """What was asked for does not fit the attempt; the text says what to do."""


def start_attempt(session: Session, learner_id: UUID, quiz: Quiz, *, at: datetime) -> UUID:
    """Resume the attempt of a quiz that is open, or begin the next on the quiz as it is now, which is kept."""
    take_turn(session, learner_id)
    last = session.execute(
        select(Attempt.id, Attempt.number, Attempt.finished_at, Attempt.quiz_hash)
        .where(Attempt.learner_id == learner_id, Attempt.quiz_id == quiz.id)
        .order_by(Attempt.number.desc())
        .limit(1)
    ).first()
    if last is not None and last.finished_at is None:
        open_id = UUID(int=last.id.int)
        if last.quiz_hash is not None or not _is_overtaken(session, learner_id, open_id, quiz, at=at):
            return open_id
    attempt = Attempt(
        learner_id=learner_id,
        id=new_id(),
        quiz_id=quiz.id,
        number=1 if last is None else last.number + 1,
        started_at=at,
        finished_at=None,
        quiz_hash=keep_quiz(session, quiz, at=at),
    )
    session.add(attempt)
    session.flush()
    return attempt.id


def _is_overtaken(session: Session, learner_id: UUID, attempt_id: UUID, quiz: Quiz, *, at: datetime) -> bool:
    """Whether an attempt from before quizzes were kept ends here, since what it left open was taken out of the quiz."""
    state = load_attempt(session, learner_id, attempt_id)
    assert state is not None
    return finish_if_done(session, state, quiz, at=at).finished_at is not None


def load_attempt(store: Store, learner_id: UUID, attempt_id: UUID, *, for_update: bool = False) -> AttemptState | None:
    """An attempt of this learner, or None. `for_update` lets the responses of a learner go one after another."""
    if for_update:
        take_turn(store, learner_id)
    rows = store.execute(_ATTEMPT, {"learner_id": learner_id, "attempt_id": attempt_id}).all()
    if not rows:
        return None
    responses = tuple(
        Answered(row.id, row.item_id, row.step, _given(row.given), row.score) for row in rows if row.id is not None
    )
    first = rows[0]
    return AttemptState(
        attempt_id,
        learner_id,
        first.quiz_id,
        first.number,
        first.started_at,
        first.finished_at,
        responses,
        first.is_quiet,
        first.quiz_hash,
    )


def postpone_listening(store: Store, attempt: AttemptState, *, is_quiet: bool) -> None:
    """Let what has to be heard wait, or ask for it again."""
    store.execute(
        update(Attempt)
        .where(Attempt.learner_id == attempt.learner_id, Attempt.id == attempt.id)
        .values(is_quiet=is_quiet)
    )


def finish_if_done(store: Store, attempt: AttemptState, quiz: Quiz, *, at: datetime) -> AttemptState:
    """Finish an attempt in which nothing is open: the last item was answered, or taken out of the quiz."""
    if attempt.finished_at is not None or attempt.open_items(quiz):
        return attempt
    store.execute(
        update(Attempt).where(Attempt.learner_id == attempt.learner_id, Attempt.id == attempt.id).values(finished_at=at)
    )
    return replace(attempt, finished_at=at)


def take_turn(store: Store, learner_id: UUID) -> None:
    """Wait until nobody else writes for this learner; on SQLite every writer waits already."""
    if dialect_of(store) != "sqlite":
        store.execute(_LOCK_LEARNER, {"learner_id": learner_id})


def _given(data: dict[str, object]) -> Given:
    options, node, entries = data["options"], data["node"], data.get("entries", {})
    assert isinstance(options, list)
    assert isinstance(entries, dict)
    return Given(tuple(options), node if isinstance(node, str) else None, tuple(entries.items()))
