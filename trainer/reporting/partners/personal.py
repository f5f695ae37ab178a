"""All that is kept of one person of a partner, for whoever asks what we know of them."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from trainer.database import Store
from trainer.domain.documents import Document, DocumentKind
from trainer.domain.partners import PartnerPerson, Promise, SharedEngagement
from trainer.reporting.partners.files import engagements_with, promises_of
from trainer.workspace import newest_documents


@dataclass(frozen=True, slots=True)
class Mention:
    """An entry of a team's document that refers to a person: in which section, and all that it says."""

    engagement: str
    document: DocumentKind
    section: str
    entry: Any


def promises_by(store: Store, partner_id: UUID, person_id: UUID) -> tuple[Promise, ...]:
    return tuple(each for each in promises_of(store, partner_id=partner_id) if each.person_id == person_id)


def mentions_of(store: Store, partner_id: UUID, person: PartnerPerson) -> tuple[Mention, ...]:
    """Where the newest documents of all engagements with the partner refer to somebody."""
    engagements = {each.id: each for each in engagements_with(store, partner_id)}
    documents = newest_documents(store, list(engagements), list(DocumentKind))
    found: list[Mention] = []
    for (engagement_id, kind), kept in sorted(documents.items(), key=lambda each: (str(each[0][0]), each[0][1])):
        found += _mentions(engagements[engagement_id], kind, kept.document, person.reference)
    return tuple(found)


def record_of(
    person: PartnerPerson, company: str, promises: tuple[Promise, ...], mentions: tuple[Mention, ...]
) -> dict[str, Any]:
    """What is kept of a person, as JSON has it; times and days as ISO 8601."""
    return {
        "company": company,
        "person": _plain(asdict(person)),
        "promises": [_plain(asdict(each)) for each in promises],
        "mentions": [_plain(asdict(each)) for each in mentions],
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
