"""Keeps the cards of learners: reads a deck in one statement, stores one card, and makes cards again from the log."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, bindparam, delete, func, select

from trainer.database import Store, insert_missing, upsert
from trainer.domain.answers import Mode
from trainer.domain.generating import DRILL
from trainer.domain.mastery import Kind
from trainer.domain.review import (
    MISSED_BELOW,
    REVIEW_ID,
    Card,
    Closeness,
    Deck,
    Memory,
    Rating,
    Reviewed,
    ReviewSettings,
    Stage,
    aloud_card,
    day_start,
    entered_for,
    group_of,
    replayed,
)
from trainer.models import (
    Attempt,
    LessonDone,
    Response,
    ReviewCardRow,
    ReviewRow,
    ReviewSettingsRow,
    TakeRow,
    User,
    table,
)

_user, _done, _attempt, _response = table(User), table(LessonDone), table(Attempt), table(Response)
_card, _review, _settings = table(ReviewCardRow), table(ReviewRow), table(ReviewSettingsRow)
_take = table(TakeRow)
_IS_QUIET = (
    select(_attempt.c.is_quiet)
    .where(
        _attempt.c.learner_id == bindparam("learner_id"),
        _attempt.c.quiz_id == REVIEW_ID,
        _attempt.c.started_at >= bindparam("day"),
    )
    .order_by(_attempt.c.number.desc())
    .limit(1)
    .scalar_subquery()
)
_BEING_ASSESSED = (
    select(func.aggregate_strings(_attempt.c.quiz_id, " "))
    .where(
        _attempt.c.learner_id == bindparam("learner_id"),
        _attempt.c.mode == Mode.ASSESSMENT,
        _attempt.c.finished_at.is_(None),
    )
    .scalar_subquery()
)
"""The quizzes of open assessments, separated by spaces, as no id has one."""
_DECK = (
    select(
        _settings.c.retention,
        _settings.c.new_per_day,
        _settings.c.max_per_day,
        _IS_QUIET.label("is_quiet"),
        _BEING_ASSESSED.label("being_assessed"),
        *(column for column in _card.c if column.name != "learner_id"),
    )
    .select_from(_user)
    .outerjoin(_settings, _settings.c.learner_id == _user.c.id)
    .outerjoin(_card, _card.c.learner_id == _user.c.id)
    .where(_user.c.id == bindparam("learner_id"))
)
_PRACTISED = select(_attempt.c.quiz_id).where(
    _attempt.c.learner_id == bindparam("learner_id"),
    _attempt.c.finished_at.is_not(None),
    _attempt.c.quiz_id.startswith(DRILL, autoescape=True),
)
_LESSONS = select(_done.c.lesson_id).where(_done.c.learner_id == bindparam("learner_id")).union(_PRACTISED)
_REVIEWS = (
    select(_review)
    .join(_response, (_response.c.learner_id == _review.c.learner_id) & (_response.c.id == _review.c.response_id))
    .where(_review.c.learner_id == bindparam("learner_id"), _response.c.withdrawn_at.is_(None))
    .order_by(_review.c.reviewed_at, _review.c.response_id)
)
_MISSED = (
    select(_response.c.item_id, func.min(_response.c.answered_at).label("missed_at"))
    .where(
        _response.c.learner_id == bindparam("learner_id"),
        _response.c.score < MISSED_BELOW,
        _response.c.item_key == _response.c.item_id,
        _response.c.kind != Kind.REVIEW,
    )
    .group_by(_response.c.item_id)
)
"""Items missed in a quiz; the nodes of a scenario have keys of their own."""
_SAID = (
    select(_take.c.line_id, _take.c.closeness, _take.c.retention, _take.c.rated_at)
    .where(_take.c.learner_id == bindparam("learner_id"), _take.c.retention.is_not(None))
    .order_by(_take.c.rated_at, _take.c.id)
)
"""What learners said of their own takes of phrases; lines of a dialogue have no card."""


def load_deck(store: Store, learner_id: UUID, *, at: datetime) -> Deck:
    rows = store.execute(_DECK, {"learner_id": learner_id, "day": day_start(at)}).all()
    cards = tuple(_card_of(row) for row in rows if row.card_id is not None)
    first = rows[0] if rows else None
    if first is None:
        return Deck()
    being_assessed = frozenset((first.being_assessed or "").split())
    if first.retention is None:
        return Deck(ReviewSettings(), cards, bool(first.is_quiet), being_assessed)
    settings = ReviewSettings(first.retention, first.new_per_day, first.max_per_day)
    return Deck(settings, cards, bool(first.is_quiet), being_assessed)


def lessons_done(store: Store, learner_id: UUID) -> frozenset[str]:
    """Lessons that are done, and the quizzes of terms that are finished: what is new in the review is of these."""
    return frozenset(row.lesson_id for row in store.execute(_LESSONS, {"learner_id": learner_id}))


def store_card(store: Store, learner_id: UUID, card: Card) -> None:
    upsert(store, _card, [_row_of(learner_id, card)])


def keep_missed(store: Store, learner_id: UUID, item_id: str, *, answered_at: datetime, at: datetime) -> None:
    """Let an item that was missed come back; one that comes back already stays as it is."""
    if answered_at < at:  # it came in late: the log knows what was first
        remake_card(store, learner_id, item_id)
    else:
        insert_missing(store, _card, [_row_of(learner_id, entered_for(item_id, at))])


def remake_card(store: Store, learner_id: UUID, card_id: str) -> None:
    """Make one card again from the log; it is gone when the log says nothing of it any more."""
    _forget(store, learner_id, card_id)
    reviews = store.execute(_REVIEWS.where(_review.c.card_id == card_id), {"learner_id": learner_id})
    missed = store.execute(_MISSED.where(_response.c.item_id == card_id), {"learner_id": learner_id})
    upsert(store, _card, [_row_of(learner_id, card) for card in _made(reviews, missed)])


def remake_aloud(store: Store, learner_id: UUID, phrase_id: str) -> None:
    """Make the card on which a phrase is said again from what the learner said of their takes."""
    _forget(store, learner_id, aloud_card(phrase_id))
    said = store.execute(_SAID.where(_take.c.line_id == phrase_id), {"learner_id": learner_id})
    upsert(store, _card, [_row_of(learner_id, card) for card in _made_aloud(said)])


def remake_deck(store: Store, learner_id: UUID) -> None:
    """Make all cards of a learner again from the log."""
    _forget(store, learner_id)
    reviews = store.execute(_REVIEWS, {"learner_id": learner_id})
    missed = store.execute(_MISSED, {"learner_id": learner_id})
    said = store.execute(_SAID, {"learner_id": learner_id})
    cards = [*_made(reviews, missed), *_made_aloud(said)]
    upsert(store, _card, [_row_of(learner_id, card) for card in cards])


def _forget(store: Store, learner_id: UUID, card_id: str | None = None) -> None:
    gone = delete(_card).where(_card.c.learner_id == learner_id)
    store.execute(gone if card_id is None else gone.where(_card.c.card_id == card_id))


def _made(reviews: Iterable[Row[Any]], missed: Iterable[Row[Any]]) -> list[Card]:
    cards = {row.item_id: entered_for(row.item_id, row.missed_at) for row in missed}
    rows: dict[str, list[Row[Any]]] = {}
    for row in reviews:
        rows.setdefault(row.card_id, []).append(row)
    for name, each in rows.items():
        memory = replayed(Reviewed(Rating(row.corrected or row.rating), row.reviewed_at, row.retention) for row in each)
        assert memory is not None
        before = cards.get(name)
        entered_at = each[0].reviewed_at
        is_missed = before is not None and before.entered_at < entered_at
        if before is not None:
            entered_at = min(entered_at, before.entered_at)
        cards[name] = Card(name, group_of(name), entered_at, memory.due, is_missed, memory, each[-1].response_id)
    return list(cards.values())


def _made_aloud(said: Iterable[Row[Any]]) -> Iterator[Card]:
    rows: dict[str, list[Row[Any]]] = {}
    for row in said:
        rows.setdefault(row.line_id, []).append(row)
    for name, each in rows.items():
        memory = replayed(Reviewed(Closeness(row.closeness).rating, row.rated_at, row.retention) for row in each)
        assert memory is not None
        yield Card(aloud_card(name), name, each[0].rated_at, memory.due, memory=memory)


def _card_of(row: Row[Any]) -> Card:
    memory = None
    if row.stage is not None:
        memory = Memory(Stage(row.stage), row.step, row.stability, row.hardness, row.due, row.last_at, row.reviews)
    return Card(row.card_id, group_of(row.card_id), row.entered_at, row.due, row.is_missed, memory, row.response_id)


def _row_of(learner_id: UUID, card: Card) -> dict[str, Any]:
    memory = card.memory
    return {
        "learner_id": learner_id,
        "card_id": card.id,
        "entered_at": card.entered_at,
        "due": card.due,
        "is_missed": card.is_missed,
        "stage": None if memory is None else int(memory.stage),
        "step": None if memory is None else memory.step,
        "stability": None if memory is None else memory.stability,
        "hardness": None if memory is None else memory.hardness,
        "last_at": None if memory is None else memory.last_at,
        "reviews": 0 if memory is None else memory.reviews,
        "response_id": card.response_id,
    }
