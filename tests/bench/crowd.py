"""A crowd to measure readiness with: people with as many answers as wanted, in engagements that ask for everything."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import cycle
from math import exp
from random import Random
from typing import Any
from uuid import UUID

from sqlalchemy import insert
from sqlalchemy.orm import Session

from tests import builders
from tests.bench.company import join
from tests.company import PASSWORD_HASH, Somebody
from trainer import accounts, engagements, reporting
from trainer.domain.content import CompetencyKind, Content, EngagementTemplate, RequirementTemplate, SeatTemplate
from trainer.domain.mastery import FIRST_VERSION, Answer, Cell, Kind, LearnerTerms, Learnt, Model, SharedTerms
from trainer.domain.readiness import Evidence, Person, Requirement, Seat
from trainer.models import Response, new_id, table
from trainer.terms import store_terms
from trainer.versions import LEARNT, append_version

AT = datetime(2026, 11, 12, 9, 0, tzinfo=UTC)
DAYS_AHEAD = timedelta(days=7)
DAYS_BEHIND = 20.0
TARGETS = (0.6, 0.7, 0.8)
MUST_HAVES = 24
"""Of the competencies that a seat asks for; the others are welcome."""


@dataclass(frozen=True)
class Crowd:
    """`engagement_ids` by the number of people in them, one in each of as many seats."""

    manager: Somebody
    people: Sequence[UUID]
    engagement_ids: Mapping[int, UUID]


def make_content(competencies: int, items: int) -> Content:
    """A course of so many competencies, each with a quiz of so many items."""
    names = [f"competency-{number}" for number in range(competencies)]
    quizzes = [
        builders.quiz(f"quiz-{name}", *(builders.item(f"{name}.{number}", name) for number in range(items)))
        for name in names
    ]
    known = [builders.competency(name, kind) for name, kind in zip(names, cycle(CompetencyKind), strict=False)]
    return builders.content(builders.course("course", quizzes=tuple(quizzes)), competencies=known)


def make_crowd(session: Session, content: Content, people: Sequence[int], answers: int) -> Crowd:
    """As many people as the largest engagement needs, with so many answers each, and an engagement of each size."""
    start = AT - timedelta(days=DAYS_BEHIND + 1)
    team_id = accounts.create_team(session, "Asia Sales", at=start)
    members = join(session, "person", max(people), team_id, PASSWORD_HASH, at=start)
    shared = SharedTerms()
    for number, person in enumerate(members.values()):
        terms = LearnerTerms()
        rows = [_row(person, answer, learnt) for answer, learnt in learn(terms, shared, content, number, answers)]
        if rows:
            session.execute(insert(table(Response)), rows)
        store_terms(session, person, terms)
    learnt_model = Model(FIRST_VERSION + 1, shared)
    append_version(session, learnt_model, shared.items, shared.competencies, why=LEARNT, learnt=None, report={}, at=AT)
    ids, email = list(members.values()), next(iter(members))
    planned = {size: _plan(session, content, team_id, ids[:size], start) for size in people}
    return Crowd(Somebody(ids[0], email, email), ids, planned)


def seats_of(content: Content, people: int) -> list[Seat]:
    """A seat for each person, without a database."""
    requirements = tuple(Requirement(each.competency, each.target, each.is_must) for each in requirements_of(content))
    return [
        Seat(UUID(int=number), f"Seat {number}", True, requirements, (Person(UUID(int=number), f"Person {number}"),))
        for number in range(people)
    ]


def evidence_of(content: Content, people: int, answers: int) -> tuple[dict[tuple[UUID, str], Evidence], SharedTerms]:
    """What is known of each of these people and each competency, after so many answers each, and of the content."""
    everybody, shared = [LearnerTerms() for _ in range(people)], SharedTerms()
    for number, terms in enumerate(everybody):
        for _ in learn(terms, shared, content, number, answers):
            pass
    keys_of = content.items_by_competency
    beliefs = {name: list(shared.item_beliefs(dict.fromkeys(keys, 0.0)).values()) for name, keys in keys_of.items()}
    prior = (0.0, shared.constants.competency_variance)
    found = {}
    for number, terms in enumerate(everybody):
        for name, keys in keys_of.items():
            state, memories = terms.states.get(name), [terms.memories.get(key) for key in keys]
            cell = Cell(terms.ability, state, memories, beliefs[name], shared.competencies.get(name) or prior)
            found[UUID(int=number), name] = Evidence(cell, state.at if state else None)
    return found, shared


def requirements_of(content: Content) -> tuple[RequirementTemplate, ...]:
    return tuple(
        RequirementTemplate(name, TARGETS[number % len(TARGETS)], number < MUST_HAVES)
        for number, name in enumerate(content.competencies)
    )


def learn(
    terms: LearnerTerms, shared: SharedTerms, content: Content, person: int, answers: int
) -> Iterator[tuple[Answer, Learnt]]:
    """Answer items drawn at random over the last weeks, someone more able better; `shared` learns from it, unused."""
    random, unlearnt = Random(person), SharedTerms()
    level, items = random.gauss(0.8, 0.8), list(content.items.values())
    for number in range(answers):
        item = random.choice(items)
        answer = Answer(
            id=UUID(int=person * 1_000_000 + number + 1),
            item_key=item.id,
            competencies=item.competencies,
            score=float(random.random() < 1.0 / (1.0 + exp(-level))),
            difficulty=0.0,
            answered_at=AT - timedelta(days=DAYS_BEHIND * (1.0 - number / answers)),
            basis=unlearnt.basis(item.id, item.competencies, 0.0),
            kind=Kind.REPLAY if item.id in terms.memories else Kind.FIRST,
        )
        learnt = terms.learn(answer)
        shared.learn(learnt.evidence)
        yield answer, learnt


def _row(person: UUID, answer: Answer, learnt: Learnt) -> dict[str, Any]:
    part = learnt.evidence.part
    return {
        "learner_id": person,
        "id": answer.id,
        "attempt_id": new_id(),
        "item_id": answer.item_key,
        "step": 0,
        "item_key": answer.item_key,
        "competencies": list(answer.competencies),
        "given": {"options": ["a"], "node": None},
        "score": answer.score,
        "kind": answer.kind,
        "expected": learnt.expected,
        "difficulty": answer.difficulty,
        "person_mean": part.mean,
        "person_variance": part.variance,
        "item_novelty": part.item_novelty,
        "competency_novelty": part.competency_novelty,
        "content_hash": "0" * 32,
        "rules_version": 1,
        "model_version": FIRST_VERSION,
        "answered_at": answer.answered_at,
        "received_at": answer.answered_at,
    }


def _plan(session: Session, content: Content, team_id: UUID, people: Sequence[UUID], at: datetime) -> UUID:
    """An engagement with a seat for each, which asks for every competency."""
    draft = engagements.EngagementDraft(
        title=f"Meeting of {len(people)}",
        partner="Kobe Seiki",
        country="JP",
        language="ja",
        place="Kobe",
        is_call=False,
        starts_local=(AT + DAYS_AHEAD).replace(tzinfo=None),
        zone="Asia/Tokyo",
        agenda_minutes=90,
    )
    requirements = requirements_of(content)
    seats = tuple(
        SeatTemplate(f"seat-{number}", f"Seat {number}", number % 2 == 0, requirements) for number in range(len(people))
    )
    engagement_id = engagements.plan_engagement(
        session, team_id, draft, EngagementTemplate("crowd", "Crowd", "JP", seats), at=at
    )
    for seat, person in zip(reporting.seats_of(session, [engagement_id])[engagement_id], people, strict=True):
        engagements.assign(session, engagement_id, seat.id, [person], at=at)
    return engagement_id
