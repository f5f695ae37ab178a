"""Planning an engagement, changing it and taking it away."""

from datetime import datetime, timedelta
from uuid import UUID

from flask import request
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import BooleanField, DateField, IntegerField, RadioField, SelectField, StringField, TimeField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange

from trainer import engagements
from trainer.domain.access import Action, Subject
from trainer.domain.calendar import ImpossibleTime, in_zone, zones
from trainer.domain.content import EngagementTemplate
from trainer.web import authorize, content, db, now, page, say, to
from trainer.web.engagements.blueprint import bp, load_head, report_changed
from trainer.web.places import countries, languages_of, zones_of


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
            report_changed(engagement_id)
            say("The engagement is planned. Say who takes each seat.")
            return to("engagements.edit_seats", engagement_id=engagement_id)
        except (ImpossibleTime, engagements.EngagementError) as error:
            form.time.errors = [str(error)]
    return page("engagements/plan.html", 422, form=form, team_id=team_id, country=form.country.data)


@bp.get("/engagements/<uuid:engagement_id>/edit")
def edit_engagement(engagement_id: UUID) -> ResponseReturnValue:
    head = load_head(engagement_id, Action.EDIT_ENGAGEMENT)
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
    head = load_head(engagement_id, Action.EDIT_ENGAGEMENT)
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
    head = load_head(engagement_id, Action.EDIT_ENGAGEMENT)
    engagements.cancel_engagement(db(), engagement_id, at=now())
    say(f"“{head.title}” is taken away. What people learnt for it stays theirs.")
    return to("teams.show_dashboard")


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
