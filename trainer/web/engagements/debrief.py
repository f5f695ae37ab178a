"""The debrief: who held a seat says how it went, and the team reads what surprised it."""

from uuid import UUID

from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import RadioField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from trainer import engagements, reporting
from trainer.domain.access import Action, may
from trainer.domain.debrief import OPEN_FOR, SHARES, Told, is_open
from trainer.domain.readiness import MIN_GROUP
from trainer.reporting import EngagementHead, OwnDebrief
from trainer.web import content, db, me, now, page, reading, say, to
from trainer.web.engagements.blueprint import bp, load_with_subject

NOT_NEEDED = "not-needed"
STEPS = {
    0.1: "Hardly any (1 in 10)",
    0.3: "Some (3 in 10)",
    0.5: "About half (5 in 10)",
    0.7: "Most (7 in 10)",
    0.9: "Nearly all (9 in 10)",
}
"""In words and in tenths, for each of `SHARES`."""
PREFIX = "how-"


class SurpriseForm(FlaskForm):
    surprise = TextAreaField(
        "What surprised us", [Length(max=2000, message="Keep it to 2,000 characters: the team reads it.")]
    )


class DebriefForm(SurpriseForm):
    """A choice for each competency that one's seats required, made for them by `of`."""

    @classmethod
    def of(cls, debrief: OwnDebrief, **values: object) -> "DebriefForm":
        fields = {
            f"{PREFIX}{name}": RadioField(
                content().competencies[name].title,
                choices=[
                    SelectChoice(NOT_NEEDED, "It was not needed"),
                    *(SelectChoice(str(share), STEPS[share]) for share in SHARES),
                ],
                validators=[InputRequired(f"{content().competencies[name].title}: choose one of the six.")],
            )
            for name in debrief.competencies
        }
        form: DebriefForm = type("OwnDebriefForm", (cls,), fields)(**values)
        return form

    @property
    def told(self) -> tuple[Told, ...]:
        chosen = {name: field.data for name, field in self.choices.items()}
        return tuple(Told(name, None if value == NOT_NEEDED else float(value)) for name, value in chosen.items())

    @property
    def choices(self) -> dict[str, RadioField]:
        """The choice of each competency."""
        return {field.name.removeprefix(PREFIX): field for field in self if field.name.startswith(PREFIX)}


@bp.get("/engagements/<uuid:engagement_id>/debrief")
def show_debrief(engagement_id: UUID) -> ResponseReturnValue:
    head, subject = load_with_subject(engagement_id, Action.SEE_DEBRIEF)
    if not may(me(), Action.GIVE_DEBRIEF, subject):
        return _debrief_page(head, None, None)
    own = reporting.own_debrief(reading(), content(), head.id, me().id)
    return _debrief_page(head, own, _filled(own) if is_open(head.starts_at, now()) else None)


@bp.post("/engagements/<uuid:engagement_id>/debrief")
def give_debrief(engagement_id: UUID) -> ResponseReturnValue:
    head, _ = load_with_subject(engagement_id, Action.GIVE_DEBRIEF)
    own = reporting.own_debrief(reading(), content(), head.id, me().id)
    form = DebriefForm.of(own)
    if not form.validate_on_submit():
        return _debrief_page(head, own, form, 422)
    try:
        engagements.keep_debrief(db(), head.id, me().id, form.told, form.surprise.data or "", at=now())
    except engagements.EngagementError as error:
        say(str(error))
    else:
        say("Thank you, that is kept. The team reads what surprised you.")
    return to("engagements.show_debrief", engagement_id=head.id)


def _filled(own: OwnDebrief) -> DebriefForm:
    """The form with what was said before."""
    form = DebriefForm.of(own, formdata=None, surprise=own.surprise)
    for name, field in form.choices.items():
        told = own.told.get(name)
        if told is not None:
            field.data = NOT_NEEDED if told.share is None else str(told.share)
    return form


def _debrief_page(
    head: EngagementHead, own: OwnDebrief | None, form: DebriefForm | None, status: int = 200
) -> ResponseReturnValue:
    return page(
        "engagements/debrief.html",
        status,
        head=head,
        own=own,
        form=form,
        has_begun=head.starts_at <= now(),
        until=head.starts_at + OPEN_FOR,
        team=reporting.team_debrief(reading(), content(), head, at=now()),
        competencies=content().competencies,
        STEPS=STEPS,
        MIN_GROUP=MIN_GROUP,
    )
