"""The pages of content health: the whole, one item, and the table to take along."""

from uuid import UUID

from flask import Response, request
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import TextAreaField
from wtforms.validators import DataRequired, Length

from trainer import learning, reporting
from trainer.domain.access import Action, may
from trainer.domain.fact_checks import STEADY_MONTHS, VOLATILE_MONTHS
from trainer.domain.item_analysis import MIN_FOR_A_SIGN, MIN_TO_CORRELATE
from trainer.web import actor, authorize, content, db, found, me, now, page, reading, say, to
from trainer.web.desk.blueprint import bp
from trainer.web.desk.filters import FilterForm, chosen_of, courses_of
from trainer.web.desk.findings import looks_of
from trainer.web.desk.items import TYPES, title_of
from trainer.web.desk.kept import answer_log
from trainer.web.desk.sentences import answered_words, due_words, said_aloud
from trainer.web.desk.sheets import sheets_of
from trainer.web.desk.table import csv_of, rows_of


class DecisionForm(FlaskForm):
    decision = TextAreaField(
        "What was decided, and why?",
        [DataRequired("Say what was decided, so that it is not asked again."), Length(max=2000)],
    )


@bp.get("")
def show_content_health() -> ResponseReturnValue:
    authorize(Action.SEE_CONTENT_HEALTH)
    return _health_page(DecisionForm())


@bp.get("/items/<item_id>")
def show_item(item_id: str) -> ResponseReturnValue:
    authorize(Action.SEE_CONTENT_HEALTH)
    item = found(content().items.get(item_id))
    return page(
        "desk/item.html",
        item=item,
        title=title_of(item),
        type=TYPES[item.type],
        quiz=content().quizzes[item.quiz_id],
        sheets=sheets_of(reporting.item_health(content(), answer_log(), item)),
    )


@bp.get("/items.csv")
def download_items() -> ResponseReturnValue:
    authorize(Action.SEE_CONTENT_HEALTH)
    health = reporting.content_health(content(), answer_log(), on=now().date())
    chosen = chosen_of(FilterForm.of(content(), request.args), health.analyses)
    answer = Response(csv_of(chosen, content()), mimetype="text/csv")
    answer.headers["Content-Disposition"] = "attachment; filename=items.csv"
    return answer


@bp.post("/reports/<uuid:report_id>/close")
def close_report(report_id: UUID) -> ResponseReturnValue:
    authorize(Action.TEND_CONTENT)
    form = DecisionForm()
    if not form.validate_on_submit():
        return _health_page(form, failed=report_id, status=422)
    learning.close_report(db(), report_id, me().id, form.decision.data, at=now())
    say("The report is closed.")
    return to("desk.show_content_health", _anchor="reported")


def _health_page(form: DecisionForm, failed: UUID | None = None, status: int = 200) -> ResponseReturnValue:
    reports = reporting.reported_facts(reading())
    health = reporting.content_health(content(), answer_log(), on=now().date())
    filters = FilterForm.of(content(), request.args)
    return page(
        "desk/health.html",
        status,
        sentence=said_aloud(health, reports),
        edits=may(actor(), Action.EDIT_CONTENT),
        open_reports=[report for report in reports if report.closed_at is None],
        closed_reports=[report for report in reports if report.closed_at is not None],
        may_close=may(me(), Action.TEND_CONTENT),
        facts=content().facts,
        form=form,
        failed=failed,
        due=health.due,
        due_words=due_words(health),
        looks=looks_of(health.to_look_at),
        signs=looks_of(health.signs),
        answered=answered_words(health.analyses),
        filters=filters,
        courses=courses_of(content(), health.analyses),
        rows=rows_of(chosen_of(filters, health.analyses)) if filters.is_used else None,
        query=filters.query,
        months=(VOLATILE_MONTHS, STEADY_MONTHS),
        least=(MIN_TO_CORRELATE, MIN_FOR_A_SIGN),
    )
