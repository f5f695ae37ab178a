"""What the pages of engagements said day by day: for the trend, for what changed, and for the record."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import CompoundSelect, Date, Row, Uuid, bindparam, case, cast, delete, func, null, select, union_all

from trainer.database import Store, insert_missing, upsert
from trainer.domain.calendar import in_zone
from trainer.domain.content import Content
from trainer.domain.mastery import Model
from trainer.domain.readiness import Band, PastSeat, PastStanding, Readiness, Rules, SeatState, Snapshot
from trainer.models import Engagement, ForecastRow, PastStandingRow, ReadinessSnapshot, table
from trainer.reporting.engagements import HEADS, EngagementHead, assess_engagements, to_head

WEEK = timedelta(days=7)
KEPT = timedelta(days=35)
"""For so long what was said of each person is kept beside the sums of the team."""
_snapshot, _past = table(ReadinessSnapshot), table(PastStandingRow)
_OF_PERSON = (_past.c.seat_id, _past.c.learner_id, _past.c.competency_id, _past.c.answers, _past.c.target)


def _history() -> CompoundSelect[Any]:
    """The days of an engagement with what was told on the day to compare with, then what was told of its people then.

    A row of a person has their band in the place of the state.
    """
    engagement, week_ago = bindparam("engagement", type_=Uuid()), bindparam("week_ago", type_=Date())
    of_engagement = _snapshot.c.engagement_id == engagement
    whole = (of_engagement, _snapshot.c.told.is_not(None), _snapshot.c.taken_on >= bindparam("kept", type_=Date()))
    last_week = select(func.max(_snapshot.c.taken_on)).where(*whole, _snapshot.c.taken_on <= week_ago)
    oldest = select(func.min(_snapshot.c.taken_on)).where(
        *whole, _snapshot.c.taken_on < bindparam("today", type_=Date())
    )
    day = func.coalesce(last_week.scalar_subquery(), oldest.scalar_subquery())
    days = select(
        _snapshot.c.taken_on,
        _snapshot.c.state,
        _snapshot.c.ready_seats,
        _snapshot.c.seats,
        _snapshot.c.expected_ready,
        _snapshot.c.model_version,
        case((_snapshot.c.taken_on == day, _snapshot.c.told)).label("told"),
        *(cast(null(), column.type).label(column.name) for column in _OF_PERSON),
    ).where(of_engagement)
    people = select(
        _past.c.taken_on,
        _past.c.band,
        *(cast(null(), _snapshot.c[name].type) for name in ("ready_seats", "seats", "expected_ready", "model_version")),
        cast(null(), _snapshot.c.told.type),
        *_OF_PERSON,
    ).where(_past.c.engagement_id == engagement, _past.c.taken_on == day)
    return union_all(days, people).order_by("taken_on")


_HISTORY = _history()


@dataclass(frozen=True, slots=True)
class SnapshotPoint:
    taken_on: date
    state: SeatState
    ready_seats: int
    seats: int
    expected_ready: float


@dataclass(frozen=True, slots=True)
class History:
    """The days that were kept of an engagement, and what its page said about a week ago; None when nothing was kept."""

    points: tuple[SnapshotPoint, ...]
    then: Snapshot | None


def take_snapshots(store: Store, content: Content, model: Model, *, at: datetime) -> int:
    """Keep today's readiness of every engagement ahead, one row a day, and the forecasts it rests on; the number kept.

    The last readiness of a day counts, for the trend; the first forecast does, so that none is mended afterwards.
    """
    heads = [to_head(row) for row in store.execute(HEADS.where(Engagement.starts_at > at))]
    readiness = assess_engagements(store, content, model, heads)
    days = {head.id: in_zone(at, head.zone).date() for head in heads}
    upsert(store, _snapshot, [_row(head, readiness[head.id], model, days[head.id]) for head in heads])
    store.execute(delete(_past).where(_past.c.taken_on < at.date() - KEPT))
    for day in set(days.values()):
        of_day = [head_id for head_id, its_day in days.items() if its_day == day]
        store.execute(delete(_past).where(_past.c.engagement_id.in_(of_day), _past.c.taken_on == day))
    upsert(store, _past, [row for head in heads for row in _past_rows(head, readiness[head.id], days[head.id])])
    told = [row for head in heads for row in _told(head, readiness[head.id], model, at)]
    insert_missing(store, table(ForecastRow), told)
    return len(heads)


def history_of(store: Store, engagement_id: UUID, *, today: date) -> History:
    """The days kept, and what the page said a week ago: the newest snapshot of that day or before, as long as people's
    are kept. Without one it is the oldest there is of a day before today. One statement, as the page is a busy one.
    """
    days = {"engagement": engagement_id, "today": today, "week_ago": today - WEEK, "kept": today - KEPT}
    points, told, standings = [], None, {}
    for row in store.execute(_HISTORY, days):
        if row.seat_id is None:
            points.append(_point(row))
            told = row if row.told else told
        else:
            key = row.seat_id, row.learner_id, row.competency_id
            standings[key] = PastStanding(Band(row.state), row.answers, row.target)
    if told is None:
        return History(tuple(points), None)
    then = Snapshot(
        taken_on=told.taken_on,
        starts_at=datetime.fromisoformat(told.told["starts_at"]),
        model_version=told.model_version,
        rules=Rules(**told.told["rules"]),
        seats={UUID(seat): PastSeat(title, SeatState(state)) for seat, title, state in told.told["seats"]},
        standings=standings,
    )
    return History(tuple(points), then)


def _point(row: Row[Any]) -> SnapshotPoint:
    return SnapshotPoint(row.taken_on, SeatState(row.state), row.ready_seats, row.seats, row.expected_ready)


def _row(head: EngagementHead, readiness: Readiness, model: Model, day: date) -> dict[str, Any]:
    return {
        "engagement_id": head.id,
        "taken_on": day,
        "state": readiness.state,
        "ready_seats": readiness.ready_seats,
        "seats": len(readiness.seats),
        "expected_ready": readiness.expected_ready,
        "model_version": model.version,
        "told": {
            "starts_at": head.starts_at.isoformat(),
            "rules": asdict(readiness.rules),
            "seats": [[str(each.seat.id), each.seat.title, each.state] for each in readiness.seats],
        },
    }


def _past_rows(head: EngagementHead, readiness: Readiness, day: date) -> Iterator[dict[str, Any]]:
    for seat in readiness.seats:
        for person in seat.people:
            for each in person.standings:
                yield {
                    "engagement_id": head.id,
                    "taken_on": day,
                    "seat_id": seat.seat.id,
                    "learner_id": person.person.id,
                    "competency_id": each.requirement.competency,
                    "band": each.band,
                    "answers": each.forecast.answers,
                    "target": each.requirement.target,
                }


def _told(head: EngagementHead, readiness: Readiness, model: Model, at: datetime) -> Iterator[dict[str, Any]]:
    """What the page tells of each person and requirement, as far as it rests on enough."""
    today, on_date = in_zone(at, head.zone).date(), head.starts_local.date()
    for seat in readiness.seats:
        for person in seat.people:
            for each in person.standings:
                if each.band not in (Band.NOT_STARTED, Band.NO_EVIDENCE):
                    yield {
                        "engagement_id": head.id,
                        "learner_id": person.person.id,
                        "competency_id": each.requirement.competency,
                        "made_on": today,
                        "on_date": on_date,
                        "lead_days": (on_date - today).days,
                        "p": each.forecast.mean,
                        "low": each.forecast.low,
                        "high": each.forecast.high,
                        "answers": each.forecast.answers,
                        "model_version": model.version,
                    }


def snapshots_of(store: Store, engagements: Sequence[UUID]) -> dict[UUID, tuple[SnapshotPoint, ...]]:
    points: dict[UUID, list[SnapshotPoint]] = {}
    rows = store.execute(
        select(
            ReadinessSnapshot.engagement_id,
            ReadinessSnapshot.taken_on,
            ReadinessSnapshot.state,
            ReadinessSnapshot.ready_seats,
            ReadinessSnapshot.seats,
            ReadinessSnapshot.expected_ready,
        )
        .where(ReadinessSnapshot.engagement_id.in_(engagements))
        .order_by(ReadinessSnapshot.taken_on)
    )
    for row in rows:
        points.setdefault(row.engagement_id, []).append(_point(row))
    return {engagement_id: tuple(found) for engagement_id, found in points.items()}
