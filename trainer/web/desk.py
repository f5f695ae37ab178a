"""The trainers' desk: reported facts, and what was decided about them."""

from uuid import UUID

from flask import Blueprint
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import TextAreaField
from wtforms.validators import DataRequired, Length

from trainer import learning, reporting
from trainer.domain.access import Action
from trainer.web import authorize, content, db, me, now, page, reading, say, to

bp = Blueprint("desk", __name__, url_prefix="/desk")


class DecisionForm(FlaskForm):
    decision = TextAreaField(
        "What was decided, and why?",
        [DataRequired("Say what was decided, so that it is not asked again."), Length(max=2000)],
    )


@bp.get("/reports")
def list_reports() -> ResponseReturnValue:
    authorize(Action.TEND_CONTENT)
    return _reports_page(DecisionForm())


@bp.post("/reports/<uuid:report_id>/close")
def close_report(report_id: UUID) -> ResponseReturnValue:
    authorize(Action.TEND_CONTENT)
    form = DecisionForm()
    if not form.validate_on_submit():
        return _reports_page(form, failed=report_id, status=422)
    learning.close_report(db(), report_id, me().id, form.decision.data, at=now())
    say("The report is closed.")
    return to("desk.list_reports")


def _reports_page(form: DecisionForm, failed: UUID | None = None, status: int = 200) -> ResponseReturnValue:
    return page(
        "desk/reports.html",
        status,
        reports=reporting.reported_facts(reading()),
        facts=content().facts,
        form=form,
        failed=failed,
        courses=content().courses.values(),
    )
