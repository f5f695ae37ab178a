"""The quarterly health check: six questions for our side, and what both sides said beside one another."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import RadioField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from trainer import engagements, reporting
from trainer.domain.access import Action
from trainer.domain.calendar import in_zone
from trainer.domain.charter import MARK_WORDS, QUESTIONS, Question, Sheet, quarter_of, quarter_words
from trainer.domain.parties import Party
from trainer.reporting import EngagementHead
from trainer.web import db, me, now, page, reading, say, to
from trainer.web.engagements.blueprint import bp, load_team_head
from trainer.web.engagements.charter.words import SIDES

_CHOICES = [SelectChoice(str(mark), f"{mark} · {words}") for mark, words in MARK_WORDS.items()]


class HealthForm(FlaskForm):
    """A choice for each of the six questions, set below, and the note."""

    note = TextAreaField("One thing to stop, keep or start", [Length(max=2000, message="Keep it to 2,000 characters.")])

    @property
    def marks(self) -> dict[Question, int]:
        return {question: int(self[question.value].data) for question in Question}

    @property
    def asked(self) -> list[tuple[RadioField, str]]:
        """Each question with the sentence that one agrees with or not."""
        return [(self[question.value], sentence) for question, (_, sentence) in QUESTIONS.items()]

    @classmethod
    def of(cls, sheet: Sheet | None) -> "HealthForm":
        """The form of a person, with what they said before."""
        marks: Mapping[Question, int] = sheet.marks if sheet else {}
        said = {question.value: str(mark) for question, mark in marks.items()}
        return cls(formdata=None, note=sheet.note if sheet else "", **said)


for _question, (_title, _) in QUESTIONS.items():
    _asked = InputRequired(f"{_title}: choose one of the five.")
    setattr(HealthForm, _question.value, RadioField(_title, choices=_CHOICES, validators=[_asked]))


@bp.get("/engagements/<uuid:engagement_id>/health-check")
def show_health_check(engagement_id: UUID) -> ResponseReturnValue:
    head = load_team_head(engagement_id, Action.SEE_WORKSPACE)
    own = reporting.own_sheet(reading(), head.id, _quarter(head), f"user:{me().id}")
    return _health_page(head, HealthForm.of(own))


@bp.post("/engagements/<uuid:engagement_id>/health-check")
def answer_health_check(engagement_id: UUID) -> ResponseReturnValue:
    head = load_team_head(engagement_id, Action.EDIT_WORKSPACE)
    form = HealthForm()
    if not form.validate_on_submit():
        return _health_page(head, form, 422)
    engagements.answer_health_check(
        db(), head.id, _quarter(head), Party.OURS, me().id, me().name, form.marks, form.note.data or "", at=now()
    )
    say("Thank you, that is kept. You can change it until the quarter ends.")
    return to("engagements.show_health_check", engagement_id=head.id)


def health_values(head: EngagementHead, quarter: date) -> dict[str, Any]:
    """What both sides said in a quarter, to be printed."""
    check = reporting.health_of(reading(), head.id, quarter)
    return {
        "health": check.health,
        "notes": [each for each in check.sheets if each.note],
        "QUESTIONS": QUESTIONS,
        "SIDES": SIDES,
        "Party": Party,
    }


def _quarter(head: EngagementHead) -> date:
    return quarter_of(in_zone(now(), head.zone).date())


def _health_page(head: EngagementHead, form: HealthForm, status: int = 200) -> ResponseReturnValue:
    quarter = _quarter(head)
    return page(
        "engagements/charter/health.html",
        status,
        head=head,
        form=form,
        quarter=quarter_words(quarter),
        **health_values(head, quarter),
    )
