"""The seats of an engagement: what each requires, and who takes it."""

from collections.abc import Callable
from uuid import UUID

from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import BooleanField, SelectField, SelectMultipleField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from trainer import engagements, reporting
from trainer.domain.access import Action
from trainer.reporting import EngagementHead
from trainer.web import content, db, model, now, page, reading, say, to
from trainer.web.engagements.blueprint import bp, load_head
from trainer.wording.readiness import WEIGHTS


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
    weight = SelectField(
        "Matters",
        choices=[SelectChoice(str(weight), words) for weight, words in WEIGHTS.items()],
        default="1",
    )
    is_must = BooleanField("A must", default=True)


@bp.get("/engagements/<uuid:engagement_id>/seats")
def edit_seats(engagement_id: UUID) -> ResponseReturnValue:
    head = load_head(engagement_id, Action.EDIT_ENGAGEMENT)
    return _seats_page(head)


@bp.post("/engagements/<uuid:engagement_id>/seats")
def add_seat(engagement_id: UUID) -> ResponseReturnValue:
    head = load_head(engagement_id, Action.EDIT_ENGAGEMENT)
    form = SeatForm()
    if not form.validate_on_submit():
        return _seats_page(head, seat_form=form, status=422)
    engagements.add_seat(db(), engagement_id, form.title.data, form.is_speaking.data, at=now())
    say(f"Seat “{form.title.data}” is added. Say what it requires and who takes it.")
    return to("engagements.edit_seats", engagement_id=engagement_id)


@bp.post("/engagements/<uuid:engagement_id>/seats/<uuid:seat_id>/people")
def assign_people(engagement_id: UUID, seat_id: UUID) -> ResponseReturnValue:
    head = load_head(engagement_id, Action.EDIT_ENGAGEMENT)
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
    load_head(engagement_id, Action.EDIT_ENGAGEMENT)
    _try(lambda: engagements.remove_seat(db(), engagement_id, seat_id, at=now()), "The seat is removed.")
    return to("engagements.edit_seats", engagement_id=engagement_id)


@bp.post("/engagements/<uuid:engagement_id>/seats/<uuid:seat_id>/requirements")
def add_requirement(engagement_id: UUID, seat_id: UUID) -> ResponseReturnValue:
    load_head(engagement_id, Action.EDIT_ENGAGEMENT)
    form = RequirementForm()
    form.competency.choices = _competency_choices()
    if form.validate_on_submit():
        target = int(form.target.data) / 100
        name, is_must, weight = form.competency.data, form.is_must.data, int(form.weight.data)
        _try(
            lambda: engagements.require(
                db(), engagement_id, seat_id, name, target=target, is_must=is_must, weight=weight, at=now()
            ),
            "Saved.",
        )
    else:
        say("Choose a competency, a target and how much it matters from the lists.")
    return to("engagements.edit_seats", engagement_id=engagement_id, _anchor=f"seat-{seat_id}")


@bp.post("/engagements/<uuid:engagement_id>/seats/<uuid:seat_id>/requirements/<competency_id>/drop")
def drop_requirement(engagement_id: UUID, seat_id: UUID, competency_id: str) -> ResponseReturnValue:
    load_head(engagement_id, Action.EDIT_ENGAGEMENT)
    _try(
        lambda: engagements.drop_requirement(db(), engagement_id, seat_id, competency_id, at=now()),
        "The requirement is dropped.",
    )
    return to("engagements.edit_seats", engagement_id=engagement_id, _anchor=f"seat-{seat_id}")


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
        stand_ins=reporting.stand_ins(reading(), content(), model(), head),
        WEIGHTS=WEIGHTS,
    )


def _try(change: Callable[[], object], words: str) -> None:
    try:
        change()
        say(words)
    except engagements.EngagementError as error:
        say(str(error))


def _member_choices(head: EngagementHead) -> list[SelectChoice]:
    return [SelectChoice(str(member.id), member.name) for member in reporting.members_of(reading(), head.team_id)]


def _competency_choices() -> list[SelectChoice]:
    """Those that something can be answered for; the terms of glossaries in a group of their own."""
    of_glossaries = content().glossary_lists
    return [
        SelectChoice(each.id, each.title, optgroup="Glossaries" if each.id in of_glossaries else "Courses")
        for each in content().competencies.values()
        if content().items_by_competency.get(each.id)
    ]
