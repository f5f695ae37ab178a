"""The forms of a meeting's times. Each carries the version that was seen, so that two people lose nothing."""

from collections.abc import Mapping
from typing import Any

from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    DateField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
    TimeField,
)
from wtforms.fields import EmailField, HiddenField, TelField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from trainer.domain.agenda import Interpreting
from trainer.domain.calendar import MAX_DAYS, countries, country_name, subdivisions_of, zones
from trainer.domain.calendar.places import NEEDS_SUBDIVISION
from trainer.domain.parties import Party
from trainer.reporting.engagements.written import People
from trainer.web.engagements.changes import ChangeForm
from trainer.web.places import zones_of
from trainer.wording.meetings import INTERPRETING

PARTIES = {Party.OURS: "Ours", Party.THEIRS: "The partner’s"}
NOBODY = SelectChoice("", "Nobody yet")
MINUTES = "Write a number of minutes from {} to {}."


def _minutes(least: int, most: int, **more: Any) -> IntegerField:
    words = MINUTES.format(least, most)
    return IntegerField(validators=[InputRequired(words), NumberRange(least, most, words)], **more)


class CountryChoice(FlaskForm):
    class Meta:
        csrf = False

    country = SelectField("Country", [DataRequired("Choose a country.")])

    def offer(self) -> None:
        names = sorted((country_name(code), code) for code in countries())
        self.country.choices = [SelectChoice(code, name) for name, code in names]


class PlaceForm(ChangeForm):
    name = StringField("Name of the place", [DataRequired("Write a city or an office."), Length(max=80)])
    party = RadioField(
        "Whose place is it?",
        choices=[SelectChoice(party.value, words) for party, words in PARTIES.items()],
        validators=[InputRequired("Say whose place it is.")],
    )
    subdivision = SelectField("State or region")
    zone = SelectField("Time zone")
    opens = TimeField("Work begins", [InputRequired("Write when work begins, such as 09:00.")])
    closes = TimeField("Work ends", [InputRequired("Write when work ends, such as 17:30.")])

    country = HiddenField()

    def offer(self, _people: People) -> None:
        country = self.country.data or ""
        parts = subdivisions_of(country)
        whole = [] if country in NEEDS_SUBDIVISION else [SelectChoice("", "The whole country")]
        self.subdivision.choices = [*whole, *(SelectChoice(code, name) for code, name in parts.items())]
        nearby = tuple(zone for zone in zones_of(country) if zone in zones())
        offered = dict.fromkeys((*nearby, *zones()))
        self.zone.choices = [SelectChoice(zone, zone.replace("_", " ")) for zone in offered]


class ItemForm(ChangeForm):
    title = StringField("What is talked about", [DataRequired("Write the item."), Length(max=160)])
    minutes = _minutes(1, 480, label="Minutes, in one language")
    lead = SelectField("Who leads it", default="")

    def offer(self, people: People) -> None:
        self.lead.choices = _all_of(people)


class CheckForm(ChangeForm):
    what = StringField("What to try", [DataRequired("Write what to try."), Length(max=160)])
    owner = SelectField("Who sees to it", default="")
    due = DateField("By when", [Optional()])

    def offer(self, people: People) -> None:
        self.owner.choices = _of(people.ours)


class JourneyForm(ChangeForm):
    who = SelectField("Who travels", [DataRequired("Choose a person.")])
    from_zone = SelectField("From which time zone")
    day = DateField("Date of landing there", [InputRequired("Choose the date of landing.")])
    time = TimeField("Time of landing there", [InputRequired("Write the time of landing.")])
    is_night_flight = BooleanField("Flies through the night")

    def offer(self, people: People) -> None:
        self.who.choices = [SelectChoice("", "Choose"), *(SelectChoice(*each) for each in people.ours.items())]
        self.from_zone.choices = [SelectChoice(zone, zone.replace("_", " ")) for zone in zones()]

    def written(self) -> dict[str, Any]:
        fields = super().written()
        day, clock = fields.pop("day"), fields.pop("time")
        return {**fields, "lands_local": f"{day}T{clock}"}

    def show(self, fields: Mapping[str, Any], seen: int) -> None:
        day, _, clock = str(fields.get("lands_local", "")).partition("T")
        super().show({**fields, "day": day, "time": clock}, seen)


class ChannelsForm(ChangeForm):
    primary = StringField("Channel and its address", [Length(max=300)])
    backup = StringField("If it breaks: second channel", [Length(max=300)])
    caller = SelectField("Who of us calls", default="")
    called = SelectField("Whom of the partner", default="")
    after_minutes = IntegerField(
        "After how many minutes", [Optional(), NumberRange(0, 60, MINUTES.format(0, 60))], default=5
    )
    phone = TelField("Telephone line of a room or a team", [Length(max=60)])
    email = EmailField("E-mail of a room or a team", [Length(max=254)])
    notes = TextAreaField("Anything else", [Length(max=2000)])

    def offer(self, people: People) -> None:
        self.caller.choices, self.called.choices = _of(people.ours), _of(people.theirs)


class InterpreterForm(ChangeForm):
    mode = RadioField(
        "How is interpreted?",
        choices=[SelectChoice(mode.value, words) for mode, words in INTERPRETING.items()],
        default=Interpreting.NONE.value,
        validators=[InputRequired("Choose one of the three.")],
    )
    is_booked = BooleanField("An interpreter is booked")

    def offer(self, _people: People) -> None:
        """Nothing of it depends on people."""


class ArrivalForm(ChangeForm):
    early_minutes = _minutes(0, 120, label="Minutes before the start at the place")
    announced_minutes = _minutes(0, 60, label="Minutes before the start announced")
    where = StringField("Where to announce oneself", [Length(max=200)])

    def offer(self, _people: People) -> None:
        """Nothing of it depends on people."""


class SearchForm(FlaskForm):
    """Where to look for a time. Read from the address of the page: nothing is kept."""

    class Meta:
        csrf = False

    minutes = _minutes(5, 480, label="Minutes")
    first = DateField("From", [InputRequired("Choose the first day.")])
    days = IntegerField(
        "For how many days",
        [InputRequired("Write a number of days."), NumberRange(1, MAX_DAYS, f"Choose from 1 to {MAX_DAYS} days.")],
    )
    times = IntegerField("Weekly, how often", [Optional(), NumberRange(1, 52, "Choose from 1 to 52 weeks.")], default=1)


def _of(names: Mapping[str, str]) -> list[SelectChoice]:
    return [NOBODY, *(SelectChoice(reference, name) for reference, name in names.items())]


def _all_of(people: People) -> list[SelectChoice]:
    return [*_of(people.ours), *(SelectChoice(*each) for each in people.theirs.items())]
