"""An engagement as large as they come: a hundred seats, fifty people of the partner as contacts, places in five zones.

People and seats are put in as rows, many at once: what is asked is how the pages bear them, not how they came.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import cycle
from typing import Any
from uuid import UUID

from tests.builders import NOW
from tests.charters import ZONES, crowded, write
from tests.company import Make, Somebody, make_draft
from trainer import engagements
from trainer.domain.content import EngagementTemplate
from trainer.domain.documents import DocumentKind
from trainer.models import Assignment, Membership, User, new_id
from trainer.workspace import change_document

COUNTRIES = ("DE", "JP", "BR", "IN", "US")
"""Of `ZONES`, one each."""
PARTS = {"BR": "SP", "US": "NY", "DE": "BY"}


@dataclass(frozen=True)
class Crowd:
    """`past` is the same meeting, over since yesterday."""

    manager: Somebody
    partner: UUID
    ahead: UUID
    past: UUID


def gather(make: Make, *, seats: int = 100, contacts: int = 50) -> Crowd:
    """Everybody has a seat of their own; every tenth has begun to learn."""
    team = make.team()
    manager = make.manager(team)
    people = _members(make, team, seats)
    for person in people[::10]:
        make.answers(person, "pt-remote-call", until=2)
    template = make.template()
    many = tuple(each for each, _ in zip(cycle(template.seats), range(seats), strict=False))
    template = replace(template, seats=many)
    ahead = _planned(make, team, template, people, NOW + timedelta(days=21))
    make.clock.turn(timedelta(days=-22))
    past = _planned(make, team, template, people, NOW - timedelta(days=1))
    make.clock.turn(timedelta(days=22))
    partner = make.partner_of(ahead)
    theirs = cycle(_people_of_partner(make, partner, contacts))
    for engagement_id in (ahead, past):
        document = crowded(manager)
        for contact in document["contacts"]:
            contact["who"] = contact["who"] or f"person:{next(theirs)}"
        write(make, engagement_id, manager, document)
        _set_times(make, engagement_id, manager)
    return Crowd(manager, partner, ahead, past)


def _members(make: Make, team: UUID, number: int) -> list[Somebody]:
    people = [Somebody(new_id(), f"Somebody {each}", f"somebody{each}@example.org") for each in range(number)]
    make.session.add_all(
        User(id=each.id, email=each.email, name=each.name, created_at=make.clock.at) for each in people
    )
    make.session.flush()
    make.session.add_all(Membership(team_id=team, user_id=each.id) for each in people)
    make.session.commit()
    return people


def _planned(
    make: Make, team: UUID, template: EngagementTemplate, people: list[Somebody], starts_local: datetime
) -> UUID:
    draft = make_draft(starts_local=starts_local.replace(tzinfo=None))
    engagement_id = engagements.plan_engagement(make.session, team, draft, template, at=make.clock.at)
    make.session.commit()
    seats = zip(make.seats(engagement_id), people, strict=True)
    make.session.add_all(Assignment(seat_id=seat, user_id=person.id) for seat, person in seats)
    make.session.commit()
    return engagement_id


def _people_of_partner(make: Make, partner: UUID, number: int) -> list[UUID]:
    return [make.partner_person(partner, f"Contact {each}", address_as="Contact-san") for each in range(number)]


def _set_times(make: Make, engagement_id: UUID, by: Somebody) -> None:
    meeting: Mapping[str, Any] = {
        "places": list(_places()),
        "agenda": [
            {"id": f"item-{number}", "title": f"Item {number}", "minutes": 5, "lead": f"user:{by.id}"}
            for number in range(10)
        ],
        "checks": [{"id": f"check-{number}", "what": f"Try {number}", "owner": f"user:{by.id}"} for number in range(5)],
    }
    change_document(
        make.session, engagement_id, DocumentKind.MEETING, lambda _: dict(meeting), seen=0, by=by.id, at=make.clock.at
    )
    make.session.commit()


def _places() -> Iterator[dict[str, str]]:
    for zone, country in zip(ZONES, COUNTRIES, strict=True):
        part = {"subdivision": PARTS[country]} if country in PARTS else {}
        yield {"id": zone, "name": zone, "country": country, "zone": zone, **part}
