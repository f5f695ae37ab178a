"""What came of each forecast: by what was answered around its date, and by the debrief. Nothing is left out: what has
no outcome is counted by why."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from functools import cached_property
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Row

from trainer.domain.content import CompetencyKind, Content
from trainer.domain.debrief import STEP, is_fixed
from trainer.domain.mastery import Kind
from trainer.domain.record import Resolved, Shares, reach_of
from trainer.reporting.record import queries

WINDOW_DAYS = 3
"""What is answered up to this many days before or after the date is the outcome of a forecast to it."""
Learnt = tuple[UUID, str]
"""A learner and a competency."""
_OVERALL = "all of it"


@dataclass(slots=True)
class Resolution:
    """Forecasts with an outcome, each with the row that it is from; the others counted by why they have none.

    `waiting` are for a time that is not over yet; `missing` were never put to the test; `cancelled` lost their meeting
    and were not put to the test either; `not_needed` are of competencies that the meeting did not call for.
    """

    resolved: list[tuple[Row[Any], Resolved]] = field(default_factory=list)
    waiting: int = 0
    missing: int = 0
    cancelled: int = 0
    not_needed: int = 0

    @property
    def cases(self) -> list[Resolved]:
        return [case for _, case in self.resolved]


class Everyone:
    """What all people answered, as far as a record looks back: from it follows what people usually get."""

    def __init__(self, rows: Sequence[Row[Any]]) -> None:
        self.rows = rows
        self.shares = Shares()
        for row in reversed(rows):
            self.shares.add(_OVERALL, row.score, row.answered_at)
            self.shares.add(("item", row.item_key), row.score, row.answered_at)
            if row.kind == Kind.FIRST:
                for name in row.competencies:
                    self.shares.add(("competency", name), row.score, row.answered_at)

    def overall(self, at: datetime) -> float:
        share = self.shares.before(_OVERALL, at)
        return 0.5 if share is None else share

    def usual_of_item(self, item_key: str, at: datetime) -> float | None:
        return self.shares.before(("item", item_key), at, drawn_to=self.overall(at))

    def usual_of(self, competency: str, at: datetime) -> float | None:
        return self.shares.before(("competency", competency), at, drawn_to=self.overall(at))


class Answers:
    """The answers of the people whose record it is, and the share of each that was handled well so far."""

    def __init__(self, rows: Sequence[Row[Any]], everyone: Everyone, content: Content) -> None:
        self.everyone = everyone
        self.content = content
        self.known_from = rows[-1].answered_at if len(rows) == queries.LIMIT else None
        self.first: dict[Learnt, list[tuple[datetime, float]]] = {}
        self._rows = rows
        for row in rows:
            if row.kind == Kind.FIRST:
                for name in row.competencies:
                    self.first.setdefault((row.learner_id, name), []).append((row.answered_at, row.score))

    @cached_property
    def _own(self) -> Shares:
        own = Shares()
        for row in reversed(self._rows):
            for name in row.competencies:
                own.add((row.learner_id, name), row.score, row.answered_at)
        return own

    def so_far(self, learner: UUID, competencies: Sequence[str], at: datetime) -> float | None:
        """The person's own share in these competencies, the mean of those that they answered before."""
        overall = self.everyone.overall(at)
        shares = [self._own.before((learner, name), at, drawn_to=overall) for name in competencies]
        known = [share for share in shares if share is not None]
        return sum(known) / len(known) if known else None

    def cases(self) -> Iterator[Resolved]:
        """Each answer against the chance given just before it."""
        for row in self._rows:
            yield Resolved(
                row.expected,
                row.score,
                0,
                kinds_of(self.content, row.competencies),
                row.learner_id,
                self.everyone.usual_of_item(row.item_key, row.answered_at),
                self.so_far(row.learner_id, row.competencies, row.answered_at),
            )

    def case(self, row: Row[Any], outcome: float, reach: float) -> Resolved:
        """A kept forecast with its outcome. What was answered on the day it was made counts for the plain ones too."""
        end = datetime.combine(row.made_on + timedelta(days=1), time(), ZoneInfo(row.zone))
        return Resolved(
            row.p,
            outcome,
            row.lead_days,
            kinds_of(self.content, [row.competency_id]),
            row.learner_id,
            self.everyone.usual_of(row.competency_id, end),
            self.so_far(row.learner_id, [row.competency_id], end),
            reach,
        )


def resolve_by_answers(forecasts: Sequence[Row[Any]], answers: Answers, at: datetime) -> Resolution:
    """The outcome is the mean score of what was answered for the first time around the date."""
    found = Resolution()
    for row in forecasts:
        start, end = _window(row)
        if answers.known_from is not None and start <= answers.known_from:
            continue
        given = answers.first.get((row.learner_id, row.competency_id), ())
        scores = [score for answered_at, score in given if start <= answered_at < end]
        if at >= end and scores:
            reach = reach_of(row.p, row.low, row.high, len(scores))
            found.resolved.append((row, answers.case(row, sum(scores) / len(scores), reach)))
        elif row.cancelled_at is not None:
            found.cancelled += 1
        elif at < end:
            found.waiting += 1
        else:
            found.missing += 1
    return found


def resolve_by_debriefs(forecasts: Sequence[Row[Any]], answers: Answers, at: datetime) -> Resolution:
    """The outcome is what the person said afterwards, once that is fixed. A forecast for a date from which the meeting
    was moved away was never put to the test."""
    found = Resolution()
    for row in forecasts:
        is_moved = row.on_date != row.starts_local.date()
        if row.was_needed is None and row.cancelled_at is not None:
            found.cancelled += 1
        elif not is_fixed(row.starts_at, at):
            found.waiting += 1
        elif row.was_needed is None or is_moved:
            found.missing += 1
        elif not row.was_needed:
            found.not_needed += 1
        else:
            found.resolved.append((row, answers.case(row, row.share, (row.high - row.low) / 2.0 + STEP)))
    return found


def kinds_of(content: Content, names: Iterable[str]) -> tuple[CompetencyKind, ...]:
    """Of the competencies that there still are."""
    competencies: Mapping[str, Any] = content.competencies
    found = (competencies.get(name) for name in names)
    return tuple(dict.fromkeys(each.kind for each in found if each))


def _window(forecast: Row[Any]) -> tuple[datetime, datetime]:
    """From and until when answers are its outcome: days around its date, none before the day after it was made."""
    zone = ZoneInfo(forecast.zone)
    first = max(forecast.on_date - timedelta(days=WINDOW_DAYS), forecast.made_on + timedelta(days=1))
    after = forecast.on_date + timedelta(days=WINDOW_DAYS + 1)
    return datetime.combine(first, time(), zone), datetime.combine(after, time(), zone)
