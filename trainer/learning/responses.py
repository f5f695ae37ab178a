"""Use cases of a response: grade it, keep it, move the mastery of its competencies."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, insert, select
from sqlalchemy.exc import IntegrityError

from trainer.database import Store
from trainer.decks import keep_missed
from trainer.domain import answers
from trainer.domain.answers import Mode
from trainer.domain.attempts import Answered, AttemptState, kept_grade
from trainer.domain.content import Item, Quiz, Scenario, node_key
from trainer.domain.grading import RULES_VERSION, Given, Grade, grade
from trainer.domain.mastery import Answer, History, Kind, Learnt, Model, item_difficulty, replay
from trainer.domain.review import is_missed
from trainer.domain.scenario import Position, is_conditional
from trainer.learning.attempts import LearningError, finish_if_done, take_turn
from trainer.models import Response, table
from trainer.terms import forget_terms, load_terms_of, store_terms
from trainer.versions import load_history

_response = table(Response)
_KEEP_RESPONSE = insert(_response)


@dataclass(frozen=True, slots=True)
class Occasion:
    """What a response belongs to, an attempt, a replay or a review, and how much what is answered in it proves."""

    learner_id: UUID
    id: UUID
    kind: Kind
    mode: Mode = Mode.PRACTICE


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
    Raises `LearningError` when the attempt is not at that step or the id was used for another one, `UnfitAnswer`
    when an option is not the item's; the transaction must then be rolled back.
    """
    kept = attempt.find(item.id, step)
    if kept is not None:
        return kept_grade(item, kept)
    if attempt.mode is Mode.ASSESSMENT:
        raise LearningError("What is answered in an assessment is handed in together, at its end.")
    if attempt.finished_at is not None:
        raise LearningError("This attempt is finished. Start the quiz again to practise.")
    given = at_node(attempt, quiz, item, given, step)
    graded = keep_answer(
        store,
        model,
        occasion_of(attempt),
        item,
        given,
        step=step,
        response_id=response_id,
        at=at,
        answered_at=answered_at,
    )
    keep_if_missed(store, attempt.learner_id, item, graded, answered_at=answered_at or at, at=at)
    finish_if_done(store, attempt.after(Answered(response_id, item.id, step, given, graded.score)), quiz, at=at)
    return graded


def occasion_of(attempt: AttemptState) -> Occasion:
    is_first = attempt.number == 1 or attempt.mode is Mode.ASSESSMENT
    return Occasion(attempt.learner_id, attempt.id, Kind.FIRST if is_first else Kind.REPLAY, attempt.mode)


def keep_if_missed(
    store: Store, learner_id: UUID, item: Item, graded: Grade, *, answered_at: datetime, at: datetime
) -> None:
    """Let an item that was missed come back in the review."""
    if is_missed(item, graded.score):
        keep_missed(store, learner_id, item.id, answered_at=answered_at, at=at)


def keep_answer(
    store: Store,
    model: Model,
    occasion: Occasion,
    item: Item,
    given: Given,
    *,
    step: int,
    response_id: UUID,
    at: datetime,
    answered_at: datetime | None = None,
) -> Grade:
    """Grade what fits an occasion's next step, keep it and learn from it."""
    response = Answered(response_id, item.id, step, given, 0.0)
    graded, is_late = keep_response(store, model, occasion, item, response, answered_at=answered_at or at, at=at)
    if is_late:
        rebuild_mastery(store, load_history(store), occasion.learner_id)
    return graded


def keep_response(
    store: Store,
    model: Model,
    occasion: Occasion,
    item: Item,
    response: Answered,
    *,
    answered_at: datetime,
    at: datetime,
) -> tuple[Grade, bool]:
    """Grade a response by the rules of the occasion's mode, keep it, and learn from it.

    Also whether it is late, no later than what was known: then the log must put it in its place.
    """
    graded = grade(item, response.given, occasion.mode)
    answer = _answer(model, occasion, item, response.given, graded, response.id, answered_at)
    learnt, is_late = _learn(store, model, occasion.learner_id, answer)
    _keep(store, model, occasion, item, response.given, graded, answer, learnt, step=response.step, at=at)
    return graded, is_late


def rebuild_mastery(store: Store, history: History, learner_id: UUID) -> None:
    """Make a learner's mastery again from the log, each answer with what was believed of its item when it came."""
    take_turn(store, learner_id)
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
        ).where(Response.learner_id == learner_id, Response.withdrawn_at.is_(None))
    )
    terms = replay((_kept_answer(history, row) for row in rows), history.constants)
    forget_terms(store, learner_id)
    store_terms(store, learner_id, terms)


def at_node(attempt: AttemptState, quiz: Quiz, item: Item, given: Given, step: int) -> Given:
    """What was given, with the node it was given at; the step must be the next one."""
    if quiz.pools and item.id not in {each.id for each in attempt.items(quiz)}:
        raise LearningError("This attempt does not ask for it. Go on with what it asks.")
    if attempt.is_done(item):
        raise LearningError("This item has ended. Go on with the next one.")
    if step != len(attempt.of_item(item.id)):
        raise LearningError("This step comes later. Go on from where the attempt stands.")
    if not isinstance(item.interaction, Scenario):
        return given
    return at_position(given, attempt.position(item))


def at_position(given: Given, position: Position) -> Given:
    """What was given, with the node of a scenario and, where that depends on what came before, what it offered."""
    node = position.node
    assert node is not None
    offered = tuple(choice.option.id for choice in position.offered) if is_conditional(node) else ()
    return replace(given, node=node.id, offered=offered)


def _item_key(item: Item, given: Given) -> str:
    if isinstance(item.interaction, Scenario) and given.node is not None:
        return node_key(item, item.interaction.nodes[given.node])
    return item.id


def _answer(
    model: Model, occasion: Occasion, item: Item, given: Given, graded: Grade, response_id: UUID, at: datetime
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
        kind=occasion.kind,
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
    occasion: Occasion,
    item: Item,
    given: Given,
    graded: Grade,
    answer: Answer,
    learnt: Learnt,
    *,
    step: int,
    at: datetime,
) -> None:
    part = learnt.evidence.part
    row = {
        "learner_id": occasion.learner_id,
        "id": answer.id,
        "attempt_id": occasion.id,
        "item_id": item.id,
        "step": step,
        "item_key": answer.item_key,
        "competencies": list(answer.competencies),
        "given": kept_given(given),
        "score": answer.score,
        "kind": answer.kind,
        "expected": learnt.expected,
        "difficulty": answer.difficulty,
        "person_mean": part.mean,
        "person_variance": part.variance,
        "item_novelty": part.item_novelty,
        "competency_novelty": part.competency_novelty,
        "checks": _checks(graded, occasion.mode),
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


def _checks(graded: Grade, mode: Mode) -> dict[str, object] | None:
    """How each text that was typed was read, by which rules; None when nothing was typed."""
    parts = {
        part.slot: {
            "verdict": part.checked.verdict,
            "canon": part.checked.canon,
            "answer": part.checked.answer,
            "diff": [[span.change, span.given, span.expected] for span in part.checked.diff],
        }
        for part in graded.parts
        if part.checked is not None
    }
    return {"rules": answers.RULES_VERSION, "mode": mode, "parts": parts} if parts else None


def kept_given(given: Given) -> dict[str, object]:
    kept: dict[str, object] = {"options": list(given.options), "node": given.node}
    if given.entries:
        kept["entries"] = dict(given.entries)
    if given.offered:
        kept["offered"] = list(given.offered)
    return kept
