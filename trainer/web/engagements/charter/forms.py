"""Forms of a charter: one for each part, each with the version that was seen, in words that say what is asked."""

from collections.abc import Mapping
from datetime import date, time
from typing import Any

from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    DateField,
    Field,
    FloatField,
    HiddenField,
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

from trainer.domain.charter import LABELS, Rank, Section, Sharing, parts_of
from trainer.domain.parties import Party
from trainer.reporting import People
from trainer.web.engagements.charter.choices import people_choices
from trainer.web.engagements.charter.words import DAYS, RANKS, SHARING, SIDES

NOT_FIELDS = ("csrf_token", "seen")
_SHORT = Length(max=200, message="Keep it to 200 characters.")
_LONG = Length(max=1000, message="Keep it to 1,000 characters.")
_HOURS = NumberRange(0, 1000, "Write a number of hours from 0 to 1000, or leave it empty.")


def label(part: str, name: str) -> str:
    return LABELS[part][name]


class ChangeForm(FlaskForm):
    """What somebody changes in a document, and the version in which they saw it."""

    seen = HiddenField()

    @property
    def seen_version(self) -> int:
        """Of whatever was sent; 0, from which all is new, for what is no number."""
        sent = self.seen.data or ""
        return int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 9 else 0

    @property
    def asked(self) -> list[Field]:
        """The fields that people fill in."""
        return [each for each in self if each.name not in NOT_FIELDS]

    def written(self) -> dict[str, Any]:
        """What was filled in, as a document keeps it."""
        return {each.name: _kept(each) for each in self.asked}

    def show(self, fields: Mapping[str, Any], seen: int) -> None:
        """Fill it in from what a document keeps."""
        self.seen.data = str(seen)
        for each in self.asked:
            if each.name in fields:
                each.data = _shown(each, fields[each.name])
                each.raw_data = None


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
    is_internal = BooleanField(label("information", "is_internal"))


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


def _kept(field: Field) -> Any:
    value = field.data
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.isoformat("minutes")
    if isinstance(field, FloatField | IntegerField | BooleanField):
        return value
    if isinstance(field, SelectMultipleField):
        return sorted(value or ())
    return (value or "").strip()


def _shown(field: Field, value: Any) -> Any:
    """A value of a document for a field; None where it is none of this kind."""
    try:
        if isinstance(field, DateField) and not isinstance(field, TimeField):
            return date.fromisoformat(value) if value else None
        if isinstance(field, TimeField):
            return time.fromisoformat(value) if value else None
    except (TypeError, ValueError):
        return None
    return value


def _check_part(country: str | None, field: StringField) -> None:
    field.data = (field.data or "").strip().upper()
    known = parts_of(country or "")
    if field.data and field.data not in known:
        one_of = ", ".join(known)
        raise ValidationError(f"Write one of {one_of}, or leave it empty." if known else "Leave it empty here.")
