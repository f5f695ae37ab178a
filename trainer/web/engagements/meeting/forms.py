"""The forms of a meeting's times. Each carries the version that was seen, so that two people lose nothing."""

from collections.abc import Mapping
from datetime import date, datetime
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


class PlaceForm(FlaskForm):
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

    def entry(self) -> dict[str, Any]:
        return {
            "name": self.name.data.strip(),
            "party": self.party.data,
            "country": self.country.data,
            "subdivision": self.subdivision.data or "",
            "zone": self.zone.data,
            "opens": f"{self.opens.data:%H:%M}",
            "closes": f"{self.closes.data:%H:%M}",
        }

    @staticmethod
    def values(entry: Mapping[str, Any]) -> dict[str, Any]:
        times = {name: datetime.strptime(entry[name], "%H:%M").time() for name in ("opens", "closes") if name in entry}  # noqa: DTZ007
        return {**entry, **times}


class ItemForm(FlaskForm):
    title = StringField("What is talked about", [DataRequired("Write the item."), Length(max=160)])
    minutes = _minutes(1, 480, label="Minutes, in one language")
    lead = SelectField("Who leads it", default="")

    def offer(self, people: People) -> None:
        self.lead.choices = _all_of(people)

    def entry(self) -> dict[str, Any]:
        return {"title": self.title.data.strip(), "minutes": self.minutes.data, "lead": self.lead.data}

    @staticmethod
    def values(entry: Mapping[str, Any]) -> dict[str, Any]:
        return dict(entry)


class CheckForm(FlaskForm):
    what = StringField("What to try", [DataRequired("Write what to try."), Length(max=160)])
    owner = SelectField("Who sees to it", default="")
    due = DateField("By when", [Optional()])

    def offer(self, people: People) -> None:
        self.owner.choices = _of(people.ours)

    def entry(self) -> dict[str, Any]:
        due = self.due.data.isoformat() if self.due.data else ""
        return {"what": self.what.data.strip(), "owner": self.owner.data, "due": due}

    @staticmethod
    def values(entry: Mapping[str, Any]) -> dict[str, Any]:
        return {**entry, "due": date.fromisoformat(entry["due"]) if entry.get("due") else None}


class JourneyForm(FlaskForm):
    who = SelectField("Who travels", [DataRequired("Choose a person.")])
    from_zone = SelectField("From which time zone")
    day = DateField("Date of landing there", [InputRequired("Choose the date of landing.")])
    time = TimeField("Time of landing there", [InputRequired("Write the time of landing.")])
    is_night_flight = BooleanField("Flies through the night")

    def offer(self, people: People) -> None:
        self.who.choices = [SelectChoice("", "Choose"), *(SelectChoice(*each) for each in people.ours.items())]
        self.from_zone.choices = [SelectChoice(zone, zone.replace("_", " ")) for zone in zones()]

    def entry(self) -> dict[str, Any]:
        return {
            "who": self.who.data,
            "from_zone": self.from_zone.data,
            "lands_local": datetime.combine(self.day.data, self.time.data).isoformat(timespec="minutes"),
            "is_night_flight": self.is_night_flight.data,
        }

    @staticmethod
    def values(entry: Mapping[str, Any]) -> dict[str, Any]:
        lands = datetime.fromisoformat(entry["lands_local"]) if "lands_local" in entry else None
        return {**entry, "day": lands and lands.date(), "time": lands and lands.time()}


class ChannelsForm(FlaskForm):
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

    def fields(self) -> dict[str, Any]:
        texts = ("primary", "backup", "caller", "called", "phone", "email", "notes")
        return {**{name: (self[name].data or "").strip() for name in texts}, "after_minutes": self.after_minutes.data}


class InterpreterForm(FlaskForm):
    mode = RadioField(
        "How is interpreted?",
        choices=[SelectChoice(mode.value, words) for mode, words in INTERPRETING.items()],
        default=Interpreting.NONE.value,
        validators=[InputRequired("Choose one of the three.")],
    )
    is_booked = BooleanField("An interpreter is booked")

    def offer(self, _people: People) -> None:
        """Nothing of it depends on people."""

    def fields(self) -> dict[str, Any]:
        return {"mode": self.mode.data, "is_booked": self.is_booked.data}


class ArrivalForm(FlaskForm):
    early_minutes = _minutes(0, 120, label="Minutes before the start at the place")
    announced_minutes = _minutes(0, 60, label="Minutes before the start announced")
    where = StringField("Where to announce oneself", [Length(max=200)])

    def offer(self, _people: People) -> None:
        """Nothing of it depends on people."""

    def fields(self) -> dict[str, Any]:
        return {
            "early_minutes": self.early_minutes.data,
            "announced_minutes": self.announced_minutes.data,
            "where": (self.where.data or "").strip(),
        }


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
