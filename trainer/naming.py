"""Where somebody of a partner is named: one list of places, which the export of a person reads and a deletion mends."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Column, ColumnElement, Row, Table, select

from trainer.database import Store
from trainer.domain.parties import Party
from trainer.domain.partners import PartnerPerson as PersonInFile
from trainer.models import (
    CharterAgreement,
    CharterComment,
    Engagement,
    HealthAnswer,
    Partner,
    PartnerLanguage,
    PartnerNews,
    PartnerPerson,
    PartnerQuestion,
    PromiseRow,
    ReportSnapshotRow,
    ResearchRow,
    SignedLink,
    table,
)

DELETED = "(deleted)"
"""Stands where the name of somebody was who is no longer kept."""
SHORTEST = 4
"""Letters of a name of one word: shorter ones, such as Li or An, are words of their own too often."""
FEWEST_DIGITS = 6
CJK = "\u2e80"
"""From here on scripts put no spaces between words."""

_person, _engagement, _link = table(PartnerPerson), table(Engagement), table(SignedLink)
_agreement, _comment, _health = table(CharterAgreement), table(CharterComment), table(HealthAnswer)
_partner, _promise, _question = table(Partner), table(PromiseRow), table(PartnerQuestion)
_research, _news, _language = table(ResearchRow), table(PartnerNews), table(PartnerLanguage)
_snapshot = table(ReportSnapshotRow)
Pattern = re.Pattern[str]
Person = PersonInFile | Row[Any]
"""As the domain has them, or their row."""


@dataclass(frozen=True)
class Place:
    """Columns in which somebody may be named, and the column that tells of which partner or engagement the row is.

    `own` are columns that hold nothing but who said it: all of them are the person's where they came by their link.
    """

    of: Column[Any]
    columns: tuple[str, ...]
    own: tuple[str, ...] = ()

    @property
    def target(self) -> Table:
        return self.of.table


IN_THE_FILE = (
    Place(_promise.c.partner_id, ("words", "closing_note")),
    Place(_question.c.partner_id, ("words", "answer")),
    Place(_research.c.partner_id, ("words", "finding")),
    Place(_news.c.partner_id, ("words", "source")),
    Place(_language.c.partner_id, ("used_for", "reason")),
    Place(_person.c.partner_id, ("notes", "purpose")),
    Place(
        _partner.c.id,
        ("in_common", "gift_rules", "meal_rules", "people_differ", "products", "shared_customers", "certificates"),
    ),
)
OF_MEETINGS = (
    Place(_engagement.c.id, ("title",)),
    Place(_link.c.engagement_id, ("label", "details"), ("label",)),
    Place(_agreement.c.engagement_id, ("name",), ("name",)),
    Place(_comment.c.engagement_id, ("name", "words"), ("name",)),
    Place(_health.c.engagement_id, ("name", "note"), ("name",)),
    Place(_snapshot.c.engagement_id, ("gaps",)),
)
_TOLD = {
    _link.name: ("purpose", "label", "made_at", "expires_at", "revoked_at", "used_at"),
    _agreement.name: ("version", "name", "agreed_at"),
    _comment.name: ("version", "name", "words", "made_at"),
    _health.name: ("quarter", "name", "marks", "note", "answered_at"),
}
"""What is told of a row that is the person's own."""


@dataclass(frozen=True)
class Naming:
    """A row that names a person: what stands in it, and what would stand there without them.

    `engagement_id` is None for what stands in the partner file. `is_own` is true of what they said themselves, and of
    links that were made for them.
    """

    target: Table
    row: Mapping[str, Any]
    without: Mapping[str, Any]
    engagement_id: UUID | None
    is_own: bool

    @property
    def key(self) -> list[ColumnElement[bool]]:
        return [column == self.row[column.name] for column in self.target.primary_key]

    @property
    def told(self) -> dict[str, Any]:
        """What is exported of it: all of what is their own, of anything else the fields that name them."""
        names = _TOLD[self.target.name] if self.is_own else tuple(self.without)
        return {name: self.row[name] for name in names}


def named_in(store: Store, partner_id: UUID, person: Person) -> tuple[Naming, ...]:
    """All rows that name somebody of a partner, in its file and in what is kept of the meetings with it.

    What teams write into charters and agendas is not looked through, nor are files.
    """
    named = pattern_of(person)
    meetings = list(store.scalars(select(_engagement.c.id).where(_engagement.c.partner_id == partner_id)))
    links = _links_of(store, meetings, person.id, named)
    found: list[Naming] = []
    for place in IN_THE_FILE:
        for row in _rows(store, place, place.of == partner_id):
            if row.get("id") != person.id:
                found += _naming(place, row, named, None, is_own=False)
    for place in OF_MEETINGS:
        for row in _rows(store, place, place.of.in_(meetings)):
            found += _naming(place, row, named, row[place.of.name], is_own=_came_by(place.target, row, links))
    return tuple(found)


def pattern_of(person: Person) -> Pattern | None:
    """Finds a person's whole names, addresses and numbers, in any case. Part of a name alone may be another word."""
    names = [person.name, person.native_name, person.reading]
    parts = {part.casefold() for name in names for part in name.split()}
    said = person.address_as.strip()
    if any(part in said.casefold() for part in parts) and said.casefold() not in parts:
        names.append(said)
    found = {each for name in names for each in (name.strip(), _turned(name)) if _can_be_found(each)}
    patterns = [_spaced(name) for name in sorted(found, key=lambda each: (-len(each), each))]
    if person.email.strip():
        patterns.insert(0, rf"(?<!\w){re.escape(person.email.strip())}(?!\w)")
    digits = re.sub(r"\D", "", person.phone)
    if len(digits) >= FEWEST_DIGITS:
        patterns.append(r"(?<!\d)\+?" + r"[\s()./-]*".join(digits) + r"(?!\d)")
    return re.compile("|".join(patterns), re.IGNORECASE) if patterns else None


def _turned(name: str) -> str:
    """The names of two the other way round: both orders are written."""
    parts = name.split()
    return " ".join(reversed(parts)) if len(parts) == 2 else name.strip()


def _can_be_found(name: str) -> bool:
    return len(name) > 1 if name[:1] >= CJK else " " in name or len(name) >= SHORTEST


def _spaced(name: str) -> str:
    if name[0] >= CJK:
        return r"\s*".join(map(re.escape, name.split()))
    whole = r"\s+".join(map(re.escape, name.split()))
    return rf"(?<!\w){whole}(?!\w)"


def _links_of(store: Store, meetings: list[UUID], person_id: UUID, named: Pattern | None) -> set[UUID]:
    """The links that were made for a person: by their reference, or by the name that stands on them."""
    rows = store.execute(select(_link.c.id, _link.c.label, _link.c.details).where(_link.c.engagement_id.in_(meetings)))
    reference = f"person:{person_id}"

    def is_theirs(label: str, details: Mapping[str, Any]) -> bool:
        return details.get("person") == reference or (named is not None and named.search(label) is not None)

    return {row.id for row in rows if is_theirs(row.label, row.details)}


def _rows(store: Store, place: Place, where: ColumnElement[bool]) -> list[Mapping[str, Any]]:
    return [dict(row) for row in store.execute(select(place.target).where(where)).mappings()]


def _came_by(target: Table, row: Mapping[str, Any], links: set[UUID]) -> bool:
    if target is _link:
        return row["id"] in links
    if target is _health:
        return row["respondent"] in {f"link:{each}" for each in links}
    return row.get("link_id") in links


def _naming(
    place: Place, row: Mapping[str, Any], named: Pattern | None, engagement_id: UUID | None, *, is_own: bool
) -> Iterator[Naming]:
    """What of a row is to be changed. The name of one of us who is called the same stays."""
    without: dict[str, Any] = {}
    for name in place.columns:
        if name in place.own and row.get("party") == Party.OURS:
            continue
        if is_own and name in place.own:
            said: Any = DELETED
        elif is_own and name == "details":
            said = {**row[name], "person": ""}
        else:
            said = _without(row[name], named, _most(place.target.c[name]))
        if said != row[name]:
            without[name] = said
    if without or is_own:
        yield Naming(place.target, row, without, engagement_id, is_own)


def _most(column: Column[Any]) -> int | None:
    return getattr(column.type, "length", None)


def _without(said: Any, named: Pattern | None, most: int | None) -> Any:
    """The same without a person, cut to what the column holds: PostgreSQL refuses what is longer."""
    match said:
        case str() if named is not None:
            return _cut(named.sub(DELETED, said), most)
        case list():
            return [_without(each, named, most) for each in said]
        case dict():
            return {name: _without(each, named, most) for name, each in said.items()}
        case _:
            return said


def _cut(words: str, most: int | None) -> str:
    return words if most is None else words[:most]
