"""Forms of a charter: one for each part, each with the version that was seen, in words that say what is asked."""

from collections.abc import Mapping
from typing import Any

from wtforms import (
    BooleanField,
    DateField,
    FloatField,
    IntegerField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    TimeField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from trainer.domain.calendar import subdivisions_of
from trainer.domain.charter import LABELS, Rank, Section, Sharing
from trainer.domain.parties import Party
from trainer.reporting import People
from trainer.web.engagements.changes import ChangeForm
from trainer.web.engagements.charter.choices import people_choices
from trainer.web.engagements.charter.words import DAYS, RANKS, SHARING, SIDES

_SHORT = Length(max=200, message="Keep it to 200 characters.")
_LONG = Length(max=1000, message="Keep it to 1,000 characters.")
_HOURS = NumberRange(0, 1000, "Write a number of hours from 0 to 1000, or leave it empty.")


def label(part: str, name: str) -> str:
    return LABELS[part][name]


class ObjectiveForm(ChangeForm):
    sentence = TextAreaField(label("objective", "sentence"), [_LONG])
    measure = TextAreaField(label("objective", "measure"), [_LONG])
    by = DateField(label("objective", "by"), [Optional()])
    ours = TextAreaField(label("objective", "ours"), [_LONG])
    theirs = TextAreaField(label("objective", "theirs"), [_LONG])
    agreed_ours = SelectField(label("objective", "agreed_ours"))
    agreed_theirs = SelectField(label("objective", "agreed_theirs"))
    agreed_on = DateField(label("objective", "agreed_on"), [Optional()])


class WorkingForm(ChangeForm):
    primary = TextAreaField(label("working", "primary"), [_LONG])
    backup = TextAreaField(label("working", "backup"), [_LONG])
    spoken = StringField(label("working", "spoken"), [_SHORT])
    written_in = StringField(label("working", "written"), [_SHORT], name="written")
    minutes_language = StringField(label("working", "minutes_language"), [_SHORT])
    respond_stopped = FloatField(label("working", "respond_stopped"), [Optional(), _HOURS])
    respond_urgent = FloatField(label("working", "respond_urgent"), [Optional(), _HOURS])
    respond_normal = FloatField(label("working", "respond_normal"), [Optional(), _HOURS])
    rhythm = TextAreaField(label("working", "rhythm"), [_LONG])
    minutes_within = FloatField(label("working", "minutes_within"), [Optional(), _HOURS])
    country_ours = SelectField(label("working", "country_ours"))
    part_ours = StringField(label("working", "part_ours"), [_SHORT])
    country_theirs = SelectField(label("working", "country_theirs"))
    part_theirs = StringField(label("working", "part_theirs"), [_SHORT])
    respects_holidays = BooleanField(label("working", "respects_holidays"))
    decision = TextAreaField(label("working", "decision"), [_LONG])

    def validate_part_ours(self, field: StringField) -> None:
        _check_part(self.country_ours.data, field)

    def validate_part_theirs(self, field: StringField) -> None:
        _check_part(self.country_theirs.data, field)


class ContactForm(ChangeForm):
    interface = StringField(label("contacts", "interface"), [DataRequired("Write the interface."), Length(max=60)])
    side = SelectField(label("contacts", "side"), choices=[SelectChoice(side, SIDES[side]) for side in Party])
    rank = SelectField(label("contacts", "rank"), choices=[SelectChoice(rank, RANKS[rank]) for rank in Rank])
    who = SelectField(label("contacts", "who"))
    role = StringField(label("contacts", "role"), [_SHORT])
    zone = SelectField(label("contacts", "zone"))
    opens = TimeField(label("contacts", "opens"), [Optional()])
    closes = TimeField(label("contacts", "closes"), [Optional()])
    workdays = SelectMultipleField(
        label("contacts", "workdays"),
        coerce=int,
        choices=[SelectChoice(number, name) for number, name in enumerate(DAYS)],
        default=list(range(5)),
        widget=ListWidget(),
        option_widget=CheckboxInput(),
    )
    channel = StringField(label("contacts", "channel"), [_SHORT])
    country = SelectField(label("contacts", "country"))
    part = StringField(label("contacts", "part"), [_SHORT])
    away_from = DateField(label("contacts", "away_from"), [Optional()])
    away_until = DateField(label("contacts", "away_until"), [Optional()])

    def validate_who(self, field: SelectField) -> None:
        prefix = "user:" if self.side.data == Party.OURS else "person:"
        if field.data and not field.data.startswith(prefix):
            raise ValidationError("This person is not on that side. Choose somebody who is.")

    def validate_closes(self, field: TimeField) -> None:
        if field.data and self.opens.data and field.data <= self.opens.data:
            raise ValidationError("Work ends after it begins: write the later time here.")

    def validate_away_until(self, field: DateField) -> None:
        if field.data and self.away_from.data and field.data < self.away_from.data:
            raise ValidationError("The last day away is before the first: write a later one.")

    def validate_part(self, field: StringField) -> None:
        _check_part(self.country.data, field)


class LevelForm(ChangeForm):
    number = IntegerField(
        label("escalation", "number"),
        [InputRequired("Write the number of the level."), NumberRange(1, 9, "Write a number from 1 to 9.")],
    )
    hours = FloatField(label("escalation", "hours"), [Optional(), _HOURS])
    impact = StringField(label("escalation", "impact"), [_SHORT])
    contact_ours = SelectField(label("escalation", "contact_ours"))
    role_ours = StringField(label("escalation", "role_ours"), [_SHORT])
    contact_theirs = SelectField(label("escalation", "contact_theirs"))
    role_theirs = StringField(label("escalation", "role_theirs"), [_SHORT])
    channel = StringField(label("escalation", "channel"), [_SHORT])
    within = FloatField(label("escalation", "within"), [Optional(), _HOURS])
    tells_first = TextAreaField(label("escalation", "tells_first"), [_LONG])


class ClosingForm(ChangeForm):
    stepping_down = TextAreaField(label("closing", "stepping_down"), [_LONG])
    closing_note = TextAreaField(label("closing", "closing_note"), [_LONG])


class RuleForm(ChangeForm):
    sharing = SelectField(
        label("information", "sharing"), choices=[SelectChoice(each, SHARING[each]) for each in Sharing]
    )
    what = TextAreaField(label("information", "what"), [DataRequired("Write what the rule is about."), _LONG])
    whom = StringField(label("information", "whom"), [_SHORT])
    where = StringField(label("information", "where"), [_SHORT])
    notice = StringField(label("information", "notice"), [_SHORT])
    is_bad_news = BooleanField(label("information", "is_bad_news"))
    shown = BooleanField(label("information", "shown"))

    def show(self, fields: Mapping[str, Any], seen: int) -> None:
        """The value of a ticked box says which sharing it was ticked for."""
        super().show(fields, seen)
        self.shown.raw_data = [self.sharing.data or Sharing.MUST.value] if self.shown.data else None

    def validate_shown(self, field: BooleanField) -> None:
        """A box that was ticked for what is shared does not go on to hold for what must not be."""
        ticked_for = field.raw_data[0] if field.raw_data else ""
        if field.data and self.sharing.data == Sharing.MUST_NOT and ticked_for in (Sharing.MUST, Sharing.MAY):
            field.data, field.raw_data = False, None
            raise ValidationError(
                "What must not be shared is kept from the partner, so the tick is gone. "
                "Save once more, or tick it again if they should read this rule."
            )


def owners_form(people: People) -> type[ChangeForm]:
    """Who sees to each part, and by when."""
    fields: dict[str, Any] = {}
    for section in Section:
        choices = people_choices(people.ours)
        fields[section.value] = SelectField(label("owners", section), choices=choices)
        name = f"{section}_due"
        fields[name] = DateField(f"{label('owners', section)}: due on", [Optional()])
    return type("OwnersForm", (ChangeForm,), fields)


PARTS: Mapping[str, type[ChangeForm]] = {
    "objective": ObjectiveForm,
    "working": WorkingForm,
    "closing": ClosingForm,
}
"""Parts that are one form; `owners` has one too."""
LISTS: Mapping[str, type[ChangeForm]] = {
    "contacts": ContactForm,
    "escalation": LevelForm,
    "information": RuleForm,
}
"""Parts that are lists, with the form of an entry."""


def _check_part(country: str | None, field: StringField) -> None:
    field.data = (field.data or "").strip().upper()
    known = subdivisions_of(country or "")
    if field.data and field.data not in known:
        one_of = ", ".join(sorted(known))
        raise ValidationError(f"Write one of {one_of}, or leave it empty." if known else "Leave it empty here.")
