"""What every team finds out about a partner before it meets: the checklist that each file starts with."""

from collections.abc import Iterable, Mapping
from uuid import UUID, uuid5

from trainer.domain.partners.values import ResearchItem

CHECKLIST: Mapping[str, str] = {
    "names": "Legal name in both scripts",
    "group": "Owners and group",
    "products": "Products and size",
    "news": "News of the last twelve months",
    "customers": "Customers in common",
    "certificates": "Certificates",
    "people": "Who comes: role, name order, title, language, who of us knows them",
    "promises": "What was promised, kept and left open",
    "problems": "Open tickets and past problems",
    "state": "State-owned? What holds for gifts and meals?",
    "they-know": "What do they know of us?",
    "they-think": "What do they think they know of us?",
    "we-tell": "What can we tell them?",
    "we-know": "What do we know of them?",
    "we-think": "What do we think we know of them?",
    "they-tell": "What can they tell us?",
    "in-common": "One thing that we have in common",
}
"""By a key that is never given to something else."""


def item_id(partner_id: UUID, key: str) -> UUID:
    """The id of an item of the checklist: the same each time, so that it need not be kept before it is touched."""
    return uuid5(partner_id, key)


def with_checklist(partner_id: UUID, kept: Iterable[ResearchItem]) -> tuple[ResearchItem, ...]:
    """The whole checklist, as kept or untouched, then the team's own items."""
    by_id = {item.id: item for item in kept}
    listed = []
    for key, words in CHECKLIST.items():
        own_id = item_id(partner_id, key)
        untouched = ResearchItem(id=own_id, words=words, version=0, owner=None, is_own=False)
        listed.append(by_id.pop(own_id, untouched))
    return (*listed, *by_id.values())


def checklist_ids(partner_id: UUID) -> frozenset[UUID]:
    return frozenset(item_id(partner_id, key) for key in CHECKLIST)
