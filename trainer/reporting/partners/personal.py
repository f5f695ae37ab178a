"""All that is kept of one person of a partner, for whoever asks what we know of them."""

from collections.abc import Collection, Iterator
from dataclasses import asdict, dataclass, replace
from typing import Any
from uuid import UUID

from trainer.database import Store
from trainer.domain.documents import Document, DocumentKind
from trainer.domain.partners import PartnerPerson, Promise, SharedEngagement
from trainer.naming import named_in
from trainer.reporting.partners.files import engagements_with, promises_of
from trainer.workspace import newest_documents


@dataclass(frozen=True, slots=True)
class Mention:
    """An entry of a team's document that refers to a person: in which section, and what of it may be told."""

    engagement: str
    document: DocumentKind
    section: str
    entry: Any


@dataclass(frozen=True, slots=True)
class Told:
    """What stands elsewhere of a person: in the partner file, or said by them or of them about a meeting.

    `fields` have no values where they belong to a team of which whoever asks is no part.
    """

    where: str
    engagement: str | None
    is_own: bool
    fields: dict[str, Any]


def promises_by(store: Store, partner_id: UUID, person_id: UUID) -> tuple[Promise, ...]:
    return tuple(each for each in promises_of(store, partner_id=partner_id) if each.person_id == person_id)


def mentions_of(store: Store, partner_id: UUID, person: PartnerPerson, teams: Collection[UUID]) -> tuple[Mention, ...]:
    """Where the newest documents of all engagements with the partner refer to somebody.

    Whole entries are told of those of `teams` only, of others no more than that they refer to this person.
    """
    engagements = {each.id: each for each in engagements_with(store, partner_id)}
    documents = newest_documents(store, list(engagements), list(DocumentKind))
    found: list[Mention] = []
    for (engagement_id, kind), kept in sorted(documents.items(), key=lambda each: (str(each[0][0]), each[0][1])):
        engagement = engagements[engagement_id]
        for each in _mentions(engagement, kind, kept.document, person.reference):
            is_theirs = engagement.team_id in teams
            found.append(each if is_theirs else replace(each, entry=_only(each.entry, person.reference)))
    return tuple(found)


def told_of(
    store: Store, partner_id: UUID, person: PartnerPerson, teams: Collection[UUID], *, by_admin: bool
) -> tuple[Told, ...]:
    """All places from which deleting them takes their name. Admins read the fields that name them, of all teams."""
    engagements = {each.id: each for each in engagements_with(store, partner_id)}
    found: list[Told] = []
    for each in named_in(store, partner_id, person):
        engagement = engagements.get(each.engagement_id) if each.engagement_id else None
        if engagement is None or engagement.team_id in teams:
            fields = each.told
        else:
            fields = {name: each.row[name] if by_admin else None for name in each.without}
        title = None if engagement is None else engagement.title
        found.append(Told(each.target.name, title, each.is_own, fields))
    return tuple(found)


def record_of(
    person: PartnerPerson,
    company: str,
    promises: tuple[Promise, ...],
    mentions: tuple[Mention, ...],
    told: tuple[Told, ...],
) -> dict[str, Any]:
    """What is kept of a person, as JSON has it; times and days as ISO 8601."""
    return {
        "company": company,
        "person": _plain(asdict(person)),
        "promises": [_plain(asdict(each)) for each in promises],
        "mentions": [_plain(asdict(each)) for each in mentions],
        "elsewhere": [_plain(asdict(each)) for each in told],
    }


def _mentions(
    engagement: SharedEngagement, kind: DocumentKind, document: Document, reference: str
) -> Iterator[Mention]:
    for section, held in document.items():
        for entry in held if isinstance(held, list) else [held]:
            if _refers(entry, reference):
                yield Mention(engagement.title, kind, section, entry)


def _refers(value: Any, reference: str) -> bool:
    match value:
        case dict():
            return any(_refers(each, reference) for each in value.values())
        case list():
            return any(_refers(each, reference) for each in value)
        case _:
            return bool(value == reference)


def _only(value: Any, reference: str) -> Any:
    """The fields of an entry that refer to somebody, without all that stands beside."""
    match value:
        case dict():
            return {name: _only(each, reference) for name, each in value.items() if _refers(each, reference)}
        case list():
            return [_only(each, reference) for each in value if _refers(each, reference)]
        case _:
            return value


def _plain(value: Any) -> Any:
    match value:
        case dict():
            return {name: _plain(each) for name, each in value.items()}
        case list() | tuple():
            return [_plain(each) for each in value]
        case None | bool() | int() | float():
            return value
        case _:
            return value.isoformat() if hasattr(value, "isoformat") else str(value)
