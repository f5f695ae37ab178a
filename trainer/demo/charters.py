"""The charters of the demo company: that of its negotiation, with a few gaps to be found, and one just begun."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from trainer import engagements
from trainer.domain.charter import Question, quarter_of
from trainer.domain.content import Content
from trainer.domain.parties import Party
from trainer.links import Purpose, open_link

TEMPLATE = "charter-supply-negotiation"
WRITTEN_BEFORE = timedelta(days=12)
BERLIN: Mapping[str, Any] = {"zone": "Europe/Berlin", "opens": "08:00", "closes": "17:00", "workdays": [0, 1, 2, 3, 4]}
KOBE: Mapping[str, Any] = {"zone": "Asia/Tokyo", "opens": "08:30", "closes": "17:30", "workdays": [0, 1, 2, 3, 4]}
OURS: Mapping[str, tuple[str, str]] = {
    "sales-ours-primary": ("Mateo Vidal", "+49 30 5550 1202"),
    "sales-ours-deputy": ("Ingrid Solberg", "+49 30 5550 1201"),
    "supply-ours-primary": ("Priya Raman", "+49 30 5550 1310"),
    "supply-ours-deputy": ("Oskar Lind", "+49 30 5550 1311"),
    "quality-ours-primary": ("Tomasz Zielinski", "+49 30 5550 1407"),
    "management-ours-primary": ("Ingrid Solberg", "+49 30 5550 1201"),
    "management-ours-deputy": ("Grace Adeyemi", "+49 30 5550 1100"),
}
"""Nobody is Quality's deputy: a thing to be found."""
THEIRS: Mapping[str, tuple[str, str]] = {
    "sales-theirs-primary": ("Head of purchasing", "+81 78 555 0110"),
    "sales-theirs-deputy": ("Purchasing, second contact", "+81 78 555 0111"),
    "supply-theirs-primary": ("Planner of the Kobe works", "+81 78 555 0142"),
    "supply-theirs-deputy": ("Planner of the Himeji works", "+81 79 555 0118"),
    "quality-theirs-primary": ("Incoming inspection", "+81 78 555 0177"),
    "quality-theirs-deputy": ("Head of quality", "+81 78 555 0170"),
    "management-theirs-primary": ("Director of operations", "+81 78 555 0101"),
    "management-theirs-deputy": ("Head of the president’s office", "+81 78 555 0103"),
}
FIRST_CONTACT = "charter-first-contact"
LYON: Mapping[str, Any] = {"zone": "Europe/Paris", "opens": "09:00", "closes": "18:00", "workdays": [0, 1, 2, 3, 4]}
FIRST_OURS: Mapping[str, tuple[str, str]] = {
    "sales-ours-primary": ("Claire Beaumont", "+49 30 5550 1220"),
    "sales-ours-deputy": ("Maren Voss", "+49 30 5550 1221"),
}
FIRST_THEIRS: Mapping[str, tuple[str, str]] = {"sales-theirs-primary": ("Assistant of the head of metrology", "")}
NOTE = "Keep the call on the day before a delivery. It saved us a line stop in October."


def write_charter(
    session: Session,
    content: Content,
    engagement_id: UUID,
    people: Mapping[str, UUID],
    partner: UUID,
    starts_at: datetime,
    end: datetime,
) -> None:
    """Begin it some days ago and write most of it; both sides agree, and ours adds something since.

    `partner` is who agrees for them.
    """
    lead, supply = people["Ingrid Solberg"], people["Priya Raman"]
    pen = _Pen(session, engagement_id, lead, end - WRITTEN_BEFORE)
    pen.begin(content, TEMPLATE)
    pen.write("objective", _objective(starts_at.date(), lead, partner, pen.at.date()))
    pen.write("working", {"spoken": "English", "written": "English, drawings in Japanese too", "country_ours": "DE"})
    pen.name_contacts(_contacts(people, OURS, BERLIN, THEIRS, KOBE))
    pen.write("owners", {name: f"user:{who}" for name, who in _owners(lead, supply)})
    _agree_for_them(session, engagement_id, pen.version, partner, lead, pen.at)
    pen.at = end - timedelta(days=3)
    pen.write("working", {"country_theirs": "JP", "minutes_language": "English and Japanese"})
    engagements.agree_for_us(session, engagement_id, pen.version, by=lead, name="Ingrid Solberg", at=pen.at)
    _answer_health_check(session, engagement_id, supply, end)


def begin_charter(
    session: Session,
    content: Content,
    engagement_id: UUID,
    people: Mapping[str, UUID],
    starts_at: datetime,
    end: datetime,
) -> None:
    """What is known before a first meeting: an objective of our own, and whom to ring."""
    pen = _Pen(session, engagement_id, people["Claire Beaumont"], end - timedelta(days=5))
    pen.begin(content, FIRST_CONTACT)
    by = starts_at.date() + timedelta(days=90)
    sentence = f"By {by.day} {by:%B %Y} both sides know whether a trial of one calibration bench is worth it."
    pen.write("objective", {"sentence": sentence, "measure": "Two yes or no, in writing", "by": by.isoformat()})
    pen.name_contacts(_contacts(people, FIRST_OURS, BERLIN, FIRST_THEIRS, LYON))


@dataclass
class _Pen:
    """Writes a charter step by step, each a little after the one before."""

    session: Session
    engagement_id: UUID
    by: UUID
    at: datetime
    version: int = 0

    def begin(self, content: Content, template: str) -> None:
        templates = {each.id: each for course in content.courses.values() for each in course.charter_templates}
        self.version = engagements.start_charter(
            self.session, self.engagement_id, templates[template], by=self.by, at=self.at
        )

    def write(self, part: str, fields: Mapping[str, Any]) -> None:
        self.at += timedelta(minutes=7)
        self.version = engagements.write_section(
            self.session, self.engagement_id, part, fields, seen=self.version, by=self.by, at=self.at
        )

    def name_contacts(self, contacts: Mapping[str, Mapping[str, Any]]) -> None:
        for contact_id, fields in contacts.items():
            self.at += timedelta(minutes=2)
            self.version = engagements.write_entry(
                self.session,
                self.engagement_id,
                "contacts",
                contact_id,
                fields,
                seen=self.version,
                by=self.by,
                at=self.at,
            )


def _owners(lead: UUID, supply: UUID) -> tuple[tuple[str, UUID], ...]:
    return ("contacts", supply), ("escalation", lead), ("objective", lead), ("agreement", lead)


def _agree_for_them(session: Session, engagement_id: UUID, version: int, partner: UUID, by: UUID, at: datetime) -> None:
    """They read it by a link, and agree to it a day later."""
    token = engagements.ask_partner(session, engagement_id, version, "Kazuo Tanabe", f"person:{partner}", by=by, at=at)
    agreed_at = at + timedelta(days=1)
    link = open_link(session, token, Purpose.CHARTER, at=agreed_at)
    assert link is not None
    engagements.agree_by_link(session, link, "Kazuo Tanabe", at=agreed_at)


def _objective(meets_on: date, lead: UUID, partner: UUID, agreed_on: date) -> dict[str, Any]:
    by = date(meets_on.year + 1, 9, 30)
    return {
        "sentence": f"By 30 September {by.year} Halden delivers 98 of 100 sensors to Kobe on the confirmed day.",
        "measure": "Deliveries on the confirmed day, counted at the dock in Kobe: 91 of 100 today",
        "by": by.isoformat(),
        "ours": "Orders that are firm eight weeks ahead",
        "theirs": "Sensors on the line on the day they were planned for, and word as soon as that is in doubt",
        "agreed_ours": f"user:{lead}",
        "agreed_theirs": f"person:{partner}",
        "agreed_on": agreed_on.isoformat(),
    }


def _contacts(
    people: Mapping[str, UUID],
    ours: Mapping[str, tuple[str, str]],
    our_hours: Mapping[str, Any],
    theirs: Mapping[str, tuple[str, str]],
    their_hours: Mapping[str, Any],
) -> dict[str, dict[str, Any]]:
    named = {
        name: {"who": f"user:{people[person]}", "channel": number, **our_hours}
        for name, (person, number) in ours.items()
    }
    known = {name: {"role": role, "channel": number, **their_hours} for name, (role, number) in theirs.items()}
    found: dict[str, dict[str, Any]] = {}
    for name, fields in (*named.items(), *known.items()):
        interface, side, rank = name.split("-")
        found[name] = {"interface": interface.capitalize(), "side": side, "rank": rank, **fields}
    return found


def _answer_health_check(session: Session, engagement_id: UUID, person: UUID, end: datetime) -> None:
    quarter = quarter_of(end.date())
    marks = dict.fromkeys(Question, 4) | {Question.COMMUNICATION: 3}
    engagements.answer_health_check(
        session, engagement_id, quarter, Party.OURS, person, "Priya Raman", marks, NOTE, at=end - timedelta(hours=20)
    )
