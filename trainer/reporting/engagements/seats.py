"""The seats of engagements with what each requires, and who sits there."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Row, select

from trainer.database import Store
from trainer.domain.readiness import Person, Requirement, Seat
from trainer.models import Assignment, RequirementRow, SeatRow, User, table

_seat = table(SeatRow)
_requirement = table(RequirementRow)
_OF_REQUIREMENT = (
    _requirement.c.competency_id,
    _requirement.c.target,
    _requirement.c.is_must,
    _requirement.c.weight,
)


def seats_of(store: Store, engagements: Sequence[UUID]) -> dict[UUID, tuple[Seat, ...]]:
    """Seats with their requirements and people, by engagement: two statements for any number of them."""
    rows = store.execute(
        select(_seat.c.id, _seat.c.engagement_id, _seat.c.title, _seat.c.is_speaking, *_OF_REQUIREMENT)
        .outerjoin(_requirement, _requirement.c.seat_id == _seat.c.id)
        .where(_seat.c.engagement_id.in_(engagements))
        .order_by(_seat.c.position, _seat.c.id, _requirement.c.position)
    ).all()
    requirements: dict[UUID, list[Requirement]] = {}
    for row in rows:
        if row.competency_id is not None:
            requirements.setdefault(row.id, []).append(_to_requirement(row))
    people: dict[UUID, list[Person]] = {}
    for seat_id, user_id, name in store.execute(
        select(Assignment.seat_id, User.id, User.name)
        .join(User, User.id == Assignment.user_id)
        .join(SeatRow, SeatRow.id == Assignment.seat_id)
        .where(SeatRow.engagement_id.in_(engagements), User.disabled_at.is_(None))
        .order_by(User.name)
    ):
        people.setdefault(seat_id, []).append(Person(user_id, name))
    seats: dict[UUID, list[Seat]] = {}
    for row in {row.id: row for row in rows}.values():
        needs = tuple(requirements.get(row.id, ()))
        seat = Seat(row.id, row.title, row.is_speaking, needs, tuple(people.get(row.id, ())))
        seats.setdefault(row.engagement_id, []).append(seat)
    return {engagement_id: tuple(found) for engagement_id, found in seats.items()}


def requirements_of(store: Store, seats: Sequence[UUID]) -> dict[UUID, tuple[Requirement, ...]]:
    found: dict[UUID, list[Requirement]] = {}
    for row in store.execute(
        select(_requirement.c.seat_id, *_OF_REQUIREMENT)
        .where(_requirement.c.seat_id.in_(seats))
        .order_by(_requirement.c.position)
    ):
        found.setdefault(row.seat_id, []).append(_to_requirement(row))
    return {seat_id: tuple(requirements) for seat_id, requirements in found.items()}


def _to_requirement(row: Row[Any]) -> Requirement:
    return Requirement(row.competency_id, row.target, row.is_must, row.weight)
