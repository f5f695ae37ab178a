"""Sharing the readiness report by a link: made and ended by the manager, read without an account and without names."""

from datetime import timedelta
from uuid import UUID

from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length

from trainer import reporting
from trainer.domain.access import Action
from trainer.links import Link, Purpose, links_of, make_link, open_link, revoke_link
from trainer.paper.formats import FORMATS
from trainer.reporting import EngagementHead
from trainer.web import authorize, content, db, me, model, now, page, reading, say, to
from trainer.web.addresses import public_address
from trainer.web.engagements.blueprint import bp, load_head

DAYS = (7, 14, 30, 90)


class ShareForm(FlaskForm):
    label = StringField(
        "For whom is it?",
        [DataRequired("Write for whom it is, so that you know later which link to end."), Length(max=160)],
    )
    days = SelectField(
        "It can be read for", choices=[SelectChoice(str(days), f"{days} days") for days in DAYS], default="14"
    )


@bp.get("/engagements/<uuid:engagement_id>/share")
def show_sharing(engagement_id: UUID) -> ResponseReturnValue:
    head = load_head(engagement_id, Action.EDIT_ENGAGEMENT)
    return _sharing_page(head, ShareForm(formdata=None))


@bp.post("/engagements/<uuid:engagement_id>/share")
def share_report(engagement_id: UUID) -> ResponseReturnValue:
    head = load_head(engagement_id, Action.EDIT_ENGAGEMENT)
    form = ShareForm()
    if not form.validate_on_submit():
        return _sharing_page(head, form, 422)
    days = int(form.days.data)
    token = make_link(
        db(),
        Purpose.REPORT,
        engagement_id=head.id,
        label=form.label.data,
        expires_at=now() + timedelta(days=days),
        by=me().id,
        at=now(),
    )
    address = public_address("engagements.show_shared", token=token)
    return page(
        "engagements/link.html",
        head=head,
        label=form.label.data,
        days=days,
        back="engagements.show_sharing",
        link=address,
    )


@bp.post("/engagements/<uuid:engagement_id>/share/<uuid:link_id>/end")
def end_sharing(engagement_id: UUID, link_id: UUID) -> ResponseReturnValue:
    load_head(engagement_id, Action.EDIT_ENGAGEMENT)
    revoke_link(db(), link_id, engagement_id=engagement_id, at=now())
    say("The link is ended: nobody can read the report by it any more.")
    return to("engagements.show_sharing", engagement_id=engagement_id)


@bp.get("/reports/<token>")
def show_shared(token: str) -> ResponseReturnValue:
    authorize(Action.VISIT)
    head, link = shared_head(token)
    if head is None or link is None:
        return page("engagements/link_over.html", 404)
    paper = reporting.paper_of(reading(), content(), model(), head, with_names=False, at=now())
    return page(
        "engagements/paper.html", paper=paper, token_of_link=token, until=link.expires_at, formats=FORMATS.values()
    )


def shared_head(token: str) -> tuple[EngagementHead | None, Link | None]:
    """The engagement whose report may be read by a link, and the link; None of both when it is over."""
    link = open_link(reading(), token, Purpose.REPORT, at=now())
    if link is None or link.engagement_id is None:
        return None, None
    return reporting.find_engagement(reading(), link.engagement_id), link


def _sharing_page(head: EngagementHead, form: ShareForm, status: int = 200) -> ResponseReturnValue:
    links = [link for link in links_of(reading(), head.id) if link.purpose is Purpose.REPORT]
    return page(
        "engagements/share.html",
        status,
        head=head,
        form=form,
        formats=FORMATS.values(),
        open_links=[link for link in links if link.is_open(now())],
        past_links=[link for link in links if not link.is_open(now())],
    )
