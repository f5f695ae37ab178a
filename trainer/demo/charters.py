"""The charter of the demo company for its negotiation: well on its way, with a few gaps to be found."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from trainer import engagements
from trainer.domain.charter import Question, quarter_of
from trainer.domain.content import Content
from trainer.domain.parties import Party

TEMPLATE = "charter-supply-negotiation"
WRITTEN_BEFORE = timedelta(days=12)
BERLIN: Mapping[str, Any] = {"zone": "Europe/Berlin", "opens": "08:00", "closes": "17:00", "workdays": [0, 1, 2, 3, 4]}
KOBE: Mapping[str, Any] = {"zone": "Asia/Tokyo", "opens": "08:30", "closes": "17:30", "workdays": [0, 1, 2, 3, 4]}
OURS: Mapping[str, tuple[str, str]] = {
    "sales-ours-primary": ("Ingrid Solberg", "+49 30 5550 1201"),
    "sales-ours-deputy": ("Mateo Vidal", "+49 30 5550 1202"),
    "supply-ours-primary": ("Priya Raman", "+49 30 5550 1310"),
    "supply-ours-deputy": ("Oskar Lind", "+49 30 5550 1311"),
    "quality-ours-primary": ("Tomasz Zielinski", "+49 30 5550 1407"),
    "management-ours-primary": ("Ingrid Solberg", "+49 30 5550 1201"),
    "management-ours-deputy": ("Grace Adeyemi", "+49 30 5550 1100"),
}
"""Nobody is Quality's deputy, and the same person answers for Sales and for Management: two things to be found."""
THEIRS: Mapping[str, tuple[str, str]] = {
    "sales-theirs-primary": ("Head of purchasing", "+81 78 555 0110"),
    "sales-theirs-deputy": ("Purchasing, second contact", "+81 78 555 0111"),
    "supply-theirs-primary": ("Planner of the Kobe works", "+81 78 555 0142"),
    "supply-theirs-deputy": ("Planner of the Himeji works", "+81 79 555 0118"),
    "quality-theirs-primary": ("Incoming inspection", "+81 78 555 0177"),
    "quality-theirs-deputy": ("Head of quality", "+81 78 555 0170"),
    "management-theirs-primary": ("Director of operations", "+81 78 555 0101"),
}
NOTE = "Keep the call on the day before a delivery. It saved us a line stop in October."


def write_charter(
    session: Session,
    content: Content,
    engagement_id: UUID,
    people: Mapping[str, UUID],
    starts_at: datetime,
    end: datetime,
) -> None:
    """Begin it some days ago, write most of it, agree to it for our side, and change something since."""
    at = end - WRITTEN_BEFORE
    lead, supply = people["Ingrid Solberg"], people["Priya Raman"]
    templates = {each.id: each for course in content.courses.values() for each in course.charter_templates}
    version = engagements.start_charter(session, engagement_id, templates[TEMPLATE], by=lead, at=at)

    def write(part: str, fields: Mapping[str, Any], by: UUID = lead) -> None:
        nonlocal version, at
        at += timedelta(minutes=7)
        version = engagements.write_section(session, engagement_id, part, fields, seen=version, by=by, at=at)

    write("objective", _objective(starts_at.date(), lead))
    write("working", {"spoken": "English", "written": "English, drawings in Japanese too", "country_ours": "DE"})
    for contact_id, fields in _contacts(people).items():
        at += timedelta(minutes=2)
        version = engagements.write_entry(
            session, engagement_id, "contacts", contact_id, fields, seen=version, by=supply, at=at
        )
    write("owners", {"contacts": f"user:{supply}", "escalation": f"user:{lead}", "objective": f"user:{lead}"})
    engagements.agree_for_us(session, engagement_id, version, by=lead, name="Ingrid Solberg", at=at)
    at = end - timedelta(days=3)
    write("working", {"country_theirs": "JP", "minutes_language": "English"}, supply)
    _answer_health_check(session, engagement_id, supply, end)


def _objective(meets_on: date, lead: UUID) -> dict[str, Any]:
    by = date(meets_on.year + 1, 9, 30)
    return {
        "sentence": f"By 30 September {by.year} Halden delivers 98 of 100 sensors to Kobe on the confirmed day.",
        "measure": "Deliveries on the confirmed day, counted at the dock in Kobe: 91 of 100 today",
        "by": by.isoformat(),
        "ours": "Orders that are firm eight weeks ahead",
        "agreed_ours": f"user:{lead}",
    }


def _contacts(people: Mapping[str, UUID]) -> dict[str, dict[str, Any]]:
    ours = {
        name: {"who": f"user:{people[person]}", "channel": number, **BERLIN} for name, (person, number) in OURS.items()
    }
    theirs = {name: {"role": role, "channel": number, **KOBE} for name, (role, number) in THEIRS.items()}
    found: dict[str, dict[str, Any]] = {}
    for name, fields in (*ours.items(), *theirs.items()):
        interface, side, rank = name.split("-")
        found[name] = {"interface": interface.capitalize(), "side": side, "rank": rank, **fields}
    return found


def _answer_health_check(session: Session, engagement_id: UUID, person: UUID, end: datetime) -> None:
    quarter = quarter_of(end.date())
    marks = dict.fromkeys(Question, 4) | {Question.COMMUNICATION: 3}
    engagements.answer_health_check(
        session, engagement_id, quarter, Party.OURS, person, "Priya Raman", marks, NOTE, at=end - timedelta(hours=20)
    )
