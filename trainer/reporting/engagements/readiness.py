"""The readiness of engagements on their dates, and who else would be ready for a seat."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from uuid import UUID

from trainer.database import Store
from trainer.domain.content import Content
from trainer.domain.mastery import LearnerTerms, Model
from trainer.domain.readiness import Band, Evidence, Person, Readiness, Seat, assess
from trainer.reporting.engagements.beliefs import cell_of, last_answer_at
from trainer.reporting.engagements.heads import EngagementHead
from trainer.reporting.engagements.seats import seats_of
from trainer.reporting.people import members_of
from trainer.terms import load_terms


def assess_engagements(
    store: Store, content: Content, model: Model, heads: Sequence[EngagementHead]
) -> dict[UUID, Readiness]:
    """Readiness of each engagement on its date: four statements for any number of them and their people."""
    return assess_with_terms(store, content, model, heads)[0]


def assess_with_terms(
    store: Store, content: Content, model: Model, heads: Sequence[EngagementHead]
) -> tuple[dict[UUID, Readiness], dict[UUID, LearnerTerms]]:
    """The same, with the terms of each assigned person that it rests on."""
    seats = seats_of(store, [head.id for head in heads])
    return _assess(store, content, model, heads, seats)


def stand_ins(store: Store, content: Content, model: Model, head: EngagementHead) -> dict[UUID, tuple[Person, ...]]:
    """For each seat the members of the team who are ready for it and do not have it, by name."""
    members = [Person(each.id, each.name) for each in members_of(store, head.team_id)]
    seats = [
        replace(seat, people=tuple(person for person in members if person not in seat.people))
        for seat in seats_of(store, [head.id]).get(head.id, ())
    ]
    readiness, _ = _assess(store, content, model, [head], {head.id: seats})
    return {
        each.seat.id: tuple(person.person for person in each.people if person.band is Band.READY)
        for each in readiness[head.id].seats
        if each.seat.requirements
    }


def _assess(
    store: Store,
    content: Content,
    model: Model,
    heads: Sequence[EngagementHead],
    seats: Mapping[UUID, Sequence[Seat]],
) -> tuple[dict[UUID, Readiness], dict[UUID, LearnerTerms]]:
    pairs = {
        (person.id, requirement.competency)
        for found in seats.values()
        for seat in found
        for person in seat.people
        for requirement in seat.requirements
        if content.items_by_competency.get(requirement.competency)
    }
    competencies = {name for _, name in pairs}
    keys = {*competencies, *(item for name in competencies for item in content.items_by_competency[name])}
    terms = load_terms(store, model.constants, {person for person, _ in pairs}, keys)
    evidence = {
        (person, name): Evidence(
            cell_of(content, model, terms[person], name), last_answer_at(terms[person].states.get(name))
        )
        for person, name in pairs
    }
    readiness = {
        head.id: assess(
            _answerable(seats.get(head.id, ()), content),
            evidence,
            content.competencies,
            head.starts_at,
            model.shared,
            head.rules,
            is_high_stakes=head.is_high_stakes,
        )
        for head in heads
    }
    return readiness, terms


def _answerable(seats: Sequence[Seat], content: Content) -> tuple[Seat, ...]:
    """The seats without requirements that no item of the content serves any more: nothing can be said of those."""
    return tuple(
        Seat(
            seat.id,
            seat.title,
            seat.is_speaking,
            tuple(each for each in seat.requirements if content.items_by_competency.get(each.competency)),
            seat.people,
        )
        for seat in seats
    )
