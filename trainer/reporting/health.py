"""How the content does: which facts are due for a check, and what the answers say about what is asked."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import BigInteger, String, Text, and_, cast, extract, func, select, type_coerce

from trainer.database import Store
from trainer.domain.content import Content, Item
from trainer.domain.fact_checks import FactToCheck, facts_by_due_day
from trainer.domain.grading import Given
from trainer.domain.item_analysis import (
    Added,
    Analysis,
    Answers,
    FirstAnswer,
    Log,
    Tally,
    add_up_log,
    analyse,
    asked_of,
    everything_asked,
)
from trainer.domain.mastery import Kind
from trainer.models import Attempt, Response, table

_response, _attempt = table(Response), table(Attempt)
_VERSION = select(
    select(func.count()).select_from(_response).scalar_subquery(),
    select(_response.c.id).order_by(_response.c.received_at.desc(), _response.c.id.desc()).limit(1).scalar_subquery(),
)
_USUAL = (
    select(_response.c.item_key, _response.c.content_hash, func.avg(_response.c.score))
    .where(_response.c.kind == Kind.FIRST)
    .group_by(_response.c.item_key, _response.c.content_hash)
)
_FIRST_ANSWERS = (
    select(
        type_coerce(_response.c.learner_id, String),
        type_coerce(_response.c.attempt_id, String),
        _response.c.item_id,
        _response.c.item_key,
        _response.c.content_hash,
        _response.c.score,
        cast(_response.c.given, Text),
        cast(_response.c.checks, Text),
        cast(extract("epoch", _response.c.answered_at), BigInteger),
        cast(extract("epoch", _attempt.c.started_at), BigInteger),
    )
    .join(_attempt, and_(_attempt.c.learner_id == _response.c.learner_id, _attempt.c.id == _response.c.attempt_id))
    .where(_response.c.kind == Kind.FIRST)
    .order_by(_response.c.learner_id, _response.c.attempt_id, _response.c.answered_at, _response.c.id)
)
"""In the order of `FirstAnswer`; people are only told from one another."""


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


def log_version(store: Store) -> tuple[int, UUID | None]:
    """Another one after each answer that comes in, and after each that is deleted."""
    count, last = store.execute(_VERSION).one()
    return count, last


def read_log(store: Store) -> Log:
    """All first answers, added up. It takes as long as there are answers: keep it while the log's version stays."""
    usual = {(key, content_hash): score for key, content_hash, score in store.execute(_USUAL)}
    return add_up_log((FirstAnswer(*row) for row in store.execute(_FIRST_ANSWERS)), usual)


def content_health(content: Content, log: Log, *, on: date) -> ContentHealth:
    facts = facts_by_due_day(content)
    due = tuple(each for each in facts if each.due_on <= on)
    answers = _by_key(log)
    return ContentHealth(
        due=due,
        next_due=facts[len(due)] if len(due) < len(facts) else None,
        analyses=tuple(analyse(asked, answers.get(asked.key, ())) for asked in everything_asked(content)),
    )


def item_health(content: Content, log: Log, item: Item) -> tuple[Analysis, ...]:
    """The analysis of an item; of a scenario those of all its nodes."""
    answers = _by_key(log)
    return tuple(analyse(asked, answers.get(asked.key, ())) for asked in asked_of(content.quizzes[item.quiz_id], item))


def _by_need(analyses: Iterable[Analysis]) -> tuple[Analysis, ...]:
    return tuple(sorted(analyses, key=lambda each: (each.findings[0].rank, -len(each.findings))))


def _by_key(log: Log) -> Mapping[str, list[Answers]]:
    """All wordings of what was asked."""
    wordings: dict[str, list[Answers]] = defaultdict(list)
    for (key, content_hash), added in log.answers.items():
        seconds = log.seconds.get((key, content_hash))
        wordings[key].append(Answers(content_hash, tuple(map(_tally, added)), seconds))
    return wordings


def _tally(added: Added) -> Tally:
    given, checks = json.loads(added.given), json.loads(added.typed or "null")
    return Tally(
        Given(tuple(given.get("options", ())), given.get("node"), tuple(given.get("entries", {}).items())),
        added.sums,
        {place: (part["verdict"], part["canon"]) for place, part in checks["parts"].items()} if checks else {},
    )
