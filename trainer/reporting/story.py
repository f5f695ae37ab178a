"""One competency of one learner: the forecast, why it is what it is, and the last answers that bear on it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Text, bindparam, cast, select

from trainer.company import rules_in_force
from trainer.database import Store
from trainer.domain.answers import Mode
from trainer.domain.content import Content, Item, Quiz
from trainer.domain.mastery import Explanation, Forecast, Kind, Model, days_until_below, explain
from trainer.domain.readiness import Rules
from trainer.models import Attempt, Response, table
from trainer.reporting.engagements import cell_of, last_answer_at
from trainer.reporting.learner import OwnSeat, own_seats, targets_of
from trainer.terms import load_terms

LAST_ANSWERS = 10
_response, _attempt = table(Response), table(Attempt)
_ANSWERS = (
    select(
        _response.c.item_id,
        _response.c.item_key,
        _response.c.score,
        _response.c.kind,
        _response.c.answered_at,
        _attempt.c.quiz_id,
        _attempt.c.mode,
    )
    .outerjoin(_attempt, (_attempt.c.learner_id == _response.c.learner_id) & (_attempt.c.id == _response.c.attempt_id))
    .where(
        _response.c.learner_id == bindparam("learner_id"),
        _response.c.withdrawn_at.is_(None),
        cast(_response.c.competencies, Text).contains(bindparam("quoted")),
    )
    .order_by(_response.c.answered_at.desc(), _response.c.id.desc())
    .limit(LAST_ANSWERS)
)
"""Answers that counted for a competency when they were given, whatever the content says now."""


@dataclass(frozen=True, slots=True)
class GivenAnswer:
    """One answer; `item` and `quiz` are None when they are taught no more. `node` is a scenario's.

    `score` is None where the end of an assessment does not tell what was right.
    """

    quiz: Quiz | None
    item: Item | None
    node: str | None
    score: float | None
    kind: Kind
    answered_at: datetime
    is_assessed: bool


@dataclass(frozen=True, slots=True)
class CompetencyStory:
    """A competency as of `on`: the date of `seat`, the next of one's seats that needs it, or today without one.

    `target` is the highest that one's seats ask for. `days_held` is in how many days from now the forecast falls below
    it without practice: 0 when it is below, None when that is not in sight or there is no target. `rules` are those of
    the seat's engagement, or the company's without one.
    """

    competency: str
    on: datetime
    explanation: Explanation
    last_at: datetime | None
    answers: tuple[GivenAnswer, ...]
    seats: tuple[OwnSeat, ...]
    seat: OwnSeat | None
    target: float | None
    days_held: int | None
    rules: Rules

    @property
    def forecast(self) -> Forecast:
        return self.explanation.forecast


def competency_story(
    store: Store,
    content: Content,
    model: Model,
    learner_id: UUID,
    competency: str,
    on: datetime | None = None,
    *,
    at: datetime,
) -> CompetencyStory | None:
    """The story of a competency, by default as of the next own seat that needs it; None when no item serves it."""
    items = content.items_by_competency.get(competency)
    if not items:
        return None
    seats = own_seats(store, learner_id, at=at)
    needing = (seat for seat in seats if any(each.competency == competency for each in seat.requirements))
    seat = next(needing, None)
    target = targets_of(seats).get(competency)
    date = on or (seat.engagement.starts_at if seat else at)
    terms = load_terms(store, model.constants, [learner_id], [competency, *items])[learner_id]
    cell = cell_of(content, model, terms, competency)
    return CompetencyStory(
        competency=competency,
        on=date,
        explanation=explain(cell, date, model.shared, at=at),
        last_at=last_answer_at(terms.states.get(competency)),
        answers=_last_answers(store, content, learner_id, competency),
        seats=seats,
        seat=seat,
        target=target,
        days_held=None if target is None else days_until_below(cell, target, model.shared, at=at),
        rules=seat.engagement.rules if seat else rules_in_force(store).rules,
    )


def _last_answers(store: Store, content: Content, learner_id: UUID, competency: str) -> tuple[GivenAnswer, ...]:
    """The newest first."""
    rows = store.execute(_ANSWERS, {"learner_id": learner_id, "quoted": f'"{competency}"'})
    return tuple(
        GivenAnswer(
            quiz=content.quizzes.get(row.quiz_id or (item.quiz_id if item else "")),
            item=item,
            node=row.item_key.partition("#")[2] or None,
            score=row.score if _tells_score(content.quizzes.get(row.quiz_id), row.mode) else None,
            kind=Kind(row.kind),
            answered_at=row.answered_at,
            is_assessed=row.mode == Mode.ASSESSMENT,
        )
        for row in rows
        for item in (content.items.get(row.item_id),)
    )


def _tells_score(quiz: Quiz | None, mode: str | None) -> bool:
    """Practice does. Of an assessment that is taught no more nobody knows any longer whether it may."""
    if mode != Mode.ASSESSMENT:
        return True
    return quiz is not None and quiz.assessment is not None and quiz.assessment.shows_correctness
