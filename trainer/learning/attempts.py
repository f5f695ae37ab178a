"""Use cases of an attempt: start or resume it, load it, let listening wait, finish it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, bindparam, select, update
from sqlalchemy.orm import Session

from trainer.database import Store, dialect_of
from trainer.domain.answers import Mode
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
        _attempt.c.mode,
        _attempt.c.due_at,
        _attempt.c.flagged,
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
    """Resume the practice of a quiz that is open, or begin the next on the quiz as it is now, which is kept.

    Raises `LearningError` while an assessment of the quiz is open, for practice tells the answers.
    """
    take_turn(session, learner_id)
    begun = attempts_begun(session, learner_id, quiz.id)
    open_ones = {each.mode: each for each in begun if each.finished_at is None}
    if Mode.ASSESSMENT in open_ones:
        raise LearningError("Your assessment of this quiz is open. Hand it in first: practice tells the answers.")
    if quiz.assessment is not None and not quiz.assessment.is_practised:
        raise LearningError("This quiz is not practised: it is sat as an assessment only.")
    last = open_ones.get(Mode.PRACTICE)
    if last is not None:
        open_id = UUID(int=last.id.int)
        if last.quiz_hash is not None or not _is_overtaken(session, learner_id, open_id, quiz, at=at):
            return open_id
    return begin_attempt(session, learner_id, quiz, next_number(begun), at=at)


def attempts_begun(session: Session, learner_id: UUID, quiz_id: str) -> Sequence[Row[Any]]:
    """All attempts of a quiz, of either mode: they share their numbers, which begin at 1."""
    return session.execute(
        select(Attempt.id, Attempt.number, Attempt.mode, Attempt.finished_at, Attempt.quiz_hash).where(
            Attempt.learner_id == learner_id, Attempt.quiz_id == quiz_id
        )
    ).all()


def next_number(begun: Sequence[Row[Any]]) -> int:
    return max((each.number for each in begun), default=0) + 1


def begin_attempt(
    session: Session,
    learner_id: UUID,
    quiz: Quiz,
    number: int,
    mode: Mode = Mode.PRACTICE,
    due_at: datetime | None = None,
    *,
    at: datetime,
) -> UUID:
    attempt = Attempt(
        learner_id=learner_id,
        id=new_id(),
        quiz_id=quiz.id,
        number=number,
        started_at=at,
        finished_at=None,
        quiz_hash=keep_quiz(session, quiz, at=at),
        mode=mode,
        due_at=due_at,
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
        Answered(row.id, row.item_id, row.step, given_of(row.given), row.score) for row in rows if row.id is not None
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
        Mode(first.mode),
        first.due_at,
        frozenset(first.flagged or ()),
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


def given_of(data: dict[str, object]) -> Given:
    """What was given, as a response keeps it."""
    options, node, entries = data["options"], data["node"], data.get("entries", {})
    assert isinstance(options, list)
    assert isinstance(entries, dict)
    offered = data.get("offered", ())
    assert isinstance(offered, list | tuple)
    return Given(tuple(options), node if isinstance(node, str) else None, tuple(entries.items()), tuple(offered))
