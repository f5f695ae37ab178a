"""The record of the forecasts: what was said of the people asked for, and what came of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Row, Select, case, func, select

from trainer.database import Store
from trainer.domain.content import CompetencyKind, Content
from trainer.domain.mastery import Kind
from trainer.domain.readiness import MIN_GROUP
from trainer.domain.record import (
    LAST_DAYS,
    LeadTime,
    Resolved,
    Score,
    score,
    score_by_kind,
    score_by_lead,
)
from trainer.models import Engagement, ForecastRow, Membership, Response, table

LIMIT = 20_000
"""The last answers, and the last forecasts, that a record looks at."""
WINDOW_DAYS = 3
"""What is answered up to this many days before or after the date is the outcome of a forecast to it."""

_response, _forecast = table(Response), table(ForecastRow)
_engagement, _membership = table(Engagement), table(Membership)
People = Select[tuple[UUID]] | Sequence[UUID]


@dataclass(frozen=True, slots=True)
class Record:
    """How the numbers held: those given just before each answer, and those for the date of an engagement.

    `waiting` forecasts are for a date that is not over yet, `missing` ones were never put to the test. `min_people` is
    what a figure needs at least.
    """

    answers: Score
    answers_by_kind: dict[CompetencyKind, Score]
    forecasts: Score
    forecasts_by_lead: dict[LeadTime, Score]
    forecasts_by_kind: dict[CompetencyKind, Score]
    waiting: int
    missing: int
    min_people: int


def own_record(store: Store, content: Content, learner_id: UUID, *, at: datetime) -> Record:
    """The record of one person: two statements."""
    return _record(store, content, [learner_id], 1, at)


def teams_record(store: Store, content: Content, teams: Iterable[UUID], *, at: datetime) -> Record:
    """The record of all who are in some teams, those who cannot sign in any more as well: two statements.

    Figures stand for five people or more.
    """
    members = select(_membership.c.user_id).where(_membership.c.team_id.in_(list(teams)))
    return _record(store, content, members, MIN_GROUP, at)


def _record(store: Store, content: Content, people: People, min_people: int, at: datetime) -> Record:
    answered = _answered(store, people)
    answers = [
        Resolved(row.expected, row.score, 0, _kinds(content, row.competencies), row.learner_id) for row in answered
    ]
    told = _Told(_forecasts(store, people), answered, content, at)
    return Record(
        answers=score(answers, min_people=min_people),
        answers_by_kind=score_by_kind(answers, min_people=min_people),
        forecasts=score(told.resolved, min_people=min_people),
        forecasts_by_lead=score_by_lead(told.resolved, min_people=min_people),
        forecasts_by_kind=score_by_kind(told.resolved, min_people=min_people),
        waiting=told.waiting,
        missing=told.missing,
        min_people=min_people,
    )


def _answered(store: Store, people: People) -> Sequence[Row[Any]]:
    return store.execute(
        select(
            _response.c.learner_id,
            _response.c.competencies,
            _response.c.expected,
            _response.c.score,
            _response.c.kind,
            _response.c.answered_at,
        )
        .where(_response.c.learner_id.in_(people))
        .order_by(_response.c.answered_at.desc(), _response.c.id.desc())
        .limit(LIMIT)
    ).all()


def _forecasts(store: Store, people: People) -> Sequence[Row[Any]]:
    """The first of each lead time for an engagement's date: those of the days after it would count one outcome again
    and again, and a later one could not be chosen without looking."""
    lead = case(
        *((_forecast.c.lead_days <= last, group.value) for group, last in LAST_DAYS.items()), else_=LeadTime.LATER.value
    )
    target = (_forecast.c.engagement_id, _forecast.c.learner_id, _forecast.c.competency_id, _forecast.c.on_date)
    numbered = (
        select(
            _forecast,
            func.row_number().over(partition_by=(*target, lead), order_by=_forecast.c.made_on).label("number"),
        )
        .where(_forecast.c.learner_id.in_(people))
        .subquery()
    )
    return store.execute(
        select(
            numbered.c.learner_id,
            numbered.c.competency_id,
            numbered.c.made_on,
            numbered.c.on_date,
            numbered.c.lead_days,
            numbered.c.p,
            _engagement.c.zone,
        )
        .join(_engagement, _engagement.c.id == numbered.c.engagement_id)
        .where(numbered.c.number == 1)
        .order_by(numbered.c.on_date.desc(), numbered.c.made_on, numbered.c.learner_id, numbered.c.competency_id)
        .limit(LIMIT)
    ).all()


class _Told:
    """Forecasts with their outcomes: the mean score of what was answered for the first time around the date."""

    def __init__(
        self, forecasts: Sequence[Row[Any]], answered: Sequence[Row[Any]], content: Content, at: datetime
    ) -> None:
        self.resolved: list[Resolved] = []
        self.waiting = self.missing = 0
        first: dict[tuple[UUID, str], list[tuple[datetime, float]]] = {}
        for row in answered:
            if row.kind == Kind.FIRST:
                for name in row.competencies:
                    first.setdefault((row.learner_id, name), []).append((row.answered_at, row.score))
        known_from = answered[-1].answered_at if len(answered) == LIMIT else None
        for row in forecasts:
            start, end = _window(row)
            if known_from is not None and start <= known_from:
                continue
            if at < end:
                self.waiting += 1
                continue
            given = first.get((row.learner_id, row.competency_id), ())
            scores = [score for answered_at, score in given if start <= answered_at < end]
            if not scores:
                self.missing += 1
                continue
            kinds = _kinds(content, [row.competency_id])
            outcome = sum(scores) / len(scores)
            self.resolved.append(Resolved(row.p, outcome, row.lead_days, kinds, row.learner_id))


def _window(forecast: Row[Any]) -> tuple[datetime, datetime]:
    """From and until when answers are its outcome: days around its date, none before the day after it was made."""
    zone = ZoneInfo(forecast.zone)
    first = max(forecast.on_date - timedelta(days=WINDOW_DAYS), forecast.made_on + timedelta(days=1))
    after = forecast.on_date + timedelta(days=WINDOW_DAYS + 1)
    return datetime.combine(first, time(), zone), datetime.combine(after, time(), zone)


def _kinds(content: Content, names: Iterable[str]) -> tuple[CompetencyKind, ...]:
    """Of the competencies that there still are."""
    found = (content.competencies.get(name) for name in names)
    return tuple(dict.fromkeys(each.kind for each in found if each))
