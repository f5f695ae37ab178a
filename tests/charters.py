"""Builders of charters that are kept: begun, filled in, with people of the partner to be named in them."""

from html.parser import HTMLParser
from itertools import product
from typing import Any
from uuid import UUID

from tests.company import Make, Somebody
from trainer import engagements
from trainer.domain.documents import Document, DocumentKind
from trainer.workspace import change_document, newest_document

Filled = dict[str, str | list[str]]
"""What a form would send; several values of one name as a list."""
ZONES = ("Europe/Berlin", "Asia/Tokyo", "America/Sao_Paulo", "Asia/Kolkata", "America/New_York")
CHARTER = DocumentKind.CHARTER
TEMPLATE = "charter-distributor-visit"


def begin(make: Make, engagement_id: UUID, by: Somebody, template: str = TEMPLATE) -> int:
    """A charter as it begins."""
    found = {each.id: each for course in make.content.courses.values() for each in course.charter_templates}
    version = engagements.start_charter(make.session, engagement_id, found[template], by=by.id, at=make.clock.at)
    make.session.commit()
    return version


def write(make: Make, engagement_id: UUID, by: Somebody, document: Document) -> int:
    """A charter that holds exactly this."""
    seen = newest_document(make.session, engagement_id, CHARTER).version
    version = change_document(
        make.session, engagement_id, CHARTER, lambda _: document, seen=seen, by=by.id, at=make.clock.at
    )
    make.session.commit()
    return version


def document_of(make: Make, engagement_id: UUID) -> dict[str, Any]:
    found = newest_document(make.session, engagement_id, CHARTER).document
    make.session.commit()
    return found


def person_of_partner(make: Make, engagement_id: UUID, name: str) -> str:
    """The reference of a new person in the partner's file."""
    return f"person:{make.partner_person(make.partner_of(engagement_id), name)}"


def crowded(who: Somebody) -> dict[str, Any]:
    """Fifty-two contacts in five zones and a ladder of five levels."""
    names = [f"Interface {number}" for number in range(13)]
    contacts = [
        {
            "id": f"{interface}-{side}-{rank}",
            "interface": interface,
            "side": side,
            "rank": rank,
            "who": f"user:{who.id}" if side == "ours" else "",
            "role": "Somebody",
            "zone": ZONES[number % 5],
            "opens": "09:00",
            "closes": "17:00",
        }
        for number, (interface, side, rank) in enumerate(product(names, ("ours", "theirs"), ("primary", "deputy")))
    ]
    levels = [
        {
            "id": f"level-{number}",
            "number": number,
            "hours": number * 4,
            "within": 24,
            "contact_ours": f"Interface {number}-ours-primary",
            "contact_theirs": f"Interface {number}-theirs-primary",
        }
        for number in range(1, 6)
    ]
    return {"contacts": contacts, "escalation": levels}


def filled_in(page: str) -> Filled:
    """What the first form of a page that carries a version would send as it stands there."""
    reader = _Forms()
    reader.feed(page)
    return next(form for form in reader.forms if "seen" in form)


class _Forms(HTMLParser):
    """What each form of a page would send."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Filled] = [{}]
        self._select = ""
        self._area: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        name, value = found.get("name") or "", found.get("value") or ""
        if tag == "form":
            self.forms.append({})
        elif tag == "input" and name and (found.get("type") not in ("checkbox", "radio") or "checked" in found):
            self._add(name, value)
        elif tag == "select":
            self._select = name
        elif tag == "option" and (self._select not in self.forms[-1] or "selected" in found):
            self.forms[-1][self._select] = value
        elif tag == "textarea":
            self._area = name
            self.forms[-1][name] = ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._area = None

    def handle_data(self, data: str) -> None:
        if self._area is not None:
            self.forms[-1][self._area] = str(self.forms[-1][self._area]) + data.removeprefix("\r\n")

    def _add(self, name: str, value: str) -> None:
        before = self.forms[-1].get(name)
        if before is None:
            self.forms[-1][name] = value
        else:
            self.forms[-1][name] = [*before, value] if isinstance(before, list) else [before, value]
