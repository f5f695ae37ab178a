"""Which e-mails somebody gets: their choice, and the link in each mail that stops its kind."""

from flask import Blueprint
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import BooleanField, SelectField, TimeField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional

from trainer import mail_choices
from trainer.domain.access import Action, Subject
from trainer.domain.calendar import zones
from trainer.domain.mail import MailChoice
from trainer.mail import LANGUAGES
from trainer.web import actor, authorize, csrf, found, me, page, reading, say, services, to, writing

bp = Blueprint("mail", __name__)


class MailForm(FlaskForm):
    wants_digest = BooleanField("Once a week: my engagements, what changed, what I do next")
    wants_due = BooleanField("When something falls due: once a day at most")
    language = SelectField("Language of the mails", choices=[SelectChoice(*each) for each in LANGUAGES.items()])
    zone = SelectField("My time zone", choices=["UTC", *zones()])
    quiet_from = TimeField("Send me nothing from", [Optional()])
    quiet_until = TimeField("Until", [Optional()])

    def validate(self, extra_validators: object = None) -> bool:
        """Quiet hours have two ends."""
        is_good = bool(super().validate(extra_validators))
        ends = {self.quiet_from: self.quiet_until, self.quiet_until: self.quiet_from}
        for end, other in ends.items():
            if end.data is None and other.data is not None and not end.errors:
                end.errors = ["Write both times, or leave both empty."]
                is_good = False
        return is_good

    def choice(self) -> MailChoice:
        return MailChoice(**{name: self[name].data for name in MailChoice.__slots__})


@bp.get("/account/mail")
def show_choices() -> ResponseReturnValue:
    authorize(Action.MANAGE_OWN_ACCOUNT, _myself())
    choice = mail_choices.choice_of(reading(), me().id, services().mail.usual)
    return page("accounts/mail.html", form=MailForm(formdata=None, obj=choice), address=me().email)


@bp.post("/account/mail")
def change_choices() -> ResponseReturnValue:
    authorize(Action.MANAGE_OWN_ACCOUNT, _myself())
    form = MailForm()
    if not form.validate_on_submit():
        return page("accounts/mail.html", 422, form=form, address=me().email)
    mail_choices.choose(writing(), me().id, form.choice())
    say("Saved. It holds from the next mail on.")
    return to("mail.show_choices")


@bp.get("/mail/stop/<token>")
def show_stop(token: str) -> ResponseReturnValue:
    """Asks first: programs that look into mails open every link in them."""
    authorize(Action.VISIT)
    user_id, kind = found(services().mail.stopping.read(token))
    wants = mail_choices.choice_of(reading(), user_id, services().mail.usual).wants(kind)
    return page("accounts/mail_stop.html", kind=kind, wants=wants)


@bp.post("/mail/stop/<token>")
def stop(token: str) -> ResponseReturnValue:
    """What the button of that page does, and the one click of a mail program (RFC 8058): it brings no cookie and
    follows no redirect, and the token is all the proof there is.
    """
    authorize(Action.VISIT)
    user_id, kind = found(services().mail.stopping.read(token))
    if not mail_choices.stop(writing(), user_id, kind, services().mail.usual):
        found(None)
    return page("accounts/mail_stop.html", kind=kind, wants=False)


csrf.exempt(stop)


def _myself() -> Subject:
    who = actor()
    return Subject(owner_id=who.id if who else None)
