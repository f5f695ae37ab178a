"""Charters to begin with, one for each kind of engagement: what is usual, with nobody named and nothing agreed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from trainer.domain.charter.values import Rank
from trainer.domain.documents import Document
from trainer.domain.parties import Party


@dataclass(frozen=True, slots=True)
class CharterTemplate:
    """`example` shows what an objective sounds like; the sentence itself is left for the two sides to write.

    `levels` name an interface, whose contacts take a problem there. The rest are fields as the charter has them.
    """

    id: str
    title: str
    summary: str
    example: str
    interfaces: tuple[str, ...]
    working: Mapping[str, Any] = field(default_factory=dict)
    levels: tuple[Mapping[str, Any], ...] = ()
    closing: Mapping[str, Any] = field(default_factory=dict)
    rules: tuple[Mapping[str, Any], ...] = ()


def document_of(template: CharterTemplate) -> Document:
    """A charter as it begins. The ids of its entries are the same each time, so two who begin at once agree."""
    return {
        "about": {"template": template.id},
        "working": dict(template.working),
        "contacts": [
            {"id": _contact_id(interface, side, rank), "interface": interface, "side": side.value, "rank": rank.value}
            for interface in template.interfaces
            for side in Party
            for rank in Rank
        ],
        "escalation": [_level(number, fields) for number, fields in enumerate(template.levels, start=1)],
        "closing": dict(template.closing),
        "information": [{"id": f"rule-{number}", **fields} for number, fields in enumerate(template.rules, start=1)],
    }


def _level(number: int, fields: Mapping[str, Any]) -> dict[str, Any]:
    interface = fields["interface"]
    contacts = {f"contact_{side}": _contact_id(interface, side, Rank.PRIMARY) for side in Party}
    own = {name: value for name, value in fields.items() if name != "interface"}
    return {"id": f"level-{number}", "number": number, **contacts, **own}


def _contact_id(interface: str, side: Party, rank: Rank) -> str:
    return f"{interface.lower().replace(' ', '-')}-{side}-{rank}"
