"""The times of the demo's meetings, planned for two that are ahead, and what followed one that is just over."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from trainer.domain.calendar import moment
from trainer.domain.documents import Document, DocumentKind
from trainer.domain.follow_up import Outcome, StepKind
from trainer.domain.meeting import check_due
from trainer.engagements import EngagementDraft
from trainer.models import new_id
from trainer.workspace import change_document

BERLIN: Mapping[str, Any] = {
    "name": "Berlin",
    "party": "ours",
    "country": "DE",
    "subdivision": "BE",
    "zone": "Europe/Berlin",
    "opens": "08:00",
    "closes": "17:00",
}
KOBE: Mapping[str, Any] = {
    "name": "Kobe",
    "party": "theirs",
    "country": "JP",
    "zone": "Asia/Tokyo",
    "opens": "08:30",
    "closes": "17:30",
}
LYON: Mapping[str, Any] = {
    "name": "Lyon",
    "party": "theirs",
    "country": "FR",
    "zone": "Europe/Paris",
    "opens": "09:00",
    "closes": "18:00",
}
AGENDA = (
    ("Who is who, and what today is for", 10, "Ingrid Solberg"),
    ("The first year: deliveries on the confirmed day", 20, "Priya Raman"),
    ("Prices and quantities for two years", 30, "Ingrid Solberg"),
    ("Dates: what moves them, and how early we say so", 20, "Mateo Vidal"),
    ("Spare sensors kept in Kobe", 15, "Priya Raman"),
)
"""Ninety minutes hold all but the last: it is parked, and the team has to see what it does with it."""
FIRST_AGENDA = (
    ("Who is who", 10, "Claire Beaumont"),
    ("How they calibrate today, in their words", 25, "Sofia Marino"),
    ("What a trial would need of both sides", 15, "Claire Beaumont"),
)


def plan_negotiation(
    session: Session,
    engagement_id: UUID,
    draft: EngagementDraft,
    people: Mapping[str, UUID],
    theirs: Mapping[str, UUID],
    end: datetime,
) -> None:
    """All of it, with one check that is still open."""
    starts_at = moment(draft.starts_local, draft.zone)
    due = check_due(starts_at, draft.zone).isoformat()
    tried = {
        "done_at": (end - timedelta(days=1)).isoformat(timespec="seconds"),
        "done_by": f"user:{people['Oskar Lind']}",
    }
    checks: tuple[tuple[str, str, Mapping[str, str]], ...] = (
        ("Slides open on the screen of meeting room 3", "Oskar Lind", tried),
        ("Those who stay in Berlin can listen in", "Oskar Lind", tried),
        ("A dial-in number works from both countries", "Tomasz Zielinski", {}),
    )
    _keep(
        session,
        engagement_id,
        {
            "places": _with_ids((BERLIN, KOBE)),
            "agenda": _agenda(AGENDA, people),
            "channels": {
                "primary": "In the room; for those in Berlin a Teams call, its link stands in the invitation",
                "backup": "The telephone of meeting room 3",
                "caller": f"user:{people['Mateo Vidal']}",
                "called": f"person:{theirs['Fujita']}",
                "after_minutes": 5,
                "phone": "+81 78 555 0133",
            },
            "checks": _with_ids(
                {"what": what, "owner": f"user:{people[name]}", "due": due, **done} for what, name, done in checks
            ),
            "arrival": {"where": "Main reception, building A: ask for purchasing"},
            "travel": _with_ids(
                _journey(people[name], draft.starts_local.date(), days)
                for name, days in (("Ingrid Solberg", 2), ("Priya Raman", 2), ("Tomasz Zielinski", 3))
            ),
        },
        by=people["Ingrid Solberg"],
        at=end - timedelta(hours=20),
    )


def plan_first_meeting(
    session: Session, engagement_id: UUID, draft: EngagementDraft, people: Mapping[str, UUID], end: datetime
) -> None:
    """Where both sides are, and what is talked about."""
    document = {"places": _with_ids((BERLIN, LYON)), "agenda": _agenda(FIRST_AGENDA, people)}
    _keep(session, engagement_id, document, by=people["Claire Beaumont"], at=end - timedelta(days=4))


def tell_what_followed(
    session: Session, engagement_id: UUID, draft: EngagementDraft, people: Mapping[str, UUID], meets_again_on: date
) -> None:
    """They were thanked the same day, the promises are written down, and the minutes are late."""
    on = draft.starts_local.date()
    chair, writer = people["Mateo Vidal"], people["Lena Hofmann"]
    document = {
        "outcome": {
            "result": Outcome.OPEN.value,
            "note": "They need the second week of January and cannot say so yet: Mr Tanabe asks inside.",
        },
        StepKind.THANKS.value: {
            "owner": f"user:{chair}",
            "done_on": on.isoformat(),
            "note": "By e-mail, with thanks to Mr Fujita for the figures he had ready.",
        },
        StepKind.MINUTES.value: {"owner": f"user:{writer}", "note": "The draft waits for two figures from Supply."},
        StepKind.PROMISES.value: {"owner": f"user:{chair}", "done_on": (on + timedelta(days=1)).isoformat()},
        StepKind.NEXT_CONTACT.value: {"owner": f"user:{chair}", "on": meets_again_on.isoformat()},
    }
    at = moment(draft.starts_local, draft.zone) + timedelta(hours=23)
    change_document(session, engagement_id, DocumentKind.FOLLOW_UP, lambda _: document, seen=0, by=chair, at=at)


def _keep(session: Session, engagement_id: UUID, document: Document, *, by: UUID, at: datetime) -> None:
    change_document(session, engagement_id, DocumentKind.MEETING, lambda _: document, seen=0, by=by, at=at)


def _with_ids(entries: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    return [{"id": str(new_id()), **entry} for entry in entries]


def _agenda(items: Iterable[tuple[str, int, str]], people: Mapping[str, UUID]) -> list[dict[str, Any]]:
    return _with_ids(
        {"title": title, "minutes": minutes, "lead": f"user:{people[name]}"} for title, minutes, name in items
    )


def _journey(person: UUID, meets_on: date, days_before: int) -> dict[str, Any]:
    lands = datetime.combine(meets_on - timedelta(days=days_before), time(14, 20))
    return {
        "who": f"user:{person}",
        "from_zone": "Europe/Berlin",
        "lands_local": lands.isoformat(timespec="minutes"),
        "is_night_flight": True,
    }
