"""What the reports of engagements said, kept whenever it changed: for the trend, and for what changed since."""

import hashlib
import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Row, bindparam, case, func, select

from trainer.database import Store, insert_missing
from trainer.domain.calendar import in_zone
from trainer.domain.content import Content
from trainer.domain.gaps import Weight
from trainer.domain.mastery import Model
from trainer.domain.readiness import Readiness
from trainer.domain.report import Overall, PastGap, PastReport, Report
from trainer.models import Engagement, ReportSnapshotRow, UtcDateTime, table
from trainer.reporting.engagements import HEADS, EngagementHead, assess_engagements, to_head
from trainer.reporting.reports.gathering import reports_of

DAY, WEEK = timedelta(days=1), timedelta(days=7)
ReportRow = dict[str, Any]
"""A row of the table, as it is to be kept."""
_snapshot = table(ReportSnapshotRow)
_newer = _snapshot.alias("newer")
_NEWEST = select(_snapshot).where(
    _snapshot.c.engagement_id.in_(bindparam("engagements", expanding=True)),
    _snapshot.c.taken_at
    == select(func.max(_newer.c.taken_at)).where(_newer.c.engagement_id == _snapshot.c.engagement_id).scalar_subquery(),
)
_IS_OLD = _snapshot.c.taken_at <= bindparam("week_ago", type_=UtcDateTime())
_THEN = (
    select(_snapshot)
    .where(
        _snapshot.c.engagement_id == bindparam("engagement"),
        _snapshot.c.taken_at <= bindparam("day_ago", type_=UtcDateTime()),
    )
    .order_by(_IS_OLD.desc(), case((_IS_OLD, _snapshot.c.taken_at)).desc(), _snapshot.c.taken_at)
    .limit(1)
)
"""The newest that is a week old; where none is, the oldest."""


@dataclass(frozen=True, slots=True)
class ReportPoint:
    """From `taken_at` on the report said this; `gaps` are those that block or risk."""

    taken_at: datetime
    state: Overall
    ready_seats: int
    seats: int
    gaps: int


def changed_reports(
    store: Store, content: Content, model: Model, engagements: Collection[UUID] | None = None, *, at: datetime
) -> list[ReportRow]:
    """What the reports of engagements ahead say where it differs from what was kept last; None stands for all ahead.

    Only reads: it takes longer than anybody should wait for their turn to write.
    """
    wanted = HEADS.where(Engagement.starts_at > at)
    if engagements is not None:
        wanted = wanted.where(Engagement.id.in_(list(engagements)))
    heads = [to_head(row) for row in store.execute(wanted)]
    if not heads:
        return []
    readiness = assess_engagements(store, content, model, heads)
    reports = reports_of(store, content, heads, readiness, at=at)
    kept = {
        row.engagement_id: row.digest for row in store.execute(_NEWEST, {"engagements": [head.id for head in heads]})
    }
    rows = [_row(head.id, reports[head.id], readiness[head.id], at) for head in heads]
    return [row for row in rows if row["digest"] != kept.get(row["engagement_id"])]


def keep_reports(store: Store, rows: Sequence[ReportRow]) -> None:
    """Keep what `changed_reports` found."""
    insert_missing(store, _snapshot, rows)


def newest_reports(store: Store, engagements: Sequence[UUID]) -> dict[UUID, PastReport]:
    """What was kept last of each."""
    rows = store.execute(_NEWEST, {"engagements": list(engagements)})
    return {row.engagement_id: _past(row) for row in rows}


def past_report(store: Store, engagement_id: UUID, *, at: datetime) -> PastReport | None:
    """What the report said a week ago; without one that old, the oldest that is at least a day old."""
    row = store.execute(_THEN, {"engagement": engagement_id, "week_ago": at - WEEK, "day_ago": at - DAY}).first()
    return None if row is None else _past(row)


def report_points(store: Store, head: EngagementHead) -> dict[date, ReportPoint]:
    """What the report said last on each day on which it changed."""
    rows = store.execute(select(_snapshot).where(_snapshot.c.engagement_id == head.id).order_by(_snapshot.c.taken_at))
    return {in_zone(row.taken_at, head.zone).date(): _point(row) for row in rows}


def _row(engagement_id: UUID, report: Report, readiness: Readiness, at: datetime) -> ReportRow:
    gaps = [[reason.gap.key, reason.gap.weight.value, reason.gap.what_for_all] for reason in report.reasons]
    said = [report.state.value, readiness.ready_seats, len(readiness.seats), sorted(gaps)]
    return {
        "engagement_id": engagement_id,
        "taken_at": at,
        "digest": hashlib.sha256(json.dumps(said).encode()).hexdigest(),
        "state": report.state.value,
        "ready_seats": readiness.ready_seats,
        "seats": len(readiness.seats),
        "gaps": gaps,
    }


def _past(row: Row[Any]) -> PastReport:
    gaps = tuple(PastGap(key, Weight(weight), what) for key, weight, what in row.gaps)
    return PastReport(row.taken_at, Overall(row.state), gaps)


def _point(row: Row[Any]) -> ReportPoint:
    gaps = sum(weight != Weight.NOTES for _, weight, _ in row.gaps)
    return ReportPoint(row.taken_at, Overall(row.state), row.ready_seats, row.seats, gaps)
