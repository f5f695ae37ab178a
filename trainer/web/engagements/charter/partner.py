"""The partner's pages, reached by a signed link without an account: the charter and the health check."""

from datetime import date

from flask import request
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from limits import RateLimitItemPerMinute
from werkzeug.exceptions import TooManyRequests
from wtforms import StringField, TextAreaField
from wtforms.validators import DataRequired, Length

from trainer import engagements, reporting
from trainer.domain.access import Action
from trainer.domain.charter import quarter_words, read_charter, shared_document
from trainer.domain.documents import DocumentKind
from trainer.domain.parties import Party
from trainer.links import Link, Purpose, open_link
from trainer.models import NAME_LENGTH
from trainer.reporting import EngagementHead, KeptCharter
from trainer.web import authorize, db, found, now, page, reading, say, to
from trainer.web.engagements.blueprint import bp, report_changed
from trainer.web.engagements.charter.health import HealthForm, health_values
from trainer.web.engagements.charter.showing import printed
from trainer.web.engagements.charter.words import SIDES_TO_PARTNER
from trainer.web.throttle import Try, throttle
from trainer.workspace import document_at

POSTS_OF_LINK = RateLimitItemPerMinute(20, 15, "partner link")
OVER = "engagements/link_over.html"


class AgreeForm(FlaskForm):
    name = StringField(
        "Your name", [DataRequired("Write your name: it stands beside the agreement."), Length(max=NAME_LENGTH)]
    )


class CommentForm(FlaskForm):
    name = StringField("Your name", [DataRequired("Write your name."), Length(max=NAME_LENGTH)], id="comment-name")
    words = TextAreaField(
        "What you would change, or would like to ask",
        [DataRequired("Write what you would like to say."), Length(max=4000, message="Keep it to 4,000 characters.")],
    )


@bp.get("/charter/<token>")
def show_partner_charter(token: str) -> ResponseReturnValue:
    opened = _open(token, Purpose.CHARTER)
    if opened is None:
        return page(OVER, 404)
    link, head = opened
    name = link.label
    return _charter_page(token, link, head, AgreeForm(formdata=None, name=name), CommentForm(formdata=None, name=name))


@bp.post("/charter/<token>/agree")
def agree_as_partner(token: str) -> ResponseReturnValue:
    _slow_down()
    opened = _open(token, Purpose.CHARTER)
    if opened is None:
        return page(OVER, 404)
    link, head = opened
    form = AgreeForm()
    if not form.validate_on_submit():
        return _charter_page(token, link, head, form, CommentForm(formdata=None, name=link.label), 422)
    engagements.agree_by_link(db(), link, form.name.data, at=now())
    report_changed(head.id)
    say("Thank you. Your agreement is noted, with your name and this version.")
    return to("engagements.show_partner_charter", token=token)


@bp.post("/charter/<token>/comment")
def comment_as_partner(token: str) -> ResponseReturnValue:
    _slow_down()
    opened = _open(token, Purpose.CHARTER)
    if opened is None:
        return page(OVER, 404)
    link, head = opened
    form = CommentForm()
    if not form.validate_on_submit():
        return _charter_page(token, link, head, AgreeForm(formdata=None, name=link.label), form, 422)
    engagements.comment_by_link(db(), link, form.name.data, form.words.data, at=now())
    say("Thank you. The team reads it with your name.")
    return to("engagements.show_partner_charter", token=token)


@bp.get("/health-check/<token>")
def ask_partner_health(token: str) -> ResponseReturnValue:
    opened = _open(token, Purpose.HEALTH_CHECK)
    if opened is None:
        return page(OVER, 404)
    link, head = opened
    own = reporting.own_sheet(reading(), head.id, _quarter(link), f"link:{link.id}")
    return _health_page(token, link, head, HealthForm.of(own))


@bp.post("/health-check/<token>")
def answer_partner_health(token: str) -> ResponseReturnValue:
    _slow_down()
    opened = _open(token, Purpose.HEALTH_CHECK)
    if opened is None:
        return page(OVER, 404)
    link, head = opened
    form = HealthForm()
    if not form.validate_on_submit():
        return _health_page(token, link, head, form, 422)
    engagements.answer_health_check(
        db(), head.id, _quarter(link), Party.THEIRS, link.id, link.label, form.marks, form.note.data or "", at=now()
    )
    report_changed(head.id)
    say("Thank you, that is kept. You can change it as long as the link is open.")
    return to("engagements.ask_partner_health", token=token)


def _open(token: str, purpose: Purpose) -> tuple[Link, EngagementHead] | None:
    """The link with the engagement that it is about; None where either is over."""
    authorize(Action.VISIT)
    link = open_link(reading(), token, purpose, at=now())
    head = reporting.find_engagement(reading(), link.engagement_id) if link and link.engagement_id else None
    return (link, head) if link is not None and head is not None else None


def _slow_down() -> None:
    """Each address may send so much in a while, whichever links it tries."""
    tries = [Try(POSTS_OF_LINK, str(request.remote_addr))]
    wait = throttle().wait_seconds(tries)
    if wait is not None:
        authorize(Action.VISIT)
        raise TooManyRequests(retry_after=wait)
    throttle().count(tries)


def _quarter(link: Link) -> date:
    return date.fromisoformat(link.details["quarter"])


def _charter_page(
    token: str, link: Link, head: EngagementHead, agree: AgreeForm, comment: CommentForm, status: int = 200
) -> ResponseReturnValue:
    """The version that the link is about, without what is internal; of later ones no more than that there are some."""
    version = int(link.details["version"])
    kept = found(document_at(reading(), head.id, DocumentKind.CHARTER, version))
    newest = reporting.charter_of(reading(), head, at=now())
    asked = KeptCharter(kept, read_charter(shared_document(kept.document)), newest.people, newest.agreements, ())
    own = [each for each in newest.agreements if each.side is Party.THEIRS and each.version == version]
    return page(
        "engagements/charter/partner.html",
        status,
        head=head,
        link_token=token,
        link=link,
        found=asked,
        agreed=own,
        ours=[each for each in newest.agreements if each.side is Party.OURS and each.version == version],
        is_newest=newest.kept.version == version,
        agree=agree,
        comment=comment,
        **{**printed(head, asked, Party.THEIRS), "SIDES": SIDES_TO_PARTNER},
    )


def _health_page(
    token: str, link: Link, head: EngagementHead, form: HealthForm, status: int = 200
) -> ResponseReturnValue:
    quarter = _quarter(link)
    return page(
        "engagements/charter/partner_health.html",
        status,
        head=head,
        link_token=token,
        form=form,
        has_answered=reporting.own_sheet(reading(), head.id, quarter, f"link:{link.id}") is not None,
        quarter=quarter_words(quarter),
        **{**health_values(head, quarter), "SIDES": SIDES_TO_PARTNER},
    )
