"""What is written about engagements, and who can be named in it: names by reference, of both sides."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import Row, select

from trainer.database import Store
from trainer.domain.charter import Habits
from trainer.domain.documents import DocumentKind
from trainer.domain.parties import Party
from trainer.models import Assignment, Engagement, Membership, PartnerPerson, SeatRow, User, table
from trainer.workspace import NO_DOCUMENT, KeptDocument, newest_documents

_engagement, _user, _membership = table(Engagement), table(User), table(Membership)
_seat, _assignment, _person = table(SeatRow), table(Assignment), table(PartnerPerson)
GONE = "(deleted)"
"""Stands for a person of the partner who is named and of whom nothing is kept any more."""
LEFT = "(no longer in the team)"


@dataclass(frozen=True, slots=True)
class People:
    """Names by reference, of each side of an engagement: its team and who is seated, and the partner's people.

    `habits` are what the partner file tells of when its people can be reached.
    """

    ours: Mapping[str, str]
    theirs: Mapping[str, str]
    habits: Mapping[str, Habits] = field(default_factory=dict)

    @property
    def names(self) -> Mapping[str, str]:
        return {**self.ours, **self.theirs}

    def of(self, side: Party) -> Mapping[str, str]:
        return self.ours if side is Party.OURS else self.theirs

    def name_of(self, reference: str) -> str:
        """The name of a reference; nothing for nobody."""
        if not reference:
            return ""
        return self.names.get(reference, LEFT if reference.startswith("user:") else GONE)


NOBODY = People({}, {})


@dataclass(frozen=True, slots=True)
class Written:
    """What teams have written about engagements, and who can be named in it."""

    documents: Mapping[tuple[UUID, DocumentKind], KeptDocument]
    people: Mapping[UUID, People]

    def of(self, engagement_id: UUID, kind: DocumentKind) -> KeptDocument:
        """The newest version; the empty one where nobody has written anything."""
        return self.documents.get((engagement_id, kind), NO_DOCUMENT)

    def people_of(self, engagement_id: UUID) -> People:
        return self.people.get(engagement_id, NOBODY)


def load_written(store: Store, engagements: Iterable[UUID], *kinds: DocumentKind) -> Written:
    """Three statements for any number of engagements."""
    ids = list(engagements)
    return Written(newest_documents(store, ids, kinds), who_can_be_named(store, ids))


def who_can_be_named(store: Store, engagements: Iterable[UUID]) -> dict[UUID, People]:
    """Who can be named in what is written about engagements, in order of their names: two statements."""
    ids = list(engagements)
    members = select(_engagement.c.id.label("engagement_id"), _user.c.id, _user.c.name).select_from(
        _engagement.join(_membership, _membership.c.team_id == _engagement.c.team_id).join(
            _user, _user.c.id == _membership.c.user_id
        )
    )
    seated = select(_seat.c.engagement_id, _user.c.id, _user.c.name).select_from(
        _seat.join(_assignment, _assignment.c.seat_id == _seat.c.id).join(_user, _user.c.id == _assignment.c.user_id)
    )
    is_here = _user.c.disabled_at.is_(None)
    ours = members.where(_engagement.c.id.in_(ids), is_here).union(
        seated.where(_seat.c.engagement_id.in_(ids), is_here)
    )
    theirs = (
        select(
            _engagement.c.id.label("engagement_id"),
            _person.c.id,
            _person.c.name,
            *(_person.c[name] for name in Habits.__dataclass_fields__),
        )
        .join(_person, _person.c.partner_id == _engagement.c.partner_id)
        .where(_engagement.c.id.in_(ids))
    )
    named: dict[UUID, tuple[dict[str, str], dict[str, str], dict[str, Habits]]] = {each: ({}, {}, {}) for each in ids}
    for row in _by_name(store.execute(ours)):
        named[row.engagement_id][0][f"user:{row.id}"] = row.name
    for row in _by_name(store.execute(theirs)):
        _, names, habits = named[row.engagement_id]
        names[f"person:{row.id}"] = row.name
        habits[f"person:{row.id}"] = Habits(row.zone, row.hours, row.away_from, row.away_until)
    return {each: People(*of) for each, of in named.items()}


def _by_name(rows: Iterable[Row[Any]]) -> list[Row[Any]]:
    return sorted(rows, key=lambda row: (row.name, str(row.id)))
