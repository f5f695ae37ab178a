"""What can be chosen in the forms of a charter, and what helps to fill them in."""

from collections.abc import Mapping
from typing import Any

from flask_wtf import FlaskForm
from wtforms import SelectField
from wtforms.fields.choices import SelectChoice

from trainer.domain.calendar import zones
from trainer.domain.charter import Charter
from trainer.domain.parties import Party
from trainer.reporting import People
from trainer.web.engagements.charter.words import RANKS
from trainer.web.places import countries

NOBODY = SelectChoice("", "Nobody yet")
HINTS: Mapping[str, Mapping[str, str]] = {
    "objective": {
        "sentence": "Result, for whom, measure and date, with the month as a word.",
        "measure": "The figure today, the figure wanted, and the place where it is counted.",
        "ours": "The figure by which our people are judged at home.",
        "theirs": "In the words of whoever said it.",
        "agreed_theirs": "People of the partner are kept in the partner file.",
    },
    "working": {
        "primary": "What goes where, and from when on something counts as ordered.",
        "backup": "Who rings whom, on which number, when the line breaks.",
        "respond_stopped": "Working hours of whoever is asked, by their calendar.",
        "minutes_within": "24 is a good rule.",
        "part_ours": "The code of the state or region, such as BY for Bavaria; empty where holidays do not differ.",
        "part_theirs": "The code of the state or region; empty where holidays do not differ.",
        "decision": "Who has to agree on each side, and how long it takes.",
        "rhythm": "How often, for how long, who invites.",
    },
    "contacts": {
        "interface": "Sales, Supply, Support, or one of your own.",
        "role": "As long as nobody is named, or beside the name.",
        "zone": "A place in the zone: abbreviations such as CST are ambiguous.",
        "channel": "A number that is answered, not a mailbox.",
        "country": "Where the public holidays are not those of the side.",
    },
    "escalation": {
        "number": "1 is where a problem begins.",
        "hours": "Counted from when the problem was first told, so that levels can be compared.",
        "impact": "Such as: a line stands still.",
        "contact_ours": "Points of contact of this charter.",
        "within": "Hours by the clock in which somebody must have been reached.",
        "tells_first": "By phone, before the message goes out: no surprise.",
    },
    "closing": {
        "stepping_down": "Who says so, to whom.",
        "closing_note": "Cause, cure, what changes, and thanks.",
    },
    "information": {
        "shown": "Without the tick the rule stays internal, and whoever opens a link from you does not see it.",
        "notice": "Such as: the same day; at the latest five working days before.",
    },
    "owners": {},
}
"""What helps to fill in a field."""


def offer(form: FlaskForm, people: People, charter: Charter) -> None:
    """Put in what can be chosen."""
    offered = {
        "agreed_ours": people_choices(people.ours),
        "agreed_theirs": people_choices(people.theirs),
        "who": [*people_choices(people.ours), *people_choices(people.theirs)[1:]],
        "zone": [SelectChoice("", "Not known yet"), *(SelectChoice(each, each.replace("_", " ")) for each in zones())],
        "country_ours": country_choices(),
        "country_theirs": country_choices(),
        "country": country_choices(),
        "contact_ours": contact_choices(charter, people, Party.OURS),
        "contact_theirs": contact_choices(charter, people, Party.THEIRS),
    }
    for each in form:
        if each.name in offered:
            each.choices = offered[each.name]


def keep_gone(form: FlaskForm, fields: Mapping[str, Any]) -> None:
    """Offer what is kept though it can no longer be chosen, such as somebody who left."""
    for each in form:
        value = fields.get(each.name)
        if isinstance(each, SelectField) and isinstance(value, str) and value:
            known = {choice.value for choice in each.choices}
            if value not in known:
                each.choices = [*each.choices, SelectChoice(value, "(no longer known here)")]


def people_choices(names: Mapping[str, str]) -> list[SelectChoice]:
    return [NOBODY, *(SelectChoice(reference, name) for reference, name in names.items())]


def country_choices() -> list[SelectChoice]:
    return [SelectChoice("", "Not named"), *(SelectChoice(code, name) for code, name in countries().items())]


def contact_choices(charter: Charter, people: People, side: Party) -> list[SelectChoice]:
    names = people.names
    return [
        NOBODY,
        *(
            SelectChoice(
                each.id,
                f"{each.interface}, {RANKS[each.rank].lower()}: {names.get(each.who) or each.role or 'nobody yet'}",
            )
            for each in charter.contacts
            if each.side is side
        ),
    ]
