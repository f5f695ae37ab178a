"""The record of the forecasts: of one person, of teams, and of the company, whose forecasts it may correct."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from trainer.database import Store
from trainer.domain.content import CompetencyKind, Content
from trainer.domain.mastery import NO_CORRECTION, SHIPPED, Constants, Correction, Model
from trainer.domain.readiness import MIN_GROUP
from trainer.domain.record import (
    Advice,
    Dated,
    LeadTime,
    Score,
    advise,
    score,
    score_by_kind,
    score_by_lead,
    score_by_part,
)
from trainer.models import Membership, table
from trainer.reporting.record.outcomes import (
    Answers,
    Everyone,
    Resolution,
    resolve_by_answers,
    resolve_by_debriefs,
)
from trainer.reporting.record.queries import People, answered, answered_by_all, kept_forecasts
from trainer.versions import load_constants

_membership = table(Membership)


@dataclass(frozen=True, slots=True)
class Compared:
    """The kept forecasts for the dates of engagements against outcomes of one kind, whole and in parts.

    The counts are those of the forecasts without an outcome, by why; `people` are all of whom something was forecast.
    """

    score: Score
    by_lead: Mapping[LeadTime, Score]
    by_kind: Mapping[CompetencyKind, Score]
    by_part: Mapping[tuple[CompetencyKind, LeadTime], Score]
    people: int
    waiting: int
    missing: int
    cancelled: int
    not_needed: int


@dataclass(frozen=True, slots=True)
class Record:
    """How the numbers held: those given just before each answer, those for the date of an engagement by what was
    answered around it, and the same by the debrief. `min_people` is what a figure needs at least.

    Of fewer people not even the number of debriefs is there: it would tell who has given one.
    """

    answers: Score
    answers_by_kind: Mapping[CompetencyKind, Score]
    forecasts: Compared
    debriefs: Compared
    min_people: int


def load_everyone(store: Store) -> Everyone:
    """The last answers of all, which the other functions take: one statement for them together."""
    return Everyone(answered_by_all(store))


def own_record(store: Store, content: Content, everyone: Everyone, learner_id: UUID, *, at: datetime) -> Record:
    """The record of one person: two statements."""
    return _record(store, content, everyone, [learner_id], 1, at)


def teams_record(store: Store, content: Content, everyone: Everyone, teams: Iterable[UUID], *, at: datetime) -> Record:
    """The record of all who are in some teams, those who cannot sign in any more as well: two statements.

    Figures stand for five people or more.
    """
    members = select(_membership.c.user_id).where(_membership.c.team_id.in_(list(teams)))
    return _record(store, content, everyone, members, MIN_GROUP, at)


def correction_advice(store: Store, content: Content, model: Model, everyone: Everyone, *, at: datetime) -> Advice:
    """Whether the company's forecasts for dates were off in two quarters, and what would correct them.

    Only forecasts of the constants in force count: others say nothing of them. Two statements.
    """
    answers = Answers(everyone.rows, everyone, content)
    found = resolve_by_answers(kept_forecasts(store, None), answers, at)
    cases = _uncorrected(found, load_constants(store), model.constants)
    return advise(cases, Correction(*model.constants.correction), min_people=MIN_GROUP)


def _record(
    store: Store, content: Content, everyone: Everyone, people: People, min_people: int, at: datetime
) -> Record:
    answers = Answers(answered(store, people), everyone, content)
    forecasts = kept_forecasts(store, people)
    of = len({row.learner_id for row in forecasts})
    said = resolve_by_debriefs(forecasts, answers, at) if of >= min_people else Resolution()
    cases = list(answers.cases())
    return Record(
        answers=score(cases, min_people=min_people),
        answers_by_kind=score_by_kind(cases, min_people=min_people),
        forecasts=_compared(resolve_by_answers(forecasts, answers, at), of, min_people),
        debriefs=_compared(said, of, min_people),
        min_people=min_people,
    )


def _compared(found: Resolution, people: int, min_people: int) -> Compared:
    cases = found.cases
    return Compared(
        score=score(cases, min_people=min_people),
        by_lead=score_by_lead(cases, min_people=min_people),
        by_kind=score_by_kind(cases, min_people=min_people),
        by_part=score_by_part(cases, min_people=min_people),
        people=people,
        waiting=found.waiting,
        missing=found.missing,
        cancelled=found.cancelled,
        not_needed=found.not_needed,
    )


def _uncorrected(found: Resolution, versions: Mapping[int, Constants], in_force: Constants) -> Iterator[Dated]:
    """The cases of the constants in force, each as it was before the correction of its own version."""
    plain = replace(in_force, correction=NO_CORRECTION)
    for row, case in found.resolved:
        constants = versions.get(row.model_version, SHIPPED)
        if replace(constants, correction=NO_CORRECTION) == plain:
            yield Dated(row.on_date, case._replace(p=Correction(*constants.correction).untold_of(case.p)))
