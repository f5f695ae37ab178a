"""A new partner file, and what is told of the company."""

from http import HTTPStatus
from uuid import UUID

from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import SelectField
from wtforms.validators import DataRequired

from trainer import partners, reporting
from trainer.domain.access import Action, Subject
from trainer.domain.partners import Company
from trainer.web import authorize, content, db, found, me, now, page, reading, say, to
from trainer.web.partners.blueprint import bp, load_file
from trainer.web.partners.conflicts import Conflict, conflict_of
from trainer.web.partners.fields import chosen, offered, short
from trainer.web.partners.forms import CompanyForm
from trainer.web.places import countries, languages_of


class NewPartnerForm(FlaskForm):
    name = short("Partner company", DataRequired("Write the partner's name."))
    country = chosen("Country")
    language = chosen("The partner's language")
    team = SelectField("Team that looks after it")


@bp.get("/new")
def show_new() -> ResponseReturnValue:
    authorize(Action.SEE_TEAMS)
    return page("partners/new.html", form=_new_form())


@bp.post("/new")
def create_partner() -> ResponseReturnValue:
    authorize(Action.SEE_TEAMS)
    form = _new_form()
    if not form.validate_on_submit():
        return page("partners/new.html", HTTPStatus.UNPROCESSABLE_ENTITY, form=form)
    team_id = UUID(form.team.data)
    authorize(Action.PLAN_ENGAGEMENT, Subject(team_id=team_id))
    try:
        partner_id = partners.make_partner(
            db(), form.name.data, form.country.data, form.language.data, team_id, at=now()
        )
    except partners.PartnerError as error:
        form.name.errors = [str(error)]
        return page("partners/new.html", HTTPStatus.UNPROCESSABLE_ENTITY, form=form)
    say("The file is there. Begin with the people you will meet.")
    return to("partners.show_partner", partner_id=partner_id)


@bp.get("/<uuid:partner_id>/company")
def edit_company(partner_id: UUID) -> ResponseReturnValue:
    company, _ = load_file(partner_id, Action.EDIT_PARTNER)
    return _company_page(company, _company_form(company).fill(company))


@bp.post("/<uuid:partner_id>/company")
def change_company(partner_id: UUID) -> ResponseReturnValue:
    company, _ = load_file(partner_id, Action.EDIT_PARTNER)
    form = _company_form(company)
    if not form.validate_on_submit():
        return _company_page(company, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        partners.change_company(db(), partner_id, form.draft(), seen=form.version, at=now())
    except partners.ChangedMeanwhile as error:
        newest = found(reporting.partner_of(reading(), partner_id))
        conflict = conflict_of(form, _company_form(newest).fill(newest), str(error))
        return _company_page(company, form, HTTPStatus.CONFLICT, conflict)
    say("Saved.")
    return to("partners.show_partner", partner_id=partner_id)


def _new_form() -> NewPartnerForm:
    """Offers the teams that whoever acts manages."""
    form = NewPartnerForm()
    form.country.choices = offered(countries())
    form.language.choices = offered(languages_of())
    teams = reporting.list_teams(reading(), me().managed_teams)
    form.team.choices = offered({str(team.id): team.name for team in teams})
    return form


def _company_form(company: Company) -> CompanyForm:
    courses = {course.id: course.title for course in content().courses.values()}
    return CompanyForm().offer(courses, company.language)


def _company_page(
    company: Company, form: CompanyForm, status: int = HTTPStatus.OK, conflict: Conflict | None = None
) -> ResponseReturnValue:
    return page("partners/company.html", status, company=company, form=form, conflict=conflict)
