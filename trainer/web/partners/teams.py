"""The teams that a partner file is open to, and who of them looks after it."""

from http import HTTPStatus
from uuid import UUID

from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms.validators import DataRequired

from trainer import partners, reporting
from trainer.domain.access import Action, Subject, may
from trainer.domain.partners import Company
from trainer.web import db, me, now, page, reading, say, to
from trainer.web.partners.blueprint import bp, load_file
from trainer.web.partners.fields import chosen, offered


class TeamForm(FlaskForm):
    team = chosen("Team", DataRequired("Choose a team."))


@bp.get("/<uuid:partner_id>/teams")
def show_teams(partner_id: UUID) -> ResponseReturnValue:
    company, subject = load_file(partner_id, Action.MANAGE_PARTNER_DATA)
    return _teams_page(company, subject, _form(subject))


@bp.post("/<uuid:partner_id>/teams")
def let_team_in(partner_id: UUID) -> ResponseReturnValue:
    company, subject = load_file(partner_id, Action.MANAGE_PARTNER_DATA)
    form = _form(subject)
    if not form.validate_on_submit():
        return _teams_page(company, subject, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    partners.let_team_in(db(), partner_id, UUID(form.team.data), at=now())
    say("The team looks after the partner now. Its manager may export, delete and let others in, as you may.")
    return to("partners.show_teams", partner_id=partner_id)


@bp.post("/<uuid:partner_id>/teams/<uuid:team_id>/remove")
def take_team_out(partner_id: UUID, team_id: UUID) -> ResponseReturnValue:
    company, subject = load_file(partner_id, Action.MANAGE_PARTNER_DATA)
    try:
        partners.take_team_out(db(), partner_id, team_id, at=now())
    except partners.PartnerError as error:
        form = _form(subject)
        form.team.errors = [str(error)]
        return _teams_page(company, subject, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    say("The team no longer looks after the partner.")
    left = Subject(partner_teams=subject.partner_teams, partner_keepers=subject.partner_keepers - {team_id})
    if may(me(), Action.MANAGE_PARTNER_DATA, left):
        return to("partners.show_teams", partner_id=partner_id)
    return to("partners.list_partners")


def _form(subject: Subject) -> TeamForm:
    """Offers the teams that do not look after the partner yet."""
    form = TeamForm()
    names = reporting.team_names(reading())
    others = {str(team_id): name for team_id, name in names.items() if team_id not in subject.partner_keepers}
    form.team.choices = offered(others, "Choose a team")
    return form


def _teams_page(company: Company, subject: Subject, form: TeamForm, status: int = HTTPStatus.OK) -> ResponseReturnValue:
    names = reporting.team_names(reading())
    return page(
        "partners/teams.html",
        status,
        company=company,
        form=form,
        keepers={team_id: name for team_id, name in names.items() if team_id in subject.partner_keepers},
        meeting=[name for team_id, name in names.items() if team_id in subject.partner_teams - subject.partner_keepers],
        may_see=may(me(), Action.SEE_PARTNER, subject),
    )
