"""What every team finds out about a partner before it meets, and the questions that a lesson lends it.

Both come from templates of lessons, by ids of lines that are never given to something else. The checklist is what each
file starts with; without such a template a file has only the team's own items.
"""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID, uuid5

from trainer.domain.partners.values import ResearchItem

Checklist = Mapping[str, str]
"""Words by key."""


def item_id(partner_id: UUID, key: str) -> UUID:
    """The id of an item of the checklist: the same each time, so that it need not be kept before it is touched."""
    return uuid5(partner_id, key)


def with_checklist(partner_id: UUID, checklist: Checklist, kept: Iterable[ResearchItem]) -> tuple[ResearchItem, ...]:
    """The whole checklist, as kept or untouched, then the team's own items."""
    by_id = {item.id: item for item in kept}
    listed = []
    for key, words in checklist.items():
        own_id = item_id(partner_id, key)
        untouched = ResearchItem(id=own_id, words=words, version=0, owner=None, is_own=False)
        listed.append(by_id.pop(own_id, untouched))
    return (*listed, *by_id.values())


def checklist_ids(partner_id: UUID, checklist: Checklist) -> frozenset[UUID]:
    return frozenset(item_id(partner_id, key) for key in checklist)


def not_asked_yet(lent: Iterable[str], asked: Iterable[str]) -> Sequence[str]:
    """Those of the lesson's questions that are not among the partner's, whatever their capitals and spaces."""
    known = set(map(_plain, asked))
    return [words for words in lent if _plain(words) not in known]


def _plain(words: str) -> str:
    return " ".join(words.split()).casefold()
