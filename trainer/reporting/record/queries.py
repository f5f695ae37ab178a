"""What the record is made of: the last answers, and the kept forecasts with what came of their engagements.

Answers to items that serve no competency are practice: they say nothing of a forecast.
"""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, case, func, select

from trainer.database import Store
from trainer.domain.record import LAST_DAYS, LeadTime
from trainer.models import DebriefRow, Engagement, ForecastRow, Response, table

LIMIT = 20_000
"""The last answers, and the last forecasts, that a record looks at."""

People = Select[tuple[UUID]] | Sequence[UUID]
_response, _forecast = table(Response), table(ForecastRow)
_engagement, _debrief = table(Engagement), table(DebriefRow)
_ANSWERS = select(
    _response.c.learner_id,
    _response.c.item_key,
    _response.c.competencies,
    _response.c.expected,
    _response.c.score,
    _response.c.kind,
    _response.c.answered_at,
).where(_response.c.withdrawn_at.is_(None))


def answered(store: Store, people: People) -> Sequence[Row[Any]]:
    """The last answers of people, the newest first."""
    wanted = _ANSWERS.where(_response.c.learner_id.in_(people))
    rows = store.execute(wanted.order_by(_response.c.answered_at.desc(), _response.c.id.desc()).limit(LIMIT))
    return [row for row in rows if row.competencies]


def answered_by_all(store: Store) -> Sequence[Row[Any]]:
    """The answers of all that came in last, the newest first; those that were late are in their place."""
    wanted = _ANSWERS.order_by(_response.c.received_at.desc(), _response.c.id.desc()).limit(LIMIT)
    rows = (row for row in store.execute(wanted) if row.competencies)
    return sorted(rows, key=lambda row: row.answered_at, reverse=True)


def kept_forecasts(store: Store, people: People | None) -> Sequence[Row[Any]]:
    """The first of each lead time for an engagement's date: those of the days after it would count one outcome again
    and again, and a later one could not be chosen without looking.

    With what the person said in the debrief. Without `people` those of everyone.
    """
    lead = case(
        *((_forecast.c.lead_days <= last, group.value) for group, last in LAST_DAYS.items()), else_=LeadTime.LATER.value
    )
    target = (_forecast.c.engagement_id, _forecast.c.learner_id, _forecast.c.competency_id, _forecast.c.on_date)
    first = select(
        _forecast,
        func.row_number().over(partition_by=(*target, lead), order_by=_forecast.c.made_on).label("number"),
    )
    if people is not None:
        first = first.where(_forecast.c.learner_id.in_(people))
    numbered = first.subquery()
    return store.execute(
        select(
            *(column for column in numbered.c if column.name != "number"),
            _engagement.c.zone,
            _engagement.c.starts_at,
            _engagement.c.starts_local,
            _engagement.c.cancelled_at,
            _debrief.c.was_needed,
            _debrief.c.share,
        )
        .join(_engagement, _engagement.c.id == numbered.c.engagement_id)
        .outerjoin(
            _debrief,
            (_debrief.c.learner_id == numbered.c.learner_id)
            & (_debrief.c.engagement_id == numbered.c.engagement_id)
            & (_debrief.c.competency_id == numbered.c.competency_id),
        )
        .where(numbered.c.number == 1)
        .order_by(numbered.c.on_date.desc(), numbered.c.made_on, numbered.c.learner_id, numbered.c.competency_id)
        .limit(LIMIT)
    ).all()
