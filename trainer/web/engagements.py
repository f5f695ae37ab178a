"""An engagement: its page for the manager, planning it, its seats and who takes them."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    DateField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TimeField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange
from wtforms.widgets import CheckboxInput, ListWidget

from trainer import engagements, reporting
from trainer.domain import readiness
from trainer.domain.access import Action, Subject
from trainer.domain.calendar import ImpossibleTime, in_zone, zones
from trainer.domain.content import EngagementTemplate
from trainer.domain.planning import material_for
from trainer.domain.readiness import Seat
from trainer.reporting import EngagementHead
from trainer.web import authorize, content, db, found, kept_page, now, page, reading, say, to
from trainer.web.places import countries, languages_of, zones_of

bp = Blueprint("engagements", __name__)


class CountryForm(FlaskForm):
    class Meta:
        csrf = False

    country = SelectField("Country of the partner", [DataRequired("Choose a country.")])


class EngagementForm(FlaskForm):
    partner = StringField("Partner company", [DataRequired("Write the partner's name."), Length(max=160)])
    country = SelectField("Country")
    language = SelectField("The partner's language")
    title = StringField("What is it about?", [DataRequired("Write a title."), Length(max=160)])
    is_call = RadioField(
        "Where do you meet?",
        choices=[SelectChoice("call", "On a call"), SelectChoice("place", "At a place")],
        default="call",
        validators=[InputRequired("Say whether it is a call or at a place.")],
    )
    place = StringField("Place, or address of the call", [Length(max=200)])
    day = DateField("Date there", [InputRequired("Choose the date, as it is in the time zone below.")])
    time = TimeField("Time there", [InputRequired("Choose the time, as it is in the time zone below.")])
    zone = SelectField("Time zone")
    agenda_minutes = IntegerField(
        "Minutes planned for the agenda",
        [
            InputRequired("Write the minutes as a number."),
            NumberRange(5, 1440, "Write a number of minutes from 5 to 1440."),
        ],
        default=60,
    )
    is_high_stakes = BooleanField("High stakes: judge language by the cautious end of the forecast")

    def draft(self) -> engagements.EngagementDraft:
        return engagements.EngagementDraft(
            title=self.title.data,
            partner=self.partner.data,
            country=self.country.data,
            language=self.language.data,
            place=self.place.data or "",
            is_call=self.is_call.data == "call",
            starts_local=datetime.combine(self.day.data, self.time.data),
            zone=self.zone.data,
            agenda_minutes=self.agenda_minutes.data,
            is_high_stakes=self.is_high_stakes.data,
        )


class PlanForm(EngagementForm):
    template = RadioField("Kind of meeting", validators=[InputRequired("Choose the kind of meeting.")])


class AssignForm(FlaskForm):
    people = SelectMultipleField("Who takes this seat, or could?", widget=ListWidget(), option_widget=CheckboxInput())


class SeatForm(FlaskForm):
    title = StringField("Name of the seat", [DataRequired("Write what the person does."), Length(max=120)])
    is_speaking = BooleanField("Speaks for us in the meeting")


class RequirementForm(FlaskForm):
    competency = SelectField("Competency")
    target = SelectField(
        "Handles well",
        choices=[SelectChoice(str(share), f"{share // 10} of 10 situations") for share in (50, 60, 70, 80, 90)],
        default="70",
    )
    is_must = BooleanField("A must", default=True)


@bp.get("/engagements/<uuid:engagement_id>")
def show_engagement(engagement_id: UUID) -> ResponseReturnValue:
    head = _load(engagement_id, Action.SEE_ENGAGEMENT)
    version = f"{head.version} {in_zone(now(), head.zone).date()}"
    return kept_page("engagements/show.html", f"engagement {head.id}", version, lambda: _readiness_values(head))


@bp.get("/teams/<uuid:team_id>/engagements/new")
def show_plan(team_id: UUID) -> ResponseReturnValue:
    authorize(Action.PLAN_ENGAGEMENT, Subject(team_id=team_id))
    country = request.args.get("country", "")
    if country not in countries():
        form = CountryForm(request.args)
        form.country.choices = _country_choices()
        return page("engagements/country.html", form=form, team_id=team_id)
    form = _filled(PlanForm(formdata=None, country=country, day=in_zone(now(), "UTC").date() + timedelta(days=21)))
    _offer_templates(form, country)
    form.zone.data = next(iter(zones_of(country)), "UTC")
    form.language.data = next(iter(languages_of(country)), "en")
    return page("engagements/plan.html", form=form, team_id=team_id, country=country)


@bp.post("/teams/<uuid:team_id>/engagements/new")
def plan_engagement(team_id: UUID) -> ResponseReturnValue:
    authorize(Action.PLAN_ENGAGEMENT, Subject(team_id=team_id))
    form = _filled(PlanForm())
    _offer_templates(form, form.country.data)
    if form.validate_on_submit():
        try:
            template = _templates()[form.template.data]
            engagement_id = engagements.plan_engagement(db(), team_id, form.draft(), template, at=now())
            say("The engagement is planned. Say who takes each seat.")
            return to("engagements.edit_seats", engagement_id=engagement_id)
        except (ImpossibleTime, engagements.EngagementError) as error:
            form.time.errors = [str(error)]
    return page("engagements/plan.html", 422, form=form, team_id=team_id, country=form.country.data)


@bp.get("/engagements/<uuid:engagement_id>/edit")
def edit_engagement(engagement_id: UUID) -> ResponseReturnValue:
    head = _load(engagement_id, Action.EDIT_ENGAGEMENT)
    form = _filled(
        EngagementForm(
            formdata=None,
            obj=head,
            is_call="call" if head.is_call else "place",
            day=head.starts_local.date(),
            time=head.starts_local.time(),
        )
    )
    form.is_call.data = "call" if head.is_call else "place"
    return page("engagements/edit.html", form=form, head=head)


@bp.post("/engagements/<uuid:engagement_id>/edit")
def change_engagement(engagement_id: UUID) -> ResponseReturnValue:
    head = _load(engagement_id, Action.EDIT_ENGAGEMENT)
    form = _filled(EngagementForm())
    if form.validate_on_submit():
        try:
            engagements.change_engagement(db(), engagement_id, form.draft(), at=now())
            say("The engagement is changed.")
            return to("engagements.show_engagement", engagement_id=engagement_id)
        except ImpossibleTime as error:
            form.time.errors = [str(error)]
    return page("engagements/edit.html", 422, form=form, head=head)


@bp.post("/engagements/<uuid:engagement_id>/cancel")
def cancel_engagement(engagement_id: UUID) -> ResponseReturnValue:
    head = _load(engagement_id, Action.EDIT_ENGAGEMENT)
    engagements.cancel_engagement(db(), engagement_id)
    say(f"“{head.title}” is taken away. What people learnt for it stays theirs.")
    return to("teams.show_dashboard")


@bp.get("/engagements/<uuid:engagement_id>/seats")
def edit_seats(engagement_id: UUID) -> ResponseReturnValue:
    head = _load(engagement_id, Action.EDIT_ENGAGEMENT)
    return _seats_page(head)


@bp.post("/engagements/<uuid:engagement_id>/seats")
def add_seat(engagement_id: UUID) -> ResponseReturnValue:
    head = _load(engagement_id, Action.EDIT_ENGAGEMENT)
    form = SeatForm()
    if not form.validate_on_submit():
        return _seats_page(head, seat_form=form, status=422)
    engagements.add_seat(db(), engagement_id, form.title.data, form.is_speaking.data, at=now())
    say(f"Seat “{form.title.data}” is added. Say what it requires and who takes it.")
    return to("engagements.edit_seats", engagement_id=engagement_id)


@bp.post("/engagements/<uuid:engagement_id>/seats/<uuid:seat_id>/people")
def assign_people(engagement_id: UUID, seat_id: UUID) -> ResponseReturnValue:
    head = _load(engagement_id, Action.EDIT_ENGAGEMENT)
    form = AssignForm()
    form.people.choices = _member_choices(head)
    if form.validate_on_submit():
        people = [UUID(person) for person in form.people.data]
        _try(lambda: engagements.assign(db(), engagement_id, seat_id, people, at=now()), "Saved.")
    else:
        say("Choose people of the team.")
    return to("engagements.edit_seats", engagement_id=engagement_id, _anchor=f"seat-{seat_id}")


@bp.post("/engagements/<uuid:engagement_id>/seats/<uuid:seat_id>/remove")
def remove_seat(engagement_id: UUID, seat_id: UUID) -> ResponseReturnValue:
    _load(engagement_id, Action.EDIT_ENGAGEMENT)
    _try(lambda: engagements.remove_seat(db(), engagement_id, seat_id, at=now()), "The seat is removed.")
    return to("engagements.edit_seats", engagement_id=engagement_id)


@bp.post("/engagements/<uuid:engagement_id>/seats/<uuid:seat_id>/requirements")
def add_requirement(engagement_id: UUID, seat_id: UUID) -> ResponseReturnValue:
    _load(engagement_id, Action.EDIT_ENGAGEMENT)
    form = RequirementForm()
    form.competency.choices = _competency_choices()
    if form.validate_on_submit():
        target = int(form.target.data) / 100
        name, is_must = form.competency.data, form.is_must.data
        _try(
            lambda: engagements.require(db(), engagement_id, seat_id, name, target=target, is_must=is_must, at=now()),
            "Saved.",
        )
    else:
        say("Choose a competency and a target from the lists.")
    return to("engagements.edit_seats", engagement_id=engagement_id, _anchor=f"seat-{seat_id}")


@bp.post("/engagements/<uuid:engagement_id>/seats/<uuid:seat_id>/requirements/<competency_id>/drop")
def drop_requirement(engagement_id: UUID, seat_id: UUID, competency_id: str) -> ResponseReturnValue:
    _load(engagement_id, Action.EDIT_ENGAGEMENT)
    _try(
        lambda: engagements.drop_requirement(db(), engagement_id, seat_id, competency_id, at=now()),
        "The requirement is dropped.",
    )
    return to("engagements.edit_seats", engagement_id=engagement_id, _anchor=f"seat-{seat_id}")


def _load(engagement_id: UUID, action: Action) -> EngagementHead:
    head = reporting.find_engagement(reading(), engagement_id)
    authorize(action, Subject(team_id=head.team_id if head else None))
    return found(head)


def _readiness_values(head: EngagementHead) -> dict[str, Any]:
    assessed = reporting.assess_engagements(reading(), content(), [head])[head.id]
    missing = {
        standing.requirement.competency
        for seat in assessed.seats
        for person in seat.people
        for standing in person.missing
    }
    return {
        "head": head,
        "readiness": assessed,
        "days_left": head.days_left(now()),
        "competencies": content().competencies,
        "columns": _columns([each.seat for each in assessed.seats]),
        "snapshots": reporting.snapshots_of(reading(), [head.id]).get(head.id, ()),
        "study": {name: material_for(content(), name) for name in missing},
        "rules": readiness,
    }


def _columns(seats: list[Seat]) -> list[str]:
    """Competencies that any seat requires, in the order of the catalogue."""
    required = {each.competency for seat in seats for each in seat.requirements}
    return [name for name in content().competencies if name in required]


def _seats_page(head: EngagementHead, seat_form: SeatForm | None = None, status: int = 200) -> ResponseReturnValue:
    seats = reporting.seats_of(reading(), [head.id]).get(head.id, ())
    members = _member_choices(head)
    requirement_form = RequirementForm(formdata=None)
    requirement_form.competency.choices = _competency_choices()
    assign_forms = {}
    for seat in seats:
        form = AssignForm(formdata=None, people=[str(person.id) for person in seat.people])
        form.people.choices = members
        assign_forms[seat.id] = form
    return page(
        "engagements/seats.html",
        status,
        head=head,
        seats=seats,
        members=members,
        assign_forms=assign_forms,
        requirement_form=requirement_form,
        seat_form=seat_form or SeatForm(formdata=None),
        competencies=content().competencies,
    )


def _try(change, words: str) -> None:  # type: ignore[no-untyped-def]
    try:
        change()
        say(words)
    except engagements.EngagementError as error:
        say(str(error))


def _filled(form: EngagementForm) -> EngagementForm:
    form.country.choices = _country_choices()
    form.language.choices = [SelectChoice(tag, name) for tag, name in languages_of().items()]
    nearby = zones_of(form.country.data or "")
    form.zone.choices = [SelectChoice(zone, zone.replace("_", " ")) for zone in dict.fromkeys((*nearby, *zones()))]
    return form


def _offer_templates(form: EngagementForm, country: str) -> None:
    offered = [each for each in _templates().values() if each.country == country]
    offered = offered or [each for each in _templates().values() if each.country is None]
    form.template.choices = [SelectChoice(each.id, each.title) for each in offered]


def _templates() -> dict[str, EngagementTemplate]:
    return {each.id: each for course in content().courses.values() for each in course.engagement_templates}


def _country_choices() -> list[SelectChoice]:
    return [SelectChoice(code, name) for code, name in countries().items()]


def _member_choices(head: EngagementHead) -> list[SelectChoice]:
    return [SelectChoice(str(member.id), member.name) for member in reporting.members_of(reading(), head.team_id)]


def _competency_choices() -> list[SelectChoice]:
    return [
        SelectChoice(each.id, each.title)
        for each in content().competencies.values()
        if content().items_by_competency.get(each.id)
    ]
