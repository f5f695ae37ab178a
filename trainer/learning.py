"""Use cases of learning: start or resume an attempt, answer, finish a lesson, report a fact."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, bindparam, func, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from trainer.database import Store, dialect_of, upsert
from trainer.domain.attempts import Answered, AttemptState, kept_grade
from trainer.domain.content import Content, Item, Lesson, Quiz, Scenario, node_key
from trainer.domain.grading import RULES_VERSION, Given, Grade, grade
from trainer.domain.mastery import Answer, History, Kind, Learnt, Model, item_difficulty, replay
from trainer.domain.planning import Chosen
from trainer.models import Attempt, FactReport, LessonDone, Response, StudyPlanRow, User, new_id, table
from trainer.terms import forget_terms, load_terms_of, store_terms
from trainer.versions import load_history

_attempt, _response, _user = table(Attempt), table(Response), table(User)
_ATTEMPT = (
    select(
        _attempt.c.quiz_id,
        _attempt.c.number,
        _attempt.c.finished_at,
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
_KEEP_RESPONSE = insert(_response)


class LearningError(ValueError):
    """What was asked for does not fit the attempt; the text says what to do."""


def start_attempt(session: Session, learner_id: UUID, quiz: Quiz, *, at: datetime) -> UUID:
    """Resume the attempt of a quiz that is open, or begin the next."""
    _take_turn(session, learner_id)
    last = session.execute(
        select(Attempt.id, Attempt.number, Attempt.finished_at)
        .where(Attempt.learner_id == learner_id, Attempt.quiz_id == quiz.id)
        .order_by(Attempt.number.desc())
        .limit(1)
    ).first()
    if last is not None and last.finished_at is None:
        state = load_attempt(session, learner_id, UUID(int=last.id.int))
        assert state is not None
        if finish_if_done(session, state, quiz, at=at).finished_at is None:
            return state.id
    number = 1 if last is None else last.number + 1
    attempt = Attempt(
        learner_id=learner_id, id=new_id(), quiz_id=quiz.id, number=number, started_at=at, finished_at=None
    )
    session.add(attempt)
    session.flush()
    return attempt.id


def load_attempt(store: Store, learner_id: UUID, attempt_id: UUID, *, for_update: bool = False) -> AttemptState | None:
    """An attempt of this learner, or None. `for_update` lets the responses of a learner go one after another."""
    if for_update:
        _take_turn(store, learner_id)
    rows = store.execute(_ATTEMPT, {"learner_id": learner_id, "attempt_id": attempt_id}).all()
    if not rows:
        return None
    responses = tuple(
        Answered(row.id, row.item_id, row.step, _given(row.given), row.score) for row in rows if row.id is not None
    )
    return AttemptState(attempt_id, learner_id, rows[0].quiz_id, rows[0].number, rows[0].finished_at, responses)


def submit_response(
    store: Store,
    model: Model,
    attempt: AttemptState,
    quiz: Quiz,
    item: Item,
    given: Given,
    *,
    step: int,
    response_id: UUID,
    at: datetime,
    answered_at: datetime | None = None,
) -> Grade:
    """Grade what was given, keep the response, move the mastery of its competencies.

    Sending the same response again, or a second one for the same step, keeps the first and its grade.
    Raises `LearningError` when the attempt is not at that step or the id was used for another one, `UnknownOption`
    when an option is not the item's; the transaction must then be rolled back.
    """
    kept = attempt.find(item.id, step)
    if kept is not None:
        return kept_grade(item, kept)
    if attempt.finished_at is not None:
        raise LearningError("This attempt is finished. Start the quiz again to practise.")
    given = _at_node(attempt, item, given, step)
    graded = grade(item, given)
    answer = _answer(model, attempt, item, given, graded, response_id, answered_at or at)
    learnt, is_late = _learn(store, model, attempt.learner_id, answer)
    _keep(store, model, attempt, item, given, answer, learnt, step=step, at=at)
    if is_late:
        rebuild_mastery(store, load_history(store), attempt.learner_id)
    finish_if_done(store, attempt.after(Answered(answer.id, item.id, step, given, answer.score)), quiz, at=at)
    return graded


def finish_if_done(store: Store, attempt: AttemptState, quiz: Quiz, *, at: datetime) -> AttemptState:
    """Finish an attempt in which nothing is open: the last item was answered, or taken out of the quiz."""
    if attempt.finished_at is not None or attempt.next_item(quiz) is not None:
        return attempt
    store.execute(
        update(Attempt).where(Attempt.learner_id == attempt.learner_id, Attempt.id == attempt.id).values(finished_at=at)
    )
    return replace(attempt, finished_at=at)


def rebuild_mastery(store: Store, history: History, learner_id: UUID) -> None:
    """Make a learner's mastery again from the log, each answer with what was believed of its item when it came."""
    _take_turn(store, learner_id)
    rows = store.execute(
        select(
            Response.id,
            Response.item_key,
            Response.competencies,
            Response.score,
            Response.difficulty,
            Response.answered_at,
            Response.kind,
            Response.model_version,
        ).where(Response.learner_id == learner_id)
    )
    terms = replay((_kept_answer(history, row) for row in rows), history.constants)
    forget_terms(store, learner_id)
    store_terms(store, learner_id, terms)


def finish_lesson(store: Store, learner_id: UUID, lesson: Lesson, goals: Sequence[int], *, at: datetime) -> None:
    """Note that a learner has done a lesson, and which of its can-dos they say they can."""
    upsert(
        store,
        table(LessonDone),
        [
            {
                "learner_id": learner_id,
                "lesson_id": lesson.id,
                "done_at": at,
                "goals": sorted(goal for goal in set(goals) if 0 <= goal < len(lesson.goals)),
            }
        ],
    )


def keep_plan(store: Store, learner_id: UUID, engagement_id: UUID, chosen: Chosen, *, at: datetime) -> None:
    """Keep the plan that a learner sets out on, so that it is gone on with where it still serves."""
    days = {day.isoformat(): list(names) for day, names in chosen.items()}
    row = {"learner_id": learner_id, "engagement_id": engagement_id, "chosen": days, "kept_at": at}
    upsert(store, table(StudyPlanRow), [row])


def report_fact(
    session: Session, reporter_id: UUID, content: Content, fact_id: str, problem: str, *, at: datetime
) -> None:
    """Tell the trainers that a fact seems wrong or out of date."""
    if fact_id not in content.facts:
        raise LearningError("There is no such fact any more.")
    session.add(FactReport(fact_id=fact_id, reporter_id=reporter_id, problem=problem.strip(), reported_at=at))


def close_report(store: Store, report_id: UUID, trainer_id: UUID, decision: str, *, at: datetime) -> None:
    """Say what was decided about a reported fact."""
    store.execute(
        update(FactReport)
        .where(FactReport.id == report_id, FactReport.closed_at.is_(None))
        .values(closed_at=at, closed_by_id=trainer_id, decision=decision.strip())
    )


def open_report_count(store: Store) -> int:
    return store.scalar(select(func.count(FactReport.id)).where(FactReport.closed_at.is_(None))) or 0


def _take_turn(store: Store, learner_id: UUID) -> None:
    """Wait until nobody else writes for this learner; on SQLite every writer waits already."""
    if dialect_of(store) != "sqlite":
        store.execute(_LOCK_LEARNER, {"learner_id": learner_id})


def _at_node(attempt: AttemptState, item: Item, given: Given, step: int) -> Given:
    """What was given, with the node it was given at; the step must be the next one."""
    if attempt.is_done(item):
        raise LearningError("This item has ended. Go on with the next one.")
    if step != len(attempt.of_item(item.id)):
        raise LearningError("This step comes later. Go on from where the attempt stands.")
    if not isinstance(item.interaction, Scenario):
        return given
    node = attempt.position(item).node
    assert node is not None
    return Given(given.options, node.id)


def _item_key(item: Item, given: Given) -> str:
    if isinstance(item.interaction, Scenario) and given.node is not None:
        return node_key(item, item.interaction.nodes[given.node])
    return item.id


def _answer(
    model: Model, attempt: AttemptState, item: Item, given: Given, graded: Grade, response_id: UUID, at: datetime
) -> Answer:
    key, difficulty = _item_key(item, given), item_difficulty(item.level)
    return Answer(
        id=response_id,
        item_key=key,
        competencies=graded.competencies,
        score=graded.score,
        difficulty=difficulty,
        answered_at=at,
        basis=model.shared.basis(key, graded.competencies, difficulty),
        kind=Kind.FIRST if attempt.number == 1 else Kind.REPLAY,
    )


def _kept_answer(history: History, row: Row[Any]) -> Answer:
    names = tuple(row.competencies)
    basis = history.basis(row.model_version, row.item_key, names, row.difficulty)
    return Answer(row.id, row.item_key, names, row.score, row.difficulty, row.answered_at, basis, Kind(row.kind))


def _learn(store: Store, model: Model, learner_id: UUID, answer: Answer) -> tuple[Learnt, bool]:
    """What the answer taught, and whether it is no later than what is known: then the log must put it in its place."""
    terms = load_terms_of(store, model.constants, learner_id, [answer.item_key, *answer.competencies])
    is_late = not terms.is_before(answer)
    learnt = terms.learn(answer)
    if not is_late:
        store_terms(store, learner_id, terms)
    return learnt, is_late


def _keep(
    store: Store,
    model: Model,
    attempt: AttemptState,
    item: Item,
    given: Given,
    answer: Answer,
    learnt: Learnt,
    *,
    step: int,
    at: datetime,
) -> None:
    part = learnt.evidence.part
    row = {
        "learner_id": attempt.learner_id,
        "id": answer.id,
        "attempt_id": attempt.id,
        "item_id": item.id,
        "step": step,
        "item_key": answer.item_key,
        "competencies": list(answer.competencies),
        "given": {"options": list(given.options), "node": given.node},
        "score": answer.score,
        "kind": answer.kind,
        "expected": learnt.expected,
        "difficulty": answer.difficulty,
        "person_mean": part.mean,
        "person_variance": part.variance,
        "item_novelty": part.item_novelty,
        "competency_novelty": part.competency_novelty,
        "content_hash": item.content_hash,
        "rules_version": RULES_VERSION,
        "model_version": model.version,
        "answered_at": answer.answered_at,
        "received_at": at,
    }
    try:
        store.execute(_KEEP_RESPONSE, row)
    except IntegrityError as error:
        raise LearningError("This answer was sent before, for another step. Load the page again.") from error


def _given(data: dict[str, object]) -> Given:
    options = data["options"]
    node = data["node"]
    assert isinstance(options, list)
    return Given(tuple(options), node if isinstance(node, str) else None)
