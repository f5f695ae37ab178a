"""Administration: people, invitations, teams and who is in them."""

from http import HTTPStatus
from uuid import UUID

from flask import Blueprint
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import BooleanField, EmailField, RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length, Regexp

from trainer import accounts, learning
from trainer.domain.access import Action
from trainer.domain.sittings import Allowance
from trainer.web import authorize, db, found, me, now, page, reading, say, to
from trainer.web.addresses import public_address
from trainer.web.sitting_words import ALLOWANCES

bp = Blueprint("people", __name__, url_prefix="/people")


class InviteForm(FlaskForm):
    name = StringField("Name", [DataRequired("Write the person's name."), Length(max=120)])
    email = EmailField(
        "E-mail address",
        [
            DataRequired("Write the person's e-mail address."),
            Length(max=254),
            Regexp(
                r"^[^@\s]+@[^@\s]+\.[^@\s]+$",
                message="This is not an e-mail address. Write it as name@company.com.",
            ),
        ],
    )
    team = SelectField("Team")
    is_manager = BooleanField("Manages this team")
    is_trainer = BooleanField("Trainer: tends the content")
    is_admin = BooleanField("Administrator: invites people, makes teams")


class TeamForm(FlaskForm):
    name = StringField("Name of the team", [DataRequired("Write a name."), Length(max=120)])


class MemberForm(FlaskForm):
    user = SelectField("Person")
    is_manager = BooleanField("Manages the team")


class AllowanceForm(FlaskForm):
    allowance = RadioField(
        "Time in assessments", choices=[SelectChoice(str(each), words) for each, words in ALLOWANCES.items()]
    )


@bp.get("")
def list_people() -> ResponseReturnValue:
    authorize(Action.MANAGE_PEOPLE)
    return page(
        "people/list.html",
        people=accounts.list_people(reading()),
        teams=accounts.list_teams(reading()),
        team_form=TeamForm(),
        form=FlaskForm(),
    )


@bp.get("/invite")
def show_invite() -> ResponseReturnValue:
    authorize(Action.MANAGE_PEOPLE)
    return page("people/invite.html", form=_invite_form())


@bp.post("/invite")
def invite() -> ResponseReturnValue:
    authorize(Action.MANAGE_PEOPLE)
    form = _invite_form()
    if not form.validate_on_submit():
        return page("people/invite.html", 422, form=form)
    person = accounts.NewPerson(
        email=form.email.data,
        name=form.name.data,
        is_trainer=form.is_trainer.data,
        is_admin=form.is_admin.data,
        team_id=UUID(form.team.data) if form.team.data else None,
        is_manager=form.is_manager.data,
    )
    try:
        token = accounts.invite(db(), person, at=now())
    except accounts.AccountError as error:
        form.email.errors = [str(error)]
        return page("people/invite.html", 422, form=form)
    return _link_page(token, person.name)


@bp.get("/<uuid:user_id>")
def show_person(user_id: UUID) -> ResponseReturnValue:
    authorize(Action.MANAGE_PEOPLE)
    return _person_page(_person(user_id), _allowance_form(user_id))


@bp.post("/<uuid:user_id>/time")
def set_allowance(user_id: UUID) -> ResponseReturnValue:
    """Give somebody more time in assessments, from the next one on."""
    authorize(Action.MANAGE_PEOPLE)
    person, form = _person(user_id), _allowance_form(user_id)
    if not form.validate_on_submit():
        return _person_page(person, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    learning.set_allowance(db(), user_id, Allowance(form.allowance.data), me().id, at=now())
    say(f"Saved. It holds for the assessments that {person.name} starts from now on.")
    return to("people.show_person", user_id=user_id)


@bp.post("/<uuid:user_id>/link")
def send_link(user_id: UUID) -> ResponseReturnValue:
    authorize(Action.MANAGE_PEOPLE)
    person = _person(user_id)
    try:
        token = accounts.invite_again(db(), user_id, at=now())
    except accounts.AccountError as error:
        say(str(error))
        return to("people.list_people")
    return _link_page(token, person.name)


@bp.post("/<uuid:user_id>/disable")
def disable(user_id: UUID) -> ResponseReturnValue:
    authorize(Action.MANAGE_PEOPLE)
    person = _person(user_id)
    try:
        accounts.disable_user(db(), user_id, at=now())
        say(f"{person.name} can no longer sign in. Their records are kept.")
    except accounts.AccountError as error:
        say(str(error))
        return to("people.list_people")
    return to("accounts.sign_in" if user_id == me().id else "people.list_people")


@bp.post("/<uuid:user_id>/enable")
def enable(user_id: UUID) -> ResponseReturnValue:
    authorize(Action.MANAGE_PEOPLE)
    person = _person(user_id)
    accounts.enable_user(db(), user_id, at=now())
    say(f"{person.name} can sign in again.")
    return to("people.list_people")


@bp.post("/teams")
def create_team() -> ResponseReturnValue:
    authorize(Action.MANAGE_PEOPLE)
    form = TeamForm()
    if form.validate_on_submit():
        try:
            accounts.create_team(db(), form.name.data, at=now())
            say(f"Team {form.name.data} is made. Add its people.")
        except accounts.AccountError as error:
            say(str(error))
    else:
        say("The team needs a name.")
    return to("people.list_people")


@bp.get("/teams/<uuid:team_id>")
def show_team(team_id: UUID) -> ResponseReturnValue:
    authorize(Action.MANAGE_PEOPLE)
    (team,) = found(accounts.list_teams(reading(), [team_id]) or None)
    return page(
        "people/team.html", team=team, members=accounts.list_members(reading(), team_id), form=_member_form(team_id)
    )


@bp.post("/teams/<uuid:team_id>/members")
def add_member(team_id: UUID) -> ResponseReturnValue:
    authorize(Action.MANAGE_PEOPLE)
    found(accounts.list_teams(reading(), [team_id]) or None)
    form = _member_form(team_id)
    if form.validate_on_submit():
        accounts.set_membership(db(), team_id, UUID(form.user.data), is_manager=form.is_manager.data, at=now())
    else:
        say("Choose a person from the list.")
    return to("people.show_team", team_id=team_id)


@bp.post("/teams/<uuid:team_id>/members/<uuid:user_id>/leave")
def remove_member(team_id: UUID, user_id: UUID) -> ResponseReturnValue:
    authorize(Action.MANAGE_PEOPLE)
    accounts.leave_team(db(), team_id, user_id, at=now())
    return to("people.show_team", team_id=team_id)


def _invite_form() -> InviteForm:
    form = InviteForm()
    form.team.choices = [SelectChoice("", "No team yet")] + [
        SelectChoice(str(team.id), team.name) for team in accounts.list_teams(reading())
    ]
    return form


def _member_form(team_id: UUID) -> MemberForm:
    form = MemberForm()
    form.user.choices = [
        SelectChoice(str(person.id), f"{person.name} ({person.email})")
        for person in accounts.list_people(reading())
        if not person.is_disabled
    ]
    return form


def _allowance_form(user_id: UUID) -> AllowanceForm:
    return AllowanceForm(allowance=learning.allowance_of(reading(), user_id))


def _person_page(
    person: accounts.PersonInfo, form: AllowanceForm, status: HTTPStatus = HTTPStatus.OK
) -> ResponseReturnValue:
    return page(
        "people/person.html",
        status,
        person=person,
        form=form,
        changes=[(ALLOWANCES[each.allowance], each) for each in learning.allowances_set(reading(), person.id)],
    )


def _person(user_id: UUID) -> accounts.PersonInfo:
    return found(next((person for person in accounts.list_people(reading()) if person.id == user_id), None))


def _link_page(token: str, name: str) -> ResponseReturnValue:
    link = public_address("accounts.show_invitation", token=token)
    return page("people/link.html", link=link, name=name, days=accounts.INVITATION_DAYS)
