"""Keeps what a form says of a meeting's times, and answers when somebody changed the same."""

from collections.abc import Callable, Mapping
from typing import Any

from flask import request, url_for
from flask.typing import ResponseReturnValue

from trainer import reporting
from trainer.domain.documents import Document, DocumentKind, Path
from trainer.reporting import EngagementHead
from trainer.reporting.engagements.written import People
from trainer.web import db, me, now, reading, say, to
from trainer.web.engagements.meeting.clashes import clash_page, text_of_value
from trainer.workspace import DocumentClash, NoSuchVersion, change_document

KIND = DocumentKind.MEETING
LABELS: Mapping[str, str] = {
    "name": "Name",
    "party": "Whose",
    "country": "Country",
    "subdivision": "State or region",
    "zone": "Time zone",
    "opens": "Work begins",
    "closes": "Work ends",
    "title": "Item",
    "minutes": "Minutes",
    "lead": "Who leads it",
    "what": "What to try",
    "owner": "Who sees to it",
    "due": "By when",
    "done_at": "Tried at",
    "done_by": "Tried by",
    "who": "Who travels",
    "from_zone": "From which time zone",
    "lands_local": "Landing",
    "is_night_flight": "Flies through the night",
    "primary": "Channel",
    "backup": "Second channel",
    "caller": "Who of us calls",
    "called": "Whom of the partner",
    "after_minutes": "After how many minutes",
    "phone": "Telephone line",
    "email": "E-mail",
    "notes": "Anything else",
    "mode": "How is interpreted",
    "is_booked": "An interpreter is booked",
    "early_minutes": "Minutes before at the place",
    "announced_minutes": "Minutes before announced",
    "where": "Where to announce oneself",
}
"""The words for fields of the document."""
SECTIONS: Mapping[str, str] = {
    "places": "Place",
    "agenda": "Agenda item",
    "checks": "Check",
    "travel": "Journey",
}


def save(head: EngagementHead, change: Callable[[Document], Document], words: str, anchor: str) -> ResponseReturnValue:
    """Keep a change to the version that the form was made from; the page at the part that was changed."""
    back = f"{url_for('engagements.show_meeting', engagement_id=head.id)}#{anchor}"
    try:
        change_document(db(), head.id, KIND, change, seen=seen_version(), by=me().id, at=now())
    except NoSuchVersion as error:
        say(str(error))
    except DocumentClash as clash:
        people = reporting.who_can_be_named(reading(), [head.id])[head.id]
        return clash_page(head, clash, back, lambda path, value: _words(path, value, people))
    else:
        say(words)
    return to("engagements.show_meeting", engagement_id=head.id, _anchor=anchor)


def seen_version() -> int:
    """The version that the form was made from; 0 for what no form of ours sends."""
    seen = request.form.get("seen", "")
    return int(seen) if seen.isascii() and seen.isdecimal() and len(seen) < 9 else 0


def _words(path: Path, value: Any, people: People) -> tuple[str, str]:
    known = [LABELS[name] for name in path[-1:] if name in LABELS]
    label = ": ".join([*(SECTIONS[name] for name in path[:1] if name in SECTIONS), *known])
    return label or "This part", text_of_value(value, LABELS, lambda text: people.names.get(text, text))
