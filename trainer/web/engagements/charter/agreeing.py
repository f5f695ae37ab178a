"""Asking the partner by signed links, and agreeing for our side."""

from uuid import UUID

from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import IntegerField, RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, ValidationError

from trainer import engagements, reporting
from trainer.domain.access import Action
from trainer.domain.calendar import in_zone
from trainer.domain.charter import quarter_of, quarter_words
from trainer.engagements import EngagementError
from trainer.links import Purpose, links_of, revoke_link
from trainer.reporting import EngagementHead, KeptCharter
from trainer.web import db, me, now, page, reading, say, to
from trainer.web.addresses import public_address
from trainer.web.engagements.blueprint import bp, load_head
from trainer.web.engagements.changes import ChangeForm

PURPOSES = {
    Purpose.CHARTER: "Agree to the charter",
    Purpose.HEALTH_CHECK: "Answer the health check",
}
SHOW = {Purpose.CHARTER: "engagements.show_partner_charter", Purpose.HEALTH_CHECK: "engagements.ask_partner_health"}


class LinkForm(FlaskForm):
    purpose = RadioField(
        "What is it for?",
        choices=[SelectChoice(purpose.value, words) for purpose, words in PURPOSES.items()],
        default=Purpose.CHARTER.value,
        validators=[InputRequired("Choose what the link is for.")],
    )
    person = SelectField("For whom?")
    label = StringField("Or their name", [Length(max=160)])
    days = IntegerField(
        "Days until it ends",
        [InputRequired("Write a number of days."), NumberRange(1, 365, "Write a number of days from 1 to 365.")],
        default=engagements.LINK_DAYS,
    )

    def validate_label(self, field: StringField) -> None:
        if not self.person.data and not (field.data or "").strip():
            raise ValidationError("A link is for somebody: choose the person, or write their name.")


@bp.get("/engagements/<uuid:engagement_id>/charter/links")
def list_links(engagement_id: UUID) -> ResponseReturnValue:
    head = load_head(engagement_id, Action.EDIT_ENGAGEMENT)
    found = reporting.charter_of(reading(), head, at=now())
    return _links_page(head, found, _form(found))


@bp.post("/engagements/<uuid:engagement_id>/charter/links")
def make_partner_link(engagement_id: UUID) -> ResponseReturnValue:
    head = load_head(engagement_id, Action.EDIT_ENGAGEMENT)
    found = reporting.charter_of(reading(), head, at=now())
    form = _form(found)
    if not form.validate_on_submit():
        return _links_page(head, found, form, 422)
    label = found.people.theirs.get(form.person.data, "") or form.label.data.strip()
    purpose, sent = Purpose(form.purpose.data), {"days": form.days.data, "by": me().id, "at": now()}
    try:
        if purpose is Purpose.CHARTER:
            token = engagements.ask_partner(db(), head.id, found.kept.version, label, form.person.data, **sent)
        else:
            quarter = quarter_of(in_zone(now(), head.zone).date())
            token = engagements.invite_to_health_check(db(), head.id, quarter, label, form.person.data, **sent)
    except EngagementError as error:
        form.purpose.errors = [str(error)]
        return _links_page(head, found, form, 422)
    return page(
        "engagements/link.html",
        head=head,
        label=label,
        days=form.days.data,
        back="engagements.list_links",
        link=public_address(SHOW[purpose], token=token),
    )


@bp.post("/engagements/<uuid:engagement_id>/charter/links/<uuid:link_id>/revoke")
def revoke_partner_link(engagement_id: UUID, link_id: UUID) -> ResponseReturnValue:
    head = load_head(engagement_id, Action.EDIT_ENGAGEMENT)
    revoke_link(db(), link_id, engagement_id=head.id, at=now())
    say("The link is ended: whoever opens it is told that it is over.")
    return to("engagements.list_links", engagement_id=head.id)


@bp.post("/engagements/<uuid:engagement_id>/charter/agree")
def agree_for_us(engagement_id: UUID) -> ResponseReturnValue:
    head = load_head(engagement_id, Action.EDIT_ENGAGEMENT)
    form = ChangeForm()
    try:
        engagements.agree_for_us(db(), head.id, form.seen_version, by=me().id, name=me().name, at=now())
        say(f"Our side has agreed to version {form.seen_version}.")
    except EngagementError as error:
        say(str(error))
    return to("engagements.show_charter", engagement_id=head.id)


def _form(found: KeptCharter) -> LinkForm:
    form = LinkForm()
    form.person.choices = [
        SelectChoice("", "Somebody who is not in the partner file"),
        *(SelectChoice(reference, name) for reference, name in found.people.theirs.items()),
    ]
    return form


def _links_page(head: EngagementHead, found: KeptCharter, form: LinkForm, status: int = 200) -> ResponseReturnValue:
    links = [each for each in links_of(reading(), head.id) if each.purpose in PURPOSES]
    return page(
        "engagements/charter/links.html",
        status,
        head=head,
        found=found,
        form=form,
        links=links,
        open_links={each.id for each in links if each.is_open(now())},
        quarter=quarter_words(quarter_of(in_zone(now(), head.zone).date())),
        PURPOSES=PURPOSES,
    )
