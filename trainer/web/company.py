"""The company's rules: everybody reads them, administrators change them."""

import re
from http import HTTPStatus
from math import nan

from flask import Blueprint
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import HiddenField, RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, ValidationError

from trainer import company
from trainer.domain.access import Action, may
from trainer.domain.company import LIMITS, CompanyRules, Visibility
from trainer.domain.readiness import Rules
from trainer.models import REASON_LENGTH
from trainer.web import actor, authorize, db, me, now, page, reading, say, to
from trainer.web.rules import RULES, VISIBILITIES, changes_of

bp = Blueprint("company", __name__, url_prefix="/company")


class RuleField(StringField):
    """A rule by its name in `Rules`, typed as a whole number."""

    pattern = re.compile(r"[0-9]{1,3}")
    scale = 1

    def process_data(self, value: float | None) -> None:
        self.data = "" if value is None else f"{round(value * self.scale, 2):g}"

    @property
    def number(self) -> float:
        """What is typed, on the scale of `Rules`; NaN when it is no such number."""
        typed = (self.data or "").strip()
        is_number = self.pattern.fullmatch(typed)
        return round(float(typed.replace(",", ".")) / self.scale, 2) if is_number else nan

    def pre_validate(self, form: FlaskForm) -> None:
        limit = LIMITS[self.short_name]
        if not limit.allows(self.number):
            raise ValidationError(limit.words)


class TenthsField(RuleField):
    """The same of a share, typed in tenths; a comma does for a point."""

    pattern = re.compile(r"[0-9]{1,2}([.,][0-9])?")
    scale = 10


class RulesForm(FlaskForm):
    min_answers = RuleField(RULES["min_answers"].asked)
    max_width = TenthsField(RULES["max_width"].asked)
    ready_margin = TenthsField(RULES["ready_margin"].asked)
    interpreter_target = TenthsField(RULES["interpreter_target"].asked)
    visibility = RadioField(
        "What managers see of a person",
        choices=[SelectChoice(each.value, title) for each, (title, _) in VISIBILITIES.items()],
        validators=[InputRequired("Choose what managers see.")],
    )
    reason = TextAreaField(
        "Why?",
        [
            DataRequired("Say why: everybody can read it."),
            Length(max=REASON_LENGTH, message=f"Say why in {REASON_LENGTH} characters or fewer."),
        ],
    )
    seen = HiddenField()

    def rules(self) -> Rules:
        return Rules(
            min_answers=int(self.min_answers.number),
            max_width=self.max_width.number,
            ready_margin=self.ready_margin.number,
            interpreter_target=self.interpreter_target.number,
        )


@bp.get("")
def show_rules() -> ResponseReturnValue:
    authorize(Action.SEE_RULES)
    in_force = company.rules_in_force(reading())
    return _page(_form_of(in_force) if may(actor(), Action.CHANGE_RULES) else None, in_force)


@bp.post("")
def change_rules() -> ResponseReturnValue:
    authorize(Action.CHANGE_RULES)
    form = RulesForm()
    if form.validate_on_submit():
        seen = int(form.seen.data) if re.fullmatch("[0-9]{1,9}", form.seen.data or "") else -1
        try:
            visibility = Visibility(form.visibility.data)
            company.change_rules(db(), form.rules(), visibility, form.reason.data, seen=seen, by=me().id, at=now())
            say("The rules are changed. Engagements that are planned keep theirs until their manager takes up these.")
            return to("company.show_rules")
        except company.CompanyError as error:
            form.min_answers.errors = [str(error)]
            form.seen.data = str(company.rules_in_force(reading()).version)
    return _page(form, company.rules_in_force(reading()), HTTPStatus.UNPROCESSABLE_ENTITY)


def _form_of(in_force: CompanyRules) -> RulesForm:
    return RulesForm(formdata=None, obj=in_force.rules, visibility=in_force.visibility.value, seen=in_force.version)


def _page(form: RulesForm | None, in_force: CompanyRules, status: int = HTTPStatus.OK) -> ResponseReturnValue:
    changes = company.rule_changes(reading())
    return page(
        "company/rules.html",
        status,
        form=form,
        in_force=in_force,
        policy=company.policy_in_force(reading()),
        log=[(change, changes_of(change.before, change.after)) for change in changes],
    )
