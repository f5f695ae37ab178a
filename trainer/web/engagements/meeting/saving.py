"""Keeps what a form says of a meeting's times, and answers when somebody changed the same."""

from collections.abc import Callable, Mapping
from typing import Any

from flask import url_for
from flask.typing import ResponseReturnValue

from trainer import reporting
from trainer.domain.documents import Document, DocumentKind, Path
from trainer.reporting import EngagementHead
from trainer.reporting.engagements.written import People
from trainer.web import db, me, now, reading, say, to
from trainer.web.engagements.changes import ChangeForm
from trainer.web.engagements.clashes import Told, act_clash_page, form_clash_page
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
    """Do what a button says to the version that its page showed; then the page at the part that was changed."""
    try:
        change_document(db(), head.id, KIND, change, seen=ChangeForm().seen_version, by=me().id, at=now())
    except NoSuchVersion as error:
        say(str(error))
    except DocumentClash as clash:
        return act_clash_page(head, clash, _told(head, anchor))
    else:
        say(words)
    return to("engagements.show_meeting", engagement_id=head.id, _anchor=anchor)


def save_form(
    head: EngagementHead,
    form: ChangeForm,
    change: Callable[[Document], Document],
    fields_of: Callable[[Document], Mapping[str, Any]],
    anchor: str,
) -> ResponseReturnValue:
    """Keep what a form says; `fields_of` finds in a document what it is about."""
    try:
        change_document(db(), head.id, KIND, change, seen=form.seen_version, by=me().id, at=now())
    except NoSuchVersion as error:
        say(str(error))
    except DocumentClash as clash:
        return form_clash_page(head, clash, _told(head, anchor), KIND, form, fields_of)
    else:
        say("Saved.")
    return to("engagements.show_meeting", engagement_id=head.id, _anchor=anchor)


def _told(head: EngagementHead, anchor: str) -> Told:
    people = reporting.who_can_be_named(reading(), [head.id])[head.id]
    back = url_for("engagements.show_meeting", engagement_id=head.id, _anchor=anchor)
    return Told("Times and agenda", back, _title, lambda _, value: _words(value, people))


def _title(path: Path) -> str:
    known = [LABELS[name] for name in path[-1:] if name in LABELS]
    return ": ".join([*(SECTIONS[name] for name in path[:1] if name in SECTIONS), *known]) or "This part"


def _words(value: Any, people: People) -> str:
    """A field or a whole entry in words."""
    if isinstance(value, dict):
        return "; ".join(
            f"{LABELS[name]}: {_words(each, people)}" for name, each in value.items() if name in LABELS and each
        )
    if isinstance(value, bool):
        return "yes" if value else "no"
    return people.names.get(str(value), str(value)) if value not in (None, "") else "nothing"
