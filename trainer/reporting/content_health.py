"""How the content does: which facts are due for a check, and what the answers say about what is asked."""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Float, Row, Select, Subquery, Text, and_, case, cast, extract, func, select

from trainer.database import Store
from trainer.domain.content import Content
from trainer.domain.fact_checks import FactToCheck, facts_by_due_day
from trainer.domain.grading import Given
from trainer.domain.item_analysis import Analysis, Answers, Sums, Tally, analyse, everything_asked
from trainer.domain.mastery import Kind
from trainer.domain.readiness import MIN_GROUP
from trainer.models import Attempt, Response, table

MIN_OTHERS = 3
"""How somebody did in the rest of a quiz is told by so many answers or more."""
PAUSE_SECONDS = 600
"""Who takes longer for one answer has done something else meanwhile."""
_response, _attempt = table(Response), table(Attempt)


@dataclass(frozen=True, slots=True)
class ContentHealth:
    """Facts that are due, those that were first in front, and the next that will be; what is asked, in its order."""

    due: tuple[FactToCheck, ...]
    next_due: FactToCheck | None
    analyses: tuple[Analysis, ...]

    @property
    def to_look_at(self) -> tuple[Analysis, ...]:
        """What needs a look, the most urgent first."""
        return _by_need(each for each in self.analyses if each.needs_a_look)

    @property
    def signs(self) -> tuple[Analysis, ...]:
        """Of what there are first signs only."""
        return _by_need(each for each in self.analyses if each.has_a_sign)


def content_health(store: Store, content: Content, *, on: date) -> ContentHealth:
    facts = facts_by_due_day(content)
    due = tuple(each for each in facts if each.due_on <= on)
    answers = _answers(store)
    return ContentHealth(
        due=due,
        next_due=facts[len(due)] if len(due) < len(facts) else None,
        analyses=tuple(analyse(asked, answers.get(asked.key, ())) for asked in everything_asked(content)),
    )


def _by_need(analyses: Iterator[Analysis]) -> tuple[Analysis, ...]:
    return tuple(sorted(analyses, key=lambda each: (each.findings[0].rank, -len(each.findings))))


def _answers(store: Store) -> Mapping[str, tuple[Answers, ...]]:
    """By what was asked, all first answers to each wording of it."""
    seconds = {(row.item_key, row.content_hash): float(row.seconds) for row in store.execute(_SECONDS)}
    tallies: dict[tuple[str, str], list[Tally]] = defaultdict(list)
    for row in store.execute(_TALLIES):
        tallies[row.item_key, row.content_hash].append(_tally(row))
    wordings: dict[str, list[Answers]] = defaultdict(list)
    for (key, content_hash), found in tallies.items():
        wordings[key].append(Answers(content_hash, tuple(found), seconds.get((key, content_hash))))
    return {key: tuple(found) for key, found in wordings.items()}


def _tally(row: Row[Any]) -> Tally:
    given, checks = json.loads(row.given), json.loads(row.checks or "null")
    return Tally(
        Given(tuple(given.get("options", ())), given.get("node"), tuple(given.get("entries", {}).items())),
        Sums(
            row.people,
            row.full,
            row.total,
            row.pairs,
            row.scores,
            row.squares,
            row.rests,
            row.rest_squares,
            row.products,
        ),
        {place: (part["verdict"], part["canon"]) for place, part in checks["parts"].items()} if checks else {},
    )


def _first_answers() -> Subquery:
    """One row for each person, thing asked and wording: the first time in the first attempt that it was answered.

    `usual` is what all people scored there, `seconds` the time since the answer before, or since the attempt began.
    """
    response, began = _response.c, extract("epoch", _attempt.c.started_at)
    answered = extract("epoch", response.answered_at)
    of_attempt = (response.learner_id, response.attempt_id)
    met = (response.learner_id, response.item_key, response.content_hash)
    order = (response.answered_at, response.id)
    before = func.lag(answered).over(partition_by=of_attempt, order_by=order)
    return (
        select(
            response.learner_id,
            response.attempt_id,
            response.item_id,
            response.item_key,
            response.content_hash,
            response.score,
            cast(response.given, Text).label("given"),
            cast(response.checks, Text).label("checks"),
            (answered - func.coalesce(before, began)).label("seconds"),
            func.row_number().over(partition_by=met, order_by=order).label("turn"),
            func.avg(response.score).over(partition_by=(response.item_key, response.content_hash)).label("usual"),
        )
        .join(_attempt, and_(_attempt.c.learner_id == response.learner_id, _attempt.c.id == response.attempt_id))
        .where(response.kind == Kind.FIRST)
        .subquery()
    )


def _tallies_statement() -> Select[Any]:
    """Sums over all who gave the very same answer.

    The rest of the quiz is what else was answered in the attempt, but for the other steps of the same scenario: the
    mean of how far above the usual each score was, so that who was asked other items can be compared.
    """
    first = _first_answers()
    above = first.c.score - first.c.usual
    attempt, item = (first.c.learner_id, first.c.attempt_id), (first.c.learner_id, first.c.attempt_id, first.c.item_id)
    each = (
        select(
            first.c.item_key,
            first.c.content_hash,
            first.c.given,
            first.c.checks,
            first.c.score,
            (func.count().over(partition_by=attempt) - func.count().over(partition_by=item)).label("others"),
            (func.sum(above).over(partition_by=attempt) - func.sum(above).over(partition_by=item)).label("above"),
        )
        .where(first.c.turn == 1)
        .subquery()
    ).c
    is_pair = each.others >= MIN_OTHERS
    rest = each.above / case((is_pair, each.others))

    def sum_of(value: Any) -> Any:
        return func.sum(case((is_pair, value), else_=0.0))

    return select(
        each.item_key,
        each.content_hash,
        each.given,
        func.min(each.checks).label("checks"),
        func.count().label("people"),
        func.sum(case((each.score >= 1.0, 1), else_=0)).label("full"),
        func.sum(each.score).label("total"),
        func.sum(case((is_pair, 1), else_=0)).label("pairs"),
        sum_of(each.score).label("scores"),
        sum_of(each.score * each.score).label("squares"),
        sum_of(rest).label("rests"),
        sum_of(rest * rest).label("rest_squares"),
        sum_of(each.score * rest).label("products"),
    ).group_by(each.item_key, each.content_hash, each.given)


def _seconds_statement() -> Select[Any]:
    """The median time of five people or more, pauses left out: the one in the middle, or the mean of two."""
    first = _first_answers().c
    wording = (first.item_key, first.content_hash)
    timed = (
        select(
            *wording,
            first.seconds,
            func.row_number().over(partition_by=wording, order_by=first.seconds).label("place"),
            func.count().over(partition_by=wording).label("people"),
        )
        .where(first.turn == 1, first.seconds > 0, first.seconds <= PAUSE_SECONDS)
        .subquery()
    ).c
    is_in_the_middle = and_(2 * timed.place >= timed.people, 2 * timed.place <= timed.people + 2)
    return (
        select(timed.item_key, timed.content_hash, cast(func.avg(timed.seconds), Float).label("seconds"))
        .where(timed.people >= MIN_GROUP, is_in_the_middle)
        .group_by(timed.item_key, timed.content_hash)
    )


_TALLIES, _SECONDS = _tallies_statement(), _seconds_statement()
